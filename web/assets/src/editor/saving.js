/* Changes go to the server one after the other, in the order in which they were made. What has not arrived stays in
   the page and is sent again when the server answers again; the page warns before it is left until then. */

import { CELLS, changed } from './controls.js';
import { asked, send } from './sending.js';
import { marks } from './show.js';

const AGAIN = 4000; // milliseconds until a change that did not arrive is sent again
const LOOK = 15000; // milliseconds between looks at what others saved

/* Cells that wait go together; what a button does or a drawing says goes alone, in its turn. */
const cellsOnly = ({ address, controls, then }) =>
  !address && !then && Object.keys(controls ?? { do: '' }).every((name) => /^(set|head|way):/.test(name));

/* Under it the server knows a change that it gets again because the first answer was lost. */
const newKey = () => [...crypto.getRandomValues(new Uint32Array(4))].join('-');

export function saving(office) {
  const { form } = office;
  const state = form.querySelector('[data-state]');
  const words = JSON.parse(form.dataset.words);
  const waiting = [];
  let sending = false;

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
    if (answer.lost || answer.out) {
      say(answer.out ? words.out : words.lost, 'is-late');
      setTimeout(next, AGAIN);
      return;
    }
    told(change, answer);
    waiting.shift();
    next();
  }

  function told(change, { ok, said }) {
    if (ok) {
      say(`${words.saved} ${new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' })}`, 'is-good');
      office.show({ ...said, change });
    } else if (change.unfinished) {
      say(words.writing); // half a text may mean nothing yet; it is told when the cell is left
    } else {
      say([said.message ?? said.detail ?? words.refused, ...(said.lines ?? [])].join(' '), 'is-late');
    }
  }

  /* The draft as it is now, if it was saved since a revision. */
  async function ask(since) {
    const query = new URLSearchParams({ revision: since, ...shown() });
    const answer = await asked(`${form.dataset.fresh}?${query}`, { cache: 'no-store' });
    return answer?.status === 200 ? answer.json() : null;
  }

  /* What the page shows: the rest is told. */
  const shown = () => ({ shown: marks(form), ...(office.diagram.isOpen() ? { drawn: '1' } : {}) });

  /* What others saved meanwhile. */
  async function look() {
    if (!waiting.length && !document.hidden) {
      const answer = await ask(revision());
      if (answer && !waiting.length) {
        office.show(answer);
        say(words.others, 'is-soon');
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
