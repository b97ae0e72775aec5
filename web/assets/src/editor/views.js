/* Table, diagram, or both; beside the diagram alone stands the row of the chosen shape. The diagram's program is large and
   comes only when it is wanted. */

export function views(office) {
  const { form } = office;
  const chooser = form.querySelector('[data-views]');
  const drawing = form.querySelector('[data-diagram-view]');
  chooser.hidden = false;
  form.dataset.view = 'table';

  async function choose(view) {
    form.dataset.view = view;
    drawing.hidden = view === 'table';
    if (view !== 'table') {
      await office.diagram.open();
    }
  }
  office.view = (view) => {
    chooser.querySelector(`[value=${view}]`).checked = true;
    return choose(view);
  };
  chooser.addEventListener('change', (event) => {
    event.stopPropagation();
    choose(event.target.value);
  });
}
