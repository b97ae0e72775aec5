/* A row of the five-clear table and its element in the drawing point at each other. */

export function linkRows(figure, viewer) {
  const canvas = viewer.get('canvas');
  const known = viewer.get('elementRegistry');
  const rows = () => [...document.querySelectorAll('[data-element]')];
  let chosen = null;

  function choose(id) {
    if (chosen) {
      canvas.removeMarker(chosen, 'is-chosen');
    }
    rows().forEach((row) => row.classList.toggle('is-chosen', row.dataset.element === id));
    chosen = known.get(id) ? id : null;
    if (chosen) {
      canvas.addMarker(chosen, 'is-chosen');
    }
  }

  viewer.on('element.click', ({ element }) => choose(element.id));
  document.addEventListener('click', (event) => {
    const link = event.target.closest('[data-show-element]');
    if (link && known.get(link.dataset.showElement)) {
      choose(link.dataset.showElement);
      canvas.scrollToElement(link.dataset.showElement);
    }
  });
}
