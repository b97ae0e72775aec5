"""The flow of a process as a graph, one scope for the process and one for each sub-process."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bpmn.elements import Node, Process

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """What lies directly in one container.

    `after` gives the successors of a node: along sequence flows, from a host to its boundary events, and from a link
    to its other half.  `starts` are the start events, or, where there is none, the nodes that nothing leads to.
    """

    id: str
    nodes: tuple[str, ...]
    starts: tuple[str, ...]
    after: Mapping[str, tuple[str, ...]]
    before: Mapping[str, tuple[str, ...]]


def scopes(process: Process) -> Mapping[str, Scope]:
    """Every container of the process by id, the process itself first."""
    members: dict[str, list[Node]] = {process.id: []}
    for node in process.nodes.values():
        members.setdefault(node.parent, []).append(node)
    return {container: build(container, nodes, process) for container, nodes in members.items()}


def build(container: str, nodes: list[Node], process: Process) -> Scope:
    inside = {node.id for node in nodes}
    after: dict[str, list[str]] = {node.id: [] for node in nodes}
    before: dict[str, list[str]] = {node.id: [] for node in nodes}
    for source, target in edges(nodes, process):
        if source in inside and target in inside:
            after[source].append(target)
            before[target].append(source)
    return Scope(
        id=container,
        nodes=tuple(node.id for node in nodes),
        starts=tuple(starts(nodes, before)),
        after={name: tuple(dict.fromkeys(targets)) for name, targets in after.items()},
        before={name: tuple(dict.fromkeys(sources)) for name, sources in before.items()},
    )


def edges(nodes: Iterable[Node], process: Process) -> Iterator[Edge]:
    catching: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        if node.tag == "intermediateCatchEvent":
            for event in node.events:
                if event.kind == "link":
                    catching[event.name or ""].append(node.id)
    for node in nodes:
        yield from ((node.id, process.flows[flow].target) for flow in node.outgoing)
        if node.attached_to is not None:
            yield node.attached_to, node.id
        if node.tag == "intermediateThrowEvent":
            for event in node.events:
                if event.kind == "link":
                    yield from ((node.id, target) for target in catching[event.name or ""])


def starts(nodes: list[Node], before: Mapping[str, list[str]]) -> list[str]:
    events = [node.id for node in nodes if node.tag == "startEvent"]
    return events or [node.id for node in nodes if not before[node.id] and not node.triggered_by_event]


def reachable(
    origins: Iterable[str], after: Mapping[str, Collection[str]], *, without: Collection[str] = frozenset()
) -> frozenset[str]:
    """Everything that can be reached along `after` without passing `without`, the origins included."""
    seen = set(origins)
    waiting = deque(seen)
    while waiting:
        for target in after.get(waiting.popleft(), ()):
            if target not in seen and target not in without:
                seen.add(target)
                waiting.append(target)
    return frozenset(seen)


def back_edges(scope: Scope) -> frozenset[Edge]:
    """The edges that lead back to where the flow has been: send-backs. Without them the graph has no cycle.

    Where loops have one entry, as procedures do, the answer does not depend on the order of elements.
    """
    found: set[Edge] = set()
    state: dict[str, int] = {}
    for origin in (*scope.starts, *scope.nodes):
        if origin not in state:
            visit(origin, scope, state=state, found=found)
    return frozenset(found)


def visit(origin: str, scope: Scope, *, state: dict[str, int], found: set[Edge]) -> None:
    """Depth first without recursion; `state` 1 is on the way, 2 is done."""
    state[origin] = 1
    way = [(origin, iter(scope.after[origin]))]
    while way:
        node, targets = way[-1]
        target = next(targets, None)
        if target is None:
            state[node] = 2
            way.pop()
        elif state.get(target) == 1:
            found.add((node, target))
        elif target not in state:
            state[target] = 1
            way.append((target, iter(scope.after[target])))


def forward(scope: Scope, back: Collection[Edge]) -> Mapping[str, tuple[str, ...]]:
    """Successors without the send-backs."""
    return {
        node: tuple(target for target in targets if (node, target) not in back) for node, targets in scope.after.items()
    }


def in_order(nodes: Collection[str], after: Mapping[str, Collection[str]]) -> list[str]:
    """The nodes so that each stands after all that lead to it. Asks for a graph without cycles."""
    inside = set(nodes)
    open_edges = dict.fromkeys(nodes, 0)
    for node in nodes:
        for target in after[node]:
            if target in inside:
                open_edges[target] += 1
    ready = deque(node for node, count in open_edges.items() if count == 0)
    ordered = []
    while ready:
        node = ready.popleft()
        ordered.append(node)
        for target in after[node]:
            if target in inside:
                open_edges[target] -= 1
                if open_edges[target] == 0:
                    ready.append(target)
    return ordered


def cycles(scope: Scope, within: Collection[str]) -> list[frozenset[str]]:
    """The strongly connected parts with a cycle, using only nodes of `within`."""
    inside = set(within)
    after = {node: tuple(t for t in scope.after[node] if t in inside) for node in scope.nodes if node in inside}
    before = {node: tuple(t for t in scope.before[node] if t in inside) for node in scope.nodes if node in inside}
    assigned: set[str] = set()
    parts = []
    for node in reversed(finish_order(after)):
        if node in assigned:
            continue
        part = reachable([node], before, without=assigned)
        assigned |= part
        if len(part) > 1 or node in after[node]:
            parts.append(part)
    return parts


def finish_order(after: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Nodes by the moment their depth-first visit ends."""
    seen: set[str] = set()
    finished = []
    for origin in after:
        if origin in seen:
            continue
        seen.add(origin)
        way = [(origin, iter(after[origin]))]
        while way:
            node, targets = way[-1]
            target = next(targets, None)
            if target is None:
                finished.append(node)
                way.pop()
            elif target not in seen:
                seen.add(target)
                way.append((target, iter(after[target])))
    return finished


def cannot_end(scope: Scope) -> frozenset[str]:
    """The nodes from which no end of the scope can be reached."""
    ends = [node for node in scope.nodes if not scope.after[node]]
    return frozenset(scope.nodes) - reachable(ends, scope.before)
