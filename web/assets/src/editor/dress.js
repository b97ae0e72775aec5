/* What shapes wear: a badge where the gate has something to say, and the colour of the way that takes longest. */

const LONGEST = 'is-longest';

export function dress(modeler, { marks, longest }, form) {
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

const DEEPEST = 5; // gateways and events in a row between two steps

/* The flows from an element to the next one, and the gateways and events between them. */
function between(from, to, depth = DEEPEST) {
  return (from?.outgoing ?? []).flatMap((flow) => {
    const { id, type } = flow.target;
    const passes = depth && id !== to && /(Gateway|Event)$/.test(type);
    const on = passes ? between(flow.target, to, depth - 1) : [];
    return id === to ? [flow.id] : on.length ? [flow.id, id, ...on] : [];
  });
}
