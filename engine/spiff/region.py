"""Which parallel branches a place of a model lies in.

A token may go from one place to another without upsetting a join where both lie in the same branches.  A branch begins
at a flow out of a node that puts a token on several, and ends where all these flows come together again, or, where
they never do, nowhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bpmn.graph import reachable
from engine.spiff.element import BoundaryFork, Way
from engine.spiff.gateway import EventChoice, Exclusive, Join
from engine.spiff.token import Spec

EXIT = ""
CACHED = 256  # processes and sub-processes whose branches are kept


@dataclass(frozen=True, slots=True)
class Branch:
    """One way out of a node that splits. `fork`: it begins at an event beside an activity and has no join."""

    split: str
    target: str
    flow: str | None
    fork: bool = False


@dataclass(frozen=True, slots=True)
class Regions:
    """The branches of one container: of each place, by the name of its spec, and of each flow.

    `crowded` are places of which nobody can tell how many tokens are there: two branches of the same split reach
    them, or no flow from the start does.
    """

    of_place: Mapping[str, frozenset[Branch]]
    of_flow: Mapping[str, frozenset[Branch]]
    crowded: frozenset[str]


@lru_cache(maxsize=CACHED)
def regions(spec: Spec) -> Regions:
    """Find the branches of a container; once for each compiled definition."""
    specs: Mapping[str, Any] = {name: each for name, each in spec.task_specs.items() if hasattr(each, "ways")}
    after = {name: tuple(way.target for way in each.ways) for name, each in specs.items()}
    meets = meeting_places(after)
    found: dict[str, set[Branch]] = {name: set() for name in specs}
    for each in specs.values():
        for branch, places in branches(each, specs, after=after, meets=meets):
            for place in places:
                found[place].add(branch)
    of_place = {name: frozenset(each) for name, each in found.items()}
    crowded = frozenset(name for name, each in found.items() if len({branch.split for branch in each}) < len(each))
    return Regions(
        of_place,
        {
            way.flow: frozenset(flow_branches(name, way, specs=specs, of_place=of_place))
            for name, each in specs.items()
            for way in each.ways
            if way.flow is not None
        },
        crowded | (frozenset(specs) - reachable([spec.begins_at], after)),
    )


def flow_branches(
    name: str, way: Way, *, specs: Mapping[str, Any], of_place: Mapping[str, frozenset[Branch]]
) -> set[Branch]:
    """The branches of a flow: those of its source, and the one that it begins."""
    begun = {Branch(name, way.target, way.flow)} if splits(specs[name]) else set()
    return set(of_place[name]) | begun


def splits(spec: Spec) -> bool:
    """Whether the node may put tokens on several flows."""
    return len(spec.ways) > 1 and not isinstance(spec, Exclusive | EventChoice | BoundaryFork)


def branches(
    spec: Spec, specs: Mapping[str, Any], *, after: Mapping[str, tuple[str, ...]], meets: Mapping[str, str]
) -> Iterable[tuple[Branch, frozenset[str]]]:
    """The branches that begin at a node, each with its places."""
    if isinstance(spec, BoundaryFork):
        beside = {way.target for way in spec.ways if is_beside(specs[way.target])}
        usual = reachable([way.target for way in spec.ways if way.target not in beside], after)
        for target in beside:
            yield Branch(spec.name, target, None, fork=True), reachable([target], after) - usual
    elif splits(spec):
        join = meets[spec.name]
        stop = {join} if join != EXIT and isinstance(specs[join], Join) else set()
        for way in spec.ways:
            places = frozenset() if way.target in stop else reachable([way.target], after, without=stop)
            yield Branch(spec.name, way.target, way.flow), places


def is_beside(spec: Spec) -> bool:
    return spec.node.tag == "boundaryEvent" and not spec.node.interrupting


def meeting_places(after: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    """For each place the nearest one that every way on from it must pass, `EXIT` where there is none.

    The post-dominators of the graph, as bit sets.
    """
    place = {name: number for number, name in enumerate(after)}
    everything = (1 << len(place)) - 1
    passed = {name: everything if targets else 1 << place[name] for name, targets in after.items()}
    changed = True
    while changed:
        changed = False
        for name in reversed(list(after)):
            common = everything if after[name] else 0
            for target in after[name]:
                common &= passed[target]
            now = common | 1 << place[name]
            changed, passed[name] = changed or now != passed[name], now
    names = list(after)
    met: dict[str, str] = {}
    for name in names:
        later = [names[number] for number in range(len(names)) if passed[name] >> number & 1 and names[number] != name]
        met[name] = max(later, key=lambda each: passed[each].bit_count(), default=EXIT)
    return met
