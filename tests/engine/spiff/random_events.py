"""Blocks of random models with events, sub-processes, calls, several instances and decisions.

Whoever hears a signal waits for it since an earlier step, and the contents of several instances hold one token each:
BPMN does not say what happens otherwise, or which of several equal ones is meant.
"""

from collections.abc import Mapping
from random import Random

from tests.bpmn.dmn.tables import definitions, table
from tests.engine.spiff.graph import Arc, Graph, Rules, Watch
from tests.engine.spiff.models import document, timer
from tests.engine.spiff.random_models import BLOCKS, Maker, Model, Part, branches, fill, make_task
from tests.engine.spiff.random_waits import border, make_awaited, make_caught, make_timed, named, of_ref

COUNT = "<bpmn:multiInstanceLoopCharacteristics{}><bpmn:loopCardinality>{}</bpmn:loopCardinality>{}"
COUNT_END = "</bpmn:multiInstanceLoopCharacteristics>"


def make_signalled(part: Part, entry: str, depth: int) -> str:
    """One branch waits for a signal that another throws, in the middle or at its end."""
    box = open_box(part, entry)
    inner = part.within(box, part.graph.inner[part.prefix + box])
    ref, name = named(part, "signal")
    start, split = inner.node("start", "startEvent"), inner.node("and", "parallelGateway")
    inner.arc(start, split)
    hearing = inner.node("catch", "intermediateCatchEvent", inner=of_ref("signal", ref))
    inner.graph.catches[hearing] = Watch(hearing, "signal", name)
    inner.arc(split, hearing)
    inner.arc(make_task(inner, hearing, 0), inner.node("end", "endEvent"))
    throws(inner, make_task(inner, split, 0), "signal", ref=ref, name=name)
    return close_box(part, box)


def throws(part: Part, entry: str, kind: str, *, ref: str, name: str) -> None:
    """Throw at an end, or on the way to a task and an end."""
    ends = part.chance(0.5)
    where, tag = ("end", "endEvent") if ends else ("throw", "intermediateThrowEvent")
    event = part.node(where, tag, inner=of_ref(kind, ref))
    part.graph.thrown[event] = (kind, name)
    part.arc(entry, event)
    if not ends:
        part.arc(make_task(part, event, 0), part.node("end", "endEvent"))


def throws_and_fails(part: Part, entry: str, ref: str, name: str) -> None:
    """Tell what is around, then fail at once: where telling withdraws the scope, it never comes to that."""
    event = part.node("throw", "intermediateThrowEvent", inner=of_ref("escalation", ref))
    error, code = named(part, "error")
    fail = part.node("end", "endEvent", inner=of_ref("error", error))
    part.graph.thrown.update({event: ("escalation", name), fail: ("error", code)})
    part.arc(entry, event)
    part.arc(event, fail)


def make_escalated(part: Part, entry: str, depth: int) -> str:
    """A sub-process that tells what is around it."""
    box = open_box(part, entry)
    inner = part.within(box, part.graph.inner[part.prefix + box])
    ref, name = named(part, "escalation")
    first = make_task(inner, inner.node("start", "startEvent"), 0)
    if part.chance(0.25):
        throws_and_fails(inner, first, ref, name)
    else:
        throws(inner, first, "escalation", ref=ref, name=name)
    after, interrupting = close_box(part, box), part.chance(0.5)
    catching, shown = (
        (of_ref("escalation", ref), name) if part.chance(0.7) else ("<bpmn:escalationEventDefinition/>", None)
    )
    host = part.prefix + box
    event = border(part, host, "escalation", inner=catching, name=shown, interrupting=interrupting)
    part.arc(make_task(part, event, 0), after if interrupting else part.node("end", "endEvent"))
    return after


