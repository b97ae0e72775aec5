/* The print button; without scripts it stays hidden and the browser's own command does it. */

export function printing(root) {
  for (const button of root.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
}
