"""An edited table put back into the document that it came from.

What the table does not know stays: ids, layout, other tools' words, elements beside the table.  The document is tried
to be changed in the gentlest way that makes it say the edited table:

1. only words in cells, on which nothing else depends (`bpmn.table.cells`),
2. only words (a document of our own form: words and the flow that differs),
3. the flow that differs, all else as somebody drew it,
4. new rows on flows as they were drawn (`bpmn.table.splice`), and then as before,
5. the whole flow as `table_to_bpmn` builds it, around the elements that stay.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction

from lxml import etree

from bpmn.document import Document
from bpmn.document.read import read_root
from bpmn.fiveclear import Duration, FiveClear, Step, TimeUnit
from bpmn.layout import add_diagram, is_drawn, not_drawn, place_missing
from bpmn.table.cells import worded
from bpmn.table.correspond import paired_spots, paired_ways
from bpmn.table.embed import Embedding, embed
from bpmn.table.emit import WAITING
from bpmn.table.flows import Flows
from bpmn.table.graph import TIMED, Graph
from bpmn.table.identifiers import slug
from bpmn.table.match import partners
from bpmn.table.project import Projection, projection
from bpmn.table.rewire import Rewiring, Unmapped, rewire
from bpmn.table.seats import keys_by_node, seat
from bpmn.table.settle import Words, same, settle, settle_spots
from bpmn.table.splice import splice
from bpmn.table.traces import declare, feed, links_of, messages_for, prune, undraw
from bpmn.table.ways import graph_of

LIMIT = Duration("", TimeUnit.CALENDAR_DAY, Fraction(1))
"""Stands in for the time of a step that has a timer but no time in the table, as tools beside us draw it."""


UNMOVED = ("startEvent", "endEvent", "parallelGateway")
"""Stay in their lane when somebody has drawn them there, whoever acts first or last now."""


class Manner(StrEnum):
    """How much of the flow may change."""

    WORDS = "words"
    GENTLE = "gentle"
    STRICT = "strict"


def merge_table(document: Document, edited: FiveClear) -> bytes:
    """The document changed so that its table is `edited`.

    Steps are known by `Step.id`, else by number and name; new ones get ids that the document never had.  Nothing is
    changed where the document says the table already.  The rules: docs/import.md, "An edited table".  Raises `Unmapped`
    for a table that the flow of another tool's document cannot be made to say.
    """
    now = projection(document.root)
    if now is None or same(now.table, edited):
        return document.serialised()
    cells = worded(document.root, now, edited)
    if cells is not None and cells.roomy:
        return serialised(cells.root)
    drawn = is_drawn(document.root)
    if cells is not None:
        return written(cells.root, document.root, drawn=drawn)
    whole = placed(now, keyed(now.table, rows_of(now.table), now)).complete
    manners = (Manner.GENTLE, Manner.WORDS) if whole else (Manner.WORDS, Manner.GENTLE)
    root = gently(document.root, edited, manners, drawn=drawn)
    put = splice(document.root, edited) if root is None and drawn else None
    if put is not None:
        root = gently(*put, manners, drawn=drawn)
    if root is None:
        root = deepcopy(document.root)
        if not changed(root, edited, Manner.STRICT, drawn=drawn):
            raise Unmapped  # better told than a document that says something else
    return written(root, document.root, drawn=drawn)


def gently(root: etree._Element, edited: FiveClear, manners: Sequence[Manner], *, drawn: bool) -> etree._Element | None:
    """A copy that says the edited table and can be read, changed in the first manner that does it."""
    for manner in manners:
        copy = deepcopy(root)
        if changed(copy, edited, manner, drawn=drawn) and read_root(copy).document is not None:
            return copy
    return None


def written(root: etree._Element, before: etree._Element, *, drawn: bool) -> bytes:
    """The bytes of a changed document; one that nobody has drawn is laid out anew, what was left undrawn stays so."""
    if drawn:
        place_missing(root, but=not_drawn(before))
    else:
        add_diagram(root)
        etree.indent(root)
    return serialised(root)


def serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def changed(root: etree._Element, edited: FiveClear, manner: Manner, *, drawn: bool) -> bool:
    """Change a tree in one manner; return whether it says the edited table then."""
    now = projection(root)
    if now is None:
        return False
    names = names_of(now.table, edited)
    embedding = placed(now, keyed(now.table, rows_of(now.table), now))
    change = rewiring(embedding, keyed(edited, names, now), Flows(root, now.diagram.process), manner)
    change.wanted.update(wanted_ids(change, edited, names))
    try:
        if manner is Manner.WORDS:
            leave(change)
        else:
            rewire(change)
    except Unmapped:
        return False
    if any(name not in change.element for name in names):
        return False
    declare(root)
    finish(change, edited, names, drawn=drawn)
    rows = [change.element[name] for name in names]
    words = Words(change, edited, rows, dict(now.steps))
    settle_spots(words)
    return settle(words)


def keyed(table: FiveClear, names: Sequence[str], now: Projection) -> Graph:
    """The graph of a table whose rows have these names for ids."""
    timed = {f"row-{at}" for at, node in enumerate(now.steps) if is_timed_beside(now, node)}
    steps = tuple(
        replace(step, id=name, duration=LIMIT if name in timed and not known(step) else step.duration)
        for step, name in zip(table.steps, names, strict=True)
    )
    return graph_of(replace(table, code=None, steps=steps))


def is_timed_beside(now: Projection, node: str) -> bool:
    return bool(now.diagram.timers.get(node)) and not known(now.steps[node])


def known(step: Step) -> bool:
    """Whether the table itself says a time that a timer can have."""
    return step.duration is not None and step.duration.unit in TIMED and step.duration.value > 0


def rows_of(table: FiveClear) -> list[str]:
    return [f"row-{at}" for at in range(len(table.steps))]


def names_of(table: FiveClear, edited: FiveClear) -> list[str]:
    """The names of the edited rows: those of old rows where they stay."""
    found = partners(table.steps, edited.steps)
    return [f"new-{at}" if row is None else f"row-{row}" for at, row in enumerate(found)]


def placed(now: Projection, old: Graph) -> Embedding:
    """The graph of a document's own table, placed in it."""
    steps = dict(zip(rows_of(now.table), now.steps, strict=True))
    return embed(old, now.diagram, steps=steps, branches={id(branch): arrow for arrow, branch in now.ways})


