"""The layouts that offices use: six provinces' columns, and the structures that were met in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from offices.words import HEADERS

Columns = tuple[tuple[str, str], ...]
"""Fields with their headers, from left to right."""


@dataclass(frozen=True)
class Layout:
    """`columns` are fixed where a province fixes them; `endings` of its files; `traits` name its structures."""

    name: str
    endings: Sequence[str]
    columns: str = ""
    traits: frozenset[str] = frozenset()
    number: str = ""

    def has(self, trait: str) -> bool:
        return trait in self.traits


def layout(name: str, endings: str, columns: str = "", *, traits: str = "", number: str = "") -> Layout:
    return Layout(name, endings.split(), columns, frozenset(traits.split()), number)


LAYOUTS = (
    layout(
        "Hà Tĩnh",
        "docx",
        "number: TT | name: Trình tự | performer: Trách nhiệm | time: Thời gian | result: Biểu mẫu/Kết quả",
        number="B{}",
    ),
    layout(
        "Hà Nội",
        "docx",
        "number: Tên bước | performer: Đơn vị/người thực hiện | name: Nội dung | time: Thời hạn"
        " | result: Biểu mẫu/kết quả",
        traits="header-unit marks",
        number="Bước {}",
    ),
    layout(
        "Nghệ An",
        "xlsx",
        "number: Thứ tự | performer: Đơn vị/người thực hiện | name: Nội dung"
        " | time: Thời gian (tính mỗi ngày 08 giờ) | online: DVC mức độ",
        traits="eight-hours",
    ),
    layout(
        "Cao Bằng",
        "docx",
        "number: STT | name: Nội dung | performer: Trách nhiệm | time: Thời gian",
        traits="repeat bullets",
    ),
    layout("Vĩnh Long", "csv", "number: Thứ tự | name: Nội dung | performer: Phân công nhiệm vụ | time: Thời gian"),
    layout(
        "Bắc Ninh",
        "docx xlsx",
        "number: Thứ tự | name: Nội dung cụ thể | performer: Đơn vị/Người | time: Thời gian | result: Sản phẩm",
    ),
    layout(
        "Đồng Nai",
        "xlsx docx",
        "number: Các bước | name: Trình tự | performer: Đơn vị giải quyết | time: Thời gian | fee: Phí | note: Ghi chú",
        traits="branches-in-notes",
        number="Bước {}",
    ),
    layout("other columns", "docx xlsx csv", traits="shuffled"),
    layout("two-row header", "docx xlsx", traits="two-rows helpers shuffled"),
    layout("title inside", "docx xlsx csv", traits="title-inside"),
    layout("sections", "docx xlsx", traits="sections"),
    layout("group column", "docx xlsx", traits="group-column"),
    layout("sub-steps", "docx xlsx", traits="sub-steps"),
    layout("letters in one cell", "docx", traits="letters"),
    layout("no numbers", "docx xlsx csv", traits="unnumbered"),
    layout("number in name", "docx csv", traits="number-in-name"),
    layout("several in a cell", "docx xlsx", traits="several"),
    layout("shared time", "docx xlsx", traits="shared"),
    layout("as above", "docx xlsx csv", traits="dittos responsibility"),
    layout("empty merged", "docx xlsx", traits="merged-performers"),
    layout("persons", "docx csv", traits="persons"),
    layout("sheet traps", "xlsx", traits="sheet-traps"),
    layout("nested", "docx", traits="nested"),
    layout("plain text", "docx", traits="prose"),
    layout("cases", "docx xlsx", traits="cases"),
    layout("odd times", "docx xlsx csv", traits="odd-times"),
    layout("loops", "docx xlsx csv", traits="loops"),
    layout("branch column", "xlsx docx", traits="branch-column"),
    layout("noise", "docx csv", traits="noise"),
    layout("text box", "docx", traits="text-box"),
    layout("old fonts", "docx xlsx", traits="old-fonts"),
)


def columns_of(layout: Layout, random: Random) -> Columns:
    """The columns of one file: those of the province, or words and order by chance."""
    if layout.columns:
        pairs = [column.strip().split(": ", 1) for column in layout.columns.split("|")]
        return tuple((field, header) for field, header in pairs)
    fields = ["number", "name", "performer", "time", "result"]
    if layout.has("responsibility") or random.random() < 0.3:
        fields.append("responsibility")
    if layout.has("branch-column"):
        fields.append("branch")
    if layout.has("unnumbered") or layout.has("number-in-name"):
        fields.remove("number")
    if layout.has("shuffled"):
        random.shuffle(fields)
    chosen = [(field, random.choice(HEADERS[field])) for field in fields]
    return tuple(unmistaken(chosen))


def unmistaken(columns: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers that do not contradict each other: with a column of responsibilities the performer is not one."""
    both = {field for field, _ in columns} >= {"performer", "responsibility"}
    return [
        (field, "Người thực hiện" if both and field == "performer" and "rách nhiệm" in header else header)
        for field, header in columns
    ]
