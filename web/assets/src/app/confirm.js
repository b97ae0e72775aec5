/* A form that cannot be taken back asks once more, in the words of its data-confirm. */

export function confirmations(root) {
  root.addEventListener(
    'submit',
    (event) => {
      const words = event.target.dataset.confirm;
      if (words && !window.confirm(words)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );
}
