/* Changes go to the server one after the other, in the order in which they were made. What has not arrived stays in
   the page and is sent again when the server answers again; the page warns before it is left until then. */

import { CELLS, changed } from './controls.js';
import { asked, send } from './sending.js';
import { marks, showOthers } from './show.js';

const AGAIN = 4000; // milliseconds until a change that did not arrive is sent again
const PATIENCE = 3; // times that a change is sent again to a server that fails over it
const LOOK = 15000; // milliseconds between looks at what others saved

/* Cells that wait go together; what a button does or a drawing says goes alone, in its turn. */
const cellsOnly = ({ address, controls, revision, then }) =>
  !address && !revision && !then && Object.keys(controls ?? { do: '' }).every((name) => /^(set|head|way):/.test(name));

/* One fault among several cells does not keep the others from being saved: they go in halves. */
function halves({ controls, unfinished }) {
  const place = (name) => name.replace(/^(way:.*):\w+$/, '$1'); // a way is saved whole
  const places = [...new Set(Object.keys(controls).map(place))];
  const first = new Set(places.slice(0, Math.ceil(places.length / 2)));
  return (places.length > 1 ? [true, false] : []).map((half) => ({
    key: newKey(),
    controls: Object.fromEntries(Object.entries(controls).filter(([name]) => first.has(place(name)) === half)),
    unfinished,
  }));
}

/* Under it the server knows a change that it gets again because the first answer was lost. */
const newKey = () => [...crypto.getRandomValues(new Uint32Array(4))].join('-');

export function saving(office) {
  const { form } = office;
  const state = form.querySelector('[data-state]');
  const words = JSON.parse(form.dataset.words);
  const waiting = [];
  const refused = new Map(); // texts that the server did not take, by control: as long as they stand there
  let sending = false;
  let again = null; // the one timer until the next try, however often somebody looks at the page meanwhile

  const revision = () => form.elements.revision.value;

  function say(text, kind = '') {
    state.textContent = text;
    state.className = `editor__state ${kind}`;
  }

  function add(change) {
    const last = waiting.at(-1);
    if (last && cellsOnly(last) && cellsOnly(change) && (!last.sent || says(last, change))) {
      Object.assign(last.controls, change.controls);
      last.unfinished &&= change.unfinished;
    } else {
      waiting.push({ key: newKey(), ...change });
    }
    next();
  }

  const says = (one, other) => Object.entries(other.controls).every(([name, value]) => one.controls[name] === value);

  async function next() {
    if (sending || !waiting.length) {
      return;
    }
    sending = true;
    say(words.saving);
    const [change] = waiting;
    change.sent = true;
    const answer = await send(form, change, { key: change.key, revision: change.revision ?? revision(), ...shown() });
    sending = false;
    form.querySelector('[data-sign-in]').hidden = !answer.out;
    change.broken = (change.broken ?? 0) + (answer.broken ? 1 : 0);
    if ((answer.lost && change.broken <= PATIENCE) || answer.out) {
      say(answer.out ? words.out : answer.busy ? words.busy : words.lost, 'is-late');
      clearTimeout(again);
      again = setTimeout(next, AGAIN);
      return;
    }
    change.answered?.();
    told(change, answer);
    waiting.splice(0, 1, ...(!answer.ok && cellsOnly(change) ? halves(change) : []));
    next();
  }

  function told(change, { ok, said = {} }) {
    if (ok) {
      const before = revision();
      office.show({ ...said, change });
      meantFor(before);
      saySaved();
    } else if (change.unfinished) {
      say(words.writing); // half a text may mean nothing yet; it is told when the cell is left
    } else {
      const message = [said.message ?? said.detail ?? words.refused, ...(said.lines ?? [])].join(' ');
      Object.entries(change.controls ?? {}).forEach(([name, value]) => refused.set(name, { value, message }));
      say(message, 'is-late');
    }
  }

  /* What was refused is told until it is written otherwise. */
  function saySaved() {
    for (const [name, { value }] of refused) {
      if (form.elements.namedItem(name)?.value !== value || !changed(form.elements.namedItem(name))) {
        refused.delete(name);
      }
    }
    const [still] = refused.values();
    const time = new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });
    say(still?.message ?? `${words.saved} ${time}`, still ? 'is-late' : 'is-good');
  }

  /* What waits for rows that a colleague took out meanwhile was meant for the draft as it was shown before. */
  function meantFor(before) {
    for (const change of waiting.slice(1)) {
      const names = Object.keys(change.controls ?? {}).filter((name) => /^(set|way):/.test(name));
      if (!names.every((name) => form.elements.namedItem(name))) {
        change.revision ??= before;
      }
    }
  }

  /* The draft as it is now, if it was saved since a revision; what came later than a save of one's own is asked anew.
     Since 0 it is wanted in any case, and waited for. */
  async function ask(since) {
    const query = new URLSearchParams({ revision: since, ...shown() });
    const answer = await asked(`${form.dataset.fresh}?${query}`, { cache: 'no-store' });
    const said = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!said && since === 0) {
      say(words.lost, 'is-late');
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
      return ask(since);
    }
    return said?.revision < revision() ? ask(since) : said;
  }

  /* What the page shows: the rest is told. */
  const shown = () => ({ shown: marks(form), ...(office.diagram.isOpen() ? { drawn: '1' } : {}) });

  /* What others saved meanwhile. */
  async function look() {
    if (!waiting.length && !document.hidden) {
      const answer = await ask(revision());
      if (answer?.revision && !waiting.length) {
        office.show(answer);
        say(words.others, 'is-soon');
      } else if (answer) {
        showOthers(form, answer.others);
      }
    }
    setTimeout(look, LOOK);
  }
  setTimeout(look, LOOK);

  window.addEventListener('online', next);
  window.addEventListener('focus', next);
  window.addEventListener('beforeunload', (event) => {
    if (waiting.length || [...form.querySelectorAll(CELLS)].some(changed)) {
      event.preventDefault();
    }
  });
  return { add, ask, revision };
}
