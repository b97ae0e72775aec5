"""People: who answers for what, the lane that fits, the record of a hand-over."""

from lxml import etree

from bpmn.dialect.words import bpmn_tag, tag
from bpmn.document import Document
from bpmn.document.names import content, q, reference
from bpmn.findings import Finding
from bpmn.fixes.mending import Fix, by_id, redraw, undraw, with_fact
from bpmn.wording import CONTROL_SLIP, RESPONSIBLE, SUPPORTING


def step_of(root: etree._Element, identifier: str | None) -> etree._Element | None:
    element = by_id(root, identifier)
    return None if element is None else element.find(f"{bpmn_tag('extensionElements')}/{tag('step')}")


def answering(root: etree._Element, document: Document, finding: Finding) -> bool:
    """Whoever does the step answers for it."""
    step = step_of(root, finding.element)
    if step is None:
        return False
    for empty in step.findall(tag("responsibility")):
        step.remove(empty)
    etree.SubElement(step, tag("responsibility")).text = RESPONSIBLE.format(position=finding.facts["position"])
    return True


def supporting(root: etree._Element, document: Document, finding: Finding) -> bool:
    """Each supporter answers for his own part."""
    step = step_of(root, finding.element)
    silent = [] if step is None else [each for each in step.iterchildren(tag("coPerformer")) if not says(each)]
    for performer in silent:
        performer.set("responsibility", SUPPORTING)
    return bool(silent)


def says(performer: etree._Element) -> bool:
    return bool((performer.get("responsibility") or "").strip())


def recorded(root: etree._Element, document: Document, finding: Finding) -> bool:
    """The control slip that goes with a dossier records the hand-over."""
    step = step_of(root, finding.element)
    if step is None:
        return False
    form = etree.Element(tag("form"))
    form.text = CONTROL_SLIP
    before = [child for child in step if child.tag in (tag("performer"), tag("coPerformer"), tag("time"))]
    before += step.findall(tag("responsibility")) + step.findall(tag("form"))
    step.insert(1 + max((step.index(child) for child in before), default=-1), form)
    return True


def into_lane(root: etree._Element, document: Document, finding: Finding) -> bool:
    """The step moves to the one lane that is its performer's."""
    lane, name = by_id(root, str(finding.facts["fitting"])), finding.element
    if lane is None or name is None:
        return False
    for listed in list(root.iter(q("flowNodeRef"))):
        parent = listed.getparent()
        if reference(content(listed)) == name and parent is not None:
            parent.remove(listed)
    place = etree.Element(q("flowNodeRef"))
    place.text = name
    inner = lane.find(q("childLaneSet"))
    lane.insert(len(lane) if inner is None else lane.index(inner), place)
    ends = ("sourceRef", "targetRef")
    flows = [each for each in root.iter(q("sequenceFlow")) if name in [each.get(end) for end in ends]]
    undraw(root, {name, *(str(flow.get("id")) for flow in flows)})
    redraw(root)
    return True


FIXES = {
    "responsibility-missing": Fix(answering, with_fact("position")),
    "supporter-responsibility-missing": Fix(supporting),
    "handover-missing": Fix(recorded),
    "lane-performer-differs": Fix(into_lane, with_fact("fitting")),
}
