"""Rõ người, with the town's directory: one position of a unit is meant, held by somebody, and can be stood in for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bpmn.findings import Clear, Finding, Severity
from bpmn.fiveclear import Performer
from bpmn.folding import search_key
from bpmn.organisation import Organisation, OrgPosition
from bpmn.rules.case import Case, Rule
from bpmn.rules.performers import lane_says, owner, performer_of
from bpmn.verdicts import error

SYSTEM_ROLES = frozenset(
    {"quan tri he thong", "quan tri vien", "admin", "administrator", "system", "root", "superuser"}
)
LEADERS = ("lanh dao", "thu truong", "nguoi dung dau")
NOBODY = "external"
RELATIVE = re.compile(r"(cac )?don vi\b")
"""`đơn vị soạn thảo`, `đơn vị phối hợp`: which unit it is depends on the case."""


COLLECTIVE = re.compile(r"(hoi dong|to|doan|ban|thanh vien|toan the|tap the|cac) ")
"""Bodies: no one position answers for what they do."""


def granted(case: Case) -> Iterator[Finding]:
    """A drafter grants no right of the system's own administration."""
    for place, line, performer in everybody(case):
        if search_key(performer.position) in SYSTEM_ROLES:
            yield error(
                "performer-forbidden",
                clear=Clear.PERFORMER,
                element=place,
                line=line,
                position=performer.position[:100],
            )


def everybody(case: Case) -> Iterator[tuple[str, int, Performer]]:
    """All who are named anywhere, also those whom no directory knows."""
    for place, line, performer, _ in asked(case):
        yield place, line, performer
    for node in case.people_tasks():
        if node.step is not None:
            leads = () if node.step.performer is None else (node.step.performer,)
            for performer in (*leads, *node.step.co_performers):
                yield node.id, node.line, performer


def resolved(case: Case) -> Iterator[Finding]:
    if case.directory is None:
        return
    known: dict[tuple[str | None, ...], Found] = {}
    for place, line, performer, lead in asked(case):
        key = (performer.position, performer.unit, performer.substitute)
        if key not in known:
            known[key] = resolve(case.directory, performer, owner(case))
        for finding in said_of(known[key], performer, lead=lead):
            yield replace(finding, element=place, line=line)


@dataclass(frozen=True, slots=True)
class Found:
    """What the directory knows of a performer: the positions meant, whether the first is held, who can stand in."""

    positions: tuple[str, ...]
    held: bool = True
    substituted: bool = True
    substitute_known: bool = True


def said_of(found: Found, performer: Performer, *, lead: bool) -> Iterator[Finding]:
    """What is to be said of a performer, wherever it stands."""
    facts: dict[str, object] = {"position": performer.position[:100], "unit": performer.unit or ""}
    if not found.positions:
        yield from unknown(performer, facts, lead=lead)
        return
    if len(found.positions) > 1 and lead:
        yield of_performer("performer-ambiguous", {**facts, "positions": list(found.positions)})
    if not found.held:
        yield of_performer("performer-vacant", facts)
    elif lead and not (performer.substitute or found.substituted):
        yield of_performer("substitute-missing", facts)
    if performer.substitute and not found.substitute_known:
        yield of_performer("substitute-unknown", {**facts, "substitute": performer.substitute[:100]})


def unknown(performer: Performer, facts: Mapping[str, object], *, lead: bool) -> Iterator[Finding]:
    wanted = search_key(performer.position)
    if COLLECTIVE.match(wanted):
        yield of_performer("performer-collective", facts)
    elif wanted not in SYSTEM_ROLES:
        # Nobody waits for a supporter.
        yield of_performer("performer-unknown", facts, Severity.ERROR if lead else Severity.WARNING)


def of_performer(code: str, facts: Mapping[str, object], severity: Severity = Severity.WARNING) -> Finding:
    return Finding(code, severity, Clear.PERFORMER, facts=facts)


def resolve(directory: Organisation, performer: Performer, unit: str | None) -> Found:
    """What is known of a performer. Where no unit is said anywhere, the position may be that of any unit."""
    if not (unit or performer.unit):
        return anywhere(directory, performer)
    places = directory.candidates(performer, unit)
    if not places:
        return Found(())
    first = places[0]
    stand_in = Performer(performer.substitute or "", performer.unit)
    known = not performer.substitute or directory.resolve(stand_in, unit) is not None
    return Found(tuple(place.position for place in places), first.held, first.substituted, known)


def anywhere(directory: Organisation, performer: Performer) -> Found:
    wanted = search_key(performer.position)
    if wanted.startswith(LEADERS):
        return Found((performer.position,))
    held = [position.held for name, position in named(directory) if wanted in name or name in wanted]
    return Found((performer.position,), any(held)) if held else Found(())


def named(directory: Organisation) -> Iterator[tuple[str, OrgPosition]]:
    for unit in directory.units:
        for position in unit.positions:
            yield search_key(position.name.partition("(")[0]), position


def asked(case: Case) -> Iterator[tuple[str, int, Performer, bool]]:
    """Who is named, once for each lane and once for each step that names somebody else than its lane; whether he leads.

    A supporter without a unit is looked for in the lead's.
    """
    for lane in case.process.lanes.values():
        lane_people = [
            case.nodes[name] for name in lane.nodes if name in case.nodes and lane_says(case, case.nodes[name])
        ]
        if lane_people and lane.name:
            yield lane.id, lane.line, Performer(lane.name), True
    for node in case.people_tasks():
        performer, step = performer_of(case, node), node.step
        if performer is None or lane_says(case, node) or (step is not None and step.type == NOBODY):
            continue
        if not depends_on_case(performer):
            yield node.id, node.line, performer, True
        for supporter in step.co_performers if step is not None else ():
            if not depends_on_case(supporter):
                unit = supporter.unit or performer.unit
                yield node.id, node.line, Performer(supporter.position, unit), False


def depends_on_case(performer: Performer) -> bool:
    """Whether only the case decides which unit is meant."""
    return RELATIVE.match(search_key(performer.unit or "")) is not None


GRANTED = Rule(("performer-forbidden",), granted)
RESOLVED = Rule(
    (
        "performer-unknown",
        "performer-collective",
        "performer-vacant",
        "performer-ambiguous",
        "substitute-missing",
        "substitute-unknown",
    ),
    resolved,
    needs="directory",
)
