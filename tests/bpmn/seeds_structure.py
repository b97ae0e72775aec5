"""Faults of elements, events, calls and counts, each at a step, a gateway or woven into a flow."""

from collections.abc import Callable

from lxml import etree

from bpmn.dialect.words import bpmn_tag as q
from tests.bpmn.models import gateway, task
from tests.bpmn.seeds import (
    Root,
    Seed,
    add,
    at,
    between,
    decisions,
    looping,
    owner,
    processes,
    remove,
    steps,
    ways,
)
from tests.bpmn.weaving import repeated, woven

MANY = 310
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT2H</bpmn:timeDuration></bpmn:timerEventDefinition>"
CONDITION = "<bpmn:conditionalEventDefinition><bpmn:condition>n == 1</bpmn:condition></bpmn:conditionalEventDefinition>"
MESSAGE = '<bpmn:messageEventDefinition messageRef="x_message"/>'
MESSAGES = '<bpmn:message id="x_message" name="Bổ sung"/>'
ON_THE_WAY = ("in -> x", "x -> {out}")
STARTLESS = (
    '<bpmn:userTask id="x_task" name="Kiểm tra"/><bpmn:endEvent id="x_end"/>'
    '<bpmn:sequenceFlow id="x_2" sourceRef="x_task" targetRef="x_end"/>'
)
INSIDE = (
    '<bpmn:startEvent id="x_start"/><bpmn:sequenceFlow id="x_1" sourceRef="x_start" targetRef="x_task"/>' + STARTLESS
)
CALL = '<bpmn:callActivity id="x" name="Gọi quy trình khác" calledElement="{0}">{1}</bpmn:callActivity>'
CALLED = (
    '<bpmn:process id="x_called" isExecutable="true"><bpmn:startEvent id="c_start"/>'
    '<bpmn:callActivity id="c_call" calledElement="{process}"/><bpmn:endEvent id="c_end"/>'
    '<bpmn:sequenceFlow id="c_1" sourceRef="c_start" targetRef="c_call"/>'
    '<bpmn:sequenceFlow id="c_2" sourceRef="c_call" targetRef="c_end"/></bpmn:process>'
)


def event(tag: str, *definitions: str, host: str = "") -> str:
    attached = f' attachedToRef="{host}"' if host else ""
    return f'<bpmn:{tag} id="x"{attached}>{"".join(definitions)}</bpmn:{tag}>'


def made(kind: str) -> Callable[[Root], str]:
    """The element becomes one of another kind."""
    return at(lambda element: setattr(element, "tag", q(kind)))


def block(kind: str, inside: str = INSIDE) -> Callable[[Root], str]:
    return woven("x", f'<bpmn:{kind} id="x" name="Kiểm tra">{inside}</bpmn:{kind}>', *ON_THE_WAY)


def by_event(task: Root) -> str:
    """A sub-process beside the step that an event begins."""
    added = add(owner(task), "subProcess", id=f"x_{task.get('id')}", triggeredByEvent="true")
    begin = add(added, "startEvent", id="x_start", isInterrupting="false")
    add(add(begin, "timerEventDefinition"), "timeDuration", "P3D")
    add(added, "endEvent", id="x_end")
    add(added, "sequenceFlow", id="x_1", sourceRef="x_start", targetRef="x_end")
    return str(added.get("id"))


def with_event(kind: str) -> Callable[[Root], str]:
    """An event on a step, with a definition of that kind."""

    def plant(element: Root) -> str:
        process, name = owner(element), f"x_{element.get('id')}"
        boundary = add(process, "boundaryEvent", id=name, attachedToRef=str(element.get("id")))
        definition = add(boundary, kind)
        if kind == "timerEventDefinition":
            add(definition, "timeDuration", "PT2H")
        end = next(process.iter(q("endEvent"))).get("id")
        add(process, "sequenceFlow", id=f"flow_{name}", sourceRef=name, targetRef=str(end))
        return name

    return plant


def gateways(root: Root) -> list[Root]:
    return list(root.iter(q("exclusiveGateway"), q("parallelGateway")))


def ends(root: Root) -> list[Root]:
    return list(root.iter(q("endEvent")))


def waits(root: Root) -> list[Root]:
    return list(root.iter(q("receiveTask")))


def cut(*kinds: str) -> Callable[[Root], str]:
    """A process without elements of these kinds, and without the flows at them."""

    def change(process: Root) -> None:
        gone = list(process.iter(*map(q, kinds)))
        names = {element.get("id") for element in gone}
        flows = [
            flow for flow in process.iter(q("sequenceFlow")) if {flow.get("sourceRef"), flow.get("targetRef")} & names
        ]
        unnamed(process, names | {flow.get("id") for flow in flows})
        for element in (*gone, *flows):
            remove(element)

    return at(change)


