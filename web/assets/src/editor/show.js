/* What the server says of the draft: rows that differ are put in place of the old ones, the others stay, so that
   nobody loses the place he types in. */

import { CELLS, changed, fit, fitAll } from './controls.js';

export function show(office, answer) {
  const { form } = office;
  const place = placeOf(document.activeElement, form);
  form.elements.revision.value = answer.revision;
  form.querySelector('[data-take="undo"]').disabled = !answer.undo;
  form.querySelector('[data-take="redo"]').disabled = !answer.redo;
  const typed = typedSince(form, answer.change);
  swapRows(form.querySelector('[data-rows]'), answer.rows);
  office.endPlay?.();
  showSide(form.querySelector('[data-side]'), answer.side, place);
  showHead(form, answer.head);
  putBack(form, typed);
  lead(office, place, answer);
  office.diagram?.follow(answer);
}

/* What stands beside the table; who was in it stays at the same words, or at the list of what is left to do. */
function showSide(side, html, place) {
  if (side.dataset.html === html) {
    return;
  }
  const inside = side.contains(document.activeElement);
  side.innerHTML = html;
  side.dataset.html = html;
  if (inside) {
    const same = [...side.querySelectorAll('a, button, summary')].find((each) => each.outerHTML === place.html);
    (same ?? side.querySelector('#y-kien')).focus({ preventScroll: true });
  }
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
  put(holder, rows);
}

/* Rows that stay are not touched: who is in one stays there. */
function put(holder, rows) {
  const stay = new Set(rows);
  const fresh = rows.filter((row) => !row.isConnected);
  [...holder.children].filter((row) => !stay.has(row)).forEach((row) => row.remove());
  rows.forEach((row, at) => {
    if (holder.children[at] !== row) {
      holder.insertBefore(row, holder.children[at] ?? null);
    }
  });
  fitAll(fresh.flatMap((row) => [...row.querySelectorAll(CELLS)]));
}

/* Remember how rows were shown first, so that the first answer changes only what differs. */
export function remember(holder) {
  for (const row of holder.children) {
    row.dataset.shown = row.outerHTML;
  }
}

function keepOpen(before, row) {
  row.classList.toggle('is-chosen', before?.classList.contains('is-chosen') ?? false);
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
  if (active.closest('[data-side]')) {
    return { html: active.outerHTML };
  }
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
  const byName = place.name && !['do', 'fix'].includes(place.name) ? form.elements.namedItem(place.name) : null;
  return byName ?? (place.row ? form.querySelector(`[data-row="${CSS.escape(place.row)}"] .cell`) : null);
}
