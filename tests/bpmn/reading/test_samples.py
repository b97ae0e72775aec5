"""The Word and Excel samples against their ground truth; docs/import.md states these figures."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bpmn.convert import read_table, read_yaml, table_to_bpmn
from bpmn.document import read_document
from bpmn.fiveclear import Branch, FiveClear, Step
from bpmn.folding import search_key

FOLDER = Path("tests/files/samples")
OFFICE = {"01": "docx", "04": "docx", "06": "xlsx"}
SAME_NUMBER = {"4a": "4.1", "4b": "4.2", "4c": "4.3"}
"""Sub-steps of sample 04 as the Word file numbers them."""

NOT_IN_THE_FILE = {("04", "8", "5"), ("01", "9", "8")}
"""Branches of the ground truth that the Office file does not mention: (sample, at, goto)."""


def pair(number: str) -> tuple[FiveClear, FiveClear]:
    """The table read from the Office file, and the true one."""
    office = next(FOLDER.glob(f"{number}*.{OFFICE[number]}"))
    read = read_table(office.read_bytes(), office.suffix).table
    true = read_yaml(next(FOLDER.glob(f"{number}*.yaml")).read_bytes()).table
    assert read is not None
    assert true is not None
    return read, true


def share(number: str, same: Callable[[Step, Step], bool]) -> float:
    """The share of true steps whose counterpart in the file is the same in one respect."""
    read, true = pair(number)
    found = {step.step_no: step for step in read.steps}
    hits = 0
    for step in true.steps:
        other = found.get(step.step_no) or found.get(SAME_NUMBER.get(step.step_no, ""))
        hits += other is not None and same(other, step)
    return hits / len(true.steps)


def same_time(read: Step, true: Step) -> bool:
    a, b = read.duration, true.duration
    return a is not None and b is not None and (a.unit, a.value) == (b.unit, b.value)


def same_people(read: Step, true: Step) -> bool:
    """As many performers, and each shares a word with its counterpart, or its unit does."""
    a = [performer for performer in (read.performer, *read.co_performers) if performer]
    b = [performer for performer in (true.performer, *true.co_performers) if performer]
    return len(a) == len(b) and all(words(x) & words(y) for x, y in zip(a, b, strict=True))


def words(performer: object) -> set[str]:
    text = f"{getattr(performer, 'position', '')} {getattr(performer, 'unit', '') or ''}"
    return set(search_key(text.replace("&", " ").replace("TN MT", "tài nguyên")).split())


def ways(table: FiveClear) -> set[tuple[str, str, str | None]]:
    return {
        (plain(branch.at), way(branch), branch.note if branch.note == "silent_consent" else None)
        for branch in table.branches
    }


def plain(number: str) -> str:
    return SAME_NUMBER.get(number, number)


def way(branch: Branch) -> str:
    return plain(branch.goto)


@pytest.mark.parametrize("number", OFFICE)
def test_every_step_is_found_under_its_number(number: str) -> None:
    read, true = pair(number)

    assert [plain(step.step_no) for step in read.steps] == [plain(step.step_no) for step in true.steps]


@pytest.mark.parametrize("number", OFFICE)
def test_every_performer_is_found(number: str) -> None:
    assert share(number, same_people) == 1.0


@pytest.mark.parametrize("number", OFFICE)
def test_every_time_is_understood(number: str) -> None:
    assert share(number, same_time) == 1.0


@pytest.mark.parametrize("number", OFFICE)
def test_every_parallel_group_is_found(number: str) -> None:
    assert share(number, lambda read, true: bool(read.parallel_group) == bool(true.parallel_group)) == 1.0


@pytest.mark.parametrize("number", OFFICE)
def test_every_branch_that_the_file_mentions_is_found(number: str) -> None:
    read, true = pair(number)

    mentioned = {found for found in ways(true) if (number, found[0], found[1]) not in NOT_IN_THE_FILE}

    assert mentioned <= ways(read)


@pytest.mark.parametrize("number", OFFICE)
def test_the_table_becomes_a_document_without_findings(number: str) -> None:
    read, _ = pair(number)

    assert read_document(table_to_bpmn(read)).findings == ()


def test_the_head_is_read() -> None:
    read, true = pair("04")

    assert read.title == true.title
    assert read.kind == "tthc"
    assert read.unit_name == true.unit_name
    assert read.statutory_limit == true.statutory_limit
    assert read.stated_total == {"text": "15 ngày", "value": 15, "unit": "calendar_day"}


def test_the_code_comes_from_the_text_or_the_sheet() -> None:
    assert [pair(number)[0].code for number in ("01", "06")] == ["QT-NV-01", "QT-TCKH-01"]


def figures(number: str) -> str:
    """The row of docs/import.md for one sample."""
    read, true = pair(number)
    total = len(true.steps)
    shares = [share(number, lambda read, true: True), share(number, same_people), share(number, same_time)]
    grouped = [step for step in true.steps if step.parallel_group]
    together = sum(1 for step in read.steps if step.parallel_group)
    found = ways(true) & ways(read)
    cells = [f"{round(part * total)} of {total}" for part in shares]
    cells += [f"{together} of {len(grouped)}", f"{len(found)} of {len(ways(true))}"]
    return f"| {number} ({OFFICE[number]}) | {' | '.join(cells)} |"


@pytest.mark.parametrize("number", OFFICE)
def test_the_documentation_states_the_figures(number: str) -> None:
    assert figures(number) in Path("docs/import.md").read_text(encoding="utf-8")
