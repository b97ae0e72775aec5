"""What the file carries from elsewhere is kept inert and said: imports, foreign elements, other tools' extensions."""

from collections.abc import Iterator

from lxml import etree

from bpmn.document.identity import nearest_id
from bpmn.document.names import BPMN, DMN, DRAWING, NAMRO, local, namespace, q
from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.source import line_number
from bpmn.verdicts import info, warning

OURS = DRAWING | {BPMN, NAMRO}
ACTIVE = ("listener", "script", "connector", "expression", "taskdefinition", "operator")
"""Parts of names of extensions that other engines act on; the rest is labels, colours, form fields."""


def find(case: Case) -> Iterator[Finding]:
    """Said once for the document, with its first process."""
    root = case.document.root
    if case.process.id != next(iter(case.document.processes)):
        return
    for element in root.iterchildren(q("import")):
        location = (element.get("location") or "")[:200]
        yield warning("bpmn-import", element="import", line=line_number(element), location=location)
    yield from foreign_elements(root)
    for holder in root.iter(q("extensionElements")):
        yield from ignored(holder)


def foreign_elements(root: etree._Element) -> Iterator[Finding]:
    """Elements of no known vocabulary outside the places for extensions, XInclude among them."""
    inside: set[etree._Element] = set()
    for element in root.iter(etree.Element):
        parent = element.getparent()
        if local(element) == "extensionElements" or (parent is not None and parent in inside):
            inside.add(element)
        elif namespace(element) not in OURS and (parent is None or namespace(parent) in OURS):
            yield warning(
                "xml-foreign",
                element=nearest_id(element),
                line=line_number(element),
                tag=local(element)[:80],
                namespace=namespace(element)[:200],
            )


def ignored(holder: etree._Element) -> Iterator[Finding]:
    spaces = [(local(child), namespace(child)) for child in holder.iterchildren(etree.Element)]
    names = [name for name, space in spaces if space not in OURS and DMN not in space]
    if not names:
        return
    active = any(word in name.lower() for name in names for word in ACTIVE)
    say = warning if active else info
    yield say(
        "extension-ignored",
        element=nearest_id(holder),
        line=line_number(holder),
        names=list(dict.fromkeys(name[:80] for name in names))[:20],
    )


RULE = Rule(("bpmn-import", "xml-foreign", "extension-ignored"), find)
