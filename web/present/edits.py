"""The editor's form as edits of the table.

Controls are named `set:ROW:FIELD`, `way:ROW:AT:condition`, `way:ROW:AT:to` and `head:FIELD`; a button is named `do`
and says `VERB:ROW` or `VERB:ROW:AT`; `new:N:FIELD` are cells of rows pasted behind the last. A form may bring all
controls or only those that changed.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence

from bpmn.editing import (
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
    field_text,
)
from bpmn.errors import EditError
from bpmn.fiveclear import FiveClear
from web.languages import _
from web.present.editor import ways_of

MOST = 5_000  # controls of one form


def edits_of(form: Mapping[str, str], table: FiveClear) -> list[Edit]:
    """The edits that a form means for the table on which it was filled in. Raises `EditError`."""
    if len(form) > MOST:
        raise EditError("edit-refused", controls=len(form))
    found: list[Edit] = []
    for name, value in form.items():
        match name.split(":"):
            case ["set", row, field] if written(table, row, field) != lines(value):
                found.append(SetField(row, field, value))
            case ["head", field]:
                found.append(SetHead(field, value))
    return [*found, *changed_ways(form, table), *new_rows(form, table), *asked(form.get("do", ""), table)]


def lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def written(table: FiveClear, row: str, field: str) -> str | None:
    """What a cell says already; None where there is no such cell, which the edit itself then tells."""
    try:
        return next((field_text(step, field) for step in table.steps if step.id == row), None)
    except KeyError:
        return None


def changed_ways(form: Mapping[str, str], table: FiveClear) -> Iterator[Edit]:
    said = {step.id or "": ways_of(table, step) for step in table.steps}
    for name, condition in form.items():
        match name.split(":"):
            case ["way", row, at, "condition"] if at.isdecimal():
                to = form.get(f"way:{row}:{at}:to", "")
                ways = said.get(row, [])
                before = ways[int(at)] if int(at) < len(ways) else None
                if before is None or (before.condition, before.to) != (condition.strip(), to):
                    yield SetWay(row, condition, to, at=int(at))


def new_rows(form: Mapping[str, str], table: FiveClear) -> Iterator[Edit]:
    """Rows behind the last one, in the order of their numbers."""
    pasted: dict[int, dict[str, str]] = {}
    for name, value in form.items():
        match name.split(":"):
            case ["new", at, field] if at.isdecimal():
                pasted.setdefault(int(at), {})[field] = value
    after = table.steps[-1].id if table.steps else None
    for number in sorted(pasted):
        row = AddRow(after, pasted[number], id=new_id())
        after = row.id
        yield row


def asked(wish: str, table: FiveClear) -> Sequence[Edit]:
    """What a button asks for. Raises `EditError` for what no button says."""
    if not wish:
        return []
    verb, *place = wish.split(":")
    made = WISHES.get((verb, len(place)))
    if made is None:
        raise EditError("edit-refused", wish=wish[:40])
    return made(table, *place)


def split_row(table: FiveClear, row: str) -> Sequence[Edit]:
    name = next((step.name for step in table.steps if step.id == row), "")
    return [SplitRow(row, _("%(name)s (phần tiếp theo)", name=name), id=new_id())]


def remove_way(_table: FiveClear, row: str, at: str) -> Sequence[Edit]:
    return [RemoveWay(row, int(at) if at.isdecimal() else -1)]


def new_id() -> str:
    """An id that nobody else gives at the same moment."""
    return f"step_{secrets.token_hex(4)}"


def moved(table: FiveClear, row: str, by: int) -> Sequence[Edit]:
    """The row one place up or down; at the edge it stays."""
    rows = [step.id or "" for step in table.steps]
    if row not in rows:
        raise EditError("row-unknown", row=row[:80])
    at = rows.index(row)
    if not 0 <= at + by < len(rows):
        return []
    others = [*rows[:at], *rows[at + 1 :]]
    return [MoveRow(row, others[at + by - 1] if at + by else None)]


def new_condition(table: FiveClear, row: str) -> str:
    """A condition that the row does not have yet, to be written over."""
    step = next((step for step in table.steps if step.id == row), None)
    said = {way.condition for way in table.branches if step and way.at == step.step_no}
    names = [_("không đạt"), _("trường hợp khác"), *(_("trường hợp %(n)s", n=n) for n in range(3, len(said) + 4))]
    return next(name for name in names if name not in said)


def end_of(table: FiveClear) -> str:
    """Where a new way leads until somebody says where: back to the first row."""
    return (table.steps[0].id or "") if table.steps else "end_rejected"


WISHES: Mapping[tuple[str, int], Callable[..., Sequence[Edit]]] = {
    ("first", 0): lambda _table: [AddRow(None, id=new_id())],
    ("add", 1): lambda _table, row: [AddRow(row, id=new_id())],
    ("remove", 1): lambda _table, row: [RemoveRow(row)],
    ("join", 1): lambda _table, row: [JoinRows(row)],
    ("split", 1): split_row,
    ("up", 1): lambda table, row: moved(table, row, -1),
    ("down", 1): lambda table, row: moved(table, row, 1),
    ("way", 1): lambda table, row: [SetWay(row, new_condition(table, row), end_of(table))],
    ("unway", 2): remove_way,
}
"""What buttons ask for, by verb and by how many words name the place."""
