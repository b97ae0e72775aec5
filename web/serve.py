"""One command, several processes: start them, start them again when they die, stop them together.

The supervisor does nothing else: no request and no timer runs in it, so nothing but a signal ends it.
"""

import ctypes
import errno
import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

ENDINGS = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
LOOK = 0.2  # seconds between two looks at the processes
READY = 60.0  # seconds within which the server must answer
GRACE = 20.0  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a dead process is started again, doubled each time
STEADY = 60.0  # seconds of life after which the next death counts as the first
PR_SET_PDEATHSIG = 1
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # what listens everywhere is asked here

log = structlog.get_logger()


class PortTaken(Exception):  # noqa: N818  # it names what happened
    """Something else listens there."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self.host, self.port = host, port


class NotReady(Exception):  # noqa: N818  # it names what happened
    """The server ended, or did not answer in time; its own output says why."""


@dataclass
class Process:
    """One process that is kept running."""

    name: str
    command: Sequence[str]
    running: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = FIRST_PAUSE
    again_at: float | None = None

    @property
    def alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def start(self) -> None:
        """Start it in a process group of its own, so that the terminal's Ctrl-C reaches the supervisor alone."""
        self.running = subprocess.Popen(  # noqa: S603  # our own command
            self.command,
            process_group=0,
            preexec_fn=_as_child,  # noqa: PLW1509  # this process has one thread
        )
        self.started_at, self.again_at = time.monotonic(), None

    def keep(self) -> None:
        """Start it again when it has died, after a pause that grows with every early death."""
        if self.alive or self.running is None:
            return
        now = time.monotonic()
        if self.again_at is None:
            self.pause = FIRST_PAUSE if now - self.started_at > STEADY else self.pause
            log.warning("process died", process=self.name, code=self.running.returncode, again_in=self.pause)
            self.again_at, self.pause = now + self.pause, min(self.pause * 2, LONGEST_PAUSE)
        elif now >= self.again_at:
            self.start()


@dataclass
class Opening:
    """Tells once that the server answers. Raises `NotReady` when it ended before, or is silent too long."""

    server: Process
    host: str
    port: int
    tell: Callable[[], None]
    told: bool = False

    def look(self) -> None:
        if self.told:
            return
        if _answers(self.host, self.port):
            self.told = True
            self.tell()
        elif not self.server.alive or time.monotonic() - self.server.started_at > READY:
            raise NotReady(self.server.name)


def supervise(processes: Sequence[Process], opening: Opening, *, grace: float = GRACE) -> None:
    """Run the processes until SIGTERM, SIGINT or SIGHUP, then end them. Raises `NotReady` when they never opened.

    Unit: `grace` in seconds, for each process to end by itself.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        for process in processes:
            process.start()
        while signal.sigtimedwait(ENDINGS, LOOK) is None:
            opening.look()
            for process in processes:
                process.keep()
    finally:
        stop(processes, grace)


def stop(processes: Sequence[Process], grace: float) -> None:
    """Ask all to end, and end those that do not in time."""
    running = [process.running for process in processes if process.running is not None and process.alive]
    for each in running:
        each.terminate()
    deadline = time.monotonic() + grace
    for each in running:
        try:
            each.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()


def own_command(*arguments: str) -> list[str]:
    """The command that runs a part of this product in a process of its own, from wherever it was started."""
    return [sys.executable, "-P", "-m", "web", *arguments]


def require_port(host: str, port: int) -> None:
    """Raise `PortTaken` when something listens there already, another `OSError` for an address that is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(host, port) from error
            raise


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _as_child() -> None:
    """In the child: take signals again, and end when the supervisor is killed."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
