/* The second view of the same document. Each change in the drawing is saved; each change elsewhere is drawn. */

import { drawings } from './drawing.js';
import { dress, mark } from './dress.js';
import { about } from './hints.js';
import { take } from './menus.js';

const MARGIN = 12; // pixels around the drawing when it is first shown
const DOUBLE = 400; // milliseconds in which the second click of a double click finds the shape where the first did

export function diagramView(office) {
  const { form } = office;
  const figure = form.querySelector('[data-diagram-view]');
  let modeler = null;
  let own = null; // what is drawn here
  let drawn = null; // the source that the canvas shows, unless something was drawn over it
  let placed = false;
  let shapes = null;
  let silent = false;
  let drawing = null;
  let scroll = 0;
  let late = null; // what was said while somebody was writing or drawing

  async function open() {
    if (modeler) {
      return;
    }
    hint('opening');
    const make = await program().catch(() => null);
    if (!make) {
      hint('closed');
      return;
    }
    modeler = make(figure.querySelector('[data-canvas]'), {
      undo: () => take(office, 'undo'),
      redo: () => take(office, 'redo'),
    });
    own = drawings(office, modeler);
    const answer = await office.save.ask(0);
    if (!answer) {
      modeler.destroy();
      modeler = null;
      hint('closed');
      return;
    }
    office.show(answer);
    await drawing;
    modeler.on('commandStack.changed', changed);
    modeler.on('selection.changed', ({ newSelection }) => silent || point(newSelection[0]));
    modeler.on(['directEditing.deactivate', 'drag.cleanup'], () => setTimeout(handsOff));
    figure.addEventListener('focusout', complete);
    figure.dataset.shown = 'yes';
    point();
  }

  function changed() {
    if (!silent) {
      drawn = null;
      own.later();
    }
  }

  /* A name that is typed on a shape is taken when the hand goes elsewhere. */
  function complete({ target, relatedTarget }) {
    if (target.closest('.djs-direct-editing-content') && relatedTarget && !figure.contains(relatedTarget)) {
      modeler.get('directEditing').complete();
    }
  }

  async function draw({ source, revision }) {
    silent = true;
    const canvas = modeler.get('canvas');
    const place = placed ? canvas.viewbox() : null;
    const chosen = modeler.get('selection').get()[0]?.id;
    await modeler.importXML(source);
    const again = modeler.get('elementRegistry').get(chosen);
    if (again) {
      modeler.get('selection').select(again);
    }
    if (place) {
      canvas.viewbox(place);
    } else {
      fit(canvas);
    }
    placed = true;
    drawn = source;
    own.shows(revision);
    silent = false;
    wear();
  }

  function wear() {
    if (placed) {
      dress(modeler, shapes, form);
    }
  }

  /* Draw what the server says, unless it is what is shown already. To draw takes a while in which no key is shown, and
     ends what hands do in the drawing: who is writing or drawing has it when he is done. */
  function follow(answer) {
    shapes = answer.shapes ?? shapes;
    if (answer.source) {
      late = { source: answer.source, revision: answer.revision };
    } else if (answer.change?.drawn) {
      own.shows(answer.revision);
    }
    if (modeler && late && !answer.change?.unfinished && !busy()) {
      const told = late;
      late = null;
      if (told.source !== drawn) {
        drawing = draw(told);
        return;
      }
      own.shows(told.revision);
    }
    wear();
  }

  const busy = () => own.pending() || modeler.get('directEditing').isActive() || Boolean(modeler.get('dragging').context());

  const catchUp = () => late && follow({});

  /* Keys go on to reach the drawing after a name was typed in it. */
  function handsOff() {
    if (document.activeElement === document.body) {
      modeler.get('canvas').focus();
    }
    catchUp();
  }

  /* Select a shape and bring it into sight. */
  function choose(id) {
    const element = modeler?.get('elementRegistry').get(id);
    if (element?.parent && form.dataset.view !== 'table') {
      modeler.get('selection').select(element);
      modeler.get('canvas').scrollToElement(element, 60);
    }
  }

  /* Light up where a token was, and where it is. */
  function walk(passed, here) {
    mark(modeler, 'is-passed', new Set(passed));
    mark(modeler, 'is-here', new Set(here));
    const element = modeler.get('elementRegistry').get(here[0]);
    if (element) {
      modeler.get('canvas').scrollToElement(element, 60);
    }
  }

  /* Show the row that the chosen shape belongs to, and say where what was chosen is edited. */
  function point(element) {
    const rows = [...form.querySelectorAll('[data-row]')];
    const { row: id, word } = about(element, (name) => rows.some((row) => row.dataset.row === name));
    for (const row of rows) {
      row.classList.toggle('is-chosen', row.dataset.row === id);
    }
    const chosen = rows.find((row) => row.dataset.row === id);
    hint(word, chosen?.querySelector('.row__number').textContent);
    clearTimeout(scroll);
    scroll = setTimeout(() => chosen?.scrollIntoView({ block: 'nearest' }), DOUBLE);
  }

  function hint(word, number = '') {
    const line = figure.querySelector('[data-hint]');
    line.textContent = JSON.parse(figure.dataset.hints)[word].replace('{no}', number);
  }

  form.addEventListener('focusout', catchUp);
  form.addEventListener('focusin', (event) => {
    const id = event.target.closest('[data-row]')?.dataset.row;
    if (id && form.dataset.view === 'both') {
      choose(id);
    }
  });
  return { open, follow, choose, walk, dress: wear, settle: () => own?.keep(), isOpen: () => modeler !== null };
}

/* The whole drawing, beside the palette that lies over the canvas. */
function fit(canvas) {
  const { inner, outer } = canvas.viewbox();
  const palette = canvas.getContainer().querySelector('.djs-palette');
  const left = palette.offsetLeft + palette.offsetWidth + MARGIN;
  const scale = Math.min(1, (outer.width - left - MARGIN) / inner.width, (outer.height - 2 * MARGIN) / inner.height);
  canvas.viewbox({
    x: inner.x - left / scale,
    y: inner.y - MARGIN / scale,
    width: outer.width / scale,
    height: outer.height / scale,
  });
}

/* The program that draws, loaded once. */
function program() {
  return new Promise((resolve, reject) => {
    if (window.namroModeler) {
      resolve(window.namroModeler);
      return;
    }
    const script = document.createElement('script');
    script.src = document.querySelector('[data-modeler]').dataset.modeler;
    script.onload = () => resolve(window.namroModeler);
    script.onerror = reject;
    document.head.append(script);
  });
}
