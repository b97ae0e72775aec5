"""Random small models: graphs without any order, and blocks with a fault put in."""

from itertools import pairwise
from random import Random

from tests.bpmn.soundness.sketch import Sketch

INNER = ("task", "task", "task", "xor", "xor", "and", "or", "event", "catch", "sub")
ENDS = ("end", "end", "end", "end", "terminate", "error")
FAULTS = ("gateway", "redirect", "cut", "extra", "bail", "none", "none")


def random_sketch(seed: int) -> Sketch:
    random = Random(seed)
    sketch = Sketch()
    if random.random() < 0.4:
        wild(sketch, random, "P", random.randint(2, 7))
    else:
        blocks(sketch, random)
    for node, kind in sketch.kinds.items():
        out = sketch.out(node)
        if kind == "or" and len(out) > 1 and random.random() < 0.7:
            sketch.default[node] = random.choice(out)
    return sketch


def wild(sketch: Sketch, random: Random, container: str, size: int) -> None:
    """A chain of nodes with flows and events across it."""
    inner = [random.choice(INNER if container == "P" else INNER[:7]) for _ in range(size)]
    names = [sketch.add(kind, container) for kind in ("start", *inner, random.choice(ENDS))]
    for source, target in pairwise(names):
        sketch.flow(source, target)
    for _ in range(random.randint(0, size)):
        sketch.flow(random.choice(names[:-1]), random.choice(names[1:]))
    if random.random() < 0.3:
        names.append(sketch.add(random.choice(ENDS), container))
        sketch.flow(random.choice(names[1:-2] or names[:1]), names[-1])
    fill(sketch, random, container)
    for host in [name for name in names if sketch.kinds[name] in ("task", "sub")]:
        if random.random() < 0.25:
            event(sketch, random, host, random.choice(names[1:]))


def event(sketch: Sketch, random: Random, host: str, target: str) -> None:
    """An event on an activity, leading to a target, or to work and an end of its own."""
    kind = "error" if sketch.kinds[host] == "sub" and random.random() < 0.6 else "timer"
    interrupting = kind == "error" or random.random() < 0.5
    name = sketch.attach(host, kind, interrupting=interrupting)
    chance = random.random()
    if chance < 0.6:
        sketch.flow(name, target)
    elif chance < 0.9:
        task = sketch.add("task", sketch.inside[host])
        sketch.flow(name, task)
        sketch.flow(task, sketch.add("end", sketch.inside[host]))


def fill(sketch: Sketch, random: Random, container: str) -> None:
    """Content for the sub-processes of a container that have none."""
    for node, kind in list(sketch.kinds.items()):
        if kind == "sub" and sketch.inside[node] == container and node not in sketch.inside.values():
            wild(sketch, random, node, random.choice((0, 1, 1, 2, 3)))


def blocks(sketch: Sketch, random: Random) -> None:
    start = sketch.add("start")
    last = block(sketch, random, start, depth=2)
    last = block(sketch, random, last, depth=random.randint(0, 2))
    sketch.flow(last, sketch.add(random.choice(ENDS[:-1])))
    spoil(sketch, random, random.choice(FAULTS))
    fill(sketch, random, "P")


def block(sketch: Sketch, random: Random, entry: str, *, depth: int) -> str:
    """A block after `entry`; returns the node that it ends at."""
    kind = random.choice(("task", "split", "split", "split", "loop", "timed", "sub", "link")) if depth else "task"
    if kind == "split":
        return split(sketch, random, entry, depth)
    if kind == "loop":
        head, tail = sketch.add("xor"), sketch.add("xor")
        sketch.flow(entry, head)
        sketch.flow(block(sketch, random, head, depth=depth - 1), tail)
        sketch.flow(tail, head)
        return tail
    if kind == "link":
        thrown, landed = sketch.add("throw"), sketch.add("land")
        sketch.flow(entry, thrown)
        sketch.flow(thrown, landed)
        return landed
    node = sketch.add("sub" if kind == "sub" else "task")
    sketch.flow(entry, node)
    if kind == "timed":
        join = sketch.add("xor")
        sketch.flow(node, join)
        event(sketch, random, node, join)
        return join
    return node


def split(sketch: Sketch, random: Random, entry: str, depth: int) -> str:
    kind = random.choice(("xor", "and", "or", "and"))
    first, last = sketch.add(kind), sketch.add("or" if random.random() < 0.1 else kind)
    sketch.flow(entry, first)
    for _ in range(random.randint(2, 3)):
        sketch.flow(block(sketch, random, first, depth=depth - 1), last)
    return last


def spoil(sketch: Sketch, random: Random, fault: str) -> None:
    """Put a fault into a model of blocks."""
    gateways = [node for node, kind in sketch.kinds.items() if kind in ("xor", "and", "or")]
    nodes = [node for node, kind in sketch.kinds.items() if kind not in ("start", "boundary", "throw", "land")]
    flows = [flow for flow in sketch.flows if "#" not in flow]
    if fault == "gateway" and gateways:
        sketch.kinds[random.choice(gateways)] = random.choice(("xor", "and", "or"))
    elif fault == "redirect":
        flow = random.choice(flows)
        sketch.flows[flow] = (sketch.flows[flow][0], random.choice(nodes))
    elif fault == "cut":
        del sketch.flows[random.choice(flows)]
    elif fault in ("extra", "bail") and "task" in sketch.kinds.values():
        source = random.choice([node for node in nodes if sketch.kinds[node] not in ("end", "terminate", "error")])
        target = sketch.add("end") if fault == "bail" else random.choice(nodes)
        sketch.flow(source, target)
