"""Times of a whole process: its sub-processes taken in, its send-backs once for the worst case."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from bpmn.document.names import ACTIVITIES
from bpmn.elements import Process
from bpmn.graph import Edge, Scope, back_edges, forward, in_order, scopes
from bpmn.paths.amount import NOTHING, Amount
from bpmn.paths.longest import Forward, longest_ways, nodes_of
from bpmn.paths.weights import Weight, weights

MAX_SEND_BACKS = 60
MAX_BOUND = 100
BOUND = re.compile(r"\b0*(\d{1,3})\s*lần\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PathTimes:
    """The longest path of a process.

    Exactly one of `path_minutes` (working time) and `path_days` (calendar days, when a step is in calendar days) is
    given.  `opened` and `due` hold for each element that is reached the amount on the longest way to its opening and
    to its end.  `critical_path` are the activities of the longest path, in order.  `worst_minutes` adds
    send-backs times their bound and called procedures, `worst_days` in calendar days; None beyond what is counted.
    """

    path_minutes: int | None
    path_days: Fraction | None
    critical_path: tuple[str, ...]
    worst_minutes: int | None
    opened: Mapping[str, Amount] = field(default_factory=dict)
    due: Mapping[str, Amount] = field(default_factory=dict)
    worst_days: Fraction | None = None


@dataclass(slots=True)
class ScopeTimes:
    total: Amount
    worst: Amount | None
    critical: list[str]
    opened: dict[str, Amount]
    due: dict[str, Amount]


def path_times(
    process: Process, called: Mapping[str, "PathTimes"] | None = None, *, origins: Collection[str] = ()
) -> PathTimes:
    """Compute the times of one process; `called` gives those of the procedures it calls, by process id.

    With `origins` the paths begin there and not at the start: what cannot be reached from them is left out.
    """
    inner: dict[str, ScopeTimes] = {}
    every = scopes(process)
    own = weights(process.nodes.values())
    begun = beginnings(origins, process)
    for container, scope in reversed(list(every.items())):
        weigh = ScopeWeights(own, inner, called or {})
        inner[container] = scope_times(scope, process, weigh, [node for node in scope.nodes if node in begun])
    whole = inner[process.id]
    place(process.id, every, inner)
    calendar = any(weight.amount.days for weight in own.values())
    return PathTimes(
        path_minutes=None if calendar else whole.total.minutes,
        path_days=whole.total.size if calendar else None,
        critical_path=tuple(node for node in whole.critical if process.nodes[node].tag in ACTIVITIES),
        worst_minutes=None if calendar or whole.worst is None else whole.worst.minutes,
        worst_days=whole.worst.size if calendar and whole.worst is not None else None,
        opened={node: amount for times in inner.values() for node, amount in times.opened.items()},
        due={node: amount for times in inner.values() for node, amount in times.due.items()},
    )


def beginnings(origins: Collection[str], process: Process) -> Collection[str]:
    """The origins and the sub-processes that they lie in."""
    found = {origin for origin in origins if origin in process.nodes}
    waiting = list(found)
    while waiting:
        outer = process.nodes[waiting.pop()].parent
        if outer in process.nodes and outer not in found:
            found.add(outer)
            waiting.append(outer)
    return found


@dataclass(frozen=True, slots=True)
class ScopeWeights:
    """What weighs in a scope: steps, sub-processes already counted, and called procedures in the worst case."""

    own: Mapping[str, Weight]
    inner: Mapping[str, ScopeTimes]
    called: Mapping[str, PathTimes]

    def usual(self, node: str) -> Weight:
        weight = self.own.get(node, Weight())
        times = self.inner.get(node)
        return Weight(times.total) if times is not None and times.total.size > weight.amount.size else weight

    def worst(self, node: str, calls: str | None) -> Weight:
        times = self.inner.get(node)
        if times is not None and times.worst is not None and times.worst.size > self.usual(node).amount.size:
            return Weight(times.worst)
        other = self.called.get(calls or "")
        if other is not None:
            return Weight(Amount(minutes=other.worst_minutes or other.path_minutes or 0))
        return self.usual(node)


def scope_times(scope: Scope, process: Process, weigh: ScopeWeights, origins: Collection[str] = ()) -> ScopeTimes:
    back = back_edges(scope)
    after = forward(scope, back)
    graph = Forward(in_order(scope.nodes, after), after)
    usual = {node: weigh.usual(node) for node in scope.nodes}
    ways = longest_ways(origins or scope.starts, graph, usual)
    ends = [ways[node] for node in graph.order if node in ways and not scope.after[node]]
    longest = max(ends or list(ways.values()), key=lambda way: way.due.size, default=None)
    return ScopeTimes(
        total=NOTHING if longest is None else longest.due,
        worst=worst_amount(scope, graph, WorstCase(back, process, weigh)),
        critical=with_inner(nodes_of(longest), weigh.inner),
        opened={node: way.opened for node, way in ways.items()},
        due={node: way.due for node, way in ways.items()},
    )


def with_inner(nodes: list[str], inner: Mapping[str, ScopeTimes]) -> list[str]:
    """The critical path with each sub-process followed by its own critical path."""
    return [name for node in nodes for name in (node, *(inner[node].critical if node in inner else ()))]


@dataclass(frozen=True, slots=True)
class WorstCase:
    back: Collection[Edge]
    process: Process
    weigh: ScopeWeights


def worst_amount(scope: Scope, graph: Forward, case: WorstCase) -> Amount | None:
    """The longest path with called procedures, and each send-back's own way times its bound."""
    if len(case.back) > MAX_SEND_BACKS:
        return None
    weight = {node: case.weigh.worst(node, case.process.nodes[node].called) for node in scope.nodes}
    ways = longest_ways(scope.starts, graph, weight)
    ends = [way.due for node, way in ways.items() if not scope.after[node]] or [way.due for way in ways.values()]
    worst = max(ends, key=lambda amount: amount.size, default=NOTHING)
    for source, target in sorted(case.back):
        again = longest_ways([target], graph, weight).get(source)
        if again is not None:
            worst = worst + again.due.times(bound(source, target, case.process))
    return worst


def bound(source: str, target: str, process: Process) -> int:
    """How often a send-back may be taken: the `01 lần` of its flow's name, else once."""
    for name in process.nodes[source].outgoing:
        flow = process.flows[name]
        match = BOUND.search(flow.name) if flow.target == target else None
        if match is not None:
            return min(int(match[1]), MAX_BOUND)
    return 1


def place(container: str, every: Mapping[str, Scope], inner: Mapping[str, ScopeTimes]) -> None:
    """Move the times inside each sub-process to where it stands, outer before inner."""
    waiting = [container]
    while waiting:
        outer = inner[waiting.pop()]
        for node in list(outer.opened):
            if node in inner and node in every:
                shift(inner[node], outer.opened[node])
                waiting.append(node)


def shift(times: ScopeTimes, by: Amount) -> None:
    times.opened = {node: by + amount for node, amount in times.opened.items()}
    times.due = {node: by + amount for node, amount in times.due.items()}
