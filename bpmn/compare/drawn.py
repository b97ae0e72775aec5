"""What came, went, changed or moved in the two diagrams, element by element."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bpmn.compare.change import Change
from bpmn.compare.matching import matched
from bpmn.compare.numbers import Numbers
from bpmn.compare.versions import Version
from bpmn.elements import Flow, Node, Process
from bpmn.examine import main_process
from bpmn.folding import normal

Sign = tuple[object, ...]
RENUMBERED = "step_no"
"""A step that only got another number because of others is not marked."""


TOLD = frozenset({"step-changed", "step-split", "steps-merged"})


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks by element id: `old` has removed and changed, `new` added, changed and moved.

    `partners` are the new ids of elements, by their old ones.
    """

    old: Mapping[str, str]
    new: Mapping[str, str]
    partners: Mapping[str, str]


@dataclass(slots=True)
class Partners:
    """New ids by old ones while they are being found; every element has at most one partner."""

    found: dict[str, str] = field(default_factory=dict)

    def add(self, pairs: Collection[tuple[str, str]]) -> None:
        taken = set(self.found.values())
        for one, other in pairs:
            if one not in self.found and other not in taken:
                self.found[one] = other
                taken.add(other)


def marks(old: Version, new: Version, changes: Sequence[Change]) -> Marks:
    """Return the marks of both diagrams; `changes` are what `compare` says of the two versions."""
    before, after = main_process(old.document), main_process(new.document)
    partners = Partners()
    steps = matched(old.table.steps, new.table.steps)
    numbers = Numbers.of(old.table.steps, new.table.steps, steps)
    pairs = [(old.table.steps[one].id, new.table.steps[at].id) for one, at in steps]
    partners.add([(one, other) for one, other in pairs if one and other])
    beside_steps(before, after, partners)
    nodes = dict(partners.found)
    partners.add(flow_pairs(before, after, nodes))
    went = dict.fromkeys([name for name in elements(before) if name not in partners.found], "removed")
    known = set(partners.found.values())
    came = dict.fromkeys([name for name in elements(after) if name not in known], "added")
    otherwise = dict(altered((before, after), partners.found, numbers)) | dict(told(changes))
    back = {other: one for one, other in partners.found.items()}
    changed = {back[name]: "changed" for name, mark in otherwise.items() if name in back and mark == "changed"}
    return Marks(went | changed, otherwise | came, partners.found)


def elements(process: Process) -> Iterator[str]:
    yield from process.nodes
    yield from process.flows


def beside_steps(before: Process, after: Process, partners: Partners) -> None:
    """Pair gateways and events: by what leads to them, then by their ids, then by their names."""
    signs: Sequence[Callable[[Process, Mapping[str, str] | None], Mapping[Sign, str]]] = (by_origin, by_id, by_name)
    for sign in signs:
        size = -1
        while size != len(partners.found):
            size = len(partners.found)
            one, other = sign(before, partners.found), sign(after, None)
            partners.add([(one[key], other[key]) for key in one if key in other])


def by_origin(process: Process, partners: Mapping[str, str] | None) -> Mapping[Sign, str]:
    """Nodes by kind, name and what leads to them, in the ids of the new version; only what is known there."""
    found: dict[Sign, list[str]] = {}
    for node in process.nodes.values():
        origins = [process.flows[flow].source for flow in node.incoming if flow in process.flows]
        origins += [node.attached_to] if node.attached_to else []
        if partners is not None:
            if any(origin not in partners for origin in origins):
                continue
            origins = [partners[origin] for origin in origins]
        found.setdefault((node.tag, normal(node.name), frozenset(origins)), []).append(node.id)
    return {sign: names[0] for sign, names in found.items() if len(names) == 1}


def by_id(process: Process, _: Mapping[str, str] | None) -> Mapping[Sign, str]:
    return {(node.tag, node.id): node.id for node in process.nodes.values() if not node.is_task}


def by_name(process: Process, _: Mapping[str, str] | None) -> Mapping[Sign, str]:
    """Nodes by kind and name, where no other of its kind has this name."""
    count = Counter(kind_and_name(node) for node in process.nodes.values())
    return {kind_and_name(node): node.id for node in process.nodes.values() if count[kind_and_name(node)] == 1}


def kind_and_name(node: Node) -> Sign:
    return node.tag, normal(node.name)


def flow_pairs(before: Process, after: Process, nodes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Flows between the same elements; of several between the same two those of the same name first."""
    waiting = list(after.flows.values())
    pairs: list[tuple[str, str]] = []
    for strict in (True, False):
        for flow in before.flows.values():
            ends = nodes.get(flow.source), nodes.get(flow.target)
            if any(flow.id == one for one, _ in pairs):
                continue
            fits = (each for each in waiting if (each.source, each.target) == ends and (not strict or same(flow, each)))
            found = next(fits, None)
            if found is not None:
                waiting.remove(found)
                pairs.append((flow.id, found.id))
    return pairs


def same(one: Flow, other: Flow) -> bool:
    return normal(one.name).casefold() == normal(other.name).casefold()


def altered(both: tuple[Process, Process], partners: Mapping[str, str], numbers: Numbers) -> Iterator[tuple[str, str]]:
    """Flows, gateways and events of another name; new numbers of steps make none."""
    before, after = both
    for one, other in partners.items():
        was, now = before.flows.get(one), after.flows.get(other)
        if was and now and not same(was, now) and not numbers.same(was.name, now.name):
            yield other, "changed"
        node, today = before.nodes.get(one), after.nodes.get(other)
        if node and today and node.step is None and not numbers.same(node.name, today.name):
            yield other, "changed"


def told(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """What the tables' differences say of steps; a step that moved and changed is told as changed."""
    for change in changes:
        if change.kind == "step-moved" and change.element:
            yield change.element, "moved"
    for change in changes:
        if change.kind in TOLD and change.element and change.field != RENUMBERED:
            yield change.element, "changed"
