"""Events that wait, for random models: on their own, on the border of an activity, after an event gateway."""

from tests.engine.spiff.graph import Watch
from tests.engine.spiff.models import boundary, timer
from tests.engine.spiff.random_models import Part, make_task


def named(part: Part, kind: str) -> tuple[str, str]:
    """A new message, signal, error or escalation: its id and its name."""
    name = part.model.name(kind)
    shown = name + part.model.mark
    code = f' {kind}Code="{shown}"' if kind in ("error", "escalation") else ""
    part.model.beside.append(f'<bpmn:{kind} id="{name}" name="{shown}"{code}/>')
    return name, shown


def definition(part: Part, kind: str) -> tuple[str, str, str | None]:
    """The XML of what an event waits for, what that refers to, and its name in the graph."""
    if kind == "timer":
        return timer("PT1H"), "", None
    ref, name = named(part, kind)
    return of_ref(kind, ref), ref, name


def of_ref(kind: str, ref: str) -> str:
    return f'<bpmn:{kind}EventDefinition {kind}Ref="{ref}"/>'


def catch(part: Part, kind: str) -> str:
    """Write an event that waits, or a receive task; return its id."""
    inner, ref, name = definition(part, kind)
    if kind == "message" and part.chance(0.5):
        event = part.node("catch", "receiveTask", attributes=f' messageRef="{ref}"')
    else:
        event = part.node("catch", "intermediateCatchEvent", inner=inner)
    part.graph.catches[event] = Watch(event, kind, name)
    return event


def border(part: Part, host: str, kind: str, *, inner: str, name: str | None, interrupting: bool = True) -> str:
    """Write a boundary event and put it into the graph; return its id."""
    event = part.model.name(kind)
    part.write(boundary(event, part.bare(host), inner, interrupting=interrupting))
    shown = part.prefix + event
    part.graph.kinds[shown] = "border"
    part.graph.borders.setdefault(host, []).append(Watch(shown, kind, name, interrupting))
    return shown


def meet(part: Part, host: str, event: str, *, interrupting: bool) -> str:
    """Lead on from an activity and an event on it: they meet again, or the event's way ends by itself."""
    beside = make_task(part, event, 0)
    if not interrupting:
        part.arc(beside, part.node("end", "endEvent"))
        return host
    join = part.node("xor", "exclusiveGateway")
    part.arc(host, join)
    part.arc(beside, join)
    return join


def make_timed(part: Part, entry: str, depth: int) -> str:
    """A task with an event on its border."""
    kind, interrupting = part.model.random.choice(("timer", "timer", "message", "signal")), part.chance(0.6)
    task = make_task(part, entry, 0)
    inner, _, name = definition(part, kind)
    event = border(part, task, kind, inner=inner, name=name, interrupting=interrupting)
    return meet(part, task, event, interrupting=interrupting)


def make_caught(part: Part, entry: str, depth: int) -> str:
    event = catch(part, part.model.random.choice(("timer", "message", "signal")))
    part.arc(entry, event)
    return event


def make_awaited(part: Part, entry: str, depth: int) -> str:
    """An event gateway with two or three events, timers among them."""
    gate, join = part.node("gate", "eventBasedGateway"), part.node("xor", "exclusiveGateway")
    part.arc(entry, gate)
    for kind in part.model.random.choices(("timer", "message", "signal"), k=part.model.random.randint(2, 3)):
        event = catch(part, kind)
        part.arc(gate, event)
        part.arc(make_task(part, event, 0) if part.chance(0.7) else event, join)
    return join
