"""Random models: nested blocks of gateways, loops, sub-processes, calls, several instances, timers and events; each as
a BPMN file and as a graph for the reference interpreter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from tests.engine.spiff.graph import Arc, Graph
from tests.engine.spiff.models import document, flow_xml

Maker = Callable[["Part", str, int], str]
"""Makes a block after the node given; returns the node that it ends at."""


@dataclass
class Model:
    """What is generated: `xml` by process or sub-process, `graph`, and the variables that decide.

    `decisions` gives how many values each variable has; `beside` what stands beside the processes, `callees` the files
    of procedures outside this one by the name that calls them.
    """

    random: Random
    makers: Mapping[str, Maker]
    kinds: tuple[str, ...]
    graph: Graph = field(default_factory=Graph)
    xml: dict[str, list[str]] = field(default_factory=dict)
    decisions: dict[str, int] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)
    callees: dict[str, bytes] = field(default_factory=dict)
    size: int = 0
    mark: str = ""  # of names that all cases of a town share

    def name(self, letter: str) -> str:
        self.size += 1
        return f"{letter}_{self.size}"

    def decide(self) -> dict[str, int]:
        """Values for all decisions; loops end sooner or later."""
        return {name: self.random.randrange(count) for name, count in self.decisions.items()}

    def process(self, name: str) -> str:
        return f'<bpmn:process id="{name}" isExecutable="true">{"".join(self.xml[name])}</bpmn:process>'

    def source(self) -> bytes:
        return document(self.process("P"), *self.beside)


@dataclass
class Part:
    """A place in a container of the file where blocks are made: what is written there, and its graph.

    `prefix` stands before the ids of a procedure outside the file where the engine shows them.
    """

    model: Model
    container: str
    graph: Graph
    prefix: str = ""

    def within(self, container: str, graph: Graph) -> "Part":
        return Part(self.model, container, graph, self.prefix)

    def node(self, kind: str, tag: str, *, inner: str = "", default: str | None = None, attributes: str = "") -> str:
        """Write a node and put it into the graph; return its id as the engine shows it."""
        name = self.model.name(kind)
        self.graph.kinds[self.prefix + name] = kind
        marked = f' default="{default}"' if default else ""
        self.write(f'<bpmn:{tag} id="{name}"{marked}{attributes}>{inner}</bpmn:{tag}>')
        return self.prefix + name

    def write(self, xml: str) -> None:
        self.model.xml.setdefault(self.container, []).append(xml)

    def bare(self, name: str) -> str:
        """The id as it stands in the file."""
        return name.removeprefix(self.prefix)

    def arc(self, source: str, target: str, *, test: tuple[str, int] | None = None, flow: str | None = None) -> None:
        self.graph.arcs.append(Arc(source, target, test))
        condition = f"{test[0]} == {test[1]}" if test else None
        name = flow or self.model.name("f")
        self.write(flow_xml(name, self.bare(source), target=self.bare(target), condition=condition))

    def block(self, entry: str, depth: int, *, kinds: tuple[str, ...] = ()) -> str:
        """Make a block of one of the kinds after the node `entry`; return the node that it ends at."""
        offered = kinds or self.model.kinds
        leaves = tuple(kind for kind in offered if kind in LEAVES)
        kind = self.model.random.choice(offered if depth > 0 else leaves or ("task",))
        return self.model.makers[kind](self, entry, depth)

    def test(self) -> tuple[str, int]:
        variable = self.model.name("v")
        self.model.decisions[variable] = 2
        return variable, 1

    def chance(self, share: float) -> bool:
        return self.model.random.random() < share


LEAVES = frozenset({"task", "timed", "many", "caught", "awaited", "ruled", "linked"})
"""Blocks that need no depth."""


def make_task(part: Part, entry: str, depth: int) -> str:
    tag = part.model.random.choice(("userTask", "userTask", "manualTask", "task"))
    task = part.node("task", tag)
    part.arc(entry, task)
    return task


def make_seq(part: Part, entry: str, depth: int) -> str:
    return part.block(part.block(entry, depth - 1), depth - 1)


def make_xor(part: Part, entry: str, depth: int) -> str:
    return branches(part, "xor", "exclusiveGateway", entry=entry, depth=depth)


def make_or(part: Part, entry: str, depth: int) -> str:
    return branches(part, "or", "inclusiveGateway", entry=entry, depth=depth)


def make_and(part: Part, entry: str, depth: int) -> str:
    split, join = part.node("and", "parallelGateway"), part.node("and", "parallelGateway")
    part.arc(entry, split)
    for _ in range(part.model.random.randint(2, 3)):
        part.arc(part.block(split, depth - 1), join)
    return join


def branches(part: Part, kind: str, tag: str, *, entry: str, depth: int) -> str:
    """A block of conditional branches, the last by default; a branch may be empty."""
    default = part.model.name("f")
    split, join = part.node(kind, tag, default=default), part.node(kind, tag)
    part.arc(entry, split)
    count = part.model.random.randint(2, 3)
    for number in range(count):
        passing = part.node("xor", "exclusiveGateway")
        last = number == count - 1
        part.arc(split, passing, test=None if last else part.test(), flow=default if last else None)
        part.arc(passing if part.chance(0.2) else part.block(passing, depth - 1), join)
    return join


def make_loop(part: Part, entry: str, depth: int) -> str:
    """Work, then back to its beginning or on."""
    default = part.model.name("f")
    head, check = part.node("xor", "exclusiveGateway"), part.node("xor", "exclusiveGateway", default=default)
    part.arc(entry, head)
    part.arc(part.block(make_task(part, head, 0), depth - 1), check)
    part.arc(check, head, test=part.test())
    after = part.node("xor", "exclusiveGateway")
    part.arc(check, after, flow=default)
    return after


def make_merge(part: Part, entry: str, depth: int) -> str:
    """Two ways that come together in a task without a gateway, after a split: the task is done twice."""
    split, merged = part.node("and", "parallelGateway"), part.node("task", "userTask")
    part.arc(entry, split)
    for _ in range(2):
        part.arc(part.block(split, 0, kinds=("task",)), merged)
    return merged


BLOCKS: Mapping[str, Maker] = {
    "task": make_task,
    "seq": make_seq,
    "xor": make_xor,
    "or": make_or,
    "and": make_and,
    "loop": make_loop,
    "merge": make_merge,
}


def fill(model: Model, part: Part, depth: int) -> Model:
    """Make a whole process: a start, a task, a block, an end."""
    start = part.node("start", "startEvent")
    last = part.block(make_task(part, start, 0), depth)
    part.arc(last, part.node("end", "endEvent"))
    return model
