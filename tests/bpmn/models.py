"""Small BPMN files written by hand: a line a node, an arrow a flow."""

from bpmn.document import read_document
from bpmn.elements import Process

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:namro="urn:namro:5ro:1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' id="Defs" targetNamespace="urn:thu">\n'
)


def file_of(*lines: str, process: str = 'id="P" isExecutable="true" name="Quy trình thử"', rest: str = "") -> bytes:
    """A file with one process; a line `a -> b` is a flow, `a -> b ? n > 1` one with a condition."""
    body = "\n".join(flow(line) if " -> " in line and not line.startswith("<") else line for line in lines)
    return f"{HEAD}<bpmn:process {process}>\n{body}\n</bpmn:process>{rest}</bpmn:definitions>".encode()


def flow(line: str) -> str:
    ends, _, condition = line.partition(" ? ")
    source, _, target = ends.partition(" -> ")
    opening = f'<bpmn:sequenceFlow id="f_{source}_{target}" sourceRef="{source}" targetRef="{target}"'
    if not condition:
        return opening + "/>"
    text = condition.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"{opening}><bpmn:conditionExpression>{text}</bpmn:conditionExpression></bpmn:sequenceFlow>"


def task(identifier: str, time: str = "", *, tag: str = "userTask", inside: str = "", **step: str) -> str:
    """A task; `time` such as `3 working_day` or `2 calendar_day block=B`, other keywords are attributes of the step."""
    attributes = "".join(f' {key}="{value}"' for key, value in {"no": identifier, **step}.items())
    return (
        f'<bpmn:{tag} id="{identifier}" name="Kiểm tra {identifier}"><bpmn:extensionElements>'
        f"<namro:step{attributes}>{duration(time)}</namro:step></bpmn:extensionElements>{inside}</bpmn:{tag}>"
    )


def duration(text: str) -> str:
    if not text:
        return ""
    value, unit, *block = text.split(" ")
    shared = f' sharedBlock="{block[0].removeprefix("block=")}"' if block else ""
    return f'<namro:time text="{value} {unit}" value="{value}" unit="{unit}"{shared}/>'


def process_of(*lines: str, rest: str = "") -> Process:
    """The process of such a file, which must be readable."""
    reading = read_document(file_of(*lines, rest=rest))
    assert reading.document is not None, reading.findings
    return reading.document.processes["P"]


START, END = '<bpmn:startEvent id="s"/>', '<bpmn:endEvent id="e"/>'


def gateway(identifier: str, kind: str = "exclusive", default: str = "") -> str:
    chosen = f' default="{default}"' if default else ""
    return f'<bpmn:{kind}Gateway id="{identifier}"{chosen}/>'
