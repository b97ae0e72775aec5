"""A demo town served by processes of its own, and programs that ask it over HTTP."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

from engine.database import Database
from procedures.commands.create_token import create_token
from procedures.commands.open_case import NewCase, open_case
from procedures.queries.people import person_by_login

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds after which a test waits in vain
CODE = "QT-TCKH-01"
CLERK = "vp.cong-chuc-tiep-nhan"
Alive = Mapping[int, tuple[int, str]]
"""Processes by number: their parent and their command line."""


@dataclass(frozen=True)
class Reply:
    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Caller:
    """A program with the token of an officer."""

    port: int
    officer: int
    secret: str

    def ask(self, method: str, path: str, body: object = None, *, key: str | None = None) -> Reply:
        """Send one request on a connection of its own. Raises `OSError` or `HTTPException` when no answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, f"/api/v1{path}", sent, headers | ({"Idempotency-Key": key} if key else {}))
            answer = connection.getresponse()
            return Reply(answer.status, json.loads(answer.read()), dict(answer.getheaders()))
        finally:
            connection.close()

    def complete(self, task: int, *, key: str | None = None, **body: object) -> Reply:
        return self.ask("POST", f"/tasks/{task}/complete", body, key=key)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A command that serves a database, with its data in `folder`; may be killed and started again."""

    url: str
    folder: Path
    command: str = "serve"
    port: int = field(default_factory=free_port)
    supervisor: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; `await_answer` returns when it answers."""
        self.folder.mkdir(exist_ok=True)
        settings = {"NAMRO_DATA_DIR": str(self.folder), "NAMRO_DATABASE_URL": self.url, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-P", "-m", "web", self.command, "--port", str(self.port)]
        with (self.folder / "log").open("ab") as log:
            self.supervisor = subprocess.Popen(command, env={**os.environ, **settings}, stdout=log, stderr=log)

    def await_answer(self) -> None:
        """Return when it answers. Fails when it ended, or is silent too long."""

        def ready() -> bool:
            assert self.supervisor is not None
            assert self.supervisor.poll() is None, self.log()
            return answers(self.port)

        until(ready, self.log)

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def processes(self) -> "Processes":
        """Return its processes as they are now."""
        assert self.supervisor is not None
        alive = processes()
        children = [pid for pid, (parent, _) in alive.items() if parent == self.supervisor.pid]
        http = [pid for pid in children if " http " in alive[pid][1]]
        serving = [pid for pid, (parent, _) in alive.items() if parent in http]
        return Processes(self.supervisor.pid, http, serving, [pid for pid in children if pid not in http])

    def kill(self) -> None:
        """End all its processes at once, as a power cut does; return when none is left."""
        found = self.processes()
        for pid in found.all[1:]:
            os.kill(pid, signal.SIGSTOP)  # none of them sees another one die
        self.kill_supervisor()
        for pid in found.all[1:]:
            kill(pid)
        until(lambda: not set(found.all) & set(processes()))

    def kill_supervisor(self) -> None:
        assert self.supervisor is not None
        self.supervisor.kill()
        self.supervisor.wait(PATIENCE)

    def end(self) -> None:
        """Ask it to end; `supervisor.wait` returns when it has."""
        if self.supervisor is not None:
            self.supervisor.send_signal(signal.SIGTERM)


@dataclass(frozen=True)
class Processes:
    """The numbers of a server's processes: `http` is gunicorn's master, `serving` its worker, `worker` our own."""

    supervisor: int
    http: Sequence[int]
    serving: Sequence[int]
    worker: Sequence[int]

    @property
    def all(self) -> Sequence[int]:
        return (self.supervisor, *self.http, *self.serving, *self.worker)


@contextmanager
def serving(*servers: Server) -> Iterator[None]:
    """Serve for the time of the block, soon after it begins; nothing is left running."""
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in servers:
            server.end()
        for server in servers:
            if server.supervisor is not None:
                server.supervisor.wait(PATIENCE)


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def processes() -> Alive:
    """Return the processes of this machine that have not ended."""
    found: dict[int, tuple[int, str]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        if state != "Z":
            found[int(folder.name)] = (int(parent), command)
    return found


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it ended by itself, as when its parent was killed a moment before


def until(found: Callable[[], object], why: Callable[[], str] = lambda: "waited in vain") -> None:
    """Wait until something is so; a test that waits in vain fails."""
    deadline = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)


def caller(database: Database, login: str, port: int) -> Caller:
    """Give an officer a token."""
    at = datetime.now(UTC)
    with database.transaction() as session:
        officer = person_by_login(session, login, at=at).officer.id
        return Caller(port, officer, create_token(session, officer, name="t", life=timedelta(days=1), at=at))


def open_cases(database: Database, count: int, *, at: datetime) -> Sequence[int]:
    """Open cases of the shipped procedure; return their ids."""
    with database.transaction() as session:
        clerk = person_by_login(session, CLERK, at=at)
        return [open_case(session, NewCase(CODE, f"Hộ kinh doanh số {n}"), by=clerk, at=at).id for n in range(count)]


def at_once(*acts: Callable[[], Reply]) -> Sequence[Reply]:
    """Do several things at the same moment."""
    gate = Barrier(len(acts))

    def act(which: Callable[[], Reply]) -> Reply:
        gate.wait(PATIENCE)
        return which()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))
