/* Changes go to the server one after the other, in the order in which they were made. What has not arrived stays in
   the page and is sent again when the server answers again; the page warns before it is left until then. */

import { marks } from './show.js';

const AGAIN = 4000; // milliseconds until a change that did not arrive is sent again
const LOOK = 15000; // milliseconds between looks at what others saved
const TELL = { headers: { Accept: 'application/json' }, credentials: 'same-origin' };

/* Cells that wait go together; what a button does or a drawing says goes alone, in its turn. */
const cellsOnly = ({ address, controls, then }) =>
  !address && !then && Object.keys(controls ?? { do: '' }).every((name) => /^(set|head|way):/.test(name));

export function saving(office) {
  const { form } = office;
  const state = form.querySelector('[data-state]');
  const waiting = [];
  let sending = false;

  const revision = () => form.elements.revision.value;

  function say(text, kind = '') {
    state.textContent = text;
    state.className = `editor__state ${kind}`;
  }

  function add(change) {
    const last = waiting.at(-1);
    if (last && cellsOnly(last) && cellsOnly(change) && (!onItsWay(last) || says(last, change))) {
      Object.assign(last.controls, change.controls);
      last.unfinished &&= change.unfinished;
    } else {
      waiting.push(change);
    }
    send();
  }

  const onItsWay = (change) => sending && change === waiting[0];

  const says = (one, other) => Object.entries(other.controls).every(([name, value]) => one.controls[name] === value);

  async function send() {
    if (sending || !waiting.length) {
      return;
    }
    sending = true;
    say(form.dataset.saying ?? 'Đang lưu…');
    const change = waiting[0];
    const arrived = await post(change);
    sending = false;
    if (!arrived) {
      say('Chưa lưu được: mất kết nối, sẽ tự gửi lại.', 'is-late');
      setTimeout(send, AGAIN);
      return;
    }
    waiting.shift();
    send();
  }

  async function post(change) {
    const content = new FormData();
    content.set('csrf_token', form.elements.csrf_token.value);
    content.set('revision', change.revision ?? revision());
    for (const [name, value] of Object.entries({ ...shown(), ...change.controls })) {
      content.set(name, value);
    }
    let answer;
    try {
      answer = await fetch(change.address ?? form.action, { ...TELL, method: 'POST', body: content });
    } catch {
      return false;
    }
    if (answer.status === 503 || answer.status === 429) {
      return false;
    }
    await told(change, answer);
    return true;
  }

  async function told(change, answer) {
    const said = await answer.json().catch(() => ({ message: 'Trang đã hết phiên. Hãy tải lại trang.' }));
    if (answer.ok) {
      say(`Đã lưu lúc ${new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' })}`, 'is-good');
      office.show({ ...said, change });
    } else if (change.unfinished) {
      say('Đang ghi…'); // half a text may mean nothing yet; it is told when the cell is left
    } else {
      say([said.message, ...(said.lines ?? [])].join(' '), 'is-late');
      office.refused?.(change, said);
    }
  }

  /* The draft as it is now, if it was saved since a revision. */
  async function ask(since) {
    const query = new URLSearchParams({ revision: since, ...shown() });
    const answer = await fetch(`${form.dataset.fresh}?${query}`, { ...TELL, cache: 'no-store' });
    return answer.status === 200 ? answer.json() : null;
  }

  /* What the page shows: the rest is told. */
  const shown = () => ({ shown: marks(form), ...(office.diagram.isOpen() ? { drawn: '1' } : {}) });

  /* What others saved meanwhile. */
  async function look() {
    if (!waiting.length && !document.hidden) {
      try {
        const answer = await ask(revision());
        if (answer && !waiting.length) {
          office.show(answer);
          say('Người khác vừa sửa; trang đã cập nhật.', 'is-soon');
        }
      } catch {
        // looked at again in a while
      }
    }
    setTimeout(look, LOOK);
  }
  setTimeout(look, LOOK);

  window.addEventListener('beforeunload', (event) => {
    if (waiting.length) {
      event.preventDefault();
    }
  });
  return { add, ask, revision };
}
