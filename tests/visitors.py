"""Who visits the web application in tests: people with a browser, programs with a token."""

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.test import TestResponse

from engine.database import Database
from procedures.commands.create_token import create_token
from procedures.commands.sign_in import begin_login
from procedures.demo.load import load_demo
from procedures.queries.people import person_by_login
from web.app import create_app
from web.limits import limiter
from web.request import Town, settle_in
from web.settings import Settings

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
"""Monday 23 November 2026, 09:30 in Việt Nam."""

CLERK = "vp.cong-chuc-tiep-nhan"
AUTHOR = "tckh.chuyen-vien-dang-ky-kinh-doanh"
APPRAISER = "nv.truong-phong"
CHAIRMAN = "ubnd.chu-tich-ubnd-thi-xa"


@dataclass
class Website:
    """The application over one town, with a clock that tests may set."""

    app: APIFlask
    database: Database
    at: datetime = NOW

    def move_to(self, file: Path) -> None:
        """Serve another database from now on."""
        self.database.dispose()
        self.database = Database(f"sqlite:///{file}")
        settle_in(self.app, Town(SETTINGS, self.database, lambda: self.at))

    def browser(self, login: str | None = None) -> "Browser":
        """A browser, signed in as an officer or not at all."""
        client = self.app.test_client()
        if login is not None:
            client.set_cookie("namro", self.login(login))
        return Browser(client)

    def login(self, login: str) -> str:
        """The secret of a new login of an officer."""
        with self.database.transaction() as session:
            return begin_login(session, person_by_login(session, login, at=self.at).officer.id, at=self.at)

    def program(self, login: str, *, life: timedelta = timedelta(days=30)) -> "Program":
        """A program with a fresh token of an officer."""
        with self.database.transaction() as session:
            officer = person_by_login(session, login, at=self.at).officer
            return Program(self.app.test_client(), create_token(session, officer.id, name="t", life=life, at=self.at))


@dataclass
class Browser:
    """A person's browser: sends forms with the token of the page they stand on."""

    client: FlaskClient

    def get(self, path: str, **rest: Any) -> TestResponse:
        return self.client.get(path, **rest)

    def text(self, path: str) -> str:
        """The page's text without its markup."""
        return plain(self.client.get(path).text)

    def post(self, path: str, data: dict[str, Any] | None = None, **rest: Any) -> TestResponse:
        answer = self.client.post(path, data={"csrf_token": self.token()} | (data or {}), **rest)
        answer.request.environ["wsgi.input"].close()  # a large form lies in a temporary file
        return answer

    def bring(self, path: str, data: dict[str, Any]) -> TestResponse:
        """Send a file, and save it as it was understood; the refusal where it is not taken in."""
        taken = self.post(path, data)
        return self.post(f"{taken.location}/luu") if taken.status_code == 303 else taken

    def token(self) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get("/dang-nhap").text)
        assert found
        return found[1]


@dataclass
class Program:
    """A program: every request carries its token."""

    client: FlaskClient
    secret: str

    def open(self, method: str, path: str, *, headers: dict[str, str] | None = None, **rest: Any) -> TestResponse:
        given = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        return self.client.open(path, method=method, headers=given | (headers or {}), **rest)

    def get(self, path: str, **rest: Any) -> TestResponse:
        return self.open("GET", f"/api/v1{path}", **rest)

    def post(self, path: str, json: dict[str, Any] | None = None, **rest: Any) -> TestResponse:
        body = {} if json is None else {"json": json}
        return self.open("POST", f"/api/v1{path}", **body, **rest)

    def put(self, path: str, **rest: Any) -> TestResponse:
        return self.open("PUT", f"/api/v1{path}", **rest)


SETTINGS = Settings(secret_key="test" * 10)


class Compiled(BytecodeCache):
    """Templates compiled once for all applications of a test run, rather than once for each."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.known:
            bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def website(town: Path | str, settings: Settings = SETTINGS) -> Website:
    """The application over a database (a file, or a URL), without limits on how often one may ask."""
    database = Database(f"sqlite:///{town}" if isinstance(town, Path) else town)
    made = Website(create_app(settings, database, lambda: made.at), database)
    made.app.jinja_env.bytecode_cache = COMPILED
    limiter.enabled = False
    return made


def demo_town(empty: Path, file: Path) -> Path:
    """Fill a copy of an empty SQLite town with the demo; return its file."""
    shutil.copy(empty, file)
    database = Database(f"sqlite:///{file}")
    load_demo(database, at=NOW)
    database.dispose()
    return file


def plain(page: str) -> str:
    """The words of a page, on one line."""
    bare = re.sub(r"<(script|style|svg).*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())
