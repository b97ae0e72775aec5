"""One procedure in the shapes of files that were written apart from the reader: as the blocks of an Office file."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bpmn.office.grid import Cell, Grid, OfficeFile, Paragraph, address

Rows = Sequence[Sequence[str]]
Shape = Callable[[], tuple[Paragraph | Grid, ...]]

NAMES = (
    "Nhận đơn và kiểm tra giấy tờ kèm theo",
    "Phân công người thụ lý",
    "Xác minh hoàn cảnh tại nơi ở",
    "Họp xét duyệt danh sách",
    "Ký quyết định hỗ trợ",
    "Phát hành và lưu trữ",
)
PEOPLE = ("Cán bộ tiếp nhận", "Phó Chủ tịch", "Chuyên viên", "Hội đồng xét duyệt", "Chủ tịch", "Văn thư")
TIMES = ("30 phút", "04 giờ làm việc", "03 ngày làm việc", "01 ngày làm việc", "01 ngày làm việc", "02 giờ làm việc")
MINUTES = (30, 240, 1440, 480, 480, 120)
RESULTS = ("Biên nhận", "Phiếu giao việc", "Biên bản xác minh", "Biên bản họp", "Quyết định", "Quyết định đã gửi")
HEADER = ("TT", "Nội dung công việc", "Người thực hiện", "Thời gian", "Kết quả")
NUMBERS = tuple(str(at) for at in range(1, 7))
STEPS = tuple(map(list, zip(NUMBERS, NAMES, PEOPLE, TIMES, RESULTS, strict=True)))


def grid(rows: Rows, *, name: str = "1", word: bool = True) -> Grid:
    """Rows as a Word table, where empty cells are cells too, or as a sheet."""
    cells = [
        Cell(row, column, text, {"cell": address(row, column)} | ({"table": 1} if word else {}))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text or word
    ]
    return Grid(name, tuple(cells))


def wide(table: Grid, row: int, column: int, *, rows: int = 1, columns: int = 1) -> Grid:
    """The table with one cell over those beside and below it."""
    area = {(row + down, column + right) for down in range(rows) for right in range(columns)} - {(row, column)}
    kept = [cell for cell in table.cells if (cell.row, cell.column) not in area]
    return replace(
        table,
        cells=tuple(
            replace(cell, rows=rows, columns=columns) if (cell.row, cell.column) == (row, column) else cell
            for cell in kept
        ),
    )


def lines(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text, at) for at, text in enumerate(texts, start=1))


def headed(*header: str, order: Sequence[int] = (0, 1, 2, 3, 4)) -> Shape:
    """The plain table under other words, in another order of columns."""
    return lambda: (grid([header, *([step[at] for at in order] for step in STEPS)]),)


def numbered(pattern: str) -> Shape:
    return lambda: (grid([HEADER, *([pattern.format(step[0]), *step[1:]] for step in STEPS)]),)


def on_its_side() -> tuple[Grid]:
    return (grid(list(zip(HEADER, *STEPS, strict=True))),)


def forms() -> tuple[Grid, ...]:
    """One table of labels and texts for each step."""
    return tuple(
        grid([[f"Bước {no}", name], ["Người thực hiện", who], ["Thời gian", time], ["Kết quả", result]])
        for no, name, who, time, result in STEPS
    )


def forms_of_four() -> tuple[Grid, ...]:
    return tuple(
        wide(grid([[f"Bước {no}: {name}", "", "", ""], ["Người thực hiện", who, "Thời gian", time]]), 0, 0, columns=4)
        for no, name, who, time, _ in STEPS
    )


def small_tables() -> tuple[Paragraph | Grid, ...]:
    """The task as a paragraph, the rest in a table of one row."""
    found: list[Paragraph | Grid] = []
    for no, name, who, time, result in STEPS:
        found += [
            Paragraph(f"Bước {no}: {name}", 1),
            grid([["Người thực hiện", "Thời gian", "Kết quả"], [who, time, result]]),
        ]
    return tuple(found)


def over_pages() -> tuple[Paragraph | Grid, ...]:
    """Three tables, the second without header, the third going on with the row above it."""
    more = [["", "(bản chính)", "", "", ""]]
    return (grid([HEADER, *STEPS[:2]]), grid(STEPS[2:4]), *lines("(tiếp theo)"), grid([HEADER, *more, *STEPS[4:]]))


def in_parts() -> tuple[Paragraph | Grid, ...]:
    """Numbers that begin anew under captions of parts."""
    second = [[str(at), *step[1:]] for at, step in enumerate(STEPS[3:], start=1)]
    return (
        *lines("Giai đoạn 1. Tiếp nhận"),
        grid([HEADER, *STEPS[:3]]),
        *lines("Giai đoạn 2. Xét duyệt"),
        grid([HEADER, *second]),
    )


def two_procedures() -> tuple[Paragraph | Grid, ...]:
    other = grid([HEADER, ["1", "Lập danh sách", "Kế toán", "01 ngày làm việc", ""], *([["2", *STEPS[4][1:]]])])
    return (*lines("1. Quy trình hỗ trợ"), grid([HEADER, *STEPS]), *lines("2. Quy trình chi trả"), other)


def two_in_a_sheet() -> tuple[Grid]:
    title = ["Quy trình 2: Chi trả", "", "", "", ""]
    other = ["1", "Lập danh sách", "Kế toán", "01 ngày làm việc", ""]
    first = ["Quy trình 1: Hỗ trợ", "", "", "", ""]
    return (grid([first, HEADER, *STEPS, [""] * 5, title, HEADER, other], name="Sheet1", word=False),)


def marks() -> tuple[Grid]:
    """Performers as columns, "x" below them."""
    rows = [[no, name, *("x" if who == other else "" for other in PEOPLE), time] for no, name, who, time, _ in STEPS]
    head = ["TT", "Nội dung công việc", "Người thực hiện", "", "", "", "", "", "Thời gian"]
    return (wide(grid([head, ["", "", *PEOPLE, ""], *rows]), 0, 2, columns=6),)


def units_as_columns() -> tuple[Grid]:
    """Days, hours and minutes in columns of their own."""
    amounts = (("", "", "30"), ("", "4", ""), ("3", "", ""), ("1", "", ""), ("1", "", ""), ("", "2", ""))
    rows = [[*step[:3], *amount] for step, amount in zip(STEPS, amounts, strict=True)]
    head = [*HEADER[:3], "Thời gian", "", ""]
    return (wide(grid([head, ["", "", "", "Ngày làm việc", "Giờ", "Phút"], *rows]), 0, 3, columns=3),)


def unit_beside() -> tuple[Grid]:
    """The unit in a column beside the number."""
    parts = (
        ("30", "phút"),
        ("4", "giờ"),
        ("3", "ngày làm việc"),
        ("1", "ngày làm việc"),
        ("1", "ngày làm việc"),
        ("2", "giờ"),
    )
    return (grid([[*HEADER[:4], "ĐVT"], *([*step[:3], *part] for step, part in zip(STEPS, parts, strict=True))]),)


def unit_above() -> tuple[Paragraph | Grid, ...]:
    hours = ("0,5", "4", "24", "8", "8", "2")
    return (
        *lines("(Thời gian tính bằng giờ làm việc)"),
        grid([HEADER, *([*s[:3], h, s[4]] for s, h in zip(STEPS, hours, strict=True))]),
    )


def told_in_the_task() -> tuple[Grid]:
    rows = [[no, f"{name}\n- Người thực hiện: {who}\n- Thời gian: {time}"] for no, name, who, time, _ in STEPS]
    return (grid([["Bước", "Nội dung thực hiện"], *rows]),)


def told_in_a_bracket() -> tuple[Grid]:
    return (
        grid([["TT", "Nội dung công việc", "Kết quả"], *([s[0], f"{s[1]} ({s[2]}, {s[3]})", s[4]] for s in STEPS)]),
    )


def time_below_performer() -> tuple[Grid]:
    rows = [[no, name, f"{who}\n{time}", result] for no, name, who, time, result in STEPS]
    return (grid([["TT", "Nội dung công việc", "Người thực hiện/Thời gian", "Kết quả"], *rows]),)


def drawn_by_hand() -> tuple[Grid]:
    """Every other row has its cells at other places of the grid."""
    spans = ((1, 2, 2, 1, 2), (1, 2, 1, 2, 2))
    cells = []
    for row, texts in enumerate([HEADER, *STEPS]):
        column = 0
        for text, span in zip(texts, spans[row % 2], strict=True):
            cells.append(Cell(row, column, text, {"table": 1, "cell": address(row, column)}, columns=span))
            column += span
    return (Grid("1", tuple(cells)),)


def signed_below() -> tuple[Grid]:
    below = [[""] * 5, ["", "Người lập", "", "Chủ tịch", ""], ["", "Nguyễn Văn A", "", "Trần Thị B", ""]]
    return (grid([HEADER, *STEPS, *below], name="Sheet1", word=False),)


def without_header() -> tuple[Grid]:
    return (grid(STEPS),)


def in_sentences() -> tuple[Paragraph, ...]:
    return lines(
        *(f"Bước {no}: {name}. Thực hiện: {who}. Thời gian không quá {time}." for no, name, who, time, _ in STEPS)
    )


def in_brackets() -> tuple[Paragraph, ...]:
    return lines(
        *(f"Bước {no}: {name} (người thực hiện: {who}; thời gian: {time})" for no, name, who, time, _ in STEPS)
    )


def performers_first() -> tuple[Paragraph, ...]:
    return lines(*(f"B{no} – {who}: {name} – {time}." for no, name, who, time, _ in STEPS))


SHAPES: dict[str, Shape] = {
    "questions": headed("Làm gì?", "Ai làm?", "Bao lâu?", order=(1, 2, 3)),
    "english": headed("#", "Task/Công việc", "PIC", "Deadline", "Output"),
    "short words": headed("TT", "ND", "Người TH", "T/gian", "KQ"),
    "numbers under Trình tự": headed("Trình tự", "Người phụ trách", "Việc phải làm", "Thời lượng", order=(0, 2, 1, 3)),
    "1/": numbered("{}/"),
    "(1)": numbered("({})"),
    "number on a line": numbered("Bước\n{}"),
    "Bước số": numbered("Bước số {}"),
    "on its side": on_its_side,
    "a form a step": forms,
    "a form of four columns": forms_of_four,
    "a small table a step": small_tables,
    "over pages": over_pages,
    "in parts": in_parts,
    "two procedures": two_procedures,
    "two in a sheet": two_in_a_sheet,
    "marks": marks,
    "units as columns": units_as_columns,
    "unit beside": unit_beside,
    "unit above": unit_above,
    "told in the task": told_in_the_task,
    "told in a bracket": told_in_a_bracket,
    "time below performer": time_below_performer,
    "drawn by hand": drawn_by_hand,
    "signed below": signed_below,
    "without header": without_header,
    "in sentences": in_sentences,
    "in brackets": in_brackets,
    "performers first": performers_first,
}


def file_of(shape: str) -> OfficeFile:
    """The blocks of a file in a shape."""
    return OfficeFile(SHAPES[shape]())
