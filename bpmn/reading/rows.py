"""Rows of steps: a numbered line with those below it, taken apart into one row for each step."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bpmn.fiveclear import TimeUnit
from bpmn.folding import search_key
from bpmn.office.grid import Cell
from bpmn.reading.content import NUMBERED
from bpmn.reading.durations import is_ditto, read_time, size
from bpmn.reading.lines import Line, leading, tidy
from bpmn.reading.performers import read_performers
from bpmn.reading.told import told_in

SUB_NUMBER = re.compile(
    r"^[-+*•\s]*(?:bước\s+)?(?P<number>\d{1,2}(?:\.\d{1,2})+[a-zđ]?|\d{1,2}[a-zđ])\s*[.):]?\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
SUB_LETTER = re.compile(r"^(?P<number>[a-zđ])\s*[.)]\s+(?P<rest>\S.*)$", re.DOTALL)
TIMED = re.compile(r"^(?P<who>.*?\S)\s*(?::|\(|-)\s*(?P<time>[^():]*\d[^():]*?)\s*\)?\s*[.;]?$")
PARALLEL = re.compile(r"song song|dong thoi|cung luc|cung thoi diem")
FIELDS = ("performer", "unit", "co", "duration", "result", "output", "forms", "responsibility", "branch", "note")
MORE_FIELDS = ("authority", "product")


@dataclass(frozen=True)
class Row:
    """The texts of one step. `shared` is the merged cell that holds its time together with other steps.

    `label` is the heading of the group it stands in, `group` the number of that group.
    """

    number: str | None
    texts: Mapping[str, str]
    cells: Mapping[str, Cell]
    section: int | None = None
    label: str | None = None
    group: str | None = None
    shared: Cell | None = None
    loose: tuple[tuple[str, Cell], ...] = ()
    comments: tuple[str, ...] = ()
    extra_lines: tuple[str, ...] = ()
    block_time: str | None = None

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    @property
    def cell(self) -> Cell:
        """The cell by which a finding names the row."""
        return next(iter(self.cells.values()))


def rows_of(head_line: Line, subs: Sequence[Line], section: int | None) -> list[Row]:
    """One row for each step of a numbered line with those below it."""
    head = row_of(head_line, section)
    children = [row_of(line, section) for line in subs]
    if not children:
        return split_cells(head)
    return grouped(head, children)


def row_of(line: Line, section: int | None) -> Row:
    """A line as a row: merged cells from above count as its own, but its task and number do not."""
    cells = dict(line.cells)
    inherited = {
        name: cell for name, cell in line.above.items() if name not in ("name", "number") and name not in cells
    }
    texts = {name: cell.text for name, cell in (inherited | cells).items()}
    comments = tuple(cell.comment for cell in line.whole if cell.comment)
    shared = inherited.get("duration") or (cells.get("duration") if spans(cells.get("duration")) else None)
    row = Row(line.number, texts, inherited | cells, section, shared=shared, loose=line.loose, comments=comments)
    return with_name(with_told(row))


def with_told(row: Row) -> Row:
    """The row with what its cells tell of fields that have no text of their own."""
    texts, sources = told_in(row.texts)
    taken = {name: row.cells[source] for name, source in sources.items() if source in row.cells}
    return replace(row, texts=texts, cells=dict(row.cells) | taken)


def spans(cell: Cell | None) -> bool:
    return cell is not None and cell.rows > 1 and bool(cell.text)


def with_name(row: Row) -> Row:
    """`Bước 1. Tiếp nhận` in the number's column: the rest is the task, the task's column explains it."""
    match = NUMBERED.match(row.text("number"))
    if match is None:
        return without_number(row)
    told = row.text("name")
    texts = dict(row.texts) | {"name": match["rest"]}
    lines = (told,) if told and search_key(told) != search_key(match["rest"]) else ()
    return replace(row, texts=texts, extra_lines=lines)


def without_number(row: Row) -> Row:
    """The row without the number that its task repeats: `Bước 1: Tiếp nhận` beside 1, or alone."""
    match = leading(row.text("name"))
    if match is None or tidy(match["number"]) != row.number:
        return row
    return replace(row, texts=dict(row.texts) | {"name": match["rest"]})


def grouped(head: Row, children: list[Row]) -> list[Row]:
    """A head with lines below it: a heading of sub-steps, a first sub-step, or a step that only goes on."""
    rows = [head]
    for child in children:
        if goes_on(child):
            rows[-1] = continued(rows[-1], child)
        else:
            rows.append(child)
    if len(rows) == 1:
        return split_cells(rows[0])
    heading, rest = rows[0], rows[1:]
    label: str | None = None
    silent = not heading.text("performer") and any(row.text("performer") for row in rest)
    if silent or is_sum(heading, rest):
        label = heading.text("name")
    else:
        label, first = labelled(heading)
        rest = [first, *rest]
    return [sub_step(row, at, heading, label) for at, row in enumerate(rest, start=1)]


def is_sum(heading: Row, rest: Sequence[Row]) -> bool:
    """Whether a line's time is that of the sub-numbered lines below it together."""
    numbered = all(SUB_NUMBER.match(row.text("name")) for row in rest) and not SUB_NUMBER.match(heading.text("name"))
    sizes = [minutes(row.text("duration")) for row in rest]
    return numbered and len(rest) > 1 and all(sizes) and minutes(heading.text("duration")) == sum(sizes)