def unnamed(process: Root, names: set[str | None]) -> None:
    """What names that which is taken away goes too: in lanes, message flows, defaults and the drawing."""
    for element in list(process.getroottree().getroot().iter(etree.Element)):
        referred = {element.get(key) for key in ("bpmnElement", "sourceRef", "targetRef")} | {element.text}
        if referred & names - {None} and element.tag != q("sequenceFlow"):
            remove(element)
        elif element.get("default") in names - {None}:
            element.attrib.pop("default")


def last_stop(element: Root) -> None:
    for flow in ways(element):
        unnamed(owner(element), {flow.get("id")})
        remove(flow)


EVENT_GATEWAY = (
    '<bpmn:eventBasedGateway id="x_choice"/>',
    '<bpmn:receiveTask id="x_wait" name="Chờ bổ sung" messageRef="x_message"/>',
    event("intermediateCatchEvent", TIMER).replace('"x"', '"x_timer"'),
    *("in -> x_choice", "x_choice -> x_wait", "x_choice -> x_timer", "x_wait -> {out}", "x_timer -> {out}"),
)
ROW = (*repeated(task("t#", "1 working_day"), MANY), *repeated("t# -> t+", MANY - 1))

STRUCTURE: dict[str, Seed] = {
    "no-start": Seed(processes, cut("startEvent")),
    "no-start inside": Seed(between, block("subProcess", STARTLESS)),
    "no-end": Seed(processes, cut("endEvent")),
    "no-outgoing": Seed(steps, at(last_stop)),
    "no-outgoing gateway": Seed(gateways, at(last_stop)),
    "ref-missing": Seed(decisions, at(lambda gate: gate.set("default", "nope"))),
    "ref-missing call": Seed(between, woven("x", CALL.format("nope", ""), *ON_THE_WAY)),
    "element-unsupported gateway": Seed(gateways, made("complexGateway")),
    "element-unsupported compensation": Seed(steps, at(lambda each: each.set("isForCompensation", "true"))),
    "element-unsupported transaction": Seed(between, block("transaction")),
    "element-unsupported ad hoc": Seed(between, block("adHocSubProcess")),
    "element-unsupported event": Seed(steps, by_event),
    "event-unsupported": Seed(between, woven("x", event("intermediateCatchEvent", CONDITION), *ON_THE_WAY)),
    "event-unsupported boundary": Seed(steps, with_event("compensateEventDefinition")),
    "event-unsupported end": Seed(ends, at(lambda end: add(end, "compensateEventDefinition"))),
    "many-event-definitions": Seed(
        between, woven("x", event("intermediateCatchEvent", TIMER, MESSAGE), *ON_THE_WAY, rest=MESSAGES)
    ),
    "boundary-host": Seed(gateways, with_event("timerEventDefinition")),
    "boundary-after-event-gateway": Seed(
        between, woven("x", *EVENT_GATEWAY, event("boundaryEvent", TIMER, host="x_wait"), "x -> {out}", rest=MESSAGES)
    ),
    "event-gateway-target": Seed(between, woven("{out}", *EVENT_GATEWAY, "x_choice -> {out}", rest=MESSAGES)),
    "message-missing": Seed(waits, at(lambda task: task.attrib.pop("messageRef"))),
    "message-missing event": Seed(
        between, woven("x", event("intermediateCatchEvent", "<bpmn:messageEventDefinition/>"), *ON_THE_WAY)
    ),
    "call-cycle": Seed(between, woven("x", CALL.format("x_called", ""), *ON_THE_WAY, rest=CALLED)),
    "call-cycle itself": Seed(between, woven("x", CALL.format("{process}", ""), *ON_THE_WAY)),
    "call-outside": Seed(
        between,
        woven(
            "x",
            CALL.format(
                "QT-09", '<bpmn:extensionElements><namro:call goto="call:QT-09" at="1"/></bpmn:extensionElements>'
            ),
            *ON_THE_WAY,
        ),
    ),
    "loop-unsupported": Seed(steps, looping("standardLoopCharacteristics")),
    "loop-without-count": Seed(steps, looping("multiInstanceLoopCharacteristics")),
    "limit-multi": Seed(steps, looping("multiInstanceLoopCharacteristics", "1000")),
    "limit-multi none": Seed(steps, looping("multiInstanceLoopCharacteristics", "0")),
    "limit-sequence": Seed(between, woven("{process}", *ROW, "in -> t0", f"t{MANY - 1} -> {{out}}")),
    "limit-complexity": Seed(
        between,
        woven(
            "{process}",
            *(gateway("x_split"), gateway("x_join"), "in -> x_split", "x_join -> {out}"),
            *repeated('<bpmn:sequenceFlow id="w#" sourceRef="x_split" targetRef="x_join"/>', MANY),
        ),
    ),
}
