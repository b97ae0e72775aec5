"""Traits of a table's header and cells: units, rows of marks, titles inside, what a sheet makes of texts."""

import unicodedata
from datetime import datetime
from fractions import Fraction
from random import Random

from bpmn.fiveclear import TimeUnit
from offices.compose import Draft
from offices.paper import Paper

BARE_UNITS = {
    TimeUnit.WORKING_DAY: ("ĐVT: ngày làm việc", "ngày làm việc", "tính bằng ngày làm việc"),
    TimeUnit.CALENDAR_DAY: ("ĐVT: ngày", "ngày", "Đơn vị tính: ngày"),
    TimeUnit.WORKING_HOUR: ("ĐVT: giờ", "giờ làm việc", "đơn vị tính: giờ làm việc"),
}
DATED = (datetime(2021, 2, 1), datetime(2021, 1, 2))  # a sheet's dates have no zone
"""What a sheet makes of `1/2`."""


def bare(value: Fraction) -> str:
    return f"{float(value):g}".replace(".", ",")


def main_unit(draft: Draft) -> TimeUnit:
    """The unit of most steps; with hours and days mixed, days."""
    units = [step.unit for step in draft.steps if step.unit in BARE_UNITS]
    return max(BARE_UNITS, key=units.count)


def unit_in_header(draft: Draft, paper: Paper) -> None:
    """The unit in the header alone; times of other units keep their words."""
    unit, column = main_unit(draft), draft.fields.index("time")
    paper.rows[0][column] += f" ({draft.random.choice(BARE_UNITS[unit])})"
    plain = [line for line in draft.lines if line.kind == "step"]
    for line, step in zip(plain, draft.steps, strict=True):
        row = draft.lines.index(line) + 1
        if step.unit is unit:
            paper.rows[row][column] = bare(step.value)
        elif step.unit in BARE_UNITS:
            words = {TimeUnit.WORKING_HOUR: "giờ làm việc", TimeUnit.WORKING_DAY: "ngày làm việc"}
            paper.rows[row][column] = f"{bare(step.value)} {words.get(step.unit, 'ngày')}"


def sheet_traps(draft: Draft, paper: Paper) -> None:
    """What a sheet makes of numbers: dates, floats, formulas; and what it hides."""
    unit_in_header(draft, paper)
    column, random = draft.fields.index("time"), draft.random
    number = draft.fields.index("number")
    plain = [line for line in draft.lines if line.kind == "step"]
    for line, step in zip(plain, draft.steps, strict=True):
        row = draft.lines.index(line) + 1
        text = paper.rows[row][column]
        if text == "0,5":
            paper.values[row, column] = random.choice([*DATED, 0.5, "1/2", "½"])
        elif text.replace(",", "").isdigit():
            value = float(text.replace(",", "."))
            paper.values[row, column] = random.choice([value, int(value) if value.is_integer() else value, text])
        if step.number.isdigit():
            paper.values[row, number] = random.choice([int(step.number), float(step.number), step.number])
    for line in draft.lines:
        if line.kind == "total":
            paper.values[draft.lines.index(line) + 1, column] = f"=SUM(A1:A{len(plain)})"
            paper.rows[draft.lines.index(line) + 1][column] = ""
    paper.rows = [[*texts, "Ghi chú nội bộ" if row == 0 else f"lưu ý {row}"] for row, texts in enumerate(paper.rows)]
    paper.hidden.add(len(paper.rows[0]) - 1)
    paper.folded.add(random.randrange(1, len(paper.rows)))
    paper.comments[random.randrange(1, len(plain)), 1] = "hỏi lại phòng chuyên môn"


def shifted(paper: Paper, rows: int) -> None:
    """Move all places down."""
    paper.merges = [(top + rows, left, bottom + rows, right) for top, left, bottom, right in paper.merges]
    paper.values = {(row + rows, column): value for (row, column), value in paper.values.items()}
    paper.comments = {(row + rows, column): text for (row, column), text in paper.comments.items()}
    paper.folded = {row + rows for row in paper.folded}


def two_rows(draft: Draft, paper: Paper) -> None:
    """`Tổ chức thực hiện` over the columns of who leads and who helps; the others merged downwards."""
    at = draft.fields.index("performer")
    top = list(paper.rows[0])
    below = ["" for _ in top]
    below[at : at + 2] = draft.random.choice([("Chủ trì", "Phối hợp"), ("Đơn vị chủ trì", "Đơn vị phối hợp")])
    top[at : at + 2] = [draft.random.choice(["Tổ chức thực hiện", "Phân công", "Trách nhiệm"]), ""]
    paper.rows[:1] = [top, below]
    shifted(paper, 1)
    paper.header = 2
    paper.merges.append((0, at, 0, at + 1))
    paper.merges += [(0, column, 1, column) for column in range(len(top)) if column not in (at, at + 1)]


def marks(paper: Paper) -> None:
    """A row (1) (2) (3) below the header."""
    paper.rows.insert(1, [f"({at})" for at in range(1, len(paper.rows[0]) + 1)])
    shifted(paper, 1)
    paper.header = 2


def repeated(paper: Paper) -> None:
    """The header again on the next page."""
    half = len(paper.rows) // 2
    paper.rows.insert(half, list(paper.rows[0]))
    paper.merges = [
        (top + (top >= half), left, bottom + (bottom >= half), right) for top, left, bottom, right in paper.merges
    ]


def noise(paper: Paper, random: Random) -> None:
    """Odd blanks, decomposed letters, invisible marks, headers in capitals and over two lines."""
    paper.rows[0] = [text.upper().replace(" ", "\n", 1) for text in paper.rows[0]]
    for row, texts in enumerate(paper.rows):
        for column, text in enumerate(texts):
            spaced = text.replace(" ", random.choice([" ", "\u00a0", "  ", " \u200b"]))
            paper.rows[row][column] = (
                f" {unicodedata.normalize(random.choice(['NFD', 'NFC']), spaced)} " if text else ""
            )


def title_inside(draft: Draft, paper: Paper) -> None:
    """Title and limit as merged rows of the table itself."""
    width = len(paper.rows[0])
    blank = [""] * (width - 1)
    rows = [[text, *blank] for text in paper.before] + draft.random.choice([[], [["", *blank]]])
    paper.rows[:0] = rows
    shifted(paper, len(rows))
    paper.above = len(rows)
    paper.before = []
    paper.merges += [(row, 0, row, width - 1) for row in range(len(rows))]
