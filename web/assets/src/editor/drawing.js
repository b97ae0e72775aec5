/* What somebody draws, on its way to the server: one drawing after the other, each with the revision over which it was
   drawn, so that nothing that came in between is drawn over. */

const PAUSE = 500; // milliseconds without a further change, until the drawing is saved

export function drawings(office, modeler) {
  const { form } = office;
  let base = null; // the revision that the canvas shows, but for what was drawn over it since
  let timer = 0;
  let fresh = false; // something was drawn that is not on its way
  let sent = null; // kept when the drawing on its way is answered
  let arrived = null;
  let line = Promise.resolve();

  function later() {
    fresh = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  }

  function keep() {
    clearTimeout(timer);
    line = line.catch(() => null).then(send); // what failed stands in the console and goes with the next
    return line;
  }

  async function send() {
    await sent;
    if (!fresh) {
      return;
    }
    fresh = false;
    sent = new Promise((resolve) => {
      arrived = resolve;
    });
    const { xml } = await modeler.saveXML().catch((failure) => {
      fresh = true;
      answered();
      throw failure;
    });
    const change = { address: form.dataset.diagramAction, revision: base, controls: { source: xml } };
    office.save.add({ ...change, drawn: true, answered });
  }

  function answered() {
    sent = null;
    arrived();
  }

  window.addEventListener('beforeunload', (event) => fresh && event.preventDefault());
  return {
    later,
    keep,
    shows: (revision) => (base = revision),
    pending: () => fresh || sent !== null,
  };
}
