/* The diagram on a page: bpmn-js where scripts run, the server's picture where they do not.

   <figure data-diagram="URL of the XML" data-current="ids" data-done="ids" data-late="ids">
     <div data-canvas aria-label="…"></div> <div data-tools hidden>…</div> <picture data-fallback>…</picture>
   </figure>
*/

import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

import { linkRows } from './rows.js';
import { bindTools } from './tools.js';

const MARKS = ['current', 'done', 'late'];

async function show(figure) {
  const answer = await fetch(figure.dataset.diagram, { credentials: 'same-origin' });
  if (!answer.ok) {
    return;
  }
  const container = figure.querySelector('[data-canvas]');
  container.hidden = false;
  const viewer = new NavigatedViewer({ container });
  const shown = await viewer.importXML(await answer.text()).catch(() => null);
  if (!shown) {
    container.hidden = true; // nobody has drawn it: the server's picture stays
    return;
  }
  figure.querySelector('[data-fallback]').hidden = true;
  describe(container);
  mark(figure, viewer);
  bindTools(figure, viewer);
  linkRows(figure, viewer);
  figure.dataset.shown = 'yes';
}

function describe(container) {
  const drawing = container.querySelector('svg');
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-label', container.getAttribute('aria-label'));
}

function mark(figure, viewer) {
  const canvas = viewer.get('canvas');
  const known = viewer.get('elementRegistry');
  for (const kind of MARKS) {
    for (const id of (figure.dataset[kind] ?? '').split(' ').filter((id) => id && known.get(id))) {
      canvas.addMarker(id, `is-${kind}`);
    }
  }
}

for (const figure of document.querySelectorAll('[data-diagram]')) {
  show(figure);
}
