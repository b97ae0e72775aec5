"""Random models: blocks of XOR, AND and OR, rework loops, jumps, boundary timers, sub-processes, several instances;
each as a BPMN file and as a graph for the reference interpreter."""

from dataclasses import dataclass, field
from random import Random

from tests.engine.spiff.models import boundary, document, flow_xml, timer
from tests.engine.spiff.reference import Arc, Graph

BLOCKS = ("task", "task", "seq", "xor", "and", "or", "loop")
SAFE = (*BLOCKS, "sub", "timed", "many")
"""Blocks in which one token in gives one token out."""
CROWDED = (*BLOCKS, "merge")
"""With a block that lets two tokens out. The graph has no activity for two tokens to be in apart, so none is among
these."""


@dataclass
class Model:
    """What is generated: `xml` and `flows` by container, `graph`, and the variables that decide."""

    random: Random
    kinds: tuple[str, ...] = SAFE
    graph: Graph = field(default_factory=Graph)
    xml: dict[str, list[str]] = field(default_factory=dict)
    decisions: dict[str, int] = field(default_factory=dict)
    size: int = 0

    def name(self, letter: str) -> str:
        self.size += 1
        return f"{letter}_{self.size}"

    def decide(self) -> dict[str, int]:
        """Values for all decisions; loops end sooner or later."""
        return {name: self.random.randrange(count) for name, count in self.decisions.items()}

    def source(self) -> bytes:
        return document(f'<bpmn:process id="P" isExecutable="true">{"".join(self.xml["P"])}</bpmn:process>')


