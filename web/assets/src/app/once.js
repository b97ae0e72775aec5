/* A form is sent once: a second click while the answer is on its way does nothing. Where the answer takes its time
   (data-busy), the button says so meanwhile. */

export function once(root) {
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
    } else if (form.method === 'post') {
      form.dataset.sent = 'yes';
      busy(form, event.submitter);
    }
  });
  window.addEventListener('pageshow', () => {
    for (const form of root.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      rest(form);
    }
  });
}

const before = new WeakMap();

function busy(form, button) {
  if (form.dataset.busy && button) {
    const words = document.createElement('span');
    words.textContent = form.dataset.busy;
    before.set(button, [...button.childNodes]);
    button.setAttribute('aria-busy', 'true');
    button.replaceChildren(words);
  }
}

function rest(form) {
  for (const button of form.querySelectorAll('button[aria-busy]')) {
    button.removeAttribute('aria-busy');
    button.replaceChildren(...before.get(button));
  }
}
