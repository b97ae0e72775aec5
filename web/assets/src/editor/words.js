/* Where the words come from that a cell proposes: the town's dictionary, or a list that the page holds already. */

const DICTIONARY = {
  output: 'output',
  forms: 'form',
  'head:outputs': 'output',
  'head:inputs': 'input',
  'head:legal_basis': 'basis',
};
const LISTS = { position: 'positions', unit: 'units' };
const MOST = 8;

/* What a cell is about, null where nothing is proposed. */
export function sourceOf(cell) {
  const name = cell.dataset?.column ?? cell.name;
  return DICTIONARY[name] ?? LISTS[name] ?? null;
}

/* Text without marks, đ as d. */
export const bare = (text) =>
  text.replace(/[đĐ]/g, 'd').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(/\s+/).filter(Boolean).join(' ');

/* Words for what was typed: `{ words: [{ text, note, instead, take }], said }`. */
export async function wordsFor(list, source, typed, signal) {
  const local = document.querySelector(`datalist#${source}`);
  if (local) {
    return known(list, local, typed);
  }
  const answer = await fetch(`${list.dataset.words}${source}?q=${encodeURIComponent(typed)}`, {
    headers: { Accept: 'application/json' },
    credentials: 'same-origin',
    signal,
  });
  return answer.ok ? answer.json() : { words: [], said: '' };
}

function known(list, local, typed) {
  const wanted = bare(typed).split(' ');
  const all = [...local.options].map((option) => option.value);
  const found = all.filter((text) => wanted.every((word) => bare(text).includes(word)));
  const first = found.filter((text) => bare(text).startsWith(bare(typed)));
  const words = [...new Set([...first, ...found])].slice(0, MOST).map((text) => ({ text, note: '' }));
  return { words, said: words.length ? list.dataset.said.replace('#', words.length) : list.dataset.none };
}
