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

/* White space around a text is nothing that anybody wrote. */
export const changed = (cell) => cell.value.trim() !== shown(cell).trim();

/* A cell shows what is said of it, unless something else was typed there since; nobody's caret is moved for a space. */
export function say(cell, typed) {
  const text = typed.get(cell.name) ?? shown(cell);
  if (cell.value === text || (cell === document.activeElement && !changed(cell))) {
    return;
  }
  if (cell.tagName === 'SELECT') {
    offer(cell);
  }
  cell.value = text;
}

/* All that can be chosen comes into a choice when somebody comes to it: the page has it once. */
export function offer(select) {
  const chosen = select.value;
  const first = shown(select);
  const all = select.form.querySelector('[data-targets]').content.cloneNode(true);
  const known = [...all.children].some((option) => option.value === first);
  select.replaceChildren(...(known ? [] : select.children), all);
  for (const option of select.options) {
    option.defaultSelected = option.value === first;
  }
  select.value = chosen;
}

/* A choice that somebody is in keeps all that can be chosen, and is not touched while it means the same. */
export function alignChoice(old, fresh) {
  const inside = old === document.activeElement;
  if (inside && shown(old) === shown(fresh)) {
    return;
  }
  old.replaceChildren(...fresh.children);
  if (inside) {
    offer(old);
  }
}

/* A text area is as high as its text; most browsers see to that themselves. */
export function fit(cell) {
  fitAll([cell]);
}

/* All at once: the browser reckons the page three times, not three times for each cell. */
export function fitAll(cells) {
  if (CSS.supports('field-sizing', 'content')) {
    return;
  }
  const areas = cells.filter((cell) => cell.tagName === 'TEXTAREA');
  areas.forEach((area) => area.style.setProperty('height', 'auto'));
  const heights = areas.map((area) => area.scrollHeight);
  areas.forEach((area, at) => area.style.setProperty('height', `${heights[at] + 2}px`));
}