def rewiring(old: Embedding, new: Graph, flows: Flows, manner: Manner) -> Rewiring:
    spots = paired_spots(old.graph, new)
    waits = [spot for spot in new.spots.values() if spot.tag == "receiveTask"]
    added = [spot for spot in waits if old.element.get(spots.get(spot.id, "")) is None]
    ways = paired_ways(old.graph, new, spots)
    messages = messages_for(flows, added)
    return Rewiring(flows, old, new, spots=spots, ways=ways, messages=messages, strict=manner is Manner.STRICT)


def wanted_ids(change: Rewiring, edited: FiveClear, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The ids that new rows would like to have."""
    for name, step in zip(names, edited.steps, strict=True):
        own = step.id if change.flows.ids.free(step.id) else None
        yield name, own or f"step_{slug(step.step_no) or 'x'}"


def leave(change: Rewiring) -> None:
    """Keep all flow as it is."""
    for spot, before in change.spots.items():
        if before in change.old.element:
            change.element[spot] = change.old.element[before]
    for way, earlier in change.ways.items():
        if earlier.id in change.old.line:
            change.line[way] = [arrow.id for arrow in change.old.line[earlier.id]]


def finish(change: Rewiring, edited: FiveClear, names: Sequence[str], *, drawn: bool) -> None:
    """Bring lanes, messages, lists and drawing in line with the changed flow."""
    flows = change.flows
    before = keys_by_node(change.old.graph, change.old.element)
    after = keys_by_node(change.new, change.element)
    for spot in change.spots if drawn else ():
        node = change.element.get(spot, "")
        if node in before and change.new.spots[spot].tag in UNMOVED:
            after[node] = before[node]
    moved = seat(flows, before, after, drawn=drawn)
    waits = [change.element[spot] for spot in change.fresh if change.new.spots[spot].goto == WAITING]
    if names:
        last = change.old.element.get(f"row-{len(change.old.graph.table.steps) - 1}", ""), change.element[names[-1]]
        feed(flows, edited, sorted(waits), last=last)
    flows.list_ends()
    prune(flows)
    moved |= {guest for guest, element in flows.nodes.items() if element.get("attachedToRef") in moved}
    undraw(flows.root, flows.redrawn | moved | links_of(flows.root, moved))
