/* A file may be dropped on its field, and the field says which file it holds. */

export function uploads(root) {
  for (const zone of root.querySelectorAll('[data-upload]')) {
    const input = zone.querySelector('input[type=file]');
    const name = zone.querySelector('[data-upload-name]');
    const tell = () => { name.textContent = input.files.length ? input.files[0].name : name.dataset.empty; };
    name.hidden = false;
    zone.querySelector('.upload__pick').hidden = false;
    input.classList.add('unseen');
    input.addEventListener('change', tell);
    zone.addEventListener('dragover', (event) => {
      event.preventDefault();
      zone.classList.add('is-over');
    });
    zone.addEventListener('dragleave', () => zone.classList.remove('is-over'));
    zone.addEventListener('drop', (event) => {
      event.preventDefault();
      zone.classList.remove('is-over');
      if (event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        tell();
      }
    });
  }
}
