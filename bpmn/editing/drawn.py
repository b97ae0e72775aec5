"""What was drawn in a program that knows nothing of the table, put as the table has it."""

from copy import deepcopy

from lxml import etree

from bpmn.dialect.values import extension
from bpmn.dialect.words import bpmn_tag
from bpmn.document import Document
from bpmn.editing.answers import name_answers


def as_meant(drawn: Document, before: Document) -> bytes:
    """The drawing with what its hand meant and could not write. `before` is what it was drawn over.

    A way that was named since asks for that answer; a copied step has no number that another has; a documentation keeps
    what other tools wrote into it.
    """
    root = deepcopy(drawn.root)
    name_answers(root, before.root)
    free_numbers(root, before.root)
    keep_documentation(root, before.root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def free_numbers(root: etree._Element, before: etree._Element) -> None:
    known = {element.get("id") for element in before.iter()}
    elements = root.iter(bpmn_tag("*"))
    steps = [(element, step) for element in elements if (step := extension(element, "step")) is not None]
    taken = {step.get("no") for element, step in steps if element.get("id") in known}
    for element, step in steps:
        if element.get("id") not in known and step.get("no") in taken:
            step.attrib.pop("no", "")


def keep_documentation(root: etree._Element, before: etree._Element) -> None:
    """Put back the elements inside documentation that the program does not read; its text is the program's."""
    now = {element.get("id"): element for element in root.iter() if element.get("id")}
    for earlier in before.iter(bpmn_tag("documentation")):
        holder = earlier.getparent()
        owner = None if holder is None else now.get(holder.get("id"))
        if owner is None or not len(earlier):
            continue
        same = owner.find(bpmn_tag("documentation"))
        if same is None:
            owner.insert(0, deepcopy(earlier))
        elif not len(same):
            same.extend(deepcopy(child) for child in earlier)
