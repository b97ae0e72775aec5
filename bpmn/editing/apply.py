"""Edits applied to a table, one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from bpmn.dialect.heads import ENDINGS
from bpmn.editing.edits import (
    AddRow,
    Edit,
    JoinRows,
    MoveRow,
    RemoveRow,
    RemoveWay,
    SetField,
    SetHead,
    SetWay,
    SplitRow,
)
from bpmn.editing.fields import lines, with_field, with_head
from bpmn.editing.numbers import Rows, fresh_id, provisional, renumbered
from bpmn.errors import EditError
from bpmn.fiveclear import Branch, Duration, FiveClear, Step, TimeUnit
from bpmn.folding import normal


def edited(table: FiveClear, edits: Sequence[Edit]) -> FiveClear:
    """The table after all edits. Raises `EditError` for the first that cannot be made (fact `edit`, from 0)."""
    for at, edit in enumerate(edits):
        try:
            table = one(table, edit)
        except EditError as error:
            error.facts.setdefault("edit", at)
            raise
    return table


def one(table: FiveClear, edit: Edit) -> FiveClear:
    match edit:
        case SetField():
            row = found(table, edit.row)
            return with_rows(table, {edit.row: (with_field(row, edit.field, edit.value, day=day_of(table)),)})
        case SetHead():
            return with_head(table, edit.field, edit.value, day=day_of(table))
        case SetWay() | RemoveWay():
            return with_ways(table, edit)
    return renumbered(rowed(table, edit), Rows.of(table))


def rowed(table: FiveClear, edit: AddRow | RemoveRow | MoveRow | SplitRow | JoinRows) -> FiveClear:
    """The table with other rows; numbers and ways are put right afterwards."""
    match edit:
        case AddRow():
            return put(table, fresh(table, edit), edit.after)
        case RemoveRow():
            found(table, edit.row)
            return with_rows(table, {edit.row: ()})
        case MoveRow():
            row = found(table, edit.row)
            return table if edit.after == edit.row else put(with_rows(table, {edit.row: ()}), row, edit.after)
        case SplitRow():
            return split(table, edit)
        case JoinRows():
            return joined(table, edit.row)


def day_of(table: FiveClear) -> TimeUnit:
    """What a bare day means in this table: calendar days where its other times are, else working days."""
    units = [step.duration.unit for step in table.steps if step.duration]
    calendar = units.count(TimeUnit.CALENDAR_DAY)
    return TimeUnit.CALENDAR_DAY if calendar * 2 > len(units) else TimeUnit.WORKING_DAY


def found(table: FiveClear, row: str) -> Step:
    """The row of an id. Raises `EditError`: somebody may have taken it out."""
    for step in table.steps:
        if step.id == row:
            return step
    raise EditError("row-unknown", row=row[:80])


def with_rows(table: FiveClear, instead: Mapping[str, Sequence[Step]]) -> FiveClear:
    """The table with other rows in the place of some."""
    rows = [new for step in table.steps for new in instead.get(step.id or "", (step,))]
    return replace(table, steps=tuple(rows))


def put(table: FiveClear, row: Step, after: str | None) -> FiveClear:
    if after is None:
        return replace(table, steps=(row, *table.steps))
    return with_rows(table, {after: (found(table, after), row)})


def fresh(table: FiveClear, edit: AddRow) -> Step:
    """A new row; its number is given afterwards."""
    row = Step(step_no="", name="", id=fresh_id(table, edit.id))
    row = replace(row, step_no=provisional(row))
    for name, value in edit.values.items():
        row = with_field(row, name, value, day=day_of(table))
    return row


def split(table: FiveClear, edit: SplitRow) -> FiveClear:
    """Two rows of one; what decides about the way on belongs to the second."""
    row = found(table, edit.row)
    name = normal(edit.name)
    if not name:
        raise EditError("name-missing", row=edit.row)
    second = Step(
        step_no="",
        name=name,
        id=fresh_id(table, edit.id),
        performer=row.performer,
        phase=row.phase,
        type=row.type,
        output=row.output,
        parallel_group=row.parallel_group,
    )
    first = replace(row, type=None, output=None)
    number = provisional(second)
    ways = tuple(replace(way, at=number) if way.at == row.step_no else way for way in table.branches)
    return replace(with_rows(table, {edit.row: (first, replace(second, step_no=number))}), branches=ways)


def joined(table: FiveClear, row: str) -> FiveClear:
    """One row of two that follow each other."""
    first = found(table, row)
    at = table.steps.index(first)
    if at + 1 >= len(table.steps):
        raise EditError("row-last", row=row)
    second = table.steps[at + 1]
    lead = first.performer or second.performer
    others = (first.performer, *first.co_performers, second.performer, *second.co_performers)
    supporters = {each.position: each for each in others if each and lead and each.position != lead.position}
    whole = replace(
        second,
        id=first.id,
        step_no=first.step_no,
        name=together(first.name, second.name, "; ") or "",
        performer=lead,
        co_performers=tuple(supporters.values()),
        duration=added(first.duration, second.duration),
        counted=first.counted or second.counted,
        output=together(first.output, second.output, "; "),
        forms=tuple(dict.fromkeys((*first.forms, *second.forms))),
        responsibility=together(first.responsibility, second.responsibility, "; "),
        description=together(first.description, second.description, "\n"),
        note=together(first.note, second.note, "\n"),
        phase=first.phase or second.phase,
        extra={**second.extra, **first.extra},
    )
    ways = tuple(replace(way, at=first.step_no) if way.at == second.step_no else way for way in table.branches)
    return replace(with_rows(table, {row: (whole,), second.id or "": ()}), branches=ways)


def together(one: str | None, other: str | None, mark: str) -> str | None:
    texts = dict.fromkeys(each for each in (one, other) if each)
    return mark.join(texts) or None


def added(one: Duration | None, other: Duration | None) -> Duration | None:
    """The sum of two times of one unit; of two units the text of both, in hours where they are working time."""
    if one is None or other is None:
        return one or other
    text = f"{one.text} + {other.text}"
    if one.unit is other.unit:
        return replace(one, text=text, value=one.value + other.value)
    minutes = one.working_minutes, other.working_minutes
    if minutes[0] is None or minutes[1] is None:
        raise EditError("times-differ", first=one.text, second=other.text)
    return replace(one, text=text, unit=TimeUnit.WORKING_HOUR, value=Fraction(minutes[0] + minutes[1], 60))


def with_ways(table: FiveClear, edit: SetWay | RemoveWay) -> FiveClear:
    """The table with a way added, changed or taken out."""
    row = found(table, edit.row)
    mine = [at for at, way in enumerate(table.branches) if way.at == row.step_no]
    if edit.at is not None and not 0 <= edit.at < len(mine):
        raise EditError("way-unknown", row=edit.row, at=edit.at)
    ways = list(table.branches)
    if isinstance(edit, RemoveWay):
        del ways[mine[edit.at]]
        return replace(table, branches=tuple(ways))
    condition = " ".join(lines(edit.condition))
    if not condition:
        raise EditError("condition-missing", row=edit.row)
    goto = target(table, edit.to)
    if edit.at is None:
        way = Branch(row.step_no, condition, goto, clock=edit.clock or "continue")
        ways.insert(mine[-1] + 1 if mine else len(ways), way)
    else:
        way = ways[mine[edit.at]]
        ways[mine[edit.at]] = replace(way, condition=condition, goto=goto, clock=edit.clock or way.clock)
    return replace(table, branches=tuple(ways))


def target(table: FiveClear, to: str) -> str:
    """Where a way leads: the number of a row by its id, or an ending."""
    for step in table.steps:
        if step.id == to:
            return step.step_no
    if to == "apologize" or to.startswith(ENDINGS):
        return to
    raise EditError("goto-unknown", to=to[:80])
