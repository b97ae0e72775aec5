"""A small token interpreter, to compare the engine with. It shares no code with it: tokens lie on flows, each process
and sub-process that runs has a frame of its own, an inclusive join looks forward from every token, and nothing is
pruned because nothing is kept."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.engine.spiff.graph import Arc, Graph, Rules, Watch
from tests.engine.spiff.reference_joins import awaits_more, waiting_joins

__all__ = ["Arc", "Endless", "Graph", "Interpreter", "Rules", "Watch"]

MOVES = 900
FROM_OUTSIDE = ("timer", "message", "signal")


class Endless(Exception):
    """Tokens go on moving by themselves."""


@dataclass(eq=False)
class Activity:
    """Something under way: a task, a box with its frames, or events that are waited for (`armed`).

    `open` counts the instances of a task under way, `left` those of an activity still to come.
    """

    node: str
    armed: list[Watch] = field(default_factory=list)
    open: int = 0
    left: int = 0
    frames: list["Frame"] = field(default_factory=list)


@dataclass(eq=False)
class Frame:
    """A graph that runs. `tokens` counts tokens on flows; `host` is the activity that it is inside of, in `around`."""

    graph: Graph
    around: "Frame | None" = None
    host: Activity | None = None
    tokens: Counter[int] = field(default_factory=Counter)
    active: list[Activity] = field(default_factory=list)

    def put(self, arcs: list[int]) -> None:
        self.tokens.update(arcs)

    def take(self, arc: int) -> None:
        self.tokens[arc] -= 1
        if not self.tokens[arc]:
            del self.tokens[arc]

    def clear(self) -> None:
        self.tokens.clear()
        self.active.clear()

    @property
    def empty(self) -> bool:
        return not self.tokens and not self.active


class Interpreter:
    """Plays a graph from its start to its end."""

    def __init__(self, graph: Graph) -> None:
        self.variables: dict[str, int] = {}
        self.root = Frame(graph)
        self.ambiguous = False

    def begin(self, variables: Mapping[str, int]) -> None:
        self.variables.update(variables)
        self.start(self.root)
        self.flow()

    def start(self, frame: Frame) -> None:
        start = next(node for node, kind in frame.graph.kinds.items() if kind == "start")
        frame.put(frame.graph.out(start))

    def frames(self) -> Iterator[Frame]:
        """Every frame that runs, outer before inner."""
        waiting = [self.root]
        while waiting:
            frame = waiting.pop(0)
            yield frame
            waiting.extend(inner for activity in frame.active for inner in activity.frames)

    def places(self) -> Iterator[tuple[Frame, Activity]]:
        return ((frame, activity) for frame in self.frames() for activity in list(frame.active))

    def watches(self, *kinds: str) -> Iterator[tuple[Frame, Activity, Watch]]:
        for frame, activity in self.places():
            yield from ((frame, activity, watch) for watch in activity.armed if watch.kind in kinds)

    def enabled(self) -> list[str]:
        """The elements that people are to complete, once for each open task."""
        return sorted(activity.node for _, activity in self.places() for _ in range(activity.open))

    def listening(self) -> list[str]:
        return sorted(watch.event for _, _, watch in self.watches("message", "signal"))

    def timers(self) -> list[str]:
        return sorted(watch.event for _, _, watch in self.watches("timer"))

    @property
    def finished(self) -> bool:
        return self.root.empty

    @property
    def dead(self) -> bool:
        """Whether something is left that nothing moves."""
        return not self.finished and not self.enabled() and not any(True for _ in self.watches(*FROM_OUTSIDE))

    def complete(self, element: str, variables: Mapping[str, int]) -> None:
        """Complete one open task of the element: where several are open, they are alike."""
        self.variables.update(variables)
        frame, activity = next(place for place in self.places() if place[1].node == element and place[1].open)
        activity.open -= 1
        if activity.left:
            activity.left, activity.open = activity.left - 1, activity.open + 1
        if not activity.open:
            self.finish(frame, activity)
        self.flow()

    def happen(self, event: str) -> None:
        """Let a timer fire or a message come."""
        self.take_place(*next(found for found in self.watches(*FROM_OUTSIDE) if found[2].event == event))
        self.flow()

    def hear(self, signal: str) -> None:
        """A signal from outside."""
        for found in self.hearers(signal):
            self.take_place(*found)
        self.flow()

    def hearers(self, signal: str) -> list[tuple[Frame, Activity, Watch]]:
        return [found for found in self.watches("signal") if found[2].name == signal]

    def take_place(self, frame: Frame, activity: Activity, watch: Watch) -> None:
        """What was waited for happens, unless nobody waits for it any more."""
        if activity not in frame.active or frame not in list(self.frames()):
            return
        border = activity.node in frame.graph.borders
        if not border or watch.interrupting:
            frame.active.remove(activity)
        elif watch.kind == "timer":
            activity.armed.remove(watch)
        frame.put(frame.graph.out(watch.event))

    def finish(self, frame: Frame, activity: Activity) -> None:
        frame.active.remove(activity)
        frame.put(frame.graph.out(activity.node))

    def flow(self) -> None:
        """Move tokens until only joins and activities hold them; inclusive joins come last.  Raises Endless."""
        moves = 0
        while self.move_one() or self.close_one() or self.merge_one():
            moves += 1
            if moves > MOVES:
                raise Endless

    def move_one(self) -> bool:
        for frame in self.frames():
            for arc in sorted(frame.tokens):
                if self.move(frame, arc):
                    return True
        return False

    def move(self, frame: Frame, arc: int) -> bool:
        """Move a token from a flow into its node, if it may; say whether it did."""
        node = frame.graph.arcs[arc].target
        kind, into = frame.graph.kinds[node], frame.graph.into(node)
        if kind == "or" and len(into) > 1:
            return False
        if kind == "and" and not all(frame.tokens[other] for other in into):
            return False
        for other in into if kind == "and" else [arc]:
            frame.take(other)
        self.enter(frame, node, kind)
        return True

    def enter(self, frame: Frame, node: str, kind: str) -> None:
        graph = frame.graph
        if kind in ("task", "box"):
            self.open(frame, node)
        elif kind in ("catch", "gate"):
            events = [node] if kind == "catch" else [graph.arcs[arc].target for arc in graph.out(node)]
            frame.active.append(Activity(node, [graph.catches[event] for event in events]))
        elif kind in ("throw", "end"):
            self.throw(frame, node)
        elif kind == "rule":
            self.variables[graph.rules[node].output] = self.decide(graph.rules[node])
            frame.put(graph.out(node))
        else:
            self.leave(frame, node, kind)

    def leave(self, frame: Frame, node: str, kind: str) -> None:
        out = frame.graph.out(node)
        if kind in ("xor", "or") and len(out) > 1:
            out = self.chosen(frame.graph, out, one=kind == "xor")
        frame.put(out)

    def open(self, frame: Frame, node: str) -> None:
        count, sequential = frame.graph.count.get(node, (1, False))
        if not count:
            frame.put(frame.graph.out(node))
            return
        first = 1 if sequential else count
        activity = Activity(node, list(frame.graph.borders.get(node, ())), left=count - first)
        frame.active.append(activity)
        if node not in frame.graph.inner:
            activity.open = first
        for _ in range(first if node in frame.graph.inner else 0):
            self.open_frame(frame, activity)

    def open_frame(self, frame: Frame, activity: Activity) -> None:
        activity.frames.append(Frame(frame.graph.inner[activity.node], frame, activity))
        self.start(activity.frames[-1])

    def close_one(self) -> bool:
        """Leave one box of which a frame has nothing left."""
        for frame, activity in self.places():
            done = next((inner for inner in activity.frames if inner.empty), None)
            if done is None:
                continue
            activity.frames.remove(done)
            if activity.left:
                activity.left -= 1
                self.open_frame(frame, activity)
            if not activity.frames:
                self.finish(frame, activity)
            return True
        return False

    def throw(self, frame: Frame, node: str) -> None:
        kind, name = frame.graph.thrown.get(node, ("none", ""))
        hearing = self.hearers(name) if kind == "signal" else list(self.catchers(frame, kind, name))[:1]
        if kind == "terminate":
            frame.clear()
        elif kind == "error" and not hearing:
            self.root.clear()
        frame.put(frame.graph.out(node))
        for found in hearing:
            self.take_place(*found)

    def catchers(self, frame: Frame, kind: str, name: str) -> Iterator[tuple[Frame, Activity, Watch]]:
        """The events around a frame that catch, nearest first, those of the name before those of every name."""
        while frame.around is not None and frame.host is not None:
            for wanted in (name, None):
                for watch in frame.host.armed:
                    if (watch.kind, watch.name) == (kind, wanted):
                        yield frame.around, frame.host, watch
            frame = frame.around

    def decide(self, rules: Rules) -> int:
        value = self.variables[rules.variable]
        holds = {"<": value.__lt__, ">=": value.__ge__, "==": value.__eq__}
        return next(output for sign, number, output in rules.rows if holds[sign](number))

    def chosen(self, graph: Graph, out: list[int], *, one: bool) -> list[int]:
        tests = {arc: graph.arcs[arc].test for arc in out}
        true = [arc for arc, test in tests.items() if test is not None and self.variables[test[0]] == test[1]]
        default = [arc for arc, test in tests.items() if test is None]
        return (true[:1] if one else true) or default

    def merge_one(self) -> bool:
        """Let one inclusive join go on to which no further token can come. BPMN does not say which, if several may."""
        for frame in self.frames():
            standing = [(activity.node, activity.armed) for activity in frame.active]
            joins = waiting_joins(frame.graph, frame.tokens)
            may = [
                (node, full)
                for node, full in joins
                if not awaits_more(frame.graph, node, full, (frame.tokens, standing))
            ]
            self.ambiguous = self.ambiguous or len(may) > 1
            for node, full in may[:1]:
                for arc in full:
                    frame.take(arc)
                self.leave(frame, node, "or")
                return True
        return False
