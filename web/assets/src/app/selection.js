/* "Chọn tất cả" ticks every box of its form and says how many are ticked. */

export function selection(root) {
  for (const form of root.querySelectorAll('form[data-selection]')) {
    const all = form.querySelector('[data-select-all]');
    const boxes = [...form.querySelectorAll('[data-select]')];
    const count = form.querySelector('[data-selected-count]');
    const tell = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = ticked === boxes.length && ticked > 0;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
      count.textContent = String(ticked);
    };
    if (!all || !count) {
      continue;
    }
    all.closest('[hidden]')?.removeAttribute('hidden');
    all.addEventListener('change', () => {
      boxes.forEach((box) => { box.checked = all.checked; });
      tell();
    });
    form.addEventListener('change', tell);
    tell();
  }
}
