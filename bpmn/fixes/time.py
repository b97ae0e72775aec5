"""Time: a total that is the path, limits that fit the statutory one."""

from fractions import Fraction

from lxml import etree

from bpmn.dialect.steps import write_duration
from bpmn.dialect.words import bpmn_tag, tag
from bpmn.document import Document
from bpmn.findings import Finding
from bpmn.fiveclear import Duration, TimeUnit
from bpmn.fixes.mending import Fix, by_id, with_fact
from bpmn.paths import Amount
from bpmn.paths.amount import DAY_MINUTES
from bpmn.paths.fit import fitting, written

HEAD = f"{bpmn_tag('extensionElements')}/{tag('procedure')}"
WRITTEN = ("text", "value", "unit")


def stated_as_path(root: etree._Element, document: Document, finding: Finding) -> bool:
    """The stated total becomes what the longest path takes."""
    process = by_id(root, finding.element)
    total = None if process is None else process.find(f"{HEAD}/{tag('statedTotal')}")
    if total is None:
        return False
    overwrite(total, duration_of(finding.facts.get("path_minutes"), finding.facts.get("path_days")))
    return True


def duration_of(minutes: object, days: object) -> Duration:
    if isinstance(minutes, int):
        if minutes % (DAY_MINUTES // 2) == 0:
            return written(Duration("", TimeUnit.WORKING_DAY), TimeUnit.WORKING_DAY, Fraction(minutes, DAY_MINUTES))
        return written(Duration("", TimeUnit.WORKING_HOUR), TimeUnit.WORKING_HOUR, Fraction(minutes, 60))
    return written(Duration("", TimeUnit.CALENDAR_DAY), TimeUnit.CALENDAR_DAY, Fraction(str(days)))


def overwrite(place: etree._Element, duration: Duration) -> None:
    for name in WRITTEN:
        place.attrib.pop(name, "")
    write_duration(place, duration)


def fitted(root: etree._Element, document: Document, finding: Finding) -> bool:
    """The limits of the proposal."""
    process = document.processes.get(finding.element or "")
    minutes, days = finding.facts.get("limit_minutes"), finding.facts.get("limit_days")
    limit = Amount(minutes=minutes) if isinstance(minutes, int) else Amount(days=Fraction(str(days)))
    found = {} if process is None else fitting(process, limit)
    for name, duration in found.items():
        element = by_id(root, name)
        place = None if element is None else element.find(f".//{tag('step')}/{tag('time')}")
        if place is not None:
            overwrite(place, duration)
    return bool(found)


FIXES = {"total-mismatch": Fix(stated_as_path), "limit-exceeded": Fix(fitted, with_fact("proposal"))}
