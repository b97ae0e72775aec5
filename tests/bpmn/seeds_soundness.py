"""Faults that only the reachable states of a model show, planted in its gateways or woven into its flows."""

from collections.abc import Callable

from bpmn.dialect.words import bpmn_tag as q
from tests.bpmn.models import gateway, task
from tests.bpmn.seeds import Root, Seed, between, dead_end, looping, owner, steps, ways
from tests.bpmn.weaving import repeated, woven

A, B = task("x_a", "1 working_day"), task("x_b", "1 working_day")
SPLIT, JOIN = gateway("x_split", "parallel"), gateway("x_join", "parallel")
CHOICE, AGAIN = gateway("x_choice", default="f_x_choice_x_b"), gateway("x_choice", default="f_x_choice_{out}")
END = '<bpmn:endEvent id="x_end"/>'
TERMINATE = '<bpmn:endEvent id="x_end"><bpmn:terminateEventDefinition/></bpmn:endEvent>'


def coming(gate: Root) -> list[Root]:
    return [flow for flow in owner(gate).iter(q("sequenceFlow")) if flow.get("targetRef") == gate.get("id")]


def splits(root: Root) -> list[Root]:
    return [gate for gate in root.iter(q("parallelGateway")) if len(ways(gate)) > 1]


def joins(root: Root) -> list[Root]:
    return [gate for gate in root.iter(q("parallelGateway")) if len(coming(gate)) > 1]


def one_way_only(split: Root) -> str:
    """A parallel split chooses one of its ways, and its join waits for all."""
    split.tag = q("exclusiveGateway")
    split.set("default", str(ways(split)[0].get("id")))
    return str(split.get("id")).replace("split", "join")


def as_choice(join: Root) -> str:
    """A join lets each branch through by itself: what comes after is done more than once."""
    join.tag = q("exclusiveGateway")
    return str(ways(join)[0].get("targetRef"))


def straight(root: Root) -> list[Root]:
    """Flows from step to step that a case takes once: on a way back tokens would pile up before the end is reached."""
    return [flow for flow in between(root) if flow.get("sourceRef") not in after(flow)]


def inner(root: Root) -> list[Root]:
    """Flows from step to step behind which no end comes at once: there two tokens would meet at the end."""
    ends = {end.get("id") for end in root.iter(q("endEvent"))}
    last = {flow.get("sourceRef") for flow in root.iter(q("sequenceFlow")) if flow.get("targetRef") in ends}
    return [flow for flow in between(root) if flow.get("targetRef") not in last]


def after(flow: Root) -> set[str]:
    """The nodes that can be reached from a flow."""
    process = owner(flow)
    leading = [(str(each.get("sourceRef")), str(each.get("targetRef"))) for each in process.iter(q("sequenceFlow"))]
    leading += [(str(each.get("attachedToRef")), str(each.get("id"))) for each in process.iter(q("boundaryEvent"))]
    waiting, seen = [str(flow.get("targetRef"))], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [target for source, target in leading if source == name]
    return seen


def knot(told: str, count: int) -> Callable[[Root], str]:
    """Parallel branches with inclusive joins inside each other: more states than anybody walks."""
    parts = (
        *(task("t#", "1 working_day"), gateway("x#", default="f_x#_y#"), gateway("y#", default="f_y#_v#")),
        *(gateway("u#", "inclusive"), gateway("v#", "inclusive")),
        *("x_split -> t#", "t# -> x#", "x# -> u# ? n > 1", "x# -> y#", "y# -> u# ? n > 2", "y# -> v#"),
        *("u# -> v#", "v# -> x_join"),
    )
    lines = [line for part in parts for line in repeated(part, count)]
    return woven(told, SPLIT, JOIN, "in -> x_split", *lines, "x_join -> {out}")


SOUNDNESS: dict[str, Seed] = {
    "deadlock": Seed(
        between,
        woven(
            "x_join",
            *(CHOICE, A, B, JOIN, "in -> x_choice", "x_choice -> x_a ? n > 1", "x_choice -> x_b"),
            *("x_a -> x_join", "x_b -> x_join", "x_join -> {out}"),
        ),
    ),
    "deadlock split": Seed(splits, one_way_only),
    "unsynchronised": Seed(
        inner,
        woven(
            "{out}",
            *(SPLIT, A, B, "in -> x_split", "x_split -> x_a", "x_split -> x_b", "x_a -> {out}", "x_b -> {out}"),
        ),
    ),
    "unsynchronised join": Seed(joins, as_choice),
    "improper-completion": Seed(
        straight, woven("{end}", SPLIT, A, "in -> x_split", "x_split -> {out}", "x_split -> x_a", "x_a -> {end}")
    ),
    "dead-activity": Seed(
        between,
        woven(
            "x_b",
            *(SPLIT, JOIN, AGAIN, A, B, TERMINATE),
            *("in -> x_split", "x_split -> x_join", "x_split -> x_a", "x_a -> x_end", "x_join -> x_b"),
            *("x_b -> x_choice", "x_choice -> x_join ? n > 1", "x_choice -> {out}"),
        ),
    ),
    "unbounded": Seed(
        between,
        woven(
            "x_b",
            *(gateway("x_head"), SPLIT, A, B, AGAIN, END, "in -> x_head", "x_head -> x_split", "x_split -> x_a"),
            *("x_split -> x_b", "x_a -> x_choice", "x_choice -> x_head ? n > 1", "x_choice -> {out}", "x_b -> x_end"),
        ),
    ),
    "livelock": Seed(
        between,
        woven(
            "x_head",
            *(gateway("x_head"), AGAIN, "in -> x_head", "x_head -> x_choice"),
            *("x_choice -> x_head ? n > 1", "x_choice -> {out}"),
        ),
    ),
    "livelock no-end": Seed(steps, dead_end),
    "livelock loop": Seed(steps, looping("standardLoopCharacteristics")),
    "soundness-unknown": Seed(between, knot("{process}", 12)),
}
