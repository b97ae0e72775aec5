"""Event definitions, timers and loops of a flow node."""

from collections.abc import Mapping

from lxml import etree

from bpmn.document.names import NAMRO, content, local, namespace, plain, q, reference
from bpmn.elements import EventDefinition, Loop, TimerText

TIMER_KINDS = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}
REFERENCES = {"message": "messageRef", "signal": "signalRef", "error": "errorRef", "escalation": "escalationRef"}

Roots = Mapping[str, etree._Element]
"""Elements that stand below `definitions`, by id."""


def read_events(node: etree._Element, roots: Roots) -> tuple[EventDefinition, ...]:
    """Event definitions in document order, those referred to by `eventDefinitionRef` included."""
    definitions = [child for child in node.iterchildren(q("*")) if local(child).endswith("EventDefinition")]
    for child in node.iterchildren(q("eventDefinitionRef")):
        referred = roots.get(reference(child.text) or "")
        if referred is not None:
            definitions.append(referred)
    return tuple(read_definition(definition, roots) for definition in definitions)


def read_definition(element: etree._Element, roots: Roots) -> EventDefinition:
    kind = local(element).removesuffix("EventDefinition")
    if kind == "timer":
        return EventDefinition(kind, timer=read_timer(element))
    if kind == "link":
        return EventDefinition(kind, name=plain(element.get("name")))
    ref = reference(element.get(REFERENCES.get(kind, ""))) if kind in REFERENCES else None
    referred = roots.get(ref) if ref else None
    if referred is None:
        return EventDefinition(kind, ref=ref)
    code = plain(referred.get(f"{kind}Code")) or None
    return EventDefinition(kind, ref=ref, name=plain(referred.get("name")), code=code)


def read_timer(element: etree._Element) -> TimerText | None:
    """The timer as written; a five-clear value of ours goes before the ISO text beside it.

    Beside a `timeCycle` such as `R3/PT2H` it is what is repeated.
    """
    ours = element.find(f"{q('extensionElements')}/{{{NAMRO}}}time")
    if ours is not None:
        cycle = (content(element.find(q("timeCycle"))) or "").partition("/")
        often = f"{cycle[0].strip()}/" if cycle[1] else ""
        return TimerText("working", f"{often}{ours.get('value', '')} {ours.get('unit', '')}".strip())
    for child in element.iterchildren(q("*")):
        kind = TIMER_KINDS.get(local(child))
        if kind is not None:
            return TimerText(kind, content(child) or "")
    return None


def read_loop(node: etree._Element) -> Loop | None:
    several = node.find(q("multiInstanceLoopCharacteristics"))
    if several is not None:
        return read_several(several)
    standard = node.find(q("standardLoopCharacteristics"))
    if standard is None:
        return None
    return Loop("standard", maximum=standard.get("loopMaximum"), condition=content(standard.find(q("loopCondition"))))


def read_several(element: etree._Element) -> Loop:
    sequential = element.get("isSequential") in ("true", "1")
    return Loop(
        "sequential" if sequential else "parallel",
        cardinality=content(element.find(q("loopCardinality"))),
        collection=content(element.find(q("loopDataInputRef"))) or foreign_collection(element),
        completion=content(element.find(q("completionCondition"))),
        item=item_name(element),
    )


def item_name(element: etree._Element) -> str | None:
    """The name of a member of the collection: `inputDataItem`, or as Camunda 7 writes it."""
    item = element.find(q("inputDataItem"))
    if item is not None:
        return plain(item.get("name")) or item.get("id")
    return foreign_attribute(element, "elementVariable")


def foreign_collection(element: etree._Element) -> str | None:
    """The collection as Camunda 7 writes it."""
    return foreign_attribute(element, "collection")


def foreign_attribute(element: etree._Element, wanted: str) -> str | None:
    """An attribute of another tool's namespace."""
    for key, value in element.attrib.items():
        name = etree.QName(str(key))
        if name.localname == wanted and name.namespace not in (None, namespace(element)):
            return str(value)
    return None
