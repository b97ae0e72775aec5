/* After a refused form the error summary takes the focus; its links focus the field they name. */

export function focusSummary(root) {
  root.querySelector('[data-error-summary]')?.focus();
}