def make_failing(part: Part, entry: str, depth: int) -> str:
    """A sub-process that ends, is ended at once, or fails with an error: caught around it, or seldom not at all."""
    box = open_box(part, entry)
    outer = inner = part.within(box, part.graph.inner[part.prefix + box])
    deep = open_box(outer, outer.node("start", "startEvent")) if part.chance(0.4) else ""
    if deep:
        inner = outer.within(deep, outer.graph.inner[part.prefix + deep])
    ref, name = named(part, "error")
    default, (variable, value) = part.model.name("f"), inner.test()
    split = inner.node("and", "parallelGateway")
    inner.arc(inner.node("start", "startEvent"), split)
    inner.arc(make_task(inner, split, 0), inner.node("end", "endEvent"))
    choice = inner.node("xor", "exclusiveGateway", default=default)
    inner.arc(make_task(inner, split, 0), choice)
    stop = inner.node("end", "endEvent", inner="<bpmn:terminateEventDefinition/>")
    fail = inner.node("end", "endEvent", inner=of_ref("error", ref))
    inner.graph.thrown.update({stop: ("terminate", ""), fail: ("error", name)})
    inner.arc(choice, stop, flow=default)
    inner.arc(choice, fail, test=(variable, value))
    if deep:
        outer.arc(close_box(outer, deep), outer.node("end", "endEvent"))
    after = close_box(part, box)
    if part.chance(0.85):
        catching, shown = (of_ref("error", ref), name) if part.chance(0.6) else ("<bpmn:errorEventDefinition/>", None)
        event = border(part, part.prefix + box, "error", inner=catching, name=shown)
        part.arc(make_task(part, event, 0), after)
    return after


def open_box(part: Part, entry: str) -> str:
    """Begin a sub-process; return its id in the file."""
    box = part.model.name("box")
    part.graph.kinds[part.prefix + box] = "box"
    part.graph.inner[part.prefix + box] = Graph()
    part.arc(entry, part.prefix + box)
    return box


def close_box(part: Part, box: str, *, loop: str = "") -> str:
    part.write(f'<bpmn:subProcess id="{box}">{loop}{"".join(part.model.xml[box])}</bpmn:subProcess>')
    after = part.node("xor", "exclusiveGateway")
    part.arc(part.prefix + box, after)
    return after


def make_sub(part: Part, entry: str, depth: int) -> str:
    """A sub-process of blocks."""
    return sub_process(part, entry, depth)[1]


def make_timed_sub(part: Part, entry: str, depth: int) -> str:
    """A sub-process of blocks with a timer on its border."""
    box, after = sub_process(part, entry, depth)
    event = border(part, part.prefix + box, "timer", inner=timer("PT1H"), name=None)
    part.arc(make_task(part, event, 0), after)
    return after


def sub_process(part: Part, entry: str, depth: int) -> tuple[str, str]:
    """Write a sub-process; return its id in the file and the node after it."""
    box = open_box(part, entry)
    inner = part.within(box, part.graph.inner[part.prefix + box])
    inner.arc(inner.block(inner.node("start", "startEvent"), depth - 1), inner.node("end", "endEvent"))
    return box, close_box(part, box)


def make_many(part: Part, entry: str, depth: int) -> str:
    """Several instances of a task, at once or one after the other."""
    loop, count = several(part)
    task = part.node("task", "userTask", inner=loop)
    part.graph.count[task] = count
    part.arc(entry, task)
    after = part.node("xor", "exclusiveGateway")
    part.arc(task, after)
    return after


def several(part: Part) -> tuple[str, tuple[int, bool]]:
    count, sequential = part.model.random.randint(0, 3), part.chance(0.5)
    kind = ' isSequential="true"' if sequential else ""
    return COUNT.format(kind, count, COUNT_END), (count, sequential)


def make_boxes(part: Part, entry: str, depth: int) -> str:
    """Several instances of a sub-process with one token each."""
    box = open_box(part, entry)
    inner = part.within(box, part.graph.inner[part.prefix + box])
    last = inner.node("start", "startEvent")
    for _ in range(part.model.random.randint(1, 2)):
        last = inner.block(last, 0, kinds=("task", "caught"))
    if part.chance(0.5):
        last = branches(inner, "xor", "exclusiveGateway", entry=last, depth=0)
    inner.arc(last, inner.node("end", "endEvent"))
    loop, part.graph.count[part.prefix + box] = several(part)
    return close_box(part, box, loop=loop)


