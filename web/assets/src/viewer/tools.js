/* Zoom by button and by key: + and - while the drawing has the focus, 0 fits it into its frame. */

const FACTOR = 1.25;
const KEYS = { '+': 'in', '=': 'in', '-': 'out', 0: 'fit' };

export function bindTools(figure, viewer) {
  const tools = figure.querySelector('[data-tools]');
  const canvas = viewer.get('canvas');
  const act = {
    in: () => canvas.zoom(canvas.zoom() * FACTOR, 'auto'),
    out: () => canvas.zoom(canvas.zoom() / FACTOR, 'auto'),
    fit: () => fit(canvas),
  };
  tools.hidden = false;
  tools.addEventListener('click', (event) => act[event.target.closest('[data-zoom]')?.dataset.zoom]?.());
  figure.addEventListener('keydown', (event) => {
    const wanted = !event.isComposing && !event.ctrlKey && !event.metaKey && KEYS[event.key];
    if (wanted) {
      event.preventDefault();
      act[wanted]();
    }
  });
  fit(canvas);
  begin(figure, viewer);
}

/* Where something is being done, the drawing opens there, large enough to be read. */
function begin(figure, viewer) {
  const current = (figure.dataset.current ?? '').split(' ').find((id) => id && viewer.get('elementRegistry').get(id));
  if (current) {
    viewer.get('canvas').zoom(0.75);
    viewer.get('canvas').scrollToElement(current, { left: 120, right: 300, top: 80, bottom: 160 });
  }
}

/* Fit, but never so small that nothing can be read: then the beginning is shown and the rest is a drag away. */
function fit(canvas) {
  const least = 0.55;
  if (canvas.zoom('fit-viewport', 'auto') < least) {
    const { inner } = canvas.viewbox();
    canvas.zoom(least);
    const { width, height } = canvas.viewbox();
    canvas.viewbox({ x: inner.x - 20, y: inner.y + Math.min(0, (inner.height - height) / 2) - 20, width, height });
  }
}
