/* From what the gate says to the cell, and to the shape, that it is about. */

export function leads(office) {
  const { form } = office;

  form.addEventListener('click', (event) => {
    const link = event.target.closest('[data-shape]');
    if (link) {
      event.preventDefault();
      goTo(office, link.dataset.lead, link.dataset.shape);
    }
  });
  const toggle = form.querySelector('[data-longest]');
  toggle.hidden = false;
  toggle.addEventListener('change', (event) => {
    event.stopPropagation();
    form.classList.toggle('hides-longest', !event.target.checked);
    office.diagram.dress();
  });
}

async function goTo(office, cell, shape) {
  const control = controlOf(cell);
  const { view } = office.form.dataset;
  if ((control && view === 'diagram') || (!control && view === 'table')) {
    await office.view('both');
  }
  office.diagram.choose(shape);
  if (control) {
    enter(control);
  }
}

/* A cell by the id that leads there: itself, or the first thing in it that can be written or pressed. */
export function controlOf(id) {
  const place = id ? document.getElementById(id) : null;
  return place?.matches('.cell') ? place : (place?.querySelector('.cell, button') ?? null);
}

function enter(control) {
  for (let closed = control.closest('details'); closed; closed = closed.parentElement.closest('details')) {
    closed.open = true;
  }
  control.focus({ preventScroll: true });
  control.scrollIntoView({ block: 'nearest' });
  control.closest('[data-row]')?.scrollIntoView({ block: 'nearest' });
}