def goes_on(child: Row) -> bool:
    """Whether a line without number only adds to the step above: a helper, or more of the text."""
    own = {name for name, cell in child.cells.items() if cell.text and child.texts.get(name)}
    if SUB_NUMBER.match(child.text("name")) or SUB_LETTER.match(child.text("name")):
        return False
    timed = "duration" in own and child.shared is None
    return not timed and not (child.text("name") and child.text("performer") and "duration" in own)


def continued(row: Row, child: Row) -> Row:
    """The step with the texts of a line that goes on."""
    texts = dict(row.texts)
    for name, cell in child.cells.items():
        inherited = row.cells.get(name) == cell
        if not inherited and cell.text and child.texts.get(name):
            texts[name] = "\n".join(part for part in (texts.get(name, ""), child.texts[name]) if part)
    return replace(
        row,
        texts=texts,
        cells=dict(child.cells) | dict(row.cells),
        loose=row.loose + child.loose,
        comments=row.comments + child.comments,
    )


def labelled(row: Row) -> tuple[str | None, Row]:
    """`Lấy ý kiến (đồng thời):⏎3a) Trong đơn vị`: the heading before a first sub-step, and that sub-step."""
    lines = row.text("name").split("\n")
    at = next((at for at, line in enumerate(lines) if SUB_NUMBER.match(line) or SUB_LETTER.match(line)), 0)
    if at == 0:
        return None, row
    return "\n".join(lines[:at]), replace(row, texts=dict(row.texts) | {"name": "\n".join(lines[at:])})


def sub_step(row: Row, at: int, heading: Row, label: str | None) -> Row:
    """A sub-step with its number, and what it takes over from the heading."""
    number, name = sub_number(row.text("name"), heading.number)
    texts = dict(row.texts) | {"name": name or heading.text("name")}
    for field_name in (*FIELDS, *MORE_FIELDS):
        if field_name != "duration" and not texts.get(field_name) and heading.text(field_name):
            texts[field_name] = heading.text(field_name)
    own = row.number if row.number != heading.number else None
    own_time = texts.get("duration")
    shared = row.shared
    if not own_time and heading.text("duration"):
        texts["duration"], shared = heading.text("duration"), heading.cells["duration"]
    return replace(
        row,
        number=number or own or f"{heading.number or ''}.{at}".strip("."),
        texts=texts,
        label=label,
        group=heading.number,
        shared=shared,
        block_time=heading.text("duration") or None,
        section=heading.section,
    )


def sub_number(name: str, parent: str | None) -> tuple[str | None, str]:
    """The number that a sub-step's text begins with, and the text without it."""
    match = SUB_NUMBER.match(name)
    if match is not None:
        return tidy(match["number"]), match["rest"]
    match = SUB_LETTER.match(name)
    if match is not None and parent:
        return f"{parent}{match['number']}", match["rest"]
    return None, re.sub(r"^[-+*•]\s*", "", name)


