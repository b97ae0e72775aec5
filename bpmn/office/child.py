"""The child process that parses Office parts: bytes on stdin, JSON on stdout, memory and time limited.

Run as `python -m bpmn.office.child docx|xlsx`.
"""

import json
import resource
import sys

from bpmn.errors import Unreadable
from bpmn.office.grid import OfficeFile, to_plain
from bpmn.office.sheet import read_sheets
from bpmn.office.word import read_word

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10


def main() -> None:
    limit()
    ending = sys.argv[1]
    data = sys.stdin.buffer.read()
    try:
        file = read_word(data) if ending == "docx" else read_sheets(data)
    except Unreadable as failure:
        file = OfficeFile(findings=failure.findings)
    sys.stdout.write(json.dumps(to_plain(file), ensure_ascii=False, allow_nan=False))


def limit() -> None:
    """Bound what the process may take; it writes no file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
