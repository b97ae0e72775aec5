"""Small BPMN files for the tests, written as flows.

`model("s1>a", "a>x1", "x1>b[v > 1]", "x1>c[default]")`: the tag follows from the letters of an id (s start, e end,
x XOR, p AND, o OR, g event gateway; any other a user task) unless `nodes` gives the element's XML.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

from bpmn.fiveclear import Duration
from engine.spiff import Run, compile_definition

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TAGS = {
    "s": "startEvent",
    "e": "endEvent",
    "x": "exclusiveGateway",
    "p": "parallelGateway",
    "o": "inclusiveGateway",
    "g": "eventBasedGateway",
}
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:namro="urn:namro:5ro:1.0" id="defs" targetNamespace="urn:test">'
)


class FixedClock:
    """Working time without a calendar: minutes are minutes. Remembers what it was asked about."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def after(self, start: datetime, duration: Duration, element: str) -> datetime:
        self.asked.append(element)
        return start + timedelta(minutes=duration.working_minutes or 0)


def model(*flows: str, nodes: Mapping[str, str] | None = None, other: str = "") -> bytes:
    """Write a file of one process. `nodes` gives elements as XML by id, `other` what stands beside the process."""
    return document(process(*flows, nodes=nodes), other)


def document(*parts: str) -> bytes:
    return (HEAD + "".join(parts) + "</bpmn:definitions>").encode()


def process(*flows: str, nodes: Mapping[str, str] | None = None, name: str = "P") -> str:
    return f'<bpmn:process id="{name}" isExecutable="true">{inside(*flows, nodes=nodes, prefix=name)}</bpmn:process>'


def inside(*flows: str, nodes: Mapping[str, str] | None = None, prefix: str = "P") -> str:
    """What stands inside a process or sub-process."""
    given = nodes or {}
    read = [re.fullmatch(r"([^>]+)>([^[]+)(?:\[(.*)\])?", flow) for flow in flows]
    ends = [(match[1], match[2], match[3]) for match in read if match is not None]
    assert len(ends) == len(flows)
    defaults = {source: f"{prefix}_f{n}" for n, (source, _, condition) in enumerate(ends) if condition == "default"}
    names = dict.fromkeys([*(name for source, target, _ in ends for name in (source, target)), *given])
    body = [given.get(name) or element(name, default=defaults.get(name)) for name in names]
    for number, (source, target, condition) in enumerate(ends):
        body.append(flow_xml(f"{prefix}_f{number}", source, target=target, condition=condition))
    return "".join(body)


def element(name: str, *, default: str | None = None) -> str:
    tag = TAGS.get(name[0], "userTask") if re.fullmatch(r"[sexpog]\d*", name) else "userTask"
    attribute = f" default={quoteattr(default)}" if default else ""
    return f"<bpmn:{tag} id={quoteattr(name)}{attribute}/>"


def flow_xml(name: str, source: str, *, target: str, condition: str | None) -> str:
    inner = ""
    if condition is not None and condition != "default":
        inner = f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>"
    return f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'


def timer(text: str, kind: str = "timeDuration") -> str:
    return f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"


def working(value: str, unit: str) -> str:
    time = f'<bpmn:extensionElements><namro:time value="{value}" unit="{unit}"/></bpmn:extensionElements>'
    return f"<bpmn:timerEventDefinition>{time}</bpmn:timerEventDefinition>"


def event(tag: str, name: str, definition: str = "", **attributes: str) -> str:
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<bpmn:{tag} id={quoteattr(name)}{written}>{definition}</bpmn:{tag}>"


def boundary(name: str, host: str, definition: str, *, interrupting: bool = True) -> str:
    flag = "true" if interrupting else "false"
    return event("boundaryEvent", name, definition, attachedToRef=host, cancelActivity=flag)


def begin(source: bytes, variables: Mapping[str, object] | None = None) -> Run:
    return Run.start(compile_definition(source), variables or {}, AT, FixedClock())


def reloaded(run: Run) -> Run:
    """The run as it comes back from the database."""
    return Run.load(run.compiled, run.dump(), FixedClock())


def open_elements(run: Run) -> list[str]:
    """Ids of the elements that wait for people, sorted."""
    return sorted(waiting.element for waiting in run.waiting())


def do(run: Run, element: str, outcome: str | None = None, variables: Mapping[str, object] | None = None) -> Run:
    """Complete the oldest open task of an element; give back the run as reloaded."""
    key = next(waiting.key for waiting in run.waiting() if waiting.element == element)
    run.complete(key, outcome, variables, AT)
    return reloaded(run)