def make_call(part: Part, entry: str, depth: int) -> str:
    """A call of another process of the file."""
    name, graph = part.model.name("Q"), Graph()
    fill(part.model, Part(part.model, name, graph, part.prefix), 0)
    part.model.beside.append(part.model.process(name))
    return called(part, entry, name, graph=graph)


def called(part: Part, entry: str, name: str, *, graph: Graph) -> str:
    call = part.node("box", "callActivity", attributes=f' calledElement="{name}"')
    part.graph.inner[call] = graph
    part.arc(entry, call)
    return call


def make_outside(part: Part, entry: str, depth: int) -> str:
    """A call of a procedure outside the file, in whose file ids begin anew."""
    if part.prefix:
        return make_task(part, entry, depth)
    name = part.model.name("QT")
    other = Model(part.model.random, part.model.makers, ("task", "timed", "xor", "many", "ruled", "caught"))
    other.decisions, other.mark = part.model.decisions, part.model.mark + name
    other.size = part.model.random.choice((0, part.model.size))
    fill(other, Part(other, "P", other.graph, name + "."), 1)
    part.model.callees[name] = document(other.process("P").replace('"P"', '"R"'), *other.beside)
    return called(part, entry, name, graph=other.graph)


def make_linked(part: Part, entry: str, depth: int) -> str:
    """A flow drawn in two halves."""
    name = part.model.name("L")
    inner = f'<bpmn:linkEventDefinition name="{name}"/>'
    one = part.node("link", "intermediateThrowEvent", inner=inner)
    other = part.node("link", "intermediateCatchEvent", inner=inner)
    part.arc(entry, one)
    part.graph.arcs.append(Arc(one, other))
    return make_task(part, other, 0)


def make_ruled(part: Part, entry: str, depth: int) -> str:
    """A decision, and a choice by what it gave."""
    given, output = part.model.name("n"), part.model.name("m")
    part.model.decisions[given] = 4
    rows = [
        (part.model.random.choice(("<", ">=", "==")), part.model.random.randrange(4), number) for number in (0, 1, 2)
    ]
    rows.append((">=", 0, part.model.random.randrange(3)))
    name = part.model.name("D")
    written = table(
        [given],
        [output],
        *([sign_of(sign) + str(n), str(out)] for sign, n, out in rows),
        policy="FIRST",
        identifier=name,
    )
    inner = f'<bpmn:extensionElements><namro:decision ref="{name}"/>{definitions(written)}</bpmn:extensionElements>'
    rule = part.node("rule", "businessRuleTask", inner=inner)
    part.graph.rules[rule] = Rules(given, rows, output)
    part.arc(entry, rule)
    default = part.model.name("f")
    choice, join = part.node("xor", "exclusiveGateway", default=default), part.node("xor", "exclusiveGateway")
    part.arc(rule, choice)
    for value in (0, 1):
        passing = part.node("xor", "exclusiveGateway")
        part.arc(choice, passing, test=(output, value))
        part.arc(make_task(part, passing, 0), join)
    part.arc(choice, join, flow=default)
    return join


def sign_of(sign: str) -> str:
    return "" if sign == "==" else sign


MAKERS: Mapping[str, Maker] = {
    **BLOCKS,
    "timed": make_timed,
    "caught": make_caught,
    "awaited": make_awaited,
    "signalled": make_signalled,
    "escalated": make_escalated,
    "failing": make_failing,
    "sub": make_sub,
    "timed_sub": make_timed_sub,
    "many": make_many,
    "boxes": make_boxes,
    "call": make_call,
    "outside": make_outside,
    "linked": make_linked,
    "ruled": make_ruled,
}
PLAIN = ("task", "task", "seq", "xor", "and", "or", "loop")
SAFE = (*PLAIN, "and", "or", "loop", *(kind for kind in MAKERS if kind not in (*PLAIN, "merge")))
"""Blocks in which one token in gives one token out."""
CROWDED = (*PLAIN, "merge")
"""With a block that lets two tokens out. Where two tokens are in one activity, nobody can say which is meant, so no
activity that tells them apart is among these."""


def random_model(seed: int, kinds: tuple[str, ...], *, depth: int = 3) -> Model:
    model = Model(Random(seed), MAKERS, kinds, mark=f" {seed}")
    return fill(model, Part(model, "P", model.graph), depth)
