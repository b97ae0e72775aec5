"""New rows put on flows as they were drawn, where the table does not say between which elements they belong."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from bpmn.fiveclear import FiveClear, Step
from bpmn.table.flows import Flows
from bpmn.table.identifiers import slug
from bpmn.table.match import partners
from bpmn.table.project import Projection, projection
from bpmn.table.traces import undraw

MOST = 20  # new rows


def splice(root: etree._Element, edited: FiveClear) -> tuple[etree._Element, FiveClear] | None:
    """A copy of the document with an element for every new row, each on a flow beside its neighbours so that the rows
    stand in order, and the edited table with the ids of its rows; None where there is no such flow."""
    now = projection(root)
    if now is None:
        return None
    known = list(now.steps)
    rows = [None if row is None else known[row] for row in partners(now.table.steps, edited.steps)]
    if not 0 < rows.count(None) <= MOST:
        return None
    for at, name in enumerate(rows):
        if name is None:
            found = next(tries(root, edited.steps[at], rows, at), None)
            if found is None:
                return None
            root, rows[at] = found
    steps = (replace(step, id=name) for step, name in zip(edited.steps, rows, strict=True))
    return root, replace(edited, steps=tuple(steps))


def tries(
    root: etree._Element, step: Step, rows: Sequence[str | None], at: int
) -> Iterator[tuple[etree._Element, str]]:
    """Copies with the row's element on a flow, in which the known rows stand in order; and the element's id."""
    now = projection(root)
    for flow in candidates(now, rows, at) if now is not None else ():
        copy = deepcopy(root)
        then = projection(copy)
        if then is None:
            continue
        name = put(Flows(copy, then.diagram.process), step, flow)
        after = projection(copy)
        wanted = [row for row in (*rows[:at], name, *rows[at + 1 :]) if row is not None]
        if after is not None and [row for row in after.steps if row in wanted] == wanted:
            yield copy, name


def candidates(now: Projection, rows: Sequence[str | None], at: int) -> list[str]:
    """The flows into the next row's element, and out of that before."""
    following = next((row for row in rows[at + 1 :] if row is not None), None)
    before = next((row for row in reversed(rows[:at]) if row is not None), None)
    arrows = [*now.diagram.coming.get(following or "", ()), *now.diagram.going.get(before or "", ())]
    return list(dict.fromkeys(arrow.id for arrow in arrows))


def put(flows: Flows, step: Step, flow: str) -> str:
    element = flows.flows[flow]
    source, target = element.get("sourceRef", ""), element.get("targetRef", "")
    wanted = step.id if step.id is not None and flows.ids.free(step.id) else f"step_{slug(step.step_no) or 'x'}"
    name = str(flows.add_node("userTask", wanted, step.name, source).get("id"))
    flows.lead(flow, name)
    flows.connect(name, target)
    flows.list_ends()
    undraw(flows.root, flows.redrawn)
    return name
