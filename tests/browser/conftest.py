"""A demo town served as `make run` serves it, and a real browser that forgives nothing.

A page fails its test at the end when the console showed an error (a violation of the content security policy is one),
when a script threw, or when the server answered 500 or more.

`open_page` is the town with processes and clock of its own, one for all tests; `office` the same application in this
process, with a town and a clock for each test.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright
from werkzeug.serving import make_server

from engine.database import Database
from procedures.commands.sign_in import make_link
from procedures.queries.people import person_by_login
from tests.chromium import FLAGS, REMEDY, chromium
from tests.visitors import Website, demo_town
from tests.visitors import website as open_website

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds until the server must answer
PARTS = frozenset({"script", "stylesheet", "image", "font"})
"""Kinds of content that a page must never lack; a page itself may well answer 404 or 422."""

DESK = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Served:
    """A running demo town. `url` has no slash at its end."""

    url: str
    database_url: str

    def sign_in_link(self, login: str) -> str:
        """Return a fresh one-time link for an officer."""
        at = datetime.now(UTC)
        database = Database(self.database_url)
        with database.transaction() as session:
            secret = make_link(session, person_by_login(session, login, at=at).officer.id, at=at)
        database.dispose()
        return f"{self.url}/dang-nhap/{secret}"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo town on a port of its own, with server and worker as processes of their own."""
    folder = tmp_path_factory.mktemp("served")
    with serving(folder) as town:
        yield town


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Load and serve a demo town whose data lie in `folder`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "NAMRO_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), "NAMRO_DATABASE_URL": ""}
    namro = [sys.executable, "-P", "-m", "web"]
    for command in (["db", "upgrade"], ["demo", "load"]):
        subprocess.run([*namro, *command], env=environment, check=True, capture_output=True)
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([*namro, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log)
    town = Served(f"http://127.0.0.1:{port}", f"sqlite:///{folder / 'namro.db'}")
    try:
        await_answer(f"{town.url}/healthz", server, folder / "log")
        yield town
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)


def await_answer(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except URLError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The server did not start: {log.read_text()}") from error
            time.sleep(0.1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.fail(REMEDY, pytrace=False)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own: nobody's, or signed in as an officer by his login."""
    pages: list[Page] = []
    wrong: list[str] = []

    def opened(login: str | None = None, **options: object) -> Page:
        settings = {"base_url": served.url, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": DESK}
        page = browser.new_context(**(settings | options)).new_page()
        pages.append(page)
        page.on("console", lambda message: note_console(message, wrong))
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("response", lambda response: note_response(response, wrong))
        if login is not None:
            page.goto(served.sign_in_link(login))
            page.get_by_role("button", name="Vào hệ thống").click()
        return page

    yield opened
    for page in pages:
        page.context.close()
    assert wrong == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page that nobody is signed in to."""
    return open_page()


@dataclass
class Office:
    """Officers at their screens, in one town of its own at a fixed moment."""

    browser: Browser
    website: Website
    url: str
    wrong: list[str]
    pages: list[Page]

    def sit(self, login: str | None, **options: object) -> Page:
        """Return a page of an officer's browser, signed in; nobody's without a login."""
        settings = {"base_url": self.url, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": DESK}
        context = self.browser.new_context(**(settings | options))
        if login is not None:
            context.add_cookies([{"name": "namro", "value": self.website.login(login), "url": self.url}])
        page = context.new_page()
        self.pages.append(page)
        page.on("console", lambda message: note_console(message, self.wrong))
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("response", lambda response: note_response(response, self.wrong))
        page.on("dialog", lambda dialog: dialog.accept())
        return page


@pytest.fixture(scope="session")
def town_file(sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo town, to copy from."""
    return demo_town(sqlite, tmp_path_factory.mktemp("demo") / "demo.db")


@pytest.fixture
def office(browser: Browser, town_file: Path, tmp_path: Path) -> Iterator[Office]:
    """The application over a copy of the demo town, served from threads of this process."""
    website = open_website(Path(shutil.copy(town_file, tmp_path / "town.db")))
    server = make_server("127.0.0.1", 0, website.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made = Office(browser, website, f"http://127.0.0.1:{server.server_port}", [], [])
    yield made
    for page in made.pages:
        page.context.close()
    server.shutdown()
    thread.join()
    server.server_close()
    website.database.dispose()
    assert made.wrong == []


def note_console(message: ConsoleMessage, wrong: list[str]) -> None:
    if message.type == "error" and not message.text.startswith("Failed to load resource"):  # see note_response
        wrong.append(f"console: {message.text} ({message.location.get('url')})")


def note_response(response: Response, wrong: list[str]) -> None:
    part = response.request.resource_type in PARTS
    if response.status >= 500 or (part and response.status >= 400):
        wrong.append(f"{response.status}: {response.url}")
