/* What shapes wear: a badge where the gate has something to say, and the colour of the way that takes longest. */

const LONGEST = 'is-longest';

export function dress(modeler, form) {
  const { marks, longest } = JSON.parse(form.querySelector('[data-shapes]').dataset.shapes);
  const known = modeler.get('elementRegistry');
  const overlays = modeler.get('overlays');
  overlays.remove({ type: 'fault' });
  for (const [id, mark] of Object.entries(marks)) {
    if (known.get(id)?.parent) {
      overlays.add(id, 'fault', { position: { top: -12, right: 12 }, html: badge(id, mark) });
    }
  }
  const shown = form.querySelector('[data-longest] input').checked ? longest : [];
  const wearing = new Set(shown.flatMap((id, at) => [id, ...between(known.get(id), shown[at + 1])]));
  mark(modeler, LONGEST, wearing);
}

/* Let exactly these elements wear a class. */
export function mark(modeler, name, ids) {
  const canvas = modeler.get('canvas');
  modeler.get('elementRegistry').forEach((element) => {
    const wears = ids.has(element.id);
    if (element.parent && wears !== canvas.hasMarker(element, name)) {
      canvas[wears ? 'addMarker' : 'removeMarker'](element, name);
    }
  });
}

function badge(id, { severity, words, cell }) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = `badge badge--${severity}`;
  button.textContent = severity === 'error' ? '!' : '?';
  button.title = words;
  button.setAttribute('aria-label', words);
  button.dataset.lead = cell;
  button.dataset.shape = id;
  return button;
}

/* The flows from an element to the next one, and the gateway between them. */
function between(from, to) {
  return (from?.outgoing ?? []).flatMap((flow) => {
    const { id, type, outgoing = [] } = flow.target;
    const on = /Gateway$/.test(type) ? outgoing.filter((next) => next.target.id === to) : [];
    return id === to ? [flow.id] : on.flatMap((next) => [flow.id, id, next.id]);
  });
}
