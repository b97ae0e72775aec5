"""Decision tables for the tests, written as rows of cells."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from lxml import etree

from bpmn.dmn import Decision, read_decision

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table(
    inputs: Sequence[str],
    outputs: Sequence[str],
    *rows: Sequence[str],
    policy: str = "UNIQUE",
    aggregation: str = "",
    beside: str = "",
    identifier: str = "D",
) -> str:
    """A decision as XML; an output may be `name|values|default`."""
    columns = "".join(f"<input><inputExpression>{text(each)}</inputExpression></input>" for each in inputs)
    results = "".join(output(*each.split("|")) for each in outputs)
    aggregate = f' aggregation="{aggregation}"' if aggregation else ""
    rules = "".join(rule(each, len(inputs)) for each in rows)
    body = f'<decisionTable hitPolicy="{policy}"{aggregate}>{columns}{results}{rules}</decisionTable>'
    return f'<decision id="{identifier}">{beside}{body}</decision>'


def definitions(*decisions: str, identifier: str = "dmn") -> str:
    return f'<definitions xmlns="{DMN}" id="{identifier}" name="d" namespace="x">{"".join(decisions)}</definitions>'


def output(name: str, values: str = "", default: str = "") -> str:
    listed = f"<outputValues>{text(values)}</outputValues>" if values else ""
    otherwise = f"<defaultOutputEntry>{text(default)}</defaultOutputEntry>" if default else ""
    return f'<output name="{name}">{listed}{otherwise}</output>'


def rule(cells: Sequence[str], count: int) -> str:
    tests = "".join(f"<inputEntry>{text(cell)}</inputEntry>" for cell in cells[:count])
    entries = "".join(f"<outputEntry>{text(cell)}</outputEntry>" for cell in cells[count:])
    return f"<rule>{tests}{entries}</rule>"


def text(content: str) -> str:
    return f"<text>{escape(content)}</text>"


def read(decision: str) -> Decision:
    return read_decision(etree.fromstring(definitions(decision)).find(f"{{{DMN}}}decision"))
