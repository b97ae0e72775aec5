"""Lines put together into blocks: a numbered line with the unnumbered ones below it, and what they head."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import takewhile

from bpmn.fiveclear import TimeUnit
from bpmn.reading.branches import tell
from bpmn.reading.durations import is_ditto, read_time, size
from bpmn.reading.lines import Line
from bpmn.reading.rows import Row, rows_of


@dataclass
class Block:
    """A numbered line with those below it."""

    head: Line
    subs: list[Line] = field(default_factory=list)
    section: int | None = None


def blocks_of(lines: list[Line], *, numbered: bool) -> list[Block]:
    """The blocks of a table, sections counted from 0. Without numbers every line with a task begins one."""
    blocks: list[Block] = []
    section: int | None = None
    for line in lines:
        if line.kind == "section":
            section = 0 if section is None else section + 1
        elif line.kind == "step" or (line.kind == "sub" and begins(line, blocks, numbered=numbered)):
            blocks.append(Block(line, section=section))
        elif line.kind == "sub":
            blocks[-1].subs.append(line)
    return blocks


def begins(line: Line, blocks: list[Block], *, numbered: bool) -> bool:
    """Whether a line without number begins a step of its own."""
    if not blocks:
        return True
    whole = bool(line.said("name")) and bool(line.said("performer") or line.said("duration"))
    return not numbered and whole


def all_rows(blocks: list[Block]) -> list[Row]:
    """The rows of all blocks; a numbered line that only heads others (6, before 6.1 and 6.2) becomes their label."""
    found: list[Row] = []
    heading: Row | None = None
    for at, block in enumerate(blocks):
        rows = rows_of(block.head, block.subs, block.section)
        if heading is not None and all(belongs(row, heading) for row in rows):
            found += [under(row, heading) for row in rows]
            following = blocks[at + 1].head.number if at + 1 < len(blocks) else None
            if not is_below(following, heading.number):
                found[-1] = with_clauses(found[-1], heading)
            continue
        heading = rows[0] if len(rows) == 1 and is_heading(rows[0], blocks, block) else None
        if heading is None:
            found += rows
    return found


def under(row: Row, heading: Row) -> Row:
    """A sub-step with its heading's label, and the performer that it does not name itself."""
    texts = dict(row.texts)
    if not row.text("performer") or is_ditto(row.text("performer")):
        texts["performer"] = heading.text("performer")
    label = row.label or tell(heading.text("name"), citizen=True).name
    return replace(row, texts=texts, label=label, group=row.group or heading.number)


def with_clauses(row: Row, heading: Row) -> Row:
    """The last sub-step with the ways out that its heading names, and all else that the heading says."""
    told = tell(heading.text("name"), citizen=True)
    more = (*told.rest, *(clause.text for clause in told.clauses))
    return replace(row, extra_lines=(*row.extra_lines, *more))


def belongs(row: Row, heading: Row) -> bool:
    return row.section == heading.section and is_below(row.number, heading.number)


def is_below(number: str | None, parent: str | None) -> bool:
    """Whether a number is a sub-number of another: 6.1 or 6a of 6."""
    rest = (number or "").removeprefix(parent or "-")
    return rest != number and bool(rest) and not rest[0].isdigit()


def sums_up(row: Row, children: Sequence[Block]) -> bool:
    """Whether a row's time is that of its sub-steps together: `2 | 3 ngày` before 2.1 of 1 and 2.2 of 2 days."""
    parts = [length(child.head.said("duration")) for child in children]
    whole = length(row.text("duration"))
    return len(parts) > 1 and whole is not None and None not in parts and whole == sum(filter(None, parts))


def length(text: str) -> Fraction | None:
    time = read_time(text, day=TimeUnit.WORKING_DAY, bare=TimeUnit.WORKING_DAY)
    return None if time is None else size(time.duration.value, time.duration.unit)


def is_heading(row: Row, blocks: list[Block], block: Block) -> bool:
    """Whether a row names neither performer nor time, or the time of its sub-steps; and the next is its first."""
    at = next(at for at, other in enumerate(blocks) if other is block)
    following = blocks[at + 1].head.number if at + 1 < len(blocks) else None
    below = takewhile(lambda other: is_below(other.head.number, row.number), blocks[at + 1 :])
    if row.text("name") and sums_up(row, list(below)):
        return True
    idle = not any(row.text(name) for name in ("performer", "duration", "result", "output"))
    return idle and bool(row.text("name")) and is_below(following, row.number)
