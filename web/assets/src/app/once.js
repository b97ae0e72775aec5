/* A form is sent once: a second click while the answer is on its way does nothing. */

export function once(root) {
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
    } else if (form.method === 'post') {
      form.dataset.sent = 'yes';
    }
  });
  window.addEventListener('pageshow', () => {
    for (const form of root.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
    }
  });
}
