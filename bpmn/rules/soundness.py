"""A case can always come to its end: what the analysis of all reachable markings finds, told with the way there."""

from collections.abc import Iterator, Sequence

from bpmn.document.names import GATEWAYS
from bpmn.elements import Process
from bpmn.findings import Clear, Finding, Severity
from bpmn.rules.case import Case, Rule
from bpmn.soundness import LEAST_WORK, MAX_WORK, Fault, Kind, Step, faults
from bpmn.verdicts import warning

MAX_TRACE = 400
"""Of a longer way only its end is told."""
MAX_WAY = 100  # characters


def find(case: Case) -> Iterator[Finding]:
    size = sum(len(process.nodes) for process in case.document.processes.values())
    share = MAX_WORK * len(case.nodes) // max(size, 1)
    for fault in faults(case.process, max(share, LEAST_WORK)):
        yield tell(case.process, fault)


def tell(process: Process, fault: Fault) -> Finding:
    """A fault as a finding; `trace` is elements and flows in the order in which a token comes to them."""
    node = process.nodes.get(fault.element)
    line = process.line if node is None else node.line
    if fault.kind is Kind.UNKNOWN:
        return warning(fault.kind.value, element=fault.element, line=line, walked=fault.walked)
    return Finding(fault.kind.value, Severity.ERROR, Clear.PROCESS, fault.element, line, facts_of(process, fault))


def facts_of(process: Process, fault: Fault) -> dict[str, object]:
    facts: dict[str, object] = {
        "name": label(process, fault.element),
        "elements": [label(process, name) for name in fault.elements],
    }
    if fault.kind is Kind.LIVELOCK:
        facts["reason"] = "no-end"
    if fault.steps:
        facts |= {
            "way": way(process, before(fault)),
            "trace": trace(fault.steps),
            "marking": [drawn(place) for place in fault.marking],
        }
    if fault.kind is Kind.DEADLOCK:
        facts["missing"] = [label(process, process.flows[flow].source) for flow in fault.flows]
    return facts


def label(process: Process, element: str) -> str:
    """What people call a node: its name, else its id."""
    node = process.nodes.get(element)
    return element if node is None else node.name or element


def trace(steps: Sequence[Step]) -> list[str]:
    """Every element in the order in which it lets tokens through, each followed by the flows that get one."""
    found = [name for step in steps for name in (step.element, *(drawn(place) for place in step.gives))]
    return [name for index, name in enumerate(found) if index == 0 or name != found[index - 1]][-MAX_TRACE:]


def drawn(place: str) -> str:
    """The element of the drawing where a token rests: a flow, or a node."""
    return place.partition("#")[0]


def before(fault: Fault) -> Sequence[Step]:
    """The steps up to where the fault is told, without that which is done once too often."""
    last = len(fault.steps)
    while last > 1 and fault.steps[last - 1].element == fault.element:
        last -= 1
    return fault.steps[:last]


def way(process: Process, steps: Sequence[Step]) -> str:
    """The last decisions on the way, or where there are none the last steps, as many as fit."""
    decided = [text for step in steps if (text := decision(process, step))]
    done = [f"«{label(process, step.element)}»" for step in steps if process.nodes[step.element].tag not in GATEWAYS]
    stops = decided or done
    told = stops[-1:]
    for stop in reversed(stops[:-1]):
        if sum(map(len, told)) + len(stop) > MAX_WAY:
            break
        told.insert(0, stop)
    return "; ".join(told) if decided else " → ".join(told)


def decision(process: Process, step: Step) -> str:
    """`«Thẩm định» → «không đạt»` for a gateway that takes some of its ways, or for an event on an activity."""
    node = process.nodes[step.element]
    if node.attached_to is not None:
        return f"«{label(process, node.attached_to)}» → «{label(process, node.id)}»"
    if node.tag not in GATEWAYS or len(step.gives) >= len(node.outgoing):
        return ""
    taken = ", ".join(f"«{flow_label(process, flow)}»" for flow in step.gives)
    asked = node.name or ", ".join(label(process, process.flows[flow].source) for flow in node.incoming[:1])
    return f"«{asked or node.id}» → {taken}"


def flow_label(process: Process, flow: str) -> str:
    return process.flows[flow].name or label(process, process.flows[flow].target) if flow in process.flows else flow


RULE = Rule(tuple(kind.value for kind in Kind), find)
