/* The heading of the page follows the name of the procedure. */

export function title(office) {
  const cell = office.form.elements.namedItem('head:title');
  const heading = office.form.querySelector('h1');
  cell?.addEventListener('input', () => {
    heading.textContent = cell.value.trim() || cell.defaultValue;
  });
}
