"""A step of the five-clear table as words of the dialect on an activity.

The activity's `name` is the step's name and its only source; its documentation is the description.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from lxml import etree

from bpmn.dialect.numbers import number, plain_number
from bpmn.dialect.values import (
    bodies,
    child,
    extension,
    put,
    put_extras,
    take,
    take_attributes,
    take_extra,
    write_extension,
)
from bpmn.dialect.words import bpmn_tag, tag
from bpmn.fiveclear import Duration, Performer, Step, TimeUnit

UNKNOWN_UNIT = "unknown_unit"
"""Key under which a duration keeps a unit that the format does not know."""


def write_step(element: etree._Element, step: Step) -> None:
    """Write a step onto its activity, in place of what was written there."""
    element.set("name", step.name)
    write_documentation(element, step.description)
    place = write_extension(element, "step")
    put(place, step_attributes(step))
    for kind, performers in (("performer", lead(step)), ("coPerformer", step.co_performers)):
        for performer in performers:
            write_performer(child(place, kind), performer)
    if step.duration is not None:
        write_duration(child(place, "time"), step.duration)
    texts = (("responsibility", some(step.responsibility)), ("form", step.forms), ("note", some(step.note)))
    for kind, listed in texts:
        for text in listed:
            child(place, kind).text = text
    if step.multi_instance is not None:
        put(child(place, "multiInstance"), step.multi_instance)
    put_extras(place, step.extra)


def step_attributes(step: Step) -> dict[str, object]:
    values: dict[str, object] = {
        "no": step.step_no,
        "type": step.type,
        "output": step.output,
        "phase": step.phase,
        "optional": True if step.optional else None,
        "counted": None if step.counted else False,
        "parallel_group": step.parallel_group,
        "act": step.act,
        "authority": step.authority,
        "product": step.product,
        "different_from": step.different_from,
        "same_as": step.same_as,
    }
    return {key: value for key, value in values.items() if value is not None}


def some(text: str | None) -> tuple[str, ...]:
    return () if text is None else (text,)


def lead(step: Step) -> tuple[Performer, ...]:
    return () if step.performer is None else (step.performer,)


def write_documentation(element: etree._Element, text: str | None) -> None:
    """Write the description as the first documentation; others, as in a second language, stay behind it."""
    written = element.findall(bpmn_tag("documentation"))
    if text == read_documentation(element):
        return
    if written and (text is not None or len(written) > 1):
        written[0][:] = []
        written[0].text = text
    elif written:
        element.remove(written[0])
    elif text is not None:
        documentation = etree.Element(bpmn_tag("documentation"))
        documentation.text = text
        element.insert(0, documentation)


def write_performer(place: etree._Element, performer: Performer) -> None:
    values = {
        "position": performer.position,
        "unit": performer.unit,
        "person": performer.person,
        "responsibility": performer.responsibility,
        "substitute": performer.substitute,
    }
    put(place, {key: value for key, value in values.items() if value is not None})
    put_extras(place, performer.extra)


def write_duration(place: etree._Element, duration: Duration) -> None:
    """Write a time; `value` is left out where it is 0 and says nothing."""
    place.set("text", duration.text)
    if duration.value or duration.unit is TimeUnit.NOT_COUNTED:
        place.set("value", str(plain_number(duration.value)))
    place.set("unit", duration.unit.value)
    for name, written in (("date", duration.date), ("sharedBlock", duration.shared_block)):
        if written is not None:
            place.set(name, written)
    put_extras(place, duration.extra)


def read_step(element: etree._Element) -> Step | None:
    """The step that an activity carries, or None where it carries none."""
    place = extension(element, "step")
    if place is None:
        return None
    values = take_attributes(place)
    return Step(
        step_no=place.get("no", ""),
        name=element.get("name", ""),
        id=element.get("id"),
        performer=next(iter(read_performers(place, "performer")), None),
        co_performers=tuple(read_performers(place, "coPerformer")),
        duration=read_duration(place.find(tag("time"))),
        forms=tuple(bodies(place, "form")),
        responsibility=next(bodies(place, "responsibility"), None),
        note=next(bodies(place, "note"), None),
        multi_instance=read_multi_instance(element, place),
        description=read_documentation(element),
        optional=values.get("optional") is True,
        counted=values.get("counted") is not False,
        type=place.get("type"),
        output=place.get("output"),
        phase=place.get("phase"),
        parallel_group=place.get("parallelGroup"),
        act=place.get("act"),
        authority=place.get("authority"),
        product=place.get("product"),
        different_from=place.get("differentFrom"),
        same_as=place.get("sameAs"),
        extra=take_extra(place),
    )


def read_documentation(element: etree._Element) -> str | None:
    """The first documentation; an empty one before others says that there is no description."""
    written = element.findall(bpmn_tag("documentation"))
    if not written or (len(written) > 1 and not written[0].text):
        return None
    return written[0].text or ""


def read_performers(place: etree._Element, kind: str) -> Iterable[Performer]:
    for found in place.iterchildren(tag(kind)):
        yield Performer(
            position=found.get("position", ""),
            unit=found.get("unit"),
            person=found.get("person"),
            responsibility=found.get("responsibility"),
            substitute=found.get("substitute"),
            extra=take_extra(found),
        )


def read_duration(place: etree._Element | None) -> Duration | None:
    """A time; one in a unit that is none of ours counts nothing and keeps the unit's name."""
    if place is None:
        return None
    extra = take_extra(place)
    unit = place.get("unit", TimeUnit.NOT_COUNTED.value)
    if unit not in set(TimeUnit):
        extra[UNKNOWN_UNIT] = unit
        unit = TimeUnit.NOT_COUNTED.value
    return Duration(
        text=place.get("text", ""),
        unit=TimeUnit(unit),
        value=number(place.get("value")) or Fraction(0),
        date=place.get("date"),
        shared_block=place.get("sharedBlock"),
        extra=extra,
    )


def read_multi_instance(element: etree._Element, place: etree._Element) -> Mapping[str, object] | None:
    """What the step repeats over; whether in parallel is said by the standard element where it stands."""
    found = place.find(tag("multiInstance"))
    if found is None:
        return None
    values = take(found)
    standard = element.find(bpmn_tag("multiInstanceLoopCharacteristics"))
    if standard is not None and "mode" in values:
        values["mode"] = "sequential" if standard.get("isSequential") == "true" else "parallel"
    return values
