"""From a procedure and a layout to a paper and what it tells: the plain rows, then the layout's structures."""

from dataclasses import dataclass, field, replace
from random import Random

from bpmn.fiveclear import Branch, FiveClear, Performer, Step, TimeUnit
from offices.layouts import Columns, Layout, columns_of
from offices.paper import Line, Paper
from offices.truth import Told, Truth, Way, told
from offices.words import REFUSALS, SENDS, SILENCES, WAITS, reference, sentence, time_text

SHORT = {"Công chức": "CC", "Chuyên viên": "CV", "Phó Chủ tịch": "PCT", "Lãnh đạo": "LĐ"}
NUMBERS = ("{}", "{}", "0{}", "B{}", "Bước {}", "{}.", "Bước {}:", "B.{}")
GROUP_MARKS = (" (thực hiện đồng thời)", " (song song)", " (thực hiện song song)")


@dataclass
class Draft:
    """A file while it is composed."""

    table: FiveClear
    layout: Layout
    random: Random
    columns: Columns
    lines: list[Line] = field(default_factory=list)
    steps: list[Told] = field(default_factory=list)
    ways: set[Way] = field(default_factory=set)
    number: str = "{}"
    own: dict[str, Line] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        return [name for name, _ in self.columns]


def drafted(table: FiveClear, layout: Layout, random: Random) -> Draft:
    """The plain rows of a procedure in a layout's columns."""
    draft = Draft(table, layout, random, columns_of(layout, random))
    draft.number = layout.number or random.choice(NUMBERS)
    if draft.number == "0{}" and any(not step.step_no.isdigit() for step in table.steps):
        draft.number = "{}"
    group_mark = random.choice(GROUP_MARKS)
    separator = random.choice(["\n- ", "\n", "; "])
    for step in table.steps:
        draft.lines.append(Line(texts_of(draft, step, group_mark, separator=separator)))
        draft.steps.append(told(step, units=False))
        draft.own[step.step_no] = draft.lines[-1]
    for branch in table.branches:
        say(draft, branch)
    return draft


def texts_of(draft: Draft, step: Step, group_mark: str, *, separator: str) -> dict[str, str]:
    people = [who for who in (step.performer, *step.co_performers) if who]
    names = [shortened(draft, who) for who in people]
    mark = "- " if separator.endswith("- ") and len(names) > 1 else ""
    return {
        "number": shown(draft, step.step_no),
        "name": step.name + (group_mark if step.parallel_group else ""),
        "performer": mark + separator.join(names),
        "time": time_text(draft.random, step.duration) if step.duration else "",
        "result": "\n".join([*([step.output] if step.output else []), *step.forms]),
        "responsibility": step.responsibility or "",
        "note": "",
        "branch": "",
        "fee": draft.random.choice(["", "Không", "100.000 đ"]),
        "online": draft.random.choice(["", "Mức độ 4"]),
    }


def shown(draft: Draft, number: str) -> str:
    text = draft.number.format(number)
    return f"{int(text):02d}" if text.isdigit() and draft.number == "0{}" else text


def shortened(draft: Draft, who: Performer) -> str:
    if draft.random.random() < 0.7:
        return who.position
    for whole, short in SHORT.items():
        if who.position.startswith(whole + " "):
            return who.position.replace(whole, short, 1)
    return who.position


def say(draft: Draft, branch: Branch) -> None:
    """Write a branch into its step's row and note the way, where this layout can say it."""
    at = draft.renamed.get(branch.at, branch.at)
    goto = draft.renamed.get(branch.goto, branch.goto)
    text = ""
    if at not in draft.own or goto == at or not same_section(at, goto):
        return
    if branch.note == "silent_consent":
        text = sentence(draft.random, SILENCES, branch.condition)
    elif branch.goto[:1].isdigit() or goto != branch.goto:
        text = sentence(
            draft.random,
            SENDS,
            branch.condition,
            reference(draft.random, goto.rpartition(".")[2] if goto[:1].isalpha() else goto),
        )
    elif branch.goto in ("wait_citizen", "wait_unit"):
        text = sentence(draft.random, WAITS, branch.condition)
    elif branch.goto == "end_rejected":
        text = sentence(draft.random, REFUSALS, branch.condition)
    if text:
        write(draft, draft.own[at], text)
        draft.ways.add((at, goto))


def same_section(at: str, goto: str) -> bool:
    """Whether a number alone names the right step: sections repeat numbers."""
    return (
        not at[:1].isalpha() or at.split(".", maxsplit=1)[0] == goto.split(".", maxsplit=1)[0] or not goto[:1].isupper()
    )


def write(draft: Draft, line: Line, text: str) -> None:
    """Put a sentence where the layout has its branches."""
    name = "note" if draft.layout.has("branches-in-notes") else "branch" if "branch" in draft.fields else "name"
    before = line.texts[name]
    joint = draft.random.choice(["\n", "\n- ", "\n+ ", ". "]) if name == "name" else "\n"
    if text.startswith("(") and joint == ". ":
        joint = " "
    line.texts[name] = f"{before}{joint}{text}" if before else text


def renumbered(draft: Draft, numbers: dict[str, str]) -> None:
    """Give steps their new numbers."""
    draft.steps = [replace(step, number=numbers.get(step.number, step.number)) for step in draft.steps]
    draft.own = {numbers.get(number, number): line for number, line in draft.own.items()}
    draft.renamed |= numbers


def unsaid(table: FiveClear) -> FiveClear:
    """The procedure without branches: for layouts that change the numbers first."""
    return replace(table, branches=())


def paper_of(draft: Draft) -> Paper:
    """The rows under their header, merged cells as areas."""
    rows = [[header for _, header in draft.columns]]
    paper = Paper(rows)
    for line in draft.lines:
        rows.append([line.texts.get(name, "") for name in draft.fields])
    for column, name in enumerate(draft.fields):
        top = 0
        for row, line in enumerate([Line({}), *draft.lines]):
            if name not in line.merged:
                top = row
            elif row == len(draft.lines) or name not in draft.lines[row].merged:
                paper.merges.append((top, column, row, column))
                for below in range(top + 1, row + 1):
                    rows[below][column] = ""
    return paper


def truth(draft: Draft) -> Truth:
    carried = "name" in draft.fields
    return Truth(tuple(draft.steps), frozenset(draft.ways) if carried else frozenset())


def is_working(table: FiveClear) -> bool:
    """Whether a procedure counts in working time."""
    return all(step.duration is None or step.duration.unit is not TimeUnit.CALENDAR_DAY for step in table.steps)