def split_cells(row: Row) -> list[Row]:
    """One line that holds several steps in its cells: sub-numbered tasks, or as many times as performers."""
    row = with_times_of_performers(row)
    label, tasks = tasks_in(row)
    times = [line for line in row.text("duration").split("\n") if line.strip()]
    timed = len(times) > 1 and all(is_amount(line) for line in times)
    performers = performer_lines(row.text("performer"))
    if len(tasks) > 1:
        equal = len(tasks) in (len(performers), len(times) if timed else 0)
        if equal or all(SUB_NUMBER.match(task) for task in tasks):
            return parted(row, label, tasks, performers=performers, times=times if timed else [])
    if timed and len(times) == len(performers):
        bullets = [line for line in row.text("name").split("\n") if line.strip()]
        names = bullets if len(bullets) == len(times) else [row.text("name")] * len(times)
        return parted(row, None, names, performers=performers, times=times)
    return [row]


def with_times_of_performers(row: Row) -> Row:
    """`Chuyên viên: 02 ngày⏎Lãnh đạo: 01 ngày` beside `03 ngày`: the times of the performers are those of the row."""
    matches = [TIMED.match(line) for line in row.text("performer").split("\n") if line.strip()]
    found = [match for match in matches if match is not None and is_amount(match["time"])]
    if len(found) < 2 or len(found) < len(matches):
        return row
    sizes = [minutes(match["time"]) for match in found]
    if row.text("duration") and minutes(row.text("duration")) != sum(sizes):
        return row
    performers = "\n".join(match["who"] for match in found)
    times = "\n".join(match["time"] for match in found)
    cells = dict(row.cells) | {"duration": row.cells.get("duration") or row.cells["performer"]}
    return replace(row, texts=dict(row.texts) | {"performer": performers, "duration": times}, cells=cells)


def minutes(text: str) -> Fraction:
    """The size of a time, 0 for none."""
    time = read_time(text, day=TimeUnit.WORKING_DAY, bare=TimeUnit.WORKING_DAY)
    return Fraction(0) if time is None else size(time.duration.value, time.duration.unit)


def is_amount(line: str) -> bool:
    """Whether a line of a time cell is a time of its own, not the same in other words."""
    return (
        not line.strip().startswith("(")
        and not is_ditto(line)
        and read_time(line, day=TimeUnit.CALENDAR_DAY) is not None
    )


def performer_lines(text: str) -> list[str]:
    """The lines of a performer cell, each with one performer; else the cell as a whole."""
    lines = [line for line in text.split("\n") if line.strip()]
    single = all(len(read_performers(line).all) == 1 for line in lines)
    return lines if single else [text]


def tasks_in(row: Row) -> tuple[str | None, list[str]]:
    """The sub-numbered tasks of a cell, those of its own number only, and the heading before them."""
    lines = row.text("name").split("\n")
    starts = [at for at, line in enumerate(lines) if is_sub_of(line, row.number)]
    if len(starts) < 2:
        return None, []
    ends = [*starts[1:], len(lines)]
    tasks = ["\n".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
    return "\n".join(lines[: starts[0]]) or None, tasks


def is_sub_of(line: str, number: str | None) -> bool:
    match = SUB_NUMBER.match(line)
    if match is not None:
        return number is None or tidy(match["number"]).startswith(number)
    return SUB_LETTER.match(line) is not None


def parted(row: Row, label: str | None, names: list[str], *, performers: list[str], times: list[str]) -> list[Row]:
    """The steps of a cell; what is there once belongs to all, a single time is shared."""
    found = []
    for at, name in enumerate(names):
        texts = dict(row.texts) | {"name": name}
        if len(performers) == len(names):
            texts["performer"] = performers[at]
        if len(times) == len(names):
            texts["duration"] = times[at]
        one_time = len(times) != len(names) and row.text("duration")
        shared = row.cells["duration"] if one_time else None
        part = replace(row, texts=texts, shared=shared, loose=row.loose if at == 0 else (), cells=dict(row.cells))
        found.append(sub_step(part, at + 1, replace(row, texts={"name": row.text("name")}), label))
    return found
