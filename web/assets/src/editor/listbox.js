/* The one list of proposed words: below the cell that has the focus, over everything else. */

const GAP = 2; // pixels between a cell and its list
const ROOM = 180; // pixels below a cell that are enough for a list

export function listbox(form) {
  const element = form.querySelector('#words');
  const status = form.querySelector('[data-words-said]');
  const list = { element, cell: null, words: [], at: -1 };

  Object.defineProperty(list, 'open', { get: () => list.cell !== null });
  Object.defineProperty(list, 'chosen', { get: () => list.words[list.at] });

  list.show = (cell, { words, said }) => {
    status.textContent = said;
    if (!words.length) {
      list.close();
      return;
    }
    Object.assign(list, { cell, words, at: -1 });
    element.replaceChildren(...words.map(option));
    element.showPopover();
    cell.removeAttribute('aria-activedescendant');
    place(element, cell);
  };

  list.close = () => {
    if (list.cell) {
      element.hidePopover();
      list.cell.removeAttribute('aria-activedescendant');
      Object.assign(list, { cell: null, words: [], at: -1 });
    }
  };

  list.move = (by) => {
    const count = list.words.length;
    list.at = list.at < 0 && by < 0 ? count - 1 : (list.at + by + count) % count;
    [...element.children].forEach((each, at) => each.setAttribute('aria-selected', String(at === list.at)));
    list.cell.setAttribute('aria-activedescendant', element.children[list.at].id);
    element.children[list.at].scrollIntoView({ block: 'nearest' });
  };

  list.wordAt = (target) => list.words[[...element.children].indexOf(target.closest('[role=option]'))];

  for (const moved of ['scroll', 'resize']) {
    window.addEventListener(moved, () => list.cell && place(element, list.cell), { capture: true, passive: true });
  }
  return list;
}

function option(word, at) {
  const line = document.createElement('div');
  line.id = `word-${at}`;
  line.className = word.instead ? 'word is-replaced' : 'word';
  line.setAttribute('role', 'option');
  line.setAttribute('aria-selected', 'false');
  line.append(part('word__text', word.text));
  if (word.note) {
    line.append(part('word__note', word.note));
  }
  return line;
}

function part(name, text) {
  const span = document.createElement('span');
  span.className = name;
  span.textContent = text;
  return span;
}

/* Below its cell where there is room, above it otherwise. */
function place(element, cell) {
  const box = cell.getBoundingClientRect();
  const below = window.innerHeight - box.bottom;
  const above = below < ROOM && box.top > below;
  const set = (name, value) => element.style.setProperty(name, value);
  set('left', `${Math.max(0, Math.min(box.left, window.innerWidth - Math.max(box.width, 288) - GAP))}px`);
  set('width', `${Math.min(Math.max(box.width, 288), window.innerWidth)}px`);
  set('max-height', `${Math.max(96, Math.min(320, (above ? box.top : below) - 2 * GAP))}px`);
  set('top', above ? 'auto' : `${box.bottom + GAP}px`);
  set('bottom', above ? `${window.innerHeight - box.top + GAP}px` : 'auto');
}
