/* The controls of the table: which changed since they were shown, and what belongs together. */

export const CELLS = '.cell[name]';

export function controlsOf(target) {
  const together = target.closest('[data-together]');
  const cells = together ? [...together.querySelectorAll(CELLS)] : [target];
  return Object.fromEntries(cells.map((cell) => [cell.name, cell.value]));
}

export const shown = (cell) => (cell.tagName === 'SELECT' ? chosenAtFirst(cell) : cell.defaultValue);

function chosenAtFirst(select) {
  return [...select.options].find((option) => option.defaultSelected)?.value ?? select.options[0]?.value;
}

export const changed = (cell) => cell.value !== shown(cell);

/* A text area is as high as its text. */
export function fit(cell) {
  if (cell.tagName === 'TEXTAREA') {
    cell.style.height = 'auto';
    cell.style.height = `${cell.scrollHeight + 2}px`;
  }
}
