"""The supervisor, tried with small programs that stand for server and worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from web.serve import PortTaken, require_port

SUPERVISOR = """
import sys
from pathlib import Path
from web.serve import NotReady, Opening, Process, supervise

port, folder, server, worker = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
processes = [Process(name, [sys.executable, "-c", code, str(port), str(folder)])
             for name, code in (("http", server), ("worker", worker))]
opening = Opening(processes[0], "127.0.0.1", port, lambda: print("open", flush=True))
try:
    supervise(processes, opening, grace=1.0)
except NotReady:
    print("not ready", flush=True)
    sys.exit(1)
print("ended", flush=True)
"""
SERVER = """
import http.server, os, pathlib, sys
pathlib.Path(sys.argv[2], f"server-{os.getpid()}").touch()
class Silent(http.server.BaseHTTPRequestHandler):
    def do_GET(self): self.send_response(200); self.end_headers()
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Silent).serve_forever()
"""
WORKER = """
import os, pathlib, signal, sys
pathlib.Path(sys.argv[2], f"worker-{os.getpid()}").touch()
signal.pause()
"""
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + WORKER
DEAD = "raise SystemExit(3)"
PATIENCE = 60.0


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def supervised(port: int, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the supervisor over a server and a worker, given as code; whatever is left is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(server: str = SERVER, worker: str = WORKER) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", SUPERVISOR, str(port), str(tmp_path), server, worker]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def until(found: Callable[[], object]) -> None:
    """Wait until something is so; a test that waits in vain fails."""
    deadline = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def pids(folder: Path, kind: str) -> set[int]:
    return {int(file.name.partition("-")[2]) for file in folder.glob(f"{kind}-*")}


def gone(pid: int) -> bool:
    """Whether a process has ended: none of that number, or a corpse that nobody has collected yet."""
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z"


def test_it_says_so_when_the_server_answers_and_ends_all_on_a_signal(
    supervised: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    process = supervised()
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    until(lambda: pids(tmp_path, "worker"))

    process.send_signal(signal.SIGINT)

    assert process.wait(PATIENCE) == 0
    assert process.stdout.read() == "ended\n"
    assert all(gone(pid) for pid in pids(tmp_path, "server") | pids(tmp_path, "worker"))


@pytest.mark.parametrize("kind", ["server", "worker"])
def test_a_dead_process_is_started_again(
    kind: str, supervised: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    process = supervised()
    assert process.stdout is not None
    process.stdout.readline()
    until(lambda: pids(tmp_path, kind))
    (first,) = pids(tmp_path, kind)

    os.kill(first, signal.SIGKILL)

    until(lambda: len(pids(tmp_path, kind)) == 2)
    assert process.poll() is None


def test_the_children_end_with_a_supervisor_that_is_killed(
    supervised: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    process = supervised()
    assert process.stdout is not None
    process.stdout.readline()
    until(lambda: pids(tmp_path, "worker"))

    process.kill()

    until(lambda: all(gone(pid) for pid in pids(tmp_path, "server") | pids(tmp_path, "worker")))


def test_a_server_that_never_answers_ends_everything(
    supervised: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    process = supervised(server=DEAD)

    assert process.wait(PATIENCE) == 1
    assert process.stdout is not None
    assert process.stdout.read() == "not ready\n"
    assert all(gone(pid) for pid in pids(tmp_path, "worker"))


def test_a_process_that_does_not_listen_is_ended_all_the_same(
    supervised: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    process = supervised(worker=STUBBORN)
    assert process.stdout is not None
    process.stdout.readline()
    until(lambda: pids(tmp_path, "worker"))

    process.terminate()

    assert process.wait(PATIENCE) == 0
    assert all(gone(pid) for pid in pids(tmp_path, "worker"))


def test_a_port_in_use_is_told_before_anything_starts(port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        with pytest.raises(PortTaken):
            require_port("127.0.0.1", port)

    require_port("127.0.0.1", port)
