"""Names: a verb first, an id that is free, no characters that nobody sees."""

from collections.abc import Callable

from lxml import etree

from bpmn.document import Document
from bpmn.document.identity import nearest_id
from bpmn.document.names import BIDI, DRAWING, content, namespace, q, reference
from bpmn.document.texts import CONTROL, INVISIBLE
from bpmn.findings import Finding
from bpmn.fixes.mending import Fix, by_id, new_id, with_fact

REFERENCES = ("sourceRef", "targetRef", "default", "attachedToRef", "bpmnElement")
LISTED = ("incoming", "outgoing", "flowNodeRef")
EXPRESSIONS = ("conditionExpression", "completionCondition", "loopCondition", "loopCardinality")


def verb_first(root: etree._Element, document: Document, finding: Finding) -> bool:
    element = by_id(root, finding.element)
    if element is None:
        return False
    element.set("name", str(finding.facts["suggestion"]))
    return True


def another_id(root: etree._Element, document: Document, finding: Finding) -> bool:
    """A free id, also wherever the element is referred to."""
    was = finding.element or ""
    element = by_id(root, was)
    if element is None:
        return False
    now = new_id(root, was.replace(".", "_"))
    element.set("id", now)
    for other in root.iter(etree.Element):
        for name in REFERENCES:
            if reference(other.get(name)) == was:
                other.set(name, now)
    for listed in root.iter(*(q(name) for name in LISTED)):
        if reference(content(listed)) == was:
            listed.text = now
    for expression in root.iter(*(q(name) for name in EXPRESSIONS)):
        text = expression.text or ""
        expression.text = text.replace(f'"{was}"', f'"{now}"').replace(f"'{was}'", f"'{now}'")
    return True


def cleaned(clean: Callable[[str], str]) -> Fix:
    """A fix that cleans all texts of an element."""

    def mend(root: etree._Element, document: Document, finding: Finding) -> bool:
        changed = False
        for element in root.iter(etree.Element):
            if namespace(element) in DRAWING or nearest_id(element) != finding.element:
                continue
            for key, value in element.attrib.items():
                if clean(str(value)) != value:
                    element.set(key, clean(str(value)))
                    changed = True
            if element.text and clean(element.text) != element.text:
                element.text, changed = clean(element.text), True
        return changed

    return Fix(mend)


def without_controls(text: str) -> str:
    return " ".join(CONTROL.sub(" ", text).split()) if CONTROL.search(text) or "\n" in text.strip() else text


FIXES = {
    "name-not-verb": Fix(verb_first, with_fact("suggestion")),
    "id-reserved": Fix(another_id),
    "text-control": cleaned(without_controls),
    "text-bidi": cleaned(lambda text: BIDI.sub("", text)),
    "text-invisible": cleaned(lambda text: INVISIBLE.sub("", text)),
}
