"""Steps in plain paragraphs, without any table, put into a grid as if there were one.

`Bước 1: Tiếp nhận hồ sơ`, below it or behind it `Người thực hiện: …`, `Thời gian: …`, `Kết quả: …`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bpmn.folding import search_key
from bpmn.office.grid import Cell, Grid, OfficeFile, Paragraph
from bpmn.reading.content import LISTED, NUMBERED
from bpmn.reading.forms import told_as_lines
from bpmn.reading.labelled import FIELDS as LABELS
from bpmn.reading.labelled import taken_apart, told_fields
from bpmn.reading.lines import TOTAL
from bpmn.table.reading import Column, TableMapping

NAME = "paragraphs"
FIELDS = ("number", "name", *LABELS)
ENDS = re.compile(r"^(?:[IVX]+\s*[.)]|(?:nơi nhận|ghi chú|lưu ý)\b)", re.IGNORECASE)
TOTAL_LINE = re.compile(r"^(?P<label>[^:]{3,60}):\s*(?P<time>\S.*)$")
BULLET = re.compile(r"^[-+*•–]\s*")


@dataclass
class Told:
    """A step while its paragraphs are read: fields with their texts, and where it begins."""

    at: int
    texts: dict[str, list[str]]
    labels: dict[str, str] = field(default_factory=dict)
    last: int = 0


def with_prose(file: OfficeFile) -> tuple[OfficeFile, Grid, TableMapping] | None:
    """The file with the paragraphs of its steps as one grid, or None where no paragraphs tell steps.

    The mapping's table is the number behind the last of the file's own tables.
    """
    tables, file = len(file.grids), told_as_lines(file)
    paragraphs = [(at, block) for at, block in enumerate(file.blocks) if isinstance(block, Paragraph) and block.text]
    told = steps_in([(at, line) for at, block in paragraphs for line in block.text.split("\n")])
    for step in told:
        unlabelled(step)
    spoken = [step for step in told if len(step.texts) > 2]
    if len(told) < 2 or len(spoken) * 2 < len(told):
        return None
    grid, columns = grid_of(file, told)
    first, last = told[0].at, max(step.last for step in told)
    kept = [block for at, block in enumerate(file.blocks) if at <= first or at > last or isinstance(block, Grid)]
    kept[kept.index(file.blocks[first])] = grid
    return OfficeFile(tuple(kept), file.findings), grid, TableMapping(tables, columns, (), None, NAME)


def steps_in(lines: Sequence[tuple[int, str]]) -> list[Told]:
    """The steps that lines tell, in order, and a total; numbers must go on by one or by letters."""
    found: list[Told] = []
    closed = False
    for at, line in lines:
        head = NUMBERED.match(line) or LISTED.match(line)
        if head is not None and follows(found, head["number"]) and not (closed and found):
            found.append(Told(at, {"number": [head["number"]]}, last=at))
            tell(found[-1], head["rest"])
        elif found and not closed:
            closed = ENDS.match(line) is not None
            total = TOTAL_LINE.match(line)
            if total is not None and TOTAL.match(search_key(total["label"])):
                found.append(Told(at, {"name": [total["label"]], "duration": [total["time"]]}, last=at))
                closed = True
            elif not closed:
                found[-1].last = at
                tell(found[-1], BULLET.sub("", line))
    return found


def follows(found: Sequence[Told], number: str) -> bool:
    """Whether a number comes after those before: 3 after 2, 3a after 2, 3b after 3a, 3.1 after 3."""
    if not found:
        return number.lstrip("0") in ("1", "1.1", "1a")
    before = found[-1].texts.get("number", [""])[0]
    digits = re.findall(r"\d+|[a-zđ]", before)
    return re.findall(r"\d+|[a-zđ]", number)[0].lstrip("0") in {
        digits[0].lstrip("0"),
        str(int(digits[0]) + 1) if digits else "",
    }


def tell(step: Told, text: str) -> None:
    """Put a text under the labels that it names; what stands before any label goes on with the task."""
    before, pieces = taken_apart(text)
    if before:
        step.texts.setdefault("name", []).append(before)
    for name, label, told in pieces:
        step.labels.setdefault(name, label)
        step.texts.setdefault(name, []).append(told)


def unlabelled(step: Told) -> None:
    """Take out of a step's first line the time at its end and the performer before it, where no label tells them."""
    missing = frozenset({"performer", "duration"} - set(step.texts))
    first = step.texts.get("name", [""])[0]
    for name, told in told_fields(first, missing).items():
        if name == "name":
            step.texts["name"] = [told, *step.texts.get("name", [])[1:]]
        else:
            step.texts[name] = [told]


def grid_of(file: OfficeFile, told: Sequence[Told]) -> tuple[Grid, tuple[Column, ...]]:
    """The steps as rows; a column for each field that is told."""
    names = [name for name in FIELDS if any(name in step.texts for step in told)]
    if "performer" not in names and "responsibility" in names:
        names[names.index("responsibility")] = "performer"
        for step in told:
            if "responsibility" in step.texts:
                step.texts["performer"] = step.texts.pop("responsibility")
    labels: dict[str, str] = {}
    for step in told:
        labels = step.labels | labels
    cells = [
        Cell(row, column, "\n".join(step.texts[name]), place(file, step.at))
        for row, step in enumerate(told)
        for column, name in enumerate(names)
        if name in step.texts
    ]
    columns = tuple(Column(at, labels.get(name, ""), name, 0.8) for at, name in enumerate(names))
    return Grid(NAME, tuple(cells)), columns


def place(file: OfficeFile, at: int) -> Mapping[str, object]:
    block = file.blocks[at]
    return {"member": "word/document.xml", "paragraph": block.number} if isinstance(block, Paragraph) else {}
