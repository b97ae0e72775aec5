/* A choice in a filter applies at once; without this file the button beside it does. */

export function filters(root) {
  root.addEventListener('change', (event) => {
    const form = event.target.closest('form[data-filter]');
    if (form && event.target.matches('select, input[type=radio], input[type=checkbox]')) {
      form.requestSubmit();
    }
  });
}
