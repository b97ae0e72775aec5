"""The shortest way from an edited table into its document: other words in the cells of rows, and nothing else.

What stands in these cells stands on the row's own element, and no flow, lane, timer or place in the drawing follows
from it.  So nothing else is looked at: no graph is built and, unless a name needs another box, nothing is laid out.
"""

from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from bpmn.dialect import write_step
from bpmn.dialect.words import bpmn_tag
from bpmn.fiveclear import FiveClear, Step
from bpmn.layout import fits
from bpmn.table.graph import SILENCE
from bpmn.table.project import Projection, projection
from bpmn.table.settle import same
from bpmn.table.traces import declare

CELLS = frozenset(
    {
        *("name", "output", "responsibility", "description", "note", "forms", "co_performers"),
        *("phase", "optional", "counted", "authority", "product", "duration"),
    }
)
"""The fields of a step that concern its element alone; a time does unless a timer of the document counts it."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A changed copy of a document. `roomy`: every name still has room in the box that is drawn for it."""

    root: etree._Element
    roomy: bool


def worded(root: etree._Element, now: Projection, edited: FiveClear) -> Worded | None:
    """A copy whose cells say the edited table; None where the two tables differ in more than cells."""
    if replace(now.table, steps=()) != replace(edited, steps=()) or len(now.steps) != len(edited.steps):
        return None
    pairs = [pair for pair in zip(now.steps.values(), edited.steps, strict=True) if pair[0] != pair[1]]
    if not all(in_cells(now, *pair) for pair in pairs):
        return None
    copy = deepcopy(root)
    named = {element.get("id"): element for element in copy.iter(bpmn_tag("*"))}
    roomy = True
    for before, after in pairs:
        roomy &= write(named[before.id], before, after)
    declare(copy)
    said = projection(copy)
    return Worded(copy, roomy) if said is not None and same(said.table, edited) else None


def in_cells(now: Projection, before: Step, after: Step) -> bool:
    """Whether a row is the same one but for words in cells."""
    counted = bool(now.diagram.timers.get(before.id or "")) or any(
        branch.at == before.step_no and branch.note == SILENCE for branch in now.table.branches
    )
    free = CELLS - {"duration"} if counted else CELLS
    return all(getattr(before, name) == getattr(after, name) for name in Step.__slots__ if name not in free)


def write(element: etree._Element, before: Step, after: Step) -> bool:
    """Write a row's words onto its element; return whether its name has room in the box of the old one."""
    indented = (element.text or "").isspace()
    write_step(element, after)
    if indented:
        etree.indent(element, level=sum(1 for _ in element.iterancestors()))
    return fits(element, before.name, after.name)
