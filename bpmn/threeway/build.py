"""The tree of the parts that were taken."""

from collections.abc import Mapping, Sequence
from copy import deepcopy

from lxml import etree

from bpmn.dialect.words import BPMN, bpmn_tag
from bpmn.threeway.parts import ROOT, Part, Parts

FIRST = {
    bpmn_tag(name): rank for rank, name in enumerate(("documentation", "extensionElements", "incoming", "outgoing"))
}
"""What the schema wants to stand first in an element, in this order."""
LISTED = frozenset(bpmn_tag(name) for name in ("incoming", "outgoing", "flowNodeRef"))
"""Elements that do nothing but name another, which may be gone."""


def tree(roots: Sequence[etree._Element], parts: Parts, children: Mapping[str, Sequence[str]]) -> etree._Element:
    """The document; `roots` declare the namespaces, the last decides."""
    named = {prefix: name for root in roots for prefix, name in root.nsmap.items()}
    root = etree.Element(roots[-1].tag, nsmap=named)  # type: ignore[arg-type]  # the stubs do not know the default namespace
    _fill(root, parts[ROOT], parts, children)
    etree.indent(root)
    return root


def _fill(element: etree._Element, part: Part, parts: Parts, children: Mapping[str, Sequence[str]]) -> None:
    for name, value in part.attributes.items():
        element.set(name, value)
    element.text = part.text or None
    listed = [parts[key] for key in children[part.key] if not _dangles(parts[key], parts)]
    if part.tag.startswith(f"{{{BPMN}}}"):
        listed.sort(key=lambda child: FIRST.get(child.tag, len(FIRST)))
    for child in listed:
        if child.whole is not None:
            whole = deepcopy(child.whole)
            whole.tail = None
            element.append(whole)
        else:
            _fill(etree.SubElement(element, child.tag), child, parts, children)


def _dangles(part: Part, parts: Parts) -> bool:
    """Whether a part says nothing but the name of something that is gone."""
    if part.tag in LISTED:
        named = (part.whole.text if part.whole is not None else part.text) or ""
        return f"#{named.strip()}" not in parts
    drawn = part.attributes.get("bpmnElement")
    return part.whole is not None and drawn is not None and f"#{drawn}" not in parts
