/* What the server says of the draft: rows that differ are put in place of the old ones, the others stay, so that
   nobody loses the place he types in. */

import { CELLS, changed, fit } from './controls.js';

export function show(office, answer) {
  const { form } = office;
  const place = placeOf(document.activeElement, form);
  form.elements.revision.value = answer.revision;
  form.querySelector('[data-take="undo"]').disabled = !answer.undo;
  form.querySelector('[data-take="redo"]').disabled = !answer.redo;
  const typed = typedSince(form, answer.change);
  swapRows(form.querySelector('[data-rows]'), answer.rows);
  form.querySelector('[data-side]').innerHTML = answer.side;
  showHead(form, answer.head);
  putBack(form, typed);
  lead(office, place, answer);
  office.diagram?.follow(answer);
}

/* What was typed while the change was on its way. */
function typedSince(form, change) {
  const sent = change?.controls ?? {};
  const cells = [...form.querySelectorAll(CELLS)].filter((cell) => changed(cell) && sent[cell.name] !== cell.value);
  return Object.fromEntries(cells.map((cell) => [cell.name, cell.value]));
}

function putBack(form, typed) {
  for (const [name, value] of Object.entries(typed)) {
    const cell = form.elements.namedItem(name);
    if (cell) {
      cell.value = value;
      fit(cell);
    }
  }
}

function swapRows(holder, html) {
  const fresh = document.createElement('div');
  fresh.innerHTML = html;
  const old = new Map([...holder.children].map((row) => [row.id, row]));
  const rows = [...fresh.children].map((row) => {
    const before = old.get(row.id);
    const same = before && before.dataset.shown === row.outerHTML;
    row.dataset.shown = same ? '' : row.outerHTML;
    if (same) {
      return before;
    }
    keepOpen(before, row);
    return row;
  });
  holder.replaceChildren(...rows);
  holder.querySelectorAll(CELLS).forEach(fit);
}

/* Remember how rows were shown first, so that the first answer changes only what differs. */
export function remember(holder) {
  for (const row of holder.children) {
    row.dataset.shown = row.outerHTML;
  }
  holder.querySelectorAll(CELLS).forEach(fit);
}

function keepOpen(before, row) {
  const open = before?.querySelector('.row__more')?.open;
  if (open) {
    row.querySelector('.row__more').open = true;
  }
}

function showHead(form, head) {
  for (const [name, value] of Object.entries(head)) {
    const cell = form.elements.namedItem(`head:${name}`);
    if (cell && cell !== document.activeElement) {
      cell.value = value;
      cell.defaultValue = value;
    }
  }
}

/* Where somebody works: the control by name, or the row and what was pressed in it. */
function placeOf(active, form) {
  if (!active || !form.contains(active)) {
    return null;
  }
  const row = active.closest('[data-row]')?.dataset.row;
  return { name: active.name, row, act: active.dataset.act, from: active.selectionStart, to: active.selectionEnd };
}

function lead(office, place, answer) {
  const { form } = office;
  const wanted = answer.change?.then?.(form) ?? (place ? again(form, place) : null);
  if (wanted && wanted !== document.activeElement) {
    wanted.focus({ preventScroll: !answer.change?.then });
    if (place?.from != null && wanted.name === place.name && wanted.setSelectionRange) {
      wanted.setSelectionRange(place.from, place.to);
    }
  }
}

function again(form, place) {
  const byName = place.name && place.name !== 'do' ? form.elements.namedItem(place.name) : null;
  return byName ?? (place.row ? form.querySelector(`[data-row="${CSS.escape(place.row)}"] .cell`) : null);
}
