/* The table by keyboard: everything that a button does has a key, and no key interferes with typing in Telex or VNI. */

import { act, rows, take } from './menus.js';

export function keys(office) {
  const { form } = office;
  everywhere(office);

  form.addEventListener('keydown', (event) => {
    if (event.isComposing || event.defaultPrevented || event.target.isContentEditable) {
      return; // the drawing has keys of its own
    }
    const done = whole(office, event) || (event.target.matches?.('.cell') && inCell(office, event));
    if (done) {
      event.preventDefault();
    }
  });
}

/* Taking back works wherever somebody clicked on the page, and in the drawing before it has the keys again. */
function everywhere(office) {
  document.addEventListener('keydown', (event) => {
    if (event.target === document.body && !event.defaultPrevented && whole(office, event)) {
      event.preventDefault();
    }
  });
}

function whole(office, event) {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && (key === 'y' || (key === 'z' && event.shiftKey))) {
    return leave(event.target) && done(take(office, 'redo'));
  }
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key === 'z') {
    return untouched(event.target) && done(take(office, 'undo'));
  }
  return false;
}

function inCell(office, event) {
  const { target } = event;
  const row = target.closest('[data-row]')?.dataset.row;
  if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey) {
    return row ? below(office.form, target) : leave(target);
  }
  if (!row || !event.altKey) {
    return false;
  }
  const verb = { ArrowUp: 'up', ArrowDown: 'down', Insert: 'add', Delete: 'remove' }[event.key];
  if (!verb) {
    return false;
  }
  target.dispatchEvent(new Event('change', { bubbles: true }));
  return done(act(office, `${verb}:${row}`));
}

/* Within a cell that was typed into, Ctrl+Z is the browser's own. */
const untouched = (cell) => cell.value === undefined || cell.value === cell.defaultValue;

function leave(cell) {
  cell.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}

/* To the same column of the next row; behind the last row to the button that adds one. */
function below(form, cell) {
  const all = rows(form);
  const at = all.indexOf(cell.closest('[data-row]'));
  const next = all[at + 1]?.querySelector(`[data-column="${cell.dataset.column}"]`);
  (next ?? form.querySelector('[data-add-last]')).focus();
  next?.select?.();
  return true;
}

const done = () => true;
