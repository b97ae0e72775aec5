"""Branches of the five-clear table as words of the dialect: on flows, and at the process where they have no flow."""

from collections.abc import Mapping

from lxml import etree

from bpmn.dialect.values import extension, put, put_extras, take_attributes, take_extra, write_extension
from bpmn.fiveclear import Branch


def write_rule(place: etree._Element, branch: Branch, *, order: int) -> None:
    """Write a branch without flow onto a clockRule or looseBranch; `order` is its position in the table, from 0."""
    said = {"at": branch.at, "condition": branch.condition, "goto": branch.goto, "order": order}
    put(place, said | beside(branch))
    put_extras(place, branch.extra)


def write_branch(flow: etree._Element, branch: Branch, *, goto: str | None) -> None:
    """Write onto a flow what the diagram does not say: clock, form, note, and `goto` where the target alone does not.

    The condition is the flow's name.
    """
    values = beside(branch) if goto is None else {"goto": goto} | beside(branch)
    if values or branch.extra:
        place = write_extension(flow, "branch")
        put(place, values)
        put_extras(place, branch.extra)


def beside(branch: Branch) -> dict[str, object]:
    clock = None if branch.clock == "continue" else branch.clock
    values = {"clock": clock, "form": branch.form, "note": branch.note}
    return {key: value for key, value in values.items() if value is not None}


def read_rule(place: etree._Element) -> Branch:
    """The branch of a clockRule or looseBranch."""
    return branch_of(place, {"at": "any"})


def read_branch(flow: etree._Element, *, at: str, condition: str, goto: str) -> Branch:
    """The branch of a flow, given what the diagram says; the diagram wins over what is written."""
    said = {"at": at, "condition": condition, "goto": goto}
    place = extension(flow, "branch")
    return Branch(at=at, condition=condition, goto=goto) if place is None else branch_of(place, {}, said)


def branch_of(place: etree._Element, meant: Mapping[str, str], said: Mapping[str, str] | None = None) -> Branch:
    written = {key: str(value) for key, value in take_attributes(place).items()}
    values = {**meant, **written, **(said or {})}
    return Branch(
        at=values.get("at", ""),
        condition=values.get("condition", ""),
        goto=values.get("goto", ""),
        clock=values.get("clock", "continue"),
        form=values.get("form"),
        note=values.get("note"),
        extra=take_extra(place),
    )


def written_goto(flow: etree._Element) -> str | None:
    """The `goto` that stands on a flow because its target alone does not say it."""
    place = extension(flow, "branch")
    return None if place is None else place.get("goto")


def rule_order(place: etree._Element) -> int | None:
    """Where a rule stands among all branches of the table, or None where nobody says."""
    order = take_attributes(place).get("order")
    return order if isinstance(order, int) else None


def read_clock(place: etree._Element, mark: str = "wait") -> str | None:
    """What a case's clock does while it waits at a receive task, or when a flow is taken (`branch`); None: not said."""
    found = extension(place, mark)
    return None if found is None else found.get("clock")
