/* The second view of the same document. Each change in the drawing is saved; each change elsewhere is drawn. */

import { dress, mark } from './dress.js';
import { take } from './menus.js';

const PAUSE = 500; // milliseconds without a further change, until the drawing is saved
const MARGIN = 12; // pixels around the drawing when it is first shown

export function diagramView(office) {
  const { form } = office;
  const figure = form.querySelector('[data-diagram-view]');
  let modeler = null;
  let drawn = null;
  let shapes = null;
  let timer = null;
  let silent = false;
  let drawing = null;
  let late = null; // what was said while somebody was writing

  async function open() {
    if (modeler) {
      return;
    }
    const make = await program();
    modeler = make(figure.querySelector('[data-canvas]'), {
      undo: () => take(office, 'undo'),
      redo: () => take(office, 'redo'),
    });
    office.show(await office.save.ask(0));
    await drawing;
    modeler.on('commandStack.changed', later);
    modeler.on('selection.changed', ({ newSelection }) => silent || point(newSelection[0]?.id));
    figure.dataset.shown = 'yes';
  }

  async function draw(source) {
    silent = true;
    const canvas = modeler.get('canvas');
    const place = drawn === null ? null : canvas.viewbox();
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
    drawn = source;
    silent = false;
    wear();
  }

  function wear() {
    if (drawn !== null) {
      dress(modeler, shapes, form);
    }
  }

  function later() {
    if (!silent) {
      clearTimeout(timer);
      timer = setTimeout(keep, PAUSE);
    }
  }

  async function keep() {
    timer = null;
    const { xml } = await modeler.saveXML();
    office.save.add({
      address: form.dataset.diagramAction,
      revision: office.save.revision(),
      controls: { source: xml },
      drawn: true,
    });
  }

  /* Draw what the server says, unless it is what was drawn here and nothing more. To draw takes a while in which no key
     is shown: who is writing has his drawing when he leaves the cell. */
  function follow(answer) {
    const source = answer.source ?? late;
    shapes = answer.shapes ?? shapes;
    late = answer.change?.unfinished ? source : null;
    if (modeler && source && !late && source !== drawn && timer === null) {
      drawing = draw(source);
    } else {
      wear();
    }
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

  function point(id) {
    for (const row of form.querySelectorAll('[data-row]')) {
      row.classList.toggle('is-chosen', row.dataset.row === id);
      if (row.dataset.row === id) {
        row.scrollIntoView({ block: 'nearest' });
      }
    }
  }

  form.addEventListener('focusout', () => late && follow({}));
  form.addEventListener('focusin', (event) => {
    const id = event.target.closest('[data-row]')?.dataset.row;
    if (id && form.dataset.view === 'both') {
      choose(id);
    }
  });
  return { open, follow, choose, walk, dress: wear, isOpen: () => modeler !== null };
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
