"""A small token interpreter, to compare the engine with. It shares no code with it: tokens lie on flows, an inclusive
join looks forward from every token, and nothing is pruned because nothing is kept."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

MOVES = 900


class Endless(Exception):
    """Tokens go on moving by themselves."""


@dataclass(frozen=True)
class Arc:
    """A flow. `test` is (variable, value), None for a flow without condition or the default."""

    source: str
    target: str
    test: tuple[str, int] | None = None


@dataclass
class Graph:
    """Kinds: task, xor, and, or, start, end. `label` gives the element that a task stands for, `events` the timer of
    a task as (event, interrupting); the event is a node of kind timer."""

    kinds: dict[str, str] = field(default_factory=dict)
    arcs: list[Arc] = field(default_factory=list)
    label: dict[str, str] = field(default_factory=dict)
    events: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def out(self, node: str) -> list[int]:
        return [number for number, arc in enumerate(self.arcs) if arc.source == node]

    def into(self, node: str) -> list[int]:
        return [number for number, arc in enumerate(self.arcs) if arc.target == node]


class Interpreter:
    """Plays a graph. `tokens` counts tokens on flows, `active` the open tasks, `armed` the timers still to fire."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.variables: dict[str, int] = {}
        self.tokens: Counter[int] = Counter()
        self.active: list[tuple[str, bool]] = []
        self.ambiguous = False

    def begin(self, variables: Mapping[str, int]) -> None:
        self.variables.update(variables)
        start = next(node for node, kind in self.graph.kinds.items() if kind == "start")
        self.put(self.graph.out(start))
        self.flow()

    def enabled(self) -> list[str]:
        return sorted(self.graph.label.get(node, node) for node, _ in self.active)

    def timers(self) -> list[str]:
        return sorted(self.graph.events[node][0] for node, armed in self.active if armed)

    @property
    def dead(self) -> bool:
        """Whether tokens are left that nothing moves."""
        return not self.active and bool(self.tokens)

    def complete(self, element: str, variables: Mapping[str, int]) -> None:
        """Complete one open task of the element; open tasks of one element are alike but for their timer."""
        self.variables.update(variables)
        index = next(i for i, (node, _) in enumerate(self.active) if self.graph.label.get(node, node) == element)
        node, _ = self.active.pop(index)
        self.put(self.graph.out(node))
        self.flow()

    def fire(self, event: str) -> None:
        index = next(i for i, (node, armed) in enumerate(self.active) if armed and self.graph.events[node][0] == event)
        node, _ = self.active.pop(index)
        if not self.graph.events[node][1]:
            self.active.insert(index, (node, False))
        self.put(self.graph.out(event))
        self.flow()

    def put(self, arcs: list[int]) -> None:
        self.tokens.update(arcs)

    def take(self, arc: int) -> None:
        self.tokens[arc] -= 1
        if not self.tokens[arc]:
            del self.tokens[arc]

    def flow(self) -> None:
        """Move tokens until only joins and tasks hold them; inclusive joins come last.  Raises Endless."""
        moves = 0
        while self.move_one() or self.merge_one():
            moves += 1
            if moves > MOVES:
                raise Endless

    def move_one(self) -> bool:
        for arc in sorted(self.tokens):
            node = self.graph.arcs[arc].target
            kind = self.graph.kinds[node]
            into = self.graph.into(node)
            if kind == "or" and len(into) > 1:
                continue
            if kind == "and":
                if not all(self.tokens[other] for other in into):
                    continue
                for other in into:
                    self.take(other)
            else:
                self.take(arc)
            self.leave(node, kind)
            return True
        return False

    def leave(self, node: str, kind: str) -> None:
        out = self.graph.out(node)
        if kind == "task":
            self.active.append((node, node in self.graph.events))
        elif kind in ("xor", "or") and len(out) > 1:
            self.put(self.chosen(out, one=kind == "xor"))
        else:
            self.put(out)

    def chosen(self, out: list[int], *, one: bool) -> list[int]:
        tests = {arc: self.graph.arcs[arc].test for arc in out}
        true = [arc for arc, test in tests.items() if test is not None and self.variables[test[0]] == test[1]]
        default = [arc for arc, test in tests.items() if test is None]
        return (true[:1] if one else true) or default

    def merge_one(self) -> bool:
        """Let one inclusive join go on to which no further token can come. BPMN does not say which, if several may."""
        may = [(node, full) for node, full in self.waiting_joins() if not self.awaits_more(node, full)]
        self.ambiguous = self.ambiguous or len(may) > 1
        for node, full in may[:1]:
            for arc in full:
                self.take(arc)
            self.leave(node, "or")
        return bool(may)

    def waiting_joins(self) -> list[tuple[str, set[int]]]:
        """Inclusive joins with a token, and their flows that have one."""
        joins = [node for node, kind in self.graph.kinds.items() if kind == "or" and len(self.graph.into(node)) > 1]
        found = [(node, {arc for arc in self.graph.into(node) if self.tokens[arc]}) for node in joins]
        return [(node, full) for node, full in found if full]

    def awaits_more(self, join: str, full: set[int]) -> bool:
        return any(self.may_fill(start, join, full=full) for start in self.places(join))

    def places(self, join: str) -> list[list[int]]:
        """For every token not at the join, the flows on which it is or may next be."""
        lying = [[arc] for arc in self.tokens if self.tokens[arc] and self.graph.arcs[arc].target != join]
        standing = []
        for node, armed in self.active:
            beside = self.graph.out(self.graph.events[node][0]) if armed else []
            standing.append(self.graph.out(node) + beside)
        return lying + standing

    def may_fill(self, start: list[int], join: str, *, full: set[int]) -> bool:
        """Whether a token there can come to an empty flow of the join, and to none that is full."""
        seen: set[int] = set()
        waiting = list(start)
        while waiting:
            arc = waiting.pop()
            if arc not in seen:
                seen.add(arc)
                if self.graph.arcs[arc].target != join:
                    waiting.extend(self.next_of(self.graph.arcs[arc].target))
        reached = seen & set(self.graph.into(join))
        return bool(reached) and not reached & full

    def next_of(self, node: str) -> list[int]:
        beside = self.graph.out(self.graph.events[node][0]) if node in self.graph.events else []
        return self.graph.out(node) + beside
