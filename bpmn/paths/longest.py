"""The longest way through one scope without its send-backs, a shared block counting once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bpmn.paths.amount import NOTHING, Amount
from bpmn.paths.weights import Weight

MAX_STATES = 16
"""Ways kept per element that differ in the shared blocks they have used; more than a few never matter."""

Used = frozenset[str]


@dataclass(frozen=True, slots=True)
class Way:
    """The longest way so far that has used these blocks: `opened` before the element, `due` with it."""

    opened: Amount
    due: Amount
    used: Used
    previous: "Way | None"
    node: str


@dataclass(frozen=True, slots=True)
class Forward:
    """A scope without send-backs: `order` lists each node after all that lead to it."""

    order: Sequence[str]
    after: Mapping[str, Collection[str]]


def longest_ways(origins: Collection[str], graph: Forward, weights: Mapping[str, Weight]) -> Mapping[str, Way]:
    """The longest way from the origins to each node that they reach."""
    last = last_members(graph.order, weights)
    arriving: dict[str, list[Way | None]] = {origin: [None] for origin in origins}
    best: dict[str, Way] = {}
    for position, node in enumerate(graph.order):
        if node not in arriving:
            continue
        ways = [step_into(node, way, weights.get(node, Weight())) for way in arriving.pop(node)]
        kept = prune([forget(way, last, position) for way in ways])
        best[node] = max(kept, key=lambda way: way.due.size)
        for target in graph.after[node]:
            arriving.setdefault(target, []).extend(kept)
    return best


def last_members(order: Sequence[str], weights: Mapping[str, Weight]) -> Mapping[str, int]:
    """Where each block's last member stands; behind it nobody asks whether the block was used."""
    found: dict[str, int] = {}
    for position, node in enumerate(order):
        block = weights.get(node, Weight()).block
        if block is not None:
            found[block] = position
    return found


def step_into(node: str, way: Way | None, weight: Weight) -> Way:
    opened = NOTHING if way is None else way.due
    used: Used = frozenset() if way is None else way.used
    if weight.block is None:
        return Way(opened, opened + weight.amount, used, way, node)
    if weight.block in used:
        return Way(opened, opened, used, way, node)
    return Way(opened, opened + weight.amount, used | {weight.block}, way, node)


def forget(way: Way, last: Mapping[str, int], position: int) -> Way:
    used = frozenset(block for block in way.used if last[block] > position)
    return way if used == way.used else Way(way.opened, way.due, used, way.previous, way.node)


def prune(ways: list[Way]) -> list[Way]:
    """Drop each way that is no longer than another which has used no more blocks."""
    kept: list[Way] = []
    for way in sorted(ways, key=lambda way: (way.due.size, -len(way.used)), reverse=True):
        if not any(other.used <= way.used for other in kept):
            kept.append(way)
    return kept[:MAX_STATES]


def nodes_of(way: Way | None) -> list[str]:
    """The nodes of a way, first to last."""
    nodes = []
    while way is not None:
        nodes.append(way.node)
        way = way.previous
    return nodes[::-1]
