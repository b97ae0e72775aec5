"""Random graphs without any order: a chain of nodes with flows across it, dead ends and endless loops included."""

from itertools import pairwise
from random import Random

from tests.engine.spiff.graph import Arc
from tests.engine.spiff.models import flow_xml
from tests.engine.spiff.random_models import BLOCKS, Model

TAGS = {
    "task": "userTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "start": "startEvent",
    "end": "endEvent",
}
INNER = ("task", "task", "task", "xor", "and", "or", "or")


def wild_model(seed: int) -> Model:
    model = Model(Random(seed), BLOCKS, ())
    random, graph = model.random, model.graph
    names = [f"n{number}" for number in range(random.randint(5, 13))] + ["last"]
    kinds = ["start", *(random.choice(INNER) for _ in names[2:]), "end"]
    graph.kinds.update(zip(names, kinds, strict=True))
    ends = list(pairwise(names))
    for _ in range(random.randint(2, len(names))):
        source, target = random.choice(names[1:-1]), random.choice(names[1:])
        if graph.kinds[source] != "task":
            ends.append((source, target))
    written = [connect(model, number, ends) for number in range(len(ends))]
    nodes = [f'<bpmn:{TAGS[graph.kinds[name]]} id="{name}"{default(model, name, ends)}/>' for name in names]
    model.xml["P"] = nodes + written
    return model


def connect(model: Model, number: int, ends: list[tuple[str, str]]) -> str:
    """Add a flow to the graph and return it as XML; the last of a choosing gateway is its default."""
    source, target = ends[number]
    beside = [index for index, end in enumerate(ends) if end[0] == source]
    choosing = model.graph.kinds[source] in ("xor", "or") and len(beside) > 1 and beside[-1] != number
    test = (f"v{number}", 1) if choosing else None
    if test is not None:
        model.decisions[test[0]] = 2
    model.graph.arcs.append(Arc(source, target, test))
    condition = f"{test[0]} == 1" if test else None
    return flow_xml(f"f{number}", source, target=target, condition=condition)


def default(model: Model, name: str, ends: list[tuple[str, str]]) -> str:
    beside = [index for index, end in enumerate(ends) if end[0] == name]
    choosing = model.graph.kinds[name] in ("xor", "or") and len(beside) > 1
    return f' default="f{beside[-1]}"' if choosing else ""
