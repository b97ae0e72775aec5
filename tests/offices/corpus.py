"""Other offices' files: every layout with every sample procedure, the same ones for the same seed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from bpmn.convert import read_yaml
from bpmn.fiveclear import FiveClear
from offices import dress, structures
from offices.compose import Draft, drafted, is_working, paper_of, say, truth, unsaid
from offices.layouts import LAYOUTS, Layout
from offices.oldfonts import as_tcvn3, as_vni
from offices.paper import Paper
from offices.prose import as_prose
from offices.sheet import as_csv, as_excel
from offices.truth import Truth, Written
from offices.word import as_word

SAMPLES = sorted(Path("tests/files/samples").glob("*.yaml"))
LATE = ("sections", "several", "sub-steps", "letters", "unnumbered")
"""Structures that change the numbers: the send-backs are written after them."""
CHANGES: Mapping[str, Callable[[Draft], object]] = {
    "several": structures.several,
    "sub-steps": structures.sub_steps,
    "letters": structures.letters,
    "sections": structures.sections,
    "unnumbered": structures.unnumbered,
    "shared": structures.shared,
    "dittos": structures.dittos,
    "merged-performers": structures.merged_performers,
    "persons": structures.persons,
    "loops": structures.more_loops,
    "number-in-name": structures.number_in_name,
    "helpers": structures.helpers,
    "group-column": structures.group_column,
}
FONTS = ((".VnTime", as_tcvn3), ("VNI-Times", as_vni))


def procedures() -> list[FiveClear]:
    return [table for path in SAMPLES if (table := read_yaml(path.read_bytes()).table) is not None]


def files(seed: int, layouts: Sequence[Layout] = LAYOUTS) -> Iterator[Written]:
    """All layouts of all procedures, one seed."""
    for at, table in enumerate(procedures()):
        for layout in layouts:
            if layout.has("eight-hours") and not is_working(table):
                continue
            yield written(table, layout, Random(f"{seed} {layout.name} {at}"), at=at + seed)


def written(table: FiveClear, layout: Layout, random: Random, *, at: int) -> Written:
    """One file."""
    ending = layout.endings[at % len(layout.endings)]
    draft = composed(table, layout, random, at=at)
    told = truth(draft)
    name = f"{layout.name} {table.code}.{ending}"
    if layout.has("prose"):
        texts, data = as_prose(draft)
        return Written(name, layout.name, ending, data, told, texts)
    paper = dressed(draft, told, ending)
    data = as_file(draft, paper, ending, at=at)
    return Written(name, layout.name, ending, data, told, paper.cells)


def composed(table: FiveClear, layout: Layout, random: Random, *, at: int) -> Draft:
    """The rows of a layout, its structures applied."""
    late = any(layout.has(trait) for trait in LATE)
    draft = drafted(unsaid(table) if late else table, layout, random)
    for trait, change in CHANGES.items():
        if layout.has(trait):
            change(draft)
    if late:
        for branch in table.branches:
            say(draft, branch)
    if layout.has("odd-times"):
        structures.odd_times(draft, at * 6)
    elif not layout.has("sections") and random.random() < 0.7:
        structures.with_total(draft, random)
    return draft


def dressed(draft: Draft, told: Truth, ending: str) -> Paper:
    """The paper with the header's and the cells' own traits."""
    layout, random = draft.layout, draft.random
    paper = paper_of(draft)
    section_areas(draft, paper)
    if layout.has("header-unit"):
        dress.unit_in_header(draft, paper)
    if layout.has("sheet-traps"):
        dress.sheet_traps(draft, paper)
    if layout.has("two-rows"):
        dress.two_rows(draft, paper)
    if layout.has("marks"):
        dress.marks(paper)
    if layout.has("repeat"):
        dress.repeated(paper)
    if layout.has("noise"):
        dress.noise(paper, random)
    paper.before = [f"QUY TRÌNH {draft.table.title.upper()}", "Phước Long, năm 2021"]
    limit = (draft.table.statutory_limit or {}).get("text")
    if limit and random.random() < 0.5 and not layout.has("odd-times"):
        paper.before.append(f"Thời hạn giải quyết: {limit}")
    if layout.has("title-inside"):
        dress.title_inside(draft, paper)
    if ending == "csv":
        paper.merges = []
    return paper


def section_areas(draft: Draft, paper: Paper) -> None:
    """Headings of sections merged over the row; labels of totals over the columns before the time."""
    for row, line in enumerate(draft.lines, start=1):
        if line.kind == "section" and draft.fields[0] in line.texts and len(line.texts) == 1:
            paper.merges.append((row, 0, row, len(draft.columns) - 1))
        first = draft.fields.index("time") - 1
        if line.kind == "total" and first > 0 and draft.fields[0] in line.texts:
            paper.merges.append((row, 0, row, first))


def as_file(draft: Draft, paper: Paper, ending: str, *, at: int) -> bytes:
    """The paper in its format."""
    layout, random = draft.layout, draft.random
    font = FONTS[at // 2 % 2] if layout.has("old-fonts") else None
    second = None
    if layout.has("cases"):
        paper.before.append("a) Trường hợp thông thường")
        second = ("b) Trường hợp phải xác minh", other_case(paper))
    if ending == "csv":
        separator, encoding = random.choice([(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16")])
        return as_csv(paper, separator, encoding)
    if ending == "xlsx":
        return as_excel(paper, second=second, instructions=layout.has("sheet-traps"), font=font)
    boxes = ("Lưu hành nội bộ năm 2021", "Ban hành kèm theo Kế hoạch số 122") if layout.has("text-box") else ()
    return as_word(
        paper,
        second=second,
        nested=layout.has("nested"),
        surrounded=random.random() < 0.8,
        boxes=boxes,
        font=font,
    )


def other_case(paper: Paper) -> Paper:
    """The table again with other tasks."""
    rows = [list(texts) for texts in paper.rows]
    return replace(paper, rows=[rows[0], *rows[2:]], merges=[], before=[], after=[])
