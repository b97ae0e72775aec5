/* Cells propose words that are used already; whatever is typed stands. The pattern is that of an editable combobox with a
   list; a cell of several lines proposes for the line in which the caret stands.

   Down arrow at the end of a cell, or a click into an empty line, opens the list; arrows choose, Enter takes, Escape
   closes. One list serves all cells. */

import { listbox } from './listbox.js';
import { sourceOf, wordsFor } from './words.js';

const PAUSE = 120; // milliseconds after a key until words are looked for

export function picker(office) {
  const { form } = office;
  const list = listbox(form);
  let looking = null;
  let timer = 0;

  async function propose(cell) {
    looking?.abort();
    looking = new AbortController();
    try {
      const found = await wordsFor(list.element, sourceOf(cell), lineOf(cell).text.trim(), looking.signal);
      if (document.activeElement === cell) {
        list.show(cell, found);
      }
    } catch {
      list.close();
    }
  }

  function take(cell, word) {
    list.close();
    const { start, end } = lineOf(cell);
    cell.setRangeText(word.text, start, end, 'end');
    cell.dispatchEvent(new CustomEvent('input', { bubbles: true, detail: 'taken' }));
    cell.dispatchEvent(new Event('change', { bubbles: true }));
    tell(cell, word);
  }

  form.addEventListener('focusin', ({ target }) => sourceOf(target) && prepare(target, list.element));
  form.addEventListener('focusout', () => stop());
  form.addEventListener('input', (event) => {
    const cell = event.target;
    if (!sourceOf(cell) || event.detail === 'taken') {
      return;
    }
    stop();
    if (lineOf(cell).text.trim()) {
      timer = setTimeout(propose, PAUSE, cell);
    }
  });
  form.addEventListener('click', ({ target }) => {
    if (sourceOf(target) && !lineOf(target).text.trim()) {
      propose(target);
    }
  });
  form.addEventListener('keydown', (event) => {
    if (!event.isComposing && sourceOf(event.target) && key(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  list.element.addEventListener('mousedown', (event) => event.preventDefault());
  list.element.addEventListener('click', (event) => {
    const word = list.wordAt(event.target);
    if (word) {
      take(list.cell, word);
    }
  });

  function stop() {
    clearTimeout(timer);
    looking?.abort();
    list.close();
  }

  /* Whether a key was meant for the list. */
  function key({ key: name, altKey, ctrlKey, shiftKey, target }) {
    if (altKey || ctrlKey || shiftKey) {
      return false;
    }
    if (!list.open) {
      return name === 'ArrowDown' && atEnd(target) ? (propose(target), true) : false;
    }
    if (name === 'ArrowDown' || name === 'ArrowUp') {
      list.move(name === 'ArrowDown' ? 1 : -1);
      return true;
    }
    if (name === 'Enter' && list.chosen) {
      take(target, list.chosen);
      return true;
    }
    if (name === 'Escape') {
      stop();
      return true;
    }
    return false;
  }
}

const atEnd = (cell) => cell.selectionStart === cell.value.length;

/* The line in which the caret stands; a cell of one line is one. */
function lineOf(cell) {
  const at = cell.selectionStart ?? cell.value.length;
  const start = cell.value.lastIndexOf('\n', at - 1) + 1;
  const next = cell.value.indexOf('\n', at);
  const end = next < 0 ? cell.value.length : next;
  return { start, end, text: cell.value.slice(start, end) };
}

/* A text area is no combobox by the rules of HTML, the rest it may say. */
function prepare(cell, list) {
  cell.setAttribute('aria-autocomplete', 'list');
  cell.setAttribute('aria-controls', list.id);
}

/* A document that another replaced was chosen: say so beside the cell, and offer the other. */
function tell(cell, word) {
  const notice = document.getElementById(`${cell.id}-told`);
  if (!notice) {
    return;
  }
  notice.replaceChildren();
  notice.hidden = !word.instead;
  if (word.instead) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button--plain';
    button.textContent = word.take;
    button.addEventListener('click', () => {
      cell.value = cell.value.split('\n').map((line) => (line === word.text ? word.instead : line)).join('\n');
      cell.focus();
      cell.dispatchEvent(new Event('change', { bubbles: true }));
      notice.hidden = true;
    });
    notice.append(`${word.note}. `, button);
  }
}
