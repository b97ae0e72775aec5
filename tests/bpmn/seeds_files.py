"""Faults of names, of what other tools leave in a file, and of its drawing."""

from collections.abc import Callable

from lxml import etree

from bpmn.dialect.words import bpmn_tag as q
from bpmn.document.names import BPMN, DC, DI
from tests.bpmn.seeds import Root, Seed, add, at, processes, steps

CAMUNDA = "http://camunda.org/schema/1.0/bpmn"


def named(name: str) -> Callable[[Root], str]:
    """The step gets another id, and whatever names it follows."""

    def plant(task: Root) -> str:
        old = task.get("id")
        for element in task.getroottree().getroot().iter(etree.Element):
            for key in ("id", "sourceRef", "targetRef", "attachedToRef", "bpmnElement"):
                if element.get(key) == old:
                    element.set(key, name)
            if (element.text or "").strip() == old:
                element.text = name
        return name

    return plant


def data_named(name: str) -> Callable[[Root], str]:
    return lambda process: str(add(process, "dataObject", id=name).get("id"))


def foreign(element: Root) -> None:
    etree.SubElement(element, "{http://www.w3.org/2001/XInclude}include", href="file:///etc/passwd")


def extended(name: str) -> Callable[[Root], str]:
    """Another tool's element among the extensions of a step."""
    return at(lambda task: etree.SubElement(task.find(q("extensionElements")), f"{{{CAMUNDA}}}{name}"))


def importing(definitions: Root) -> str:
    definitions.insert(
        0, etree.Element(q("import"), location="http://example.org/x.xsd", importType=BPMN, namespace="urn:x")
    )
    return "import"


def shapes(root: Root) -> list[Root]:
    return [bounds.getparent() for bounds in root.iter(f"{{{DC}}}Bounds") if bounds.getparent().get("id")]


def edges(root: Root) -> list[Root]:
    return [edge for edge in {point.getparent(): None for point in root.iter(f"{{{DI}}}waypoint")} if edge.get("id")]


def drawn(kind: str, key: str, value: str) -> Callable[[Root], str]:
    return at(lambda shape: next(shape.iter(kind)).set(key, value))


FILES: dict[str, Seed] = {
    "id-reserved": Seed(steps, named("Start")),
    "id-reserved root": Seed(steps, named("Root")),
    "id-reserved join": Seed(steps, named("step_9.BoundaryEventJoin")),
    "variable-reserved": Seed(processes, data_named("len")),
    "xml-foreign": Seed(steps, at(foreign)),
    "xml-foreign process": Seed(processes, at(foreign)),
    "extension-ignored": Seed(steps, extended("taskListener")),
    "extension-ignored label": Seed(steps, extended("formData")),
    "bpmn-import": Seed(lambda root: [root], importing),
    "di-bounds": Seed(shapes, drawn(f"{{{DC}}}Bounds", "x", "nan")),
    "di-bounds size": Seed(shapes, drawn(f"{{{DC}}}Bounds", "width", "-10")),
    "di-bounds edge": Seed(edges, drawn(f"{{{DI}}}waypoint", "y", "1e9")),
}
