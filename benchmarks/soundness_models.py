"""Models of a given size and shape for the measure of soundness, made of elements in memory: no file is read."""

from random import Random

from bpmn.elements import Flow, Node, Process


class Drawing:
    """A process while it is drawn."""

    def __init__(self) -> None:
        self.tags: dict[str, str] = {}
        self.ends: list[tuple[str, str]] = []

    def add(self, tag: str, *after: str) -> str:
        name = f"n{len(self.tags)}"
        self.tags[name] = tag
        self.ends += ((source, name) for source in after)
        return name

    def process(self) -> Process:
        flows = {f"f{n}": Flow(f"f{n}", *ends, "", 0) for n, ends in enumerate(self.ends)}
        out: dict[str, list[str]] = {name: [] for name in self.tags}
        into: dict[str, list[str]] = {name: [] for name in self.tags}
        for flow in flows.values():
            out[flow.source].append(flow.id)
            into[flow.target].append(flow.id)
        nodes = {
            name: Node(name, tag, "", "P", 0, incoming=tuple(into[name]), outgoing=tuple(out[name]))
            for name, tag in self.tags.items()
        }
        return Process("P", "", 0, True, nodes, flows, {})


def sequence(length: int) -> Process:
    drawing = Drawing()
    last = drawing.add("startEvent")
    for _ in range(length - 2):
        last = drawing.add("userTask", last)
    drawing.add("endEvent", last)
    return drawing.process()


def parallel(branches: int, *, depth: int = 1, leave: int = 0) -> Process:
    """Branches of different lengths, to `depth` within each other; the first `leave` of them may end the case by a
    decision, so that the join waits for ever."""
    drawing = Drawing()
    start = drawing.add("startEvent")
    out = drawing.add("endEvent")
    last = fork(drawing, start, branches, depth=depth, leave=leave, out=out)
    drawing.add("endEvent", last)
    return drawing.process()


def fork(drawing: Drawing, entry: str, branches: int, *, depth: int, leave: int, out: str) -> str:
    split = drawing.add("parallelGateway", entry)
    ends = []
    for number in range(branches):
        last = split
        for _ in range(1 + number % 4):
            last = drawing.add("userTask", last)
        if number < leave:
            last = drawing.add("exclusiveGateway", last)
            drawing.ends.append((last, out))
        ends.append(fork(drawing, last, 3, depth=depth - 1, leave=0, out=out) if depth > 1 else last)
    return drawing.add("parallelGateway", *ends)


def crossed(branches: int) -> Process:
    """Parallel branches none of which is a block: in each two decisions that lead into each other's loops."""
    drawing = Drawing()
    split = drawing.add("parallelGateway", drawing.add("startEvent"))
    ends = []
    for _ in range(branches):
        choice = drawing.add("exclusiveGateway", split)
        left, right = drawing.add("exclusiveGateway", choice), drawing.add("exclusiveGateway", choice)
        there = drawing.add("userTask", left)
        back = drawing.add("userTask", right)
        drawing.ends += [(there, right), (back, left)]
        ends.append(drawing.add("exclusiveGateway", left, right))
    drawing.add("endEvent", drawing.add("parallelGateway", *ends))
    return drawing.process()


def mixed(size: int, *, seed: int = 1) -> Process:
    """Blocks of all kinds one after the other and within each other, loops included, up to a number of elements."""
    random, drawing = Random(seed), Drawing()  # noqa: S311  # a model, no secret
    last = drawing.add("startEvent")
    while len(drawing.tags) < size - 10:
        last = block(drawing, random, last, depth=3)
    drawing.add("endEvent", last)
    return drawing.process()


def block(drawing: Drawing, random: Random, entry: str, *, depth: int) -> str:
    kind = random.choice(("task", "exclusive", "parallel", "inclusive", "loop")) if depth else "task"
    if kind == "task":
        return drawing.add("userTask", entry)
    if kind == "loop":
        head = drawing.add("exclusiveGateway", entry)
        tail = drawing.add("exclusiveGateway", block(drawing, random, head, depth=depth - 1))
        drawing.ends.append((tail, head))
        return tail
    split = drawing.add(f"{kind}Gateway", entry)
    ends = [block(drawing, random, split, depth=depth - 1) for _ in range(random.randint(2, 4))]
    return drawing.add(f"{kind}Gateway", *ends)
