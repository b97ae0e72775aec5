"""What stands on the paper, as plain data for the template: every text of a user is a value in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bpmn.document import Document
from bpmn.examine import main_process, times_of
from bpmn.fiveclear import FiveClear, Step
from bpmn.paper import words
from bpmn.paper.letters import settable
from bpmn.paper.tiles import pictures
from bpmn.summary import summarise
from bpmn.table.sheet_rows import branch_text

UNWRITTEN = date(2021, 5, 14)
DRAFT, UNNAMED = "Dự thảo", "Chưa đặt tên"
WHOLE = 500  # letters of a cell in a row that is kept on one page


@dataclass(frozen=True, slots=True)
class Cover:
    """What is known of a procedure beside its content. Texts are empty where nothing is known.

    `authority`: the body above the unit.  `mark`: what the paper must say of its worth, empty once it is recognised.
    `decision`: number, day and body of the decision, in words.  `on`: the day of the version.
    """

    authority: str = ""
    unit: str = ""
    version: int | None = None
    mark: str = DRAFT
    decision: str = ""
    on: date = UNWRITTEN


def content(table: FiveClear, document: Document, cover: Cover) -> Mapping[str, object]:
    """The paper's data; shapes as the template `procedure.typ` reads them."""
    found = {
        "authority": words.unabridged(cover.authority),
        "unit": words.unabridged(cover.unit or table.unit_name or ""),
        "code": table.code or "",
        "title": settable(table.title) or UNNAMED,
        "version": f"Bản {cover.version}" if cover.version is not None else "",
        "mark": cover.mark,
        "decision": words.unabridged(cover.decision),
        "on": [cover.on.year, cover.on.month, cover.on.day],
        "facts": words.facts(table),
        "bases": words.bases(table),
        "inputs": words.papers(table.inputs),
        "outputs": words.papers(table.outputs),
        "groups": groups(table),
        "totals": totals(table, document),
        "rules": [words.capital(branch_text(branch)) for branch in words.branches(table, "any")],
        "pictures": pictures(document.root),
    }
    return {key: cleaned(value) if key != "pictures" else value for key, value in found.items()}


def cleaned(value: object) -> object:
    """The value with all its texts as they can be printed."""
    match value:
        case str():
            return settable(value)
        case list() | tuple():
            return [cleaned(each) for each in value]
        case dict():
            return {key: cleaned(each) for key, each in value.items()}
    return value


def groups(table: FiveClear) -> list[dict[str, object]]:
    """The rows of the table, those of one phase together."""
    numbered = list(enumerate(table.steps))
    return [
        {"phase": phase or "", "rows": rows(table, [at for at, _ in members])}
        for phase, members in ((key, list(found)) for key, found in groupby(numbered, key=lambda each: each[1].phase))
    ]


def rows(table: FiveClear, positions: Sequence[int]) -> list[dict[str, object]]:
    """The cells of some steps; steps that share their time share the cell, which stands in the first of them."""
    found: list[dict[str, object]] = []
    for _, block in groupby(positions, key=lambda at: shared(table.steps[at], at)):
        members = list(block)
        for number, at in enumerate(members):
            time = next((text for text in (words.time(table.steps[one]) for one in members) if text), "")
            found.append(row(table, at) | {"time": time, "span": len(members) if number == 0 else 0})
    return found


def row(table: FiveClear, at: int) -> dict[str, object]:
    """The cells of one step; `long`: so much is said that the row may be parted by the end of a page."""
    step = table.steps[at]
    told: list[list[tuple[str, str]]] = [
        words.task(step),
        words.ways(table, at),
        words.performers(step),
        words.answers(step),
    ]
    longest = max(len(step.name), *(sum(len(label) + len(text) for label, text in cell) for cell in told))
    task, ways, who, answers = told
    return {
        "no": step.step_no,
        "name": step.name,
        "task": task,
        "ways": ways,
        "who": who,
        "answers": answers,
        "long": longest > WHOLE,
    }


def shared(step: Step, at: int) -> object:
    """What steps with one time in common have in common; of any other step its own position."""
    block = step.duration.shared_block if step.duration else None
    return block or at


def totals(table: FiveClear, document: Document) -> list[tuple[str, str]]:
    """The time of the longest way, as it was reckoned, and what the table states."""
    main = main_process(document)
    time = summarise(main, times_of(document)[main.id])
    longest = ""
    if time.path_minutes is not None:
        longest = words.minutes(time.path_minutes)
    elif time.path_days is not None:
        longest = f"{time.path_days:g} ngày".replace(".", ",")
    found = [
        ("Tổng thời gian các bước", longest),
        ("Tổng thời gian ghi trong bảng", words.stated(table.stated_total)),
        ("Thời hạn giải quyết", words.stated(table.statutory_limit)),
    ]
    return [(label, text) for label, text in found if text]