@dataclass
class Part:
    """A place in a container of the file where a block begins: the node to connect, and the flow that leads on."""

    model: Model
    container: str

    def node(self, kind: str, tag: str, *, inner: str = "", default: str | None = None) -> str:
        name = self.model.name(kind)
        self.model.graph.kinds[name] = kind
        attribute = f' default="{default}"' if default else ""
        self.write(f'<bpmn:{tag} id="{name}"{attribute}>{inner}</bpmn:{tag}>')
        return name

    def write(self, xml: str) -> None:
        self.model.xml.setdefault(self.container, []).append(xml)

    def arc(self, source: str, target: str, *, test: tuple[str, int] | None = None, flow: str | None = None) -> None:
        self.model.graph.arcs.append(Arc(source, target, test))
        name = flow or self.model.name("f")
        condition = f"{test[0]} == {test[1]}" if test else None
        self.write(flow_xml(name, source, target=target, condition=condition))

    def block(self, entry: str, depth: int) -> str:
        """Generate a block after the node `entry`; return the node that it ends at."""
        kinds = self.model.kinds
        leaves = tuple(kind for kind in ("task", "timed", "many") if kind in kinds)
        kind = self.model.random.choice(kinds if depth > 0 else leaves)
        made: str = getattr(self, f"make_{kind}")(entry, depth)
        return made

    def make_task(self, entry: str, depth: int) -> str:
        task = self.node("task", "userTask")
        self.arc(entry, task)
        return task

    def make_seq(self, entry: str, depth: int) -> str:
        return self.block(self.block(entry, depth - 1), depth - 1)

    def make_xor(self, entry: str, depth: int) -> str:
        return self.branches("xor", "exclusiveGateway", entry, depth=depth)

    def make_or(self, entry: str, depth: int) -> str:
        return self.branches("or", "inclusiveGateway", entry, depth=depth)

    def make_and(self, entry: str, depth: int) -> str:
        split, join = self.node("and", "parallelGateway"), self.node("and", "parallelGateway")
        self.arc(entry, split)
        for _ in range(self.model.random.randint(2, 3)):
            self.arc(self.block(split, depth - 1), join)
        return join

    def branches(self, kind: str, tag: str, entry: str, *, depth: int) -> str:
        """A block of conditional branches, the last by default; a branch may be empty."""
        default = self.model.name("f")
        split, join = self.node(kind, tag, default=default), self.node(kind, tag)
        self.arc(entry, split)
        count = self.model.random.randint(2, 3)
        for number in range(count):
            passing = self.node("xor", "exclusiveGateway")
            last = number == count - 1
            self.arc(split, passing, test=None if last else self.test(), flow=default if last else None)
            empty = self.model.random.random() < 0.2
            self.arc(passing if empty else self.block(passing, depth - 1), join)
        return join

    def test(self) -> tuple[str, int]:
        variable = self.model.name("v")
        self.model.decisions[variable] = 2
        return variable, 1

    def make_loop(self, entry: str, depth: int) -> str:
        """Work, then back to its beginning or on."""
        default = self.model.name("f")
        head, check = self.node("xor", "exclusiveGateway"), self.node("xor", "exclusiveGateway", default=default)
        self.arc(entry, head)
        body = self.block(self.make_task(head, 0), depth - 1)
        self.arc(body, check)
        self.arc(check, head, test=self.test())
        after = self.node("xor", "exclusiveGateway")
        self.arc(check, after, flow=default)
        return after

    def make_merge(self, entry: str, depth: int) -> str:
        """Two ways that come together in a task without a gateway, after a split: the task is done twice."""
        split, merged = self.node("and", "parallelGateway"), self.node("task", "userTask")
        self.arc(entry, split)
        for _ in range(2):
            self.arc(self.block(split, 0), merged)
        return merged

    def make_timed(self, entry: str, depth: int) -> str:
        """A task with a timer: interrupting, the ways meet again; else the timer's way ends by itself."""
        interrupting = self.model.random.random() < 0.6
        task = self.make_task(entry, 0)
        event = self.model.name("timer")
        self.model.graph.kinds[event] = "timer"
        self.model.graph.events[task] = (event, interrupting)
        self.write(boundary(event, task, timer("PT1H"), interrupting=interrupting))
        if not interrupting:
            self.arc(self.make_task(event, 0), self.node("end", "endEvent"))
            return task
        join = self.node("xor", "exclusiveGateway")
        self.arc(task, join)
        self.arc(self.make_task(event, 0), join)
        return join

    def make_many(self, entry: str, depth: int) -> str:
        """Three instances of one task: in the graph, three tasks between a split and a join."""
        name = self.model.name("task")
        count = "<bpmn:loopCardinality>3</bpmn:loopCardinality>"
        loop = f"<bpmn:multiInstanceLoopCharacteristics>{count}</bpmn:multiInstanceLoopCharacteristics>"
        self.write(f'<bpmn:userTask id="{name}">{loop}</bpmn:userTask>')
        self.write(flow_xml(self.model.name("f"), entry, target=name, condition=None))
        split, join = f"{name}_split", f"{name}_join"
        self.model.graph.kinds.update({split: "and", join: "and"})
        self.model.graph.arcs.append(Arc(entry, split))
        for number in range(3):
            copy = f"{name}_{number}"
            self.model.graph.kinds[copy], self.model.graph.label[copy] = "task", name
            self.model.graph.arcs.extend([Arc(split, copy), Arc(copy, join)])
        after = self.node("xor", "exclusiveGateway")
        self.write(flow_xml(self.model.name("f"), name, target=after, condition=None))
        self.model.graph.arcs.append(Arc(join, after))
        return after

    def make_sub(self, entry: str, depth: int) -> str:
        """A sub-process: in the graph its content stands in line, and leaves when all its tokens have come together."""
        box, after = self.model.name("box"), self.node("xor", "exclusiveGateway")
        inner = Part(self.model, box)
        start, end = inner.node("xor", "startEvent"), inner.node("xor", "endEvent")
        inner.arc(self.pure(inner, start, depth - 1), end)
        self.write(f'<bpmn:subProcess id="{box}">{"".join(self.model.xml[box])}</bpmn:subProcess>')
        self.write(flow_xml(self.model.name("f"), entry, target=box, condition=None))
        self.write(flow_xml(self.model.name("f"), box, target=after, condition=None))
        self.model.graph.arcs.extend([Arc(entry, start), Arc(end, after)])
        return after

    def pure(self, inner: "Part", start: str, depth: int) -> str:
        """Content whose one token in gives one token out."""
        kind = self.model.random.choice(("make_task", "make_and_of_tasks", "make_many"))
        made: str = getattr(inner, kind)(start, depth)
        return made

    def make_and_of_tasks(self, entry: str, depth: int) -> str:
        split, join = self.node("and", "parallelGateway"), self.node("and", "parallelGateway")
        self.arc(entry, split)
        for _ in range(2):
            self.arc(self.make_task(split, 0), join)
        return join


def random_model(seed: int, kinds: tuple[str, ...], *, depth: int = 3) -> Model:
    model = Model(Random(seed), kinds)
    part = Part(model, "P")
    start = part.node("start", "startEvent")
    last = part.block(part.make_task(start, 0), depth)
    part.arc(last, part.node("end", "endEvent"))
    return model
