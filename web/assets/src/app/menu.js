/* On narrow screens the navigation folds under a button. Without this file it simply stays open. */

export function menu(root) {
  const button = root.querySelector('[data-menu]');
  const panel = button && root.getElementById(button.getAttribute('aria-controls'));
  if (!panel) {
    return;
  }
  const show = (open) => {
    button.setAttribute('aria-expanded', String(open));
    panel.classList.toggle('is-folded', !open);
  };
  button.hidden = false;
  show(false);
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'));
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && button.getAttribute('aria-expanded') === 'true') {
      show(false);
      button.focus();
    }
  });
}
