"""Where the editor leads from what the gate says: to a cell, to a shape, and along the way to a fault."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bpmn.document import Document
from bpmn.elements import Flow, Node
from bpmn.findings import Finding
from web.languages import _, _l
from web.present.findings import FindingLine

HEADS = {
    "total-mismatch": "stated_total",
    "limit-exceeded": "statutory_limit",
    "limit-missing": "statutory_limit",
    "limit-unit-differs": "statutory_limit",
    "legal-basis-missing": "legal_basis",
    "legal-basis-expired": "legal_basis",
    "inputs-missing": "inputs",
    "outputs-missing": "outputs",
}
"""Codes that speak of the whole procedure, by the control above the table that answers them."""
CELLS = {
    "output-missing": "output",
    "form-missing": "forms",
    "description-missing": "description",
    "product-missing": "product",
    "authority-missing": "authority",
    "performer-unit-missing": "unit",
    "step-reference-dangling": "name",
}
"""Codes whose cell is not the first of their clear."""
COLUMNS = {"task": "name", "performer": "position", "time": "time", "responsibility": "responsibility"}
KINDS: Mapping[str, object] = {
    "startEvent": _l("Bắt đầu"),
    "endEvent": _l("Kết thúc"),
    "exclusiveGateway": _l("Rẽ một nhánh"),
    "parallelGateway": _l("Rẽ làm song song"),
    "inclusiveGateway": _l("Rẽ một hoặc nhiều nhánh"),
    "eventBasedGateway": _l("Rẽ theo sự kiện đến trước"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the way to a fault, and the shapes that it lights up."""

    words: str
    shapes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a shape wears: how bad it is, in words what is wrong, and the cell where it is put right."""

    severity: str
    words: str
    cell: str


def cell_of(line: FindingLine) -> str:
    """The id of the control that a finding is about, or nothing where no control is."""
    if line.row:
        return f"o-{line.element}-{CELLS.get(line.code) or COLUMNS.get(line.clear, 'way')}"
    return f"head-{HEADS[line.code]}" if line.code in HEADS else ""


def marks(lines: Sequence[FindingLine]) -> dict[str, Mark]:
    """By element, what its shape wears; lines come worst first."""
    told: dict[str, list[FindingLine]] = {}
    for line in lines:
        for each in (line, *line.others):
            if each.element and each.severity != "info":
                told.setdefault(each.element, []).append(each)
    return {
        element: Mark(each[0].severity, " ".join(line.message for line in each), cell_of(each[0]))
        for element, each in told.items()
    }


def drawn(document: Document) -> frozenset[str]:
    """The elements that have a place in the diagram of their own."""
    return frozenset(name for process in document.processes.values() for name in (*process.nodes, *process.flows))


def ways(found: Sequence[Finding], document: Document) -> dict[tuple[str, str], list[Stop]]:
    """The way to each fault that has one, by its code and element."""
    nodes = {name: node for process in document.processes.values() for name, node in process.nodes.items()}
    flows = {name: flow for process in document.processes.values() for name, flow in process.flows.items()}
    told = {}
    for finding in found:
        trace, marking = names_in(finding, "trace"), names_in(finding, "marking")
        if trace:
            told[finding.code, finding.element or ""] = [*stops(trace, nodes, flows), *last(marking)]
    return told


def names_in(finding: Finding, fact: str) -> list[str]:
    named = finding.facts.get(fact)
    return [str(name) for name in named] if isinstance(named, Sequence) and not isinstance(named, str) else []


def stops(trace: Sequence[str], nodes: Mapping[str, Node], flows: Mapping[str, Flow]) -> Iterator[Stop]:
    """A node and the ways on from it that are taken make one stop."""
    shapes: list[str] = []
    words = ""
    for name in trace:
        if name not in flows:
            if shapes:
                yield Stop(words, shapes)
            shapes, words = [], name_of(nodes[name]) if name in nodes else name
        elif flows[name].name:
            words = _("%(stop)s, hướng “%(way)s”", stop=words, way=flows[name].name)
        shapes = [*shapes, name]
    yield Stop(words, shapes)


def last(marking: Sequence[str]) -> list[Stop]:
    return [Stop(_("Hồ sơ kẹt lại ở đây"), list(dict.fromkeys(marking)))] if marking else []


def name_of(node: Node) -> str:
    """What people call a node."""
    number = f"{node.step.step_no}. " if node.step and node.step.step_no else ""
    return f"{number}{node.name}" if node.name else str(KINDS.get(node.tag) or node.id)
