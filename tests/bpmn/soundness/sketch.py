"""A small model as plain data, for the explorer, and as a BPMN file, for the checker."""

from collections.abc import Iterator
from dataclasses import dataclass, field

TAGS = {
    "task": "userTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "event": "eventBasedGateway",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "land": "intermediateCatchEvent",
    "start": "startEvent",
    "end": "endEvent",
    "terminate": "endEvent",
    "error": "endEvent",
    "sub": "subProcess",
}
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
ERROR = '<bpmn:errorEventDefinition errorRef="Err"/>'
HEAD = '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:t">'


@dataclass(frozen=True)
class Event:
    """A boundary event of kind timer or error."""

    host: str
    kind: str
    interrupting: bool


@dataclass
class Sketch:
    """`kinds` and `inside` (its container) by node; `flows` by id as (source, target), those called `<node>#link` not
    drawn; `events` are the boundary events by id; `default` the default flow of an OR gateway."""

    kinds: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    flows: dict[str, tuple[str, str]] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    default: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, container: str = "P") -> str:
        name = f"{kind}{len(self.kinds)}"
        self.kinds[name], self.inside[name] = kind, container
        return name

    def attach(self, host: str, kind: str, *, interrupting: bool) -> str:
        name = self.add("boundary", self.inside[host])
        self.events[name] = Event(host, kind, interrupting)
        return name

    def flow(self, source: str, target: str) -> str:
        name = f"{source}#link" if self.kinds[source] == "throw" else f"f{len(self.flows)}"
        self.flows[name] = (source, target)
        return name

    def out(self, node: str) -> list[str]:
        return [flow for flow, (source, _) in self.flows.items() if source == node]

    def into(self, node: str) -> list[str]:
        return [flow for flow, (_, target) in self.flows.items() if target == node]

    def source(self) -> bytes:
        """The file. Every way of a decision but one is taken where a variable of its name is 1."""
        body = "".join(self.lines("P"))
        process = f'<bpmn:process id="P" isExecutable="true">{body}</bpmn:process>'
        return f'{HEAD}<bpmn:error id="Err"/>{process}</bpmn:definitions>'.encode()

    def choices(self, node: str) -> list[str]:
        """The flows out of a decision; none for what does not decide."""
        out = self.out(node)
        return out if self.kinds[node] in ("xor", "or") and len(out) > 1 else []

    def default_of(self, node: str) -> str | None:
        """The default flow; of an exclusive gateway the last where none is marked."""
        out = self.out(node)
        last = out[-1] if self.kinds[node] == "xor" and len(out) > 1 else None
        return self.default.get(node, last)

    def condition(self, flow: str, source: str) -> str:
        if flow not in self.choices(source) or flow == self.default_of(source):
            return ""
        return f"<bpmn:conditionExpression>{flow} == 1</bpmn:conditionExpression>"

    def lines(self, container: str) -> Iterator[str]:
        for name, kind in self.kinds.items():
            if self.inside[name] == container:
                yield self.node(name, kind)
        for flow, (source, target) in self.flows.items():
            if self.inside[source] == container and "#" not in flow:
                opening = f'<bpmn:sequenceFlow id="{flow}" sourceRef="{source}" targetRef="{target}">'
                yield f"{opening}{self.condition(flow, source)}</bpmn:sequenceFlow>"

    def node(self, name: str, kind: str) -> str:
        if kind == "boundary":
            event = self.events[name]
            inner = ERROR if event.kind == "error" else TIMER
            cancels = "true" if event.interrupting else "false"
            return (
                f'<bpmn:boundaryEvent id="{name}" attachedToRef="{event.host}" cancelActivity="{cancels}">'
                f"{inner}</bpmn:boundaryEvent>"
            )
        marked = self.default_of(name)
        default = f' default="{marked}"' if marked else ""
        return f'<bpmn:{TAGS[kind]} id="{name}"{default}>{self.inner(name, kind)}</bpmn:{TAGS[kind]}>'

    def inner(self, name: str, kind: str) -> str:
        """What stands within the element."""
        if kind == "sub":
            return "".join(self.lines(name))
        if kind in ("throw", "land"):
            link = name if kind == "throw" else next(flow.partition("#")[0] for flow in self.into(name) if "#" in flow)
            return f'<bpmn:linkEventDefinition name="{link}"/>'
        words = {"catch": TIMER, "terminate": "<bpmn:terminateEventDefinition/>", "error": ERROR}
        return words.get(kind, "")
