"""The editor of a procedure of 100 steps, in a browser: `python -m benchmarks.editor`.

*open*: from the request to a page that can be typed into.  *shown*: from the key to the frame that shows its letter.
*saved*: from leaving the cell to the answer put in place; *server*: the part of it that the request took.  *moved*: a
save that puts the step into another lane.  *reference*: reading the draft's file once in this process.  The page is
served by this process; medians of wall time in ms, after one run to warm up.
"""

import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from benchmarks.layout import procedure
from bpmn.convert import table_to_bpmn
from bpmn.document import read_document
from engine.database import Database
from engine.schema import upgrade
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.save_draft import Draft, save_draft
from procedures.evidence import Gate
from procedures.queries.people import organisation, person_by_login
from procedures.uploads import of_source
from tests.chromium import FLAGS, chromium
from tests.visitors import AUTHOR, NOW, demo_town, website

RUNS = 3
STEPS, LANES = 100, 8
CODE = "QT-TCKH-100"
OPEN = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
SHOWN = """async () => {
  const cell = document.querySelectorAll('[data-column=name]')[50];
  cell.focus();
  const before = performance.now();
  document.execCommand('insertText', false, 'a');
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - before;
}"""
OTHER_LANE = """() => {
  const cells = [...document.querySelectorAll('[data-column=position]')];
  const other = cells.find((cell) => cell.value !== cells[50].value).value;
  cells[50].focus();
  cells[50].select();
  document.execCommand('insertText', false, other);
}"""
SAVED = """async () => {
  const revision = document.querySelector('[name=revision]');
  const seen = revision.value;
  const before = performance.now();
  document.activeElement.dispatchEvent(new Event('change', {bubbles: true}));
  while (revision.value === seen) await new Promise((done) => setTimeout(done, 1));
  const asked = performance.getEntriesByType('resource').filter((each) => each.name.endsWith('/bang')).at(-1);
  return [performance.now() - before, asked.duration];
}"""


def main() -> None:
    program = chromium()
    with tempfile.TemporaryDirectory() as folder, town(Path(folder)) as (url, cookie), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        context = browser.new_context(base_url=url, locale="vi-VN", viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "namro", "value": cookie, "url": url}])
        page = context.new_page()
        runs = [measured(page) for _ in range(RUNS + 1)][1:]
        browser.close()
    for name in runs[0]:
        print(f"{name:9} {median(run[name] for run in runs):7.0f} ms")


def measured(page: Page) -> Mapping[str, float]:
    page.goto(f"/quy-trinh/{CODE}/soan")
    opened = page.evaluate(OPEN)
    page.wait_for_timeout(300)
    shown = page.evaluate(SHOWN)
    saved, server = page.evaluate(SAVED)
    page.evaluate(OTHER_LANE)
    moved, _server = page.evaluate(SAVED)
    return {"reference": reference(), "open": opened, "shown": shown, "saved": saved, "server": server, "moved": moved}


def reference() -> float:
    """What a reading of the draft's file takes at the moment."""
    source = table_to_bpmn(procedure(STEPS, LANES))
    times = []
    for _ in range(5):
        before = perf_counter()
        read_document(source)
        times.append((perf_counter() - before) * 1000)
    return median(times)


@contextmanager
def town(folder: Path) -> Iterator[tuple[str, str]]:
    """A served town with the long draft; yields its address and the author's cookie."""
    empty = Database(f"sqlite:///{folder / 'empty.db'}")
    upgrade(empty)
    empty.dispose()
    demo_town(folder / "empty.db", folder / "demo.db")
    site = website(Path(shutil.copy(folder / "demo.db", folder / "town.db")))
    with site.database.transaction() as session:
        by = person_by_login(session, AUTHOR, at=NOW)
        upload = of_source(table_to_bpmn(procedure(STEPS, LANES)), Gate(organisation(session, at=NOW), NOW))
        create_procedure(session, NewProcedure(CODE, "Quy trình dài", "TCKH"), by=by, at=NOW)
        save_draft(session, CODE, Draft(upload.source, upload.evidence), by=by, at=NOW)
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", site.login(AUTHOR)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        site.database.dispose()


if __name__ == "__main__":
    main()
