"""No file of the corpus costs the gate more than two seconds or 200 MB: hard limits of a process of its own."""

import csv
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bpmn.models import END, START, file_of

CORPUS = Path(__file__).parents[1] / "files" / "badinput"
LISTS = (CORPUS / "MANIFEST.csv", CORPUS / "office" / "MANIFEST.csv")
FILES = sorted({row["file"] for file in LISTS for row in csv.DictReader(file.read_text("utf-8").splitlines())})
SECONDS, BYTES = 2, 200 * 1024 * 1024
GATE = (
    "import sys; from pathlib import Path; from bpmn.check import check;"
    "name = sys.argv[1]; check(Path(name).read_bytes(), name);"
    "print(Path('/proc/self/status').read_text())"
)
PEAK = re.compile(r"VmHWM:\s*(\d+) kB")
"""The peak of this program alone: what getrusage tells begins with that of whoever started it."""


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def peak(file: Path) -> int:
    """The memory that the gate took at most; the process is killed when it works longer than it may."""
    run = subprocess.run(
        [sys.executable, "-c", GATE, str(file)],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=limited,  # no threads here
        cwd=CORPUS.parents[2],
    )
    found = PEAK.search(run.stdout)
    assert found is not None
    return int(found[1]) * 1024


@pytest.mark.full
@pytest.mark.parametrize("name", [name for name in FILES if (CORPUS / name).exists()])
def test_a_file_costs_no_more_than_it_may(name: str) -> None:
    assert peak(CORPUS / name) < BYTES


@pytest.mark.full
def test_ten_thousand_tasks_cost_no_more_either(tmp_path: Path) -> None:
    tasks = [f'<bpmn:userTask id="t{number}"/>' for number in range(10_000)]
    flows = [f"t{number} -> t{number + 1}" for number in range(9_999)]
    file = tmp_path / "long.bpmn"
    file.write_bytes(file_of(START, END, *tasks, *flows, "s -> t0", "t9999 -> e"))

    assert peak(file) < BYTES
