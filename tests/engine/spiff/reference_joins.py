"""Inclusive joins of the reference: which may go on (BPMN 2.0.2, table 13.2)."""

from collections import Counter
from collections.abc import Sequence

from tests.engine.spiff.graph import Graph, Watch

Standing = Sequence[tuple[str, list[Watch]]]
Where = tuple[Counter[int], Standing]
"""Tokens on flows, and activities under way with the events that they still wait for."""


def waiting_joins(graph: Graph, tokens: Counter[int]) -> list[tuple[str, set[int]]]:
    """Inclusive joins with a token, and their flows that have one."""
    joins = [node for node, kind in graph.kinds.items() if kind == "or" and len(graph.into(node)) > 1]
    found = [(node, {arc for arc in graph.into(node) if tokens[arc]}) for node in joins]
    return [(node, full) for node, full in found if full]


def awaits_more(graph: Graph, join: str, full: set[int], where: Where) -> bool:
    """Whether a token not at the join can come to an empty flow of it, and to none that is full."""
    return any(may_fill(graph, start, join, full=full) for start in places(graph, join, where))


def places(graph: Graph, join: str, where: Where) -> list[list[int]]:
    """For every token not at the join, the flows on which it is or may next be."""
    tokens, active = where
    lying = [[arc] for arc in tokens if tokens[arc] and graph.arcs[arc].target != join]
    standing = []
    for node, armed in active:
        beside = [arc for watch in armed for arc in graph.out(watch.event)]
        standing.append(graph.out(node) + beside)
    return lying + standing


def may_fill(graph: Graph, start: list[int], join: str, *, full: set[int]) -> bool:
    seen: set[int] = set()
    waiting = list(start)
    while waiting:
        arc = waiting.pop()
        if arc not in seen:
            seen.add(arc)
            if graph.arcs[arc].target != join:
                waiting.extend(next_of(graph, graph.arcs[arc].target))
    reached = seen & set(graph.into(join))
    return bool(reached) and not reached & full


def next_of(graph: Graph, node: str) -> list[int]:
    """The flows on which a token at the node may go on, those of events on its border included."""
    return graph.out(node) + [arc for watch in graph.borders.get(node, ()) for arc in graph.out(watch.event)]
