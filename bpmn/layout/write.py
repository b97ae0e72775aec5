"""Writes a picture as BPMN DI into a document."""

from lxml import etree

from bpmn.layout.names import BPMN, BPMNDI, DC, DI
from bpmn.layout.scene import Box, Path, Picture, Shape

_PREFIXES = {"bpmndi": BPMNDI, "dc": DC, "di": DI}


def write_diagram(root: etree._Element, plane: str | None, picture: Picture) -> None:
    """Replace all diagrams of the definitions by one of this picture; none is written where there is no plane."""
    for old in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        root.remove(old)
    if plane is None:
        return
    _declare(root)
    names = Names(root)
    diagram = etree.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", id=names.new("diagram_1"))
    after = root.find(f"{{{BPMN}}}relationship")
    if after is not None:
        after.addprevious(diagram)  # the schema wants diagrams before relationships
    written = etree.SubElement(diagram, f"{{{BPMNDI}}}BPMNPlane", id=names.new("plane_1"), bpmnElement=plane)
    for shape in picture.shapes:
        write_shape(written, shape, names.new(f"{shape.element}_di"))
    for path in picture.paths:
        write_path(written, path, names.new(f"{path.element}_di"))


class Names:
    """Gives ids that stand nowhere else in the document."""

    def __init__(self, root: etree._Element) -> None:
        self.taken = {element.get("id") for element in root.iter("*")}

    def new(self, wish: str) -> str:
        name, number = wish, 1
        while name in self.taken:
            number += 1
            name = f"{wish}_{number}"
        self.taken.add(name)
        return name


def _declare(root: etree._Element) -> None:
    """Declare the namespaces of diagrams on the root; every prefix of the document stays, texts may use it."""
    known = root.nsmap
    missing = {prefix: uri for prefix, uri in _PREFIXES.items() if uri not in known.values()}
    if not missing:
        return
    used = {prefix for element in root.iter("*") for prefix in element.nsmap if prefix is not None}
    declared: dict[str, str] = {}
    for prefix, uri in missing.items():
        name, number = prefix, 1
        while name in used:
            number += 1
            name = f"{prefix}{number}"
        declared[name] = uri
    etree.cleanup_namespaces(root, top_nsmap=declared, keep_ns_prefixes=[*used, *declared])


def write_shape(plane: etree._Element, shape: Shape, identity: str) -> etree._Element:
    element = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNShape", id=identity, bpmnElement=shape.element)
    if shape.horizontal is not None:
        element.set("isHorizontal", _truth(shape.horizontal))
    if shape.expanded is not None:
        element.set("isExpanded", _truth(shape.expanded))
    if shape.marker:
        element.set("isMarkerVisible", "true")
    write_bounds(element, shape.box)
    _write_label(element, shape.label)
    return element


def write_path(plane: etree._Element, path: Path, identity: str) -> etree._Element:
    element = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNEdge", id=identity, bpmnElement=path.element)
    for x, y in path.points:
        etree.SubElement(element, f"{{{DI}}}waypoint", x=plain(x), y=plain(y))
    _write_label(element, path.label)
    return element


def _write_label(element: etree._Element, box: Box | None) -> None:
    if box is not None:
        write_bounds(etree.SubElement(element, f"{{{BPMNDI}}}BPMNLabel"), box)


def write_bounds(element: etree._Element, box: Box, bounds: etree._Element | None = None) -> None:
    """Write the bounds of a shape or label, onto the element that holds them where there is one."""
    if bounds is None:
        bounds = etree.SubElement(element, f"{{{DC}}}Bounds")
    for key, value in (("x", box.x), ("y", box.y), ("width", box.width), ("height", box.height)):
        bounds.set(key, plain(value))


def plain(value: float) -> str:
    return f"{round(value, 1):g}" if abs(value) < 100_000 else f"{value:.1f}"


def _truth(value: bool) -> str:
    return "true" if value else "false"
