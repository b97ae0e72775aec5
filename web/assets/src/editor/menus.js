/* Cells save when they are left, buttons at once. */

import { CELLS, changed, controlsOf, fit, fitAll, offer } from './controls.js';
import { controlOf } from './leads.js';

const PAUSE = 1200; // milliseconds without a key until what stands in a cell is saved
const WRITTEN = 'input.cell[name]:not([name="head:title"]), textarea.cell[name]'; // a new name is told in the history

export function menus(office) {
  const { form } = office;
  document.fonts.ready.then(() => fitAll([...form.querySelectorAll(CELLS)]));
  form.querySelector('[data-save]').hidden = true;
  form.querySelector('[data-done]').hidden = false;

  for (const coming of ['focusin', 'pointerdown']) {
    form.addEventListener(coming, (event) => event.target.matches('select.cell') && offer(event.target));
  }
  form.addEventListener('input', (event) => fit(event.target));
  saveWhatIsWritten(office);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button?.dataset.take) {
      take(office, button.dataset.take);
    } else if (button?.name === 'do') {
      act(office, button.value);
    } else if (button?.name === 'fix') {
      mend(office, button);
    }
  });
  form.addEventListener('click', (event) => {
    const button = event.target.closest('[data-mine]');
    if (button) {
      office.save.add({ controls: { [button.dataset.control]: button.dataset.mine } });
    }
    close(form, event.target.closest('[data-menu]'));
  });
  form.addEventListener('keydown', (event) => {
    const menu = event.target.closest('[data-menu][open]');
    if (menu && event.key === 'Escape') {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
}

/* A cell is saved when it is left, and when nothing was typed in it for a while: times and findings follow the typing. */
function saveWhatIsWritten(office) {
  const { form } = office;
  let timer = null;

  function save(target, unfinished) {
    const cell = target.closest(CELLS);
    clearTimeout(timer);
    if (cell && changed(cell)) {
      office.save.add({ controls: controlsOf(cell), unfinished });
    }
  }

  function wait({ target, isComposing }) {
    clearTimeout(timer);
    if (!isComposing && target.matches(WRITTEN)) {
      timer = setTimeout(() => save(target, true), PAUSE);
    }
  }

  form.addEventListener('change', ({ target }) => save(target, false));
  form.addEventListener('input', wait);
  form.addEventListener('compositionend', wait);
}

/* What is drawn is saved before, so that it is what is taken back. */
export async function take(office, which) {
  await office.diagram.settle();
  office.save.add({ address: office.form.dataset[which] });
}

/* Let the machine mend what a button names; the work goes on in the cell that it was about. */
function mend(office, button) {
  const cell = button.closest('li').querySelector('[data-lead]')?.dataset.lead;
  office.save.add({
    address: button.formAction,
    controls: { fix: button.value },
    then: (form) => controlOf(cell) ?? form.querySelector('#y-kien'),
  });
}

/* Do what a button says; afterwards the work goes on where it belongs. */
export function act(office, wish) {
  const [verb, row] = wish.split(':');
  const known = new Set(rows(office.form).map((each) => each.dataset.row));
  const before = rows(office.form).findIndex((each) => each.dataset.row === row);
  office.save.add({ controls: { do: wish }, then: (form) => next(form, { verb, row, known, before }) });
}

function next(form, { verb, row, known, before }) {
  const now = rows(form);
  const fresh = now.find((each) => !known.has(each.dataset.row));
  const same = now.find((each) => each.dataset.row === row);
  if (verb === 'way') {
    return [...(same?.querySelectorAll('.way .cell') ?? [])].at(-2);
  }
  const place = fresh ?? (verb === 'remove' ? now[Math.min(before, now.length - 1)] : same);
  return place?.querySelector('.cell');
}

export const rows = (form) => [...form.querySelectorAll('[data-row]')];

function close(form, but) {
  for (const menu of form.querySelectorAll('[data-menu][open]')) {
    if (menu !== but) {
      menu.open = false;
    }
  }
}
