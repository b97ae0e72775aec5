"""Tables of one step each, told as lines: labels beside their texts, or one row below a header.

`Bước 1 | Tiếp nhận hồ sơ⏎Người thực hiện | Công chức⏎Thời gian | 02 giờ` reads as the same lines in paragraphs do.
"""

import re
from collections.abc import Iterator, Sequence

from bpmn.office.grid import Cell, Grid, OfficeFile, Paragraph
from bpmn.reading.content import NUMBER, NUMBERED
from bpmn.reading.headers import by_words
from bpmn.reading.labelled import LEAST_SURE, field_of

LEAST_FORMS = 2
MOST_ROWS = 15
BARE_STEP = re.compile(r"^(?:bước|buoc|b)\s*\.?\s*\d{1,3}[a-zđ]?\s*[.:]?$", re.IGNORECASE)
NAMES = frozenset({"name", "number"})


def told_as_lines(file: OfficeFile) -> OfficeFile:
    """The file with its forms as paragraphs, where there are several."""
    forms = {id(grid): lines_of_form(grid) for grid in forms_in(file)}
    blocks: list[Paragraph | Grid] = []
    for block in file.blocks:
        blocks += forms.get(id(block), [block])
    return OfficeFile(tuple(blocks), file.findings)


def forms_in(file: OfficeFile) -> list[Grid]:
    """The tables that tell one step each; a single one is none."""
    forms = [grid for grid in file.grids if lines_of_form(grid)]
    return forms if len(forms) >= LEAST_FORMS else []


def lines_of_form(grid: Grid) -> list[Paragraph]:
    """The lines that a form tells, empty where a grid is none."""
    rows = [[cell for cell in grid.starting(row) if cell.text] for row in range(grid.rows)]
    filled = [row for row in rows if row]
    if not filled or len(filled) > MOST_ROWS:
        return []
    return list(beside(filled) or below(filled))


def beside(rows: Sequence[Sequence[Cell]]) -> list[Paragraph]:
    """Rows of label and text, twice in a row perhaps; a row of one cell may name the step."""
    lines: list[Paragraph] = []
    for at, row in enumerate(rows):
        if len(row) == 1 and at == 0 and NUMBERED.match(row[0].text):
            lines.append(line(row[0], row[0].text))
        elif len(row) % 2 and is_label(row[-1].text) and all(is_label(cell.text) for cell in row[::2]):
            lines += [
                line(label, joined(label.text, told.text)) for label, told in zip(row[::2], row[1::2], strict=False)
            ]
        elif len(row) % 2 == 0 and all(is_label(cell.text) for cell in row[::2]):
            pairs = zip(row[::2], row[1::2], strict=True)
            lines += [line(label, joined(label.text, told.text)) for label, told in pairs]
        else:
            return []
    return lines if len(lines) > 1 else []


def below(rows: Sequence[Sequence[Cell]]) -> Iterator[Paragraph]:
    """A header of labels and the one row below it."""
    if len(rows) != 2 or len(rows[0]) < 2 or any(field_of(cell.text) is None for cell in rows[0]):
        return
    under = {cell.column: cell for cell in rows[1]}
    if any(cell.column not in {label.column for label in rows[0]} for cell in rows[1]):
        return
    for label in rows[0]:
        if label.column in under:
            yield line(under[label.column], joined(label.text, under[label.column].text))


def is_label(text: str) -> bool:
    """Whether a cell names a field, or is a step's number."""
    name, score = by_words(text.strip(" :"))
    return (
        BARE_STEP.match(text.strip()) is not None
        or field_of(text.strip(" :")) is not None
        or (name in NAMES and score >= LEAST_SURE)
    )


def joined(label: str, told: str) -> str:
    """Label and text as one line: `Bước 1: Tiếp nhận`, `Thời gian: 02 giờ`; the task has no label."""
    if BARE_STEP.match(label.strip()):
        return f"{label.strip(' .:')}: {told}"
    name, _ = by_words(label.strip(" :"))
    if name == "number" and NUMBER.match(told):
        return f"Bước {told}:"
    return told if name == "name" else f"{label.strip(' :')}: {told}".replace("\n", "; ")


def line(cell: Cell, text: str) -> Paragraph:
    number = cell.place.get("paragraph")
    return Paragraph(text, number if isinstance(number, int) else 0)
