"""Reading an Office file: the package is checked here, its parts are parsed in a child process with limits."""

import json
import subprocess
import sys
from pathlib import Path

import bpmn
from bpmn.findings import Finding
from bpmn.office.comma import read_csv
from bpmn.office.grid import OfficeFile, from_plain
from bpmn.office.package import check_package
from bpmn.verdicts import reject

OFFICE_ENDINGS = ("docx", "xlsx", "csv")
WALL_SECONDS = 30.0
MAX_ANSWER = 64 * 1024 * 1024
ROOT = Path(bpmn.__file__).resolve().parents[1]


def read_office(data: bytes, ending: str) -> OfficeFile:
    """The paragraphs and grids of a file, or the findings that say why not."""
    if ending == "csv":
        return read_csv(data)
    findings = check_package(data, ending)
    if any(finding.reject for finding in findings):
        return OfficeFile(findings=tuple(findings))
    answer = parsed(data, ending)
    if isinstance(answer, Finding):
        return OfficeFile(findings=(*findings, answer))
    return OfficeFile(answer.blocks, (*findings, *answer.findings))


def parsed(data: bytes, ending: str) -> OfficeFile | Finding:
    """What the child process answers; its death is a finding."""
    command = [sys.executable, "-m", "bpmn.office.child", ending]
    try:
        child = subprocess.run(  # noqa: S603  # our own module in our own interpreter; the file comes by stdin
            command,
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return reject("office-timeout", seconds=WALL_SECONDS)
    if child.returncode != 0 or len(child.stdout) > MAX_ANSWER:
        return reject("office-unreadable", status=child.returncode)
    return from_plain(json.loads(child.stdout))
