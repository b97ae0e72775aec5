"""The head of a five-clear table as words of the dialect on a process. The process's `name` is the title."""

from collections.abc import Iterator, Mapping

from lxml import etree

from bpmn.dialect.branches import read_rule, rule_order, write_rule
from bpmn.dialect.values import (
    body,
    child,
    extension,
    put,
    put_extras,
    take,
    take_extra,
    write_extension,
)
from bpmn.dialect.words import tag
from bpmn.fiveclear import Branch, FiveClear

PLAIN: Mapping[str, str] = {
    "code": "code",
    "kind": "kind",
    "level": "level",
    "unit": "unit_code",
    "unit_name": "unit_name",
    "field": "field_of_work",
    "national_code": "national_code",
    "trigger": "trigger",
}
"""Attributes of the procedure and the fields that they fill."""

LISTS: Mapping[str, str] = {"input": "inputs", "output": "outputs", "window": "windows"}
SINGLE: Mapping[str, str] = {"statutoryLimit": "statutory_limit", "statedTotal": "stated_total"}
RULES = ("clockRule", "looseBranch")
LAST = 1 << 30


def write_head(process: etree._Element, table: FiveClear) -> None:
    """Write what the procedure itself says onto its process.

    Of the branches only those without a flow are written: clock rules (`at: any`, apologies) and loose ones, which name
    a step that is not there.
    """
    process.set("name", table.title)
    place = write_extension(process, "procedure")
    fields = {key: getattr(table, name) for key, name in PLAIN.items()}
    put(place, {key: value for key, value in fields.items() if value is not None})
    for basis in table.legal_basis:
        write_basis(child(place, "legalBasis"), basis)
    write_mappings(place, table)
    numbers = {step.step_no for step in table.steps}
    for order, branch in enumerate(table.branches):
        kind = rule_of(branch.at, branch.goto, numbers)
        if kind is not None:
            write_rule(child(place, kind), branch, order=order)
    put_extras(place, table.extra)


def write_mappings(place: etree._Element, table: FiveClear) -> None:
    for kind, name in LISTS.items():
        for mapping in getattr(table, name):
            put(child(place, kind), mapping)
    for kind, name in SINGLE.items():
        mapping = getattr(table, name)
        if mapping is not None:
            put(child(place, kind), mapping)
    if isinstance(table.recurrence, Mapping):
        put(child(place, "recurrence"), table.recurrence)
    elif table.recurrence is not None:
        put(child(place, "recurrence"), {WHOLE: table.recurrence})


WHOLE = "whole"
"""Key of an extra that holds a whole value which is no mapping."""

ENDINGS = ("end_", "wait_citizen", "wait_unit", "complaint_subprocess", "call:")


def rule_of(at: str, goto: str, numbers: set[str]) -> str | None:
    """Which word of the process keeps a branch, or None where it becomes a flow."""
    if at == "any" or (goto == "apologize" and at in numbers):
        return "clockRule"
    if at in numbers and (goto in numbers or goto.startswith(ENDINGS)):
        return None
    return "looseBranch"


def write_basis(place: etree._Element, basis: object) -> None:
    """A legal basis is a text, or a mapping of document, article, expiry and more."""
    if isinstance(basis, str):
        place.text = basis
    elif isinstance(basis, Mapping):
        put(place, basis)
    else:
        put(place, {WHOLE: basis})


def read_head(process: etree._Element) -> FiveClear | None:
    """What a process says about its procedure, or None where it says nothing.

    The steps are empty, and the branches are those that have no flow.
    """
    place = extension(process, "procedure")
    if place is None:
        return None
    return FiveClear(
        title=process.get("name", ""),
        steps=(),
        code=place.get("code"),
        national_code=place.get("nationalCode"),
        kind=place.get("kind"),
        level=place.get("level"),
        unit_code=place.get("unit"),
        unit_name=place.get("unitName"),
        field_of_work=place.get("field"),
        trigger=place.get("trigger"),
        legal_basis=tuple(read_basis(found) for found in place.iterchildren(tag("legalBasis"))),
        recurrence=read_recurrence(place.find(tag("recurrence"))),
        windows=tuple(read_list(place, "window")),
        inputs=tuple(read_list(place, "input")),
        outputs=tuple(read_list(place, "output")),
        statutory_limit=next(read_list(place, "statutoryLimit"), None),
        stated_total=next(read_list(place, "statedTotal"), None),
        branches=tuple(read_rule(found) for found in rules(place)),
        extra=take_extra(place),
    )


def read_list(place: etree._Element, kind: str) -> Iterator[dict[str, object]]:
    return (take(found) for found in place.iterchildren(tag(kind)))


def rules(place: etree._Element) -> list[etree._Element]:
    """The branches that the process keeps, in the order of the table."""
    found = place.iterchildren(*(tag(kind) for kind in RULES))
    return sorted(found, key=lambda rule: LAST if (order := rule_order(rule)) is None else order)


def read_rules(process: etree._Element) -> list[tuple[int | None, Branch]]:
    """The branches that the process keeps, each with its position in the table where it is known."""
    place = extension(process, "procedure")
    return [] if place is None else [(rule_order(rule), read_rule(rule)) for rule in rules(place)]


def read_basis(place: etree._Element) -> object:
    values = take(place)
    if set(values) == {WHOLE}:
        return values[WHOLE]
    return values or body(place)


def read_recurrence(place: etree._Element | None) -> object:
    if place is None:
        return None
    values = take(place)
    return values[WHOLE] if set(values) == {WHOLE} else values
