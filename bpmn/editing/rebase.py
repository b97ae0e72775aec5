"""Edits that were meant for an earlier table, made on today's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bpmn.editing.edits import Edit, JoinRows, MoveRow, RemoveRow, RemoveWay, SetField, SetHead, SetWay
from bpmn.editing.fields import FIELDS, HEAD_FIELDS, field_text, head_text
from bpmn.fiveclear import FiveClear, Step
from bpmn.threeway import Conflict


def rebased(base: FiveClear, today: FiveClear, edits: Sequence[Edit]) -> tuple[Sequence[Edit], Sequence[Conflict]]:
    """The edits that can be made on today's table as they were meant, and the cells that somebody else wrote since.

    Whoever wrote a cell first is not overwritten in silence: the edit is left out and told with both texts.
    """
    taken: list[Edit] = []
    conflicts: list[Conflict] = []
    for edit in edits:
        conflict = _conflict(base, today, edit)
        if conflict is None:
            taken.append(edit)
        else:
            conflicts.append(conflict)
    return taken, conflicts


def fits(base: FiveClear, today: FiveClear, edits: Sequence[Edit]) -> bool:
    """Whether edits mean on today's table what they meant: a row that goes or moves is as it was seen, and where rows
    are put together the same two stand behind each other."""
    return all(_fits(base, today, edit) for edit in edits)


def _fits(base: FiveClear, today: FiveClear, edit: Edit) -> bool:
    match edit:
        case RemoveRow():
            was, now = (_rows(table).get(edit.row) for table in (base, today))
            same = was is not None and now is not None and replace(was, step_no="") == replace(now, step_no="")
            return same and _ways(base, edit.row) == _ways(today, edit.row)
        case MoveRow():
            return _neighbours(base, today, edit.row) == _neighbours(today, base, edit.row)
        case JoinRows():
            return _after(base, edit.row) == _after(today, edit.row)
    return True


def _after(table: FiveClear, row: str) -> str | None:
    """The row behind a row."""
    rows = [*_rows(table), None]
    return rows[rows.index(row) + 1] if row in rows else None


def _neighbours(table: FiveClear, other: FiveClear, row: str) -> tuple[str | None, str | None]:
    """The rows beside a row, of those that both tables have."""
    common = [None, *(each for each in _rows(table) if each in _rows(other)), None]
    at = common.index(row) if row in common else 0
    return (common[at - 1], common[at + 1]) if at else (None, None)


def _conflict(base: FiveClear, today: FiveClear, edit: Edit) -> Conflict | None:
    before: str | None = None
    now: str | None = None
    mine: str | None = None
    place, row = "", None
    match edit:
        case SetField(field=place) if place in FIELDS:
            row, mine = edit.row, edit.value
            before, now = (_cell(table, edit.row, place) for table in (base, today))
        case SetHead(field=place) if place in HEAD_FIELDS:
            mine = edit.value
            before, now = (head_text(table, place) for table in (base, today))
        case SetWay(at=int()) | RemoveWay():
            row, place = edit.row, "way"
            mine = f"{edit.condition} → {edit.to}" if isinstance(edit, SetWay) else None
            before, now = (_ways(table, edit.row) for table in (base, today))
    if now in (before, mine) or before is None or now is None:
        return None
    return Conflict(row, place, mine, now)


def _cell(table: FiveClear, row: str, name: str) -> str | None:
    step = _rows(table).get(row)
    return None if step is None else field_text(step, name)


def _ways(table: FiveClear, row: str) -> str | None:
    step = _rows(table).get(row)
    if step is None:
        return None
    ids = {each.step_no: each.id for each in table.steps}
    told = (f"{way.condition} → {ids.get(way.goto, way.goto)}" for way in table.branches if way.at == step.step_no)
    return "; ".join(told)


def _rows(table: FiveClear) -> Mapping[str, Step]:
    return {step.id or "": step for step in table.steps}
