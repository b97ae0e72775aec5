/* The way to a fault, played on the diagram: one stop after the other, by itself or by button. Who wants no motion on
   his screen goes by button alone. */

const PACE = 1200; // milliseconds at a stop

export function player(office) {
  const { form } = office;
  const panel = form.querySelector('[data-player]');
  let stops = [];
  let at = 0;
  let timer = null;

  async function start(button) {
    const words = [...button.parentElement.querySelectorAll('li')].map((line) => line.textContent);
    await office.view(form.dataset.view === 'table' ? 'both' : form.dataset.view);
    stops = JSON.parse(button.dataset.play).map((shapes, index) => ({ shapes, words: words[index] }));
    panel.hidden = false;
    go(0);
    panel.querySelector('[data-step="1"]').focus();
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
      timer = setInterval(() => (at + 1 < stops.length ? go(at + 1) : rest()), PACE);
    }
  }

  function go(to) {
    at = Math.min(Math.max(to, 0), stops.length - 1);
    panel.querySelector('[data-stop]').textContent = `${at + 1}/${stops.length}: ${stops[at].words}`;
    panel.querySelector('[data-step="-1"]').setAttribute('aria-disabled', at === 0);
    panel.querySelector('[data-step="1"]').setAttribute('aria-disabled', at + 1 === stops.length);
    office.diagram.walk(stops.slice(0, at).flatMap((stop) => stop.shapes), stops[at].shapes);
  }

  function rest() {
    clearInterval(timer);
    timer = null;
  }

  function end() {
    rest();
    if (!panel.hidden) {
      panel.hidden = true;
      office.diagram.walk([], []);
    }
  }

  form.addEventListener('click', (event) => {
    const begins = event.target.closest('[data-play]');
    const step = event.target.closest('[data-step]')?.dataset.step;
    if (begins) {
      end();
      start(begins);
    } else if (step === '0') {
      end();
    } else if (step) {
      rest();
      go(at + Number(step));
    }
  });
  office.endPlay = end;
}
