/* What the server says of the draft: rows that differ are brought in line with what is said, the others stay, so that
   nobody loses the place he types in. */

import { align } from './align.js';
import { CELLS, changed, controlsOf, fit, fitAll, say } from './controls.js';

export function show(office, answer) {
  const { form } = office;
  const place = placeOf(document.activeElement, form);
  const before = form.elements.revision.value;
  form.elements.revision.value = answer.revision;
  form.querySelector('[data-take="undo"]').disabled = !answer.undo;
  form.querySelector('[data-take="redo"]').disabled = !answer.redo;
  form.querySelector('[data-targets]').innerHTML = answer.targets;
  const typed = typedSince(form, answer.change);
  const written = [...typed.keys()].map((name) => controlsOf(form.elements.namedItem(name)));
  showRows(form.querySelector('[data-rows]'), answer, typed);
  office.endPlay?.();
  showSide(form.querySelector('[data-side]'), answer.side, place);
  showHead(form, answer.head, typed);
  showOthers(form, answer.others);
  lead(form, place, answer);
  office.diagram.follow(answer);
  keepWritten(office, written, before);
}

/* What somebody was writing in a row that a colleague took out goes to the server as it was meant: the row comes back. */
function keepWritten(office, written, revision) {
  for (const controls of written) {
    if (!Object.keys(controls).every((name) => office.form.elements.namedItem(name))) {
      office.save.add({ controls, revision });
    }
  }
}

/* Who else is at the draft. */
export function showOthers(form, html) {
  const place = form.querySelector('[data-others]');
  if (place.innerHTML !== html) {
    place.innerHTML = html;
  }
}

/* What the page shows already, so that it need not be told again. */
export const marks = (form) => [...form.querySelectorAll('[data-mark]')].map((row) => row.dataset.mark).join(' ');

/* What stands beside the table; who was in it stays at the same words, or at the list of what is left to do. */
function showSide(side, html, place) {
  if (beside.get(side) === html) {
    return;
  }
  const inside = side.contains(document.activeElement);
  side.innerHTML = html;
  beside.set(side, html);
  if (inside) {
    const same = [...side.querySelectorAll('a, button, summary')].find((each) => each.outerHTML === place.html);
    (same ?? side.querySelector('#y-kien')).focus({ preventScroll: true });
  }
}

const beside = new WeakMap();

/* What was typed while the change was on its way. */
function typedSince(form, change) {
  const sent = change?.controls ?? {};
  const cells = [...form.querySelectorAll(CELLS)].filter((cell) => changed(cell) && sent[cell.name] !== cell.value);
  return new Map(cells.map((cell) => [cell.name, cell.value]));
}

/* The rows in the order that is said: those of a mark that is shown stay, the others are told anew. */
function showRows(holder, { order, rows: html }, typed) {
  const told = document.createElement('template');
  told.innerHTML = html;
  const fresh = new Map([...told.content.children].map((row) => [row.dataset.mark, row]));
  const byMark = new Map([...holder.children].map((row) => [row.dataset.mark, row]));
  const byId = new Map([...holder.children].map((row) => [row.id, row]));
  const rows = order.map((mark) => byMark.get(mark) ?? aligned(byId.get(fresh.get(mark).id), fresh.get(mark)));
  put(holder, rows);
  const cells = rows.flatMap((row) => [...row.querySelectorAll(CELLS)]);
  cells.filter(changed).forEach((cell) => say(cell, typed));
  fitAll(cells.filter((cell) => fresh.has(cell.closest('[data-mark]').dataset.mark)));
}

function aligned(before, row) {
  if (!before) {
    return row;
  }
  row.classList.toggle('is-chosen', before.classList.contains('is-chosen'));
  align(before, row);
  return before;
}

/* Rows that stay are not touched: who is in one stays there. */
function put(holder, rows) {
  const stay = new Set(rows);
  [...holder.children].filter((row) => !stay.has(row)).forEach((row) => row.remove());
  rows.forEach((row, at) => {
    const here = holder.children[at] ?? null;
    if (here !== row) {
      holder[row.isConnected && holder.moveBefore ? 'moveBefore' : 'insertBefore'](row, here);
    }
  });
}

function showHead(form, head, typed) {
  for (const [name, value] of Object.entries(head)) {
    const cell = form.elements.namedItem(`head:${name}`);
    if (cell) {
      cell.defaultValue = value;
      say(cell, typed);
      fit(cell);
    }
  }
}

/* Where somebody works: the control by name, or the row. */
function placeOf(active, form) {
  if (!active || !form.contains(active)) {
    return null;
  }
  if (active.closest('[data-side]')) {
    return { html: active.outerHTML };
  }
  return { name: active.name, row: active.closest('[data-row]')?.dataset.row };
}

/* The work goes on where the change leads, or where it was; whose control is no more, at its name or in its row. */
function lead(form, place, { change }) {
  const wanted = change?.then?.(form) ?? (place && !form.contains(document.activeElement) ? again(form, place) : null);
  if (wanted && wanted !== document.activeElement) {
    wanted.focus({ preventScroll: !change?.then });
  }
}

function again(form, place) {
  const byName = place.name && !['do', 'fix'].includes(place.name) ? form.elements.namedItem(place.name) : null;
  return byName ?? (place.row ? form.querySelector(`[data-row="${CSS.escape(place.row)}"] .cell`) : null);
}
