"""One case being tried out: what waits, until when and why, what happened, what may come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bpmn.document import Document, read_document
from bpmn.errors import Unreadable
from engine.calendar import calendar_of
from engine.rehearsal import Place, PlaceKind, Rehearsal, rehearse
from engine.spiff import Uncompilable
from engine.worktime import WorkCalendar
from procedures.access import visible_version
from procedures.evidence import findings_of
from procedures.model.version import Version
from procedures.queries.people import Person
from web.deadlines import Deadline, Urgency, deadline
from web.languages import _, language
from web.moments import day, moment
from web.present.findings import FindingLine, Row, finding_lines
from web.present.stops import refused_words, stop_words
from web.rehearsing import Script

WEEKDAYS = 5
NAMED = 3  # days off that a reason names


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place with its deadline, why it is due then, and what may come instead."""

    place: Place
    deadline: Deadline
    why: str
    instead: Sequence[Place]

    @property
    def label(self) -> str:
        return called(self.place)


@dataclass(frozen=True, slots=True)
class RehearsalView:
    """Everything that the page shows. `refused` says why the version cannot be played; then there is no `case`."""

    version: Version
    script: Script
    case: Rehearsal | None
    due: Deadline | None
    waiting: Sequence[Waiting]
    stop: str
    refused: str
    element: str
    findings: Sequence[FindingLine]


def document_of(version: Version) -> Document:
    """The version as read. Raises `Unreadable`."""
    reading = read_document(version.source.encode())
    if reading.document is None:
        raise Unreadable(reading.findings)
    return reading.document


def rehearsal_view(session: Session, code: str, number: int, script: Script, *, by: Person) -> RehearsalView:
    """Play the script on a version. Raises `NotFound` also when the caller may not see it."""
    version = visible_version(session, code, number, by)
    document = document_of(version)
    calendar = calendar_of(session, version.procedure.unit.code)
    try:
        case = rehearse(document, script.start, script.acts, calendar, variables=script.variables)
    except Uncompilable as error:
        return refused_view(version, script, error, document)
    return RehearsalView(
        version=version,
        script=script,
        case=case,
        due=case_deadline(case, calendar),
        waiting=waiting(case, calendar),
        stop=stop_words(case.stop, document) if case.stop is not None else "",
        refused="",
        element="",
        findings=(),
    )


def refused_view(version: Version, script: Script, error: Uncompilable, document: Document) -> RehearsalView:
    steps = {node.id: node for process in document.processes.values() for node in process.nodes.values()}
    rows = {name: Row(name, node.step.step_no) for name, node in steps.items() if node.step is not None}
    lines = finding_lines(findings_of(version.evidence), rows, language=language())
    return RehearsalView(
        version=version,
        script=script,
        case=None,
        due=None,
        waiting=(),
        stop="",
        refused=refused_words(error, document),
        element=error.element if error.element in rows else "",
        findings=[line for line in lines if line.severity == "error"],
    )


def case_deadline(case: Rehearsal, calendar: WorkCalendar) -> Deadline:
    if case.paused:
        return Deadline(case.case.due_at, 0, Urgency.PAUSED)
    return deadline(case.case.due_at, at=case.at, calendar=calendar, provisional=case.case.provisional)


def waiting(case: Rehearsal, calendar: WorkCalendar) -> list[Waiting]:
    """What waits, the next due first; what may come instead stands with its host."""
    hosts = [place for place in case.places if place.host is None]
    return [
        Waiting(
            place,
            deadline(place.due.due_at, at=case.at, calendar=calendar, provisional=place.due.provisional),
            why(place, calendar),
            [each for each in case.places if each.host == place.element],
        )
        for place in hosts
    ] + [
        Waiting(place, deadline(place.due.due_at, at=case.at, calendar=calendar), "", ())
        for place in case.places
        if place.host is not None and place.host not in {host.element for host in hosts}
    ]


def why(place: Place, calendar: WorkCalendar) -> str:
    """Why a step is due when it is: its limit, from when it counts, and the days on which the clock stands."""
    duration = place.node.step.duration if place.node.step is not None else None
    if place.due.due_at is None:
        return _("Bước này không có thời hạn riêng.") if place.kind is PlaceKind.PERSON else ""
    since = moment(place.counts_from)
    if duration is None or place.kind is not PlaceKind.PERSON:
        return _("Tính từ %(since)s.", since=since)
    said = _("Hạn %(limit)s, tính từ %(since)s.", limit=duration.text or "", since=since)
    if duration.calendar_days is not None:
        return said + " " + _("Ngày nghỉ vẫn tính; ngày cuối rơi vào ngày nghỉ thì lùi đến ngày làm việc kế tiếp.")
    off = calendar.explain(place.counts_from, place.due.due_at)
    if not off:
        return said
    named = [f"{day(each.day)} ({each.name or weekend(each.day.weekday())})" for each in off[:NAMED]]
    more = _(" và %(n)s ngày khác", n=len(off) - NAMED) if len(off) > NAMED else ""
    return said + " " + _("Không tính ngày nghỉ: %(days)s%(more)s.", days=", ".join(named), more=more)


def weekend(weekday: int) -> str:
    return _("thứ bảy") if weekday == WEEKDAYS else _("chủ nhật")


def called(place: Place) -> str:
    """What a place is called; an event without a name by what it is."""
    if place.node.name:
        return place.node.name
    return _("Đến thời điểm hẹn") if place.kind is PlaceKind.TIMER else _("Nhận được tin")


def happened(name: str) -> str:
    """What has come when a wait is over: "Chờ công dân bổ sung" becomes "công dân bổ sung"."""
    return name.removeprefix("Chờ ")


def at_or_later(start: datetime | None, *, now: datetime) -> datetime:
    """When a case begins that nobody gave a start: now, to the minute."""
    return (start or now).replace(second=0, microsecond=0)
