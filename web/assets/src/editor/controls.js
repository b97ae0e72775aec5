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
  fitAll([cell]);
}

/* All at once: the browser reckons the page three times, not three times for each cell. */
export function fitAll(cells) {
  const areas = cells.filter((cell) => cell.tagName === 'TEXTAREA');
  areas.forEach((area) => area.style.setProperty('height', 'auto'));
  const heights = areas.map((area) => area.scrollHeight);
  areas.forEach((area, at) => area.style.setProperty('height', `${heights[at] + 2}px`));
}
