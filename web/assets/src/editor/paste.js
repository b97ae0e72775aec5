/* Cells pasted from Word or Excel fill the table from the focused cell on: down the rows, and to the right through the
   columns as they stand; rows that are missing are added. */

import { rows } from './menus.js';

const COLUMNS = ['name', 'output', 'position', 'unit', 'time', 'responsibility'];

export function paste(office) {
  office.form.addEventListener('paste', (event) => {
    const cell = event.target.closest('[data-row] .cell[data-column]');
    const lines = cell ? cells(event.clipboardData) : [];
    if (lines.length < 2 && (lines[0]?.length ?? 0) < 2) {
      return;
    }
    event.preventDefault();
    fill(office, cell, lines);
  });
}

/* A table of the clipboard as rows of texts. */
function cells(board) {
  const table = new DOMParser().parseFromString(board.getData('text/html'), 'text/html').querySelector('table');
  if (table) {
    return [...table.rows].map((row) => [...row.cells].map((each) => each.innerText.trim().replace(/\s+/g, ' ')));
  }
  const text = board.getData('text/plain').replace(/\r/g, '').replace(/\n$/, '');
  return text.includes('\t') ? text.split('\n').map((line) => line.split('\t').map((each) => each.trim())) : [];
}

function fill(office, cell, lines) {
  const all = rows(office.form);
  const first = all.indexOf(cell.closest('[data-row]'));
  const column = COLUMNS.indexOf(cell.dataset.column);
  const controls = {};
  lines.forEach((line, down) => {
    const row = all[first + down]?.dataset.row;
    line.forEach((text, right) => {
      const field = column < 0 ? (right ? null : cell.dataset.column) : COLUMNS[column + right];
      if (row && field) {
        controls[`set:${row}:${field}`] = text;
      }
    });
  });
  office.save.add({ controls });
  const missing = lines.slice(all.length - first);
  if (missing.length) {
    addRows(office, missing, column);
  }
}

function addRows(office, lines, column) {
  const fields = Object.fromEntries(
    lines.flatMap((line, down) =>
      line
        .map((text, right) => [`new:${down}:${COLUMNS[Math.max(column, 0) + right]}`, text])
        .filter(([name]) => !name.endsWith('undefined')),
    ),
  );
  office.save.add({ controls: fields });
}
