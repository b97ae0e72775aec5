"""The cells of a row and of the head: what stands in them, and what a text in them means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bpmn.dialect.numbers import plain_number
from bpmn.errors import EditError
from bpmn.fiveclear import Duration, FiveClear, Performer, Step, TimeUnit
from bpmn.folding import kept, normal
from bpmn.reading.durations import read_time
from bpmn.reading.performers import read_performers

YES = frozenset({"x", "có", "true", "1", "yes"})
UNCOUNTED = frozenset({"không tính", "không tính thời gian"})


@dataclass(frozen=True, slots=True)
class Field:
    """How a cell is shown and written. `write` gets the text as kept, never empty; an empty one writes `empty`."""

    show: Callable[[Step], str]
    write: Callable[[Step, str, TimeUnit], Step]
    clear: Callable[[Step], Step]


def with_value(step: Step, name: str, value: object) -> Step:
    """The row with another value in a field that is named at run time."""
    return replace(step, **{name: value})  # type: ignore[arg-type]  # the names come from FIELDS


def with_head_value(table: FiveClear, name: str, value: object) -> FiveClear:
    """The table with another value in a field that is named at run time."""
    return replace(table, **{name: value})  # type: ignore[arg-type]  # the names come from HEAD_FIELDS


def text_field(name: str) -> Field:
    """A field of `Step` that holds one text or nothing."""
    return Field(
        lambda step: getattr(step, name) or "",
        lambda step, text, _: with_value(step, name, text),
        lambda step: with_value(step, name, None),
    )


def lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in (normal(each) for each in text.split("\n")) if line)


def with_position(step: Step, text: str, _: TimeUnit) -> Step:
    lead = step.performer
    return replace(step, performer=Performer(text) if lead is None else replace(lead, position=text))


def with_unit(step: Step, text: str, _: TimeUnit) -> Step:
    lead = step.performer or Performer("")
    return replace(step, performer=replace(lead, unit=text))


def without_unit(step: Step) -> Step:
    return step if step.performer is None else replace(step, performer=replace(step.performer, unit=None))


def performer_text(step: Step) -> str:
    return "\n".join(map(one_performer, (*((step.performer,) if step.performer else ()), *step.co_performers)))


def one_performer(performer: Performer) -> str:
    return f"{performer.position} - {performer.unit}" if performer.unit else performer.position


def with_performer(step: Step, text: str, _: TimeUnit) -> Step:
    """Read who leads and who supports from one cell, as a Word table has it."""
    found = read_performers(text)
    lead = found.lead or Performer(normal(text))
    known = {performer.position: performer for performer in (step.performer, *step.co_performers) if performer}
    return replace(
        step,
        performer=remembered(lead, known),
        co_performers=tuple(remembered(each, known) for each in found.supporting),
    )


def with_supporters(step: Step, text: str, _: TimeUnit) -> Step:
    """One supporter a line; whoever stays keeps his responsibility."""
    known = {one_performer(performer): performer for performer in step.co_performers}
    return replace(step, co_performers=tuple(known.get(line) or supporter(line) for line in lines(text)))


def supporter(line: str) -> Performer:
    position, _, unit = line.partition(" - ")
    return Performer(normal(position), normal(unit) or None)


def remembered(performer: Performer, known: Mapping[str, Performer]) -> Performer:
    before = known.get(performer.position)
    return performer if before is None else replace(before, unit=performer.unit or before.unit)


def with_time(step: Step, text: str, day: TimeUnit) -> Step:
    """Read a limit as officials write it. Raises `EditError` for one that is none."""
    if normal(text).casefold() in UNCOUNTED:
        return replace(step, duration=None, counted=False)
    block = step.duration.shared_block if step.duration else None
    return replace(step, duration=replace(understood(text, day), shared_block=block), counted=True)


def understood(text: str, day: TimeUnit) -> Duration:
    """The limit that a text means; a bare number counts in `day`. Raises `EditError`."""
    time = read_time(normal(text), day=day, bare=day)
    if time is None:
        raise EditError("time-not-understood", text=text[:80])
    return time.duration


def time_text(step: Step) -> str:
    if step.duration is None:
        return "" if step.counted else "không tính thời gian"
    return step.duration.text


def with_flag(name: str) -> Callable[[Step, str, TimeUnit], Step]:
    return lambda step, text, _: with_value(step, name, text.casefold() in YES)


FIELDS: Mapping[str, Field] = {
    "name": Field(
        lambda step: step.name, lambda step, text, _: replace(step, name=text), lambda step: replace(step, name="")
    ),
    "performer": Field(performer_text, with_performer, lambda step: replace(step, performer=None, co_performers=())),
    "position": Field(
        lambda step: step.performer.position if step.performer else "",
        with_position,
        lambda step: replace(step, performer=None),
    ),
    "unit": Field(lambda step: (step.performer and step.performer.unit) or "", with_unit, without_unit),
    "co": Field(
        lambda step: "\n".join(map(one_performer, step.co_performers)),
        with_supporters,
        lambda step: replace(step, co_performers=()),
    ),
    "time": Field(time_text, with_time, lambda step: replace(step, duration=None, counted=True)),
    "forms": Field(
        lambda step: "\n".join(step.forms),
        lambda step, text, _: replace(step, forms=lines(text)),
        lambda step: replace(step, forms=()),
    ),
    "optional": Field(
        lambda step: "x" if step.optional else "", with_flag("optional"), lambda step: replace(step, optional=False)
    ),
    **{
        name: text_field(name)
        for name in (
            *("output", "responsibility", "description", "note", "phase", "authority", "product"),
            *("parallel_group", "type"),
        )
    },
}
"""The cells of a row, by name."""

HEAD_FIELDS = (
    "title",
    "field_of_work",
    "trigger",
    "statutory_limit",
    "stated_total",
    "legal_basis",
    "inputs",
    "outputs",
)
"""What can be written about the whole procedure."""


def field_text(step: Step, name: str) -> str:
    """What stands in a cell, as it would be typed."""
    return FIELDS[name].show(step)


def with_field(step: Step, name: str, value: str, *, day: TimeUnit) -> Step:
    """The row with a text written into a cell. Raises `EditError` for an unknown cell or a text that means nothing."""
    found = FIELDS.get(name)
    if found is None:
        raise EditError("field-unknown", field=name[:40])
    text = kept(value).strip()
    if text == found.show(step):
        return step
    return found.write(step, text, day) if text else found.clear(step)


def head_text(table: FiveClear, name: str) -> str:
    """What stands in a field of the head, as it would be typed."""
    value = getattr(table, name)
    if name in ("statutory_limit", "stated_total"):
        return str((value or {}).get("text") or "")
    if name == "legal_basis":
        return "\n".join(basis_text(each) for each in value)
    if name in ("inputs", "outputs"):
        return "\n".join(str(each.get("name") or "") for each in value)
    return value or ""


def basis_text(basis: object) -> str:
    return str(basis.get("document") or basis.get("text") or "") if isinstance(basis, Mapping) else str(basis)


def with_head(table: FiveClear, name: str, value: str, *, day: TimeUnit) -> FiveClear:
    """The table with a field of the head written; entries of a list that stay keep what else they say."""
    text = kept(value).strip()
    if name not in HEAD_FIELDS:
        raise EditError("field-unknown", field=name[:40])
    if text == head_text(table, name):
        return table
    if name == "title":
        return replace(table, title=normal(text))
    if name in ("statutory_limit", "stated_total"):
        return with_head_value(table, name, limit(text, day, dict(getattr(table, name) or {})))
    if name == "legal_basis":
        known = {basis_text(each): each for each in table.legal_basis}
        return replace(table, legal_basis=tuple(known.get(line, line) for line in lines(text)))
    if name in ("inputs", "outputs"):
        named = {str(each.get("name")): each for each in getattr(table, name)}
        return with_head_value(table, name, tuple(named.get(line, {"name": line}) for line in lines(text)))
    return with_head_value(table, name, normal(text) or None)


def limit(text: str, day: TimeUnit, before: dict[str, object]) -> dict[str, object] | None:
    if not text:
        return None
    found = understood(text, day)
    value: dict[str, object] = {"value": plain_number(Fraction(found.value))} if found.value else {}
    return (
        {key: each for key, each in before.items() if key != "value"} | {"text": text, "unit": found.unit.value} | value
    )
