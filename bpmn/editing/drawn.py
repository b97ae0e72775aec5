"""What was drawn in a program that knows nothing of the table, put as the table has it."""

from copy import deepcopy

from lxml import etree

from bpmn.dialect.values import extension
from bpmn.dialect.words import bpmn_tag
from bpmn.document import Document
from bpmn.editing.answers import name_answers
from bpmn.fiveclear import TimeUnit
from bpmn.reading.durations import read_time
from bpmn.table.emit import write_time
from bpmn.table.graph import TIMED


def as_meant(drawn: Document, before: Document) -> bytes:
    """The drawing with what its hand meant and could not write. `before` is what it was drawn over.

    A way that was named since asks for that answer; a timer without a time that is named like one has it; a copied step
    has no number that another has; a documentation keeps what other tools wrote into it.
    """
    root = deepcopy(drawn.root)
    name_answers(root, before.root)
    time_by_name(root)
    free_numbers(root, before.root)
    keep_documentation(root, before.root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def time_by_name(root: etree._Element) -> None:
    for timer in root.iter(bpmn_tag("timerEventDefinition")):
        holder = timer.getparent()
        named = None if holder is None else read_time(holder.get("name", ""), day=TimeUnit.WORKING_DAY)
        if not timed(timer) and named is not None and named.duration.unit in TIMED and named.duration.value > 0:
            write_time(timer, named.duration)


def timed(timer: etree._Element) -> bool:
    said = (timer.find(bpmn_tag(name)) for name in ("timeDuration", "timeDate", "timeCycle"))
    return extension(timer, "time") is not None or any(each is not None and each.text for each in said)


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
