"""Rõ người, with the town's directory: the position exists in its unit, somebody holds it, nobody grants what is no
position."""

import re
from collections.abc import Iterator

from bpmn.findings import Clear, Finding
from bpmn.fiveclear import Performer
from bpmn.folding import search_key
from bpmn.organisation import Organisation, OrgPosition
from bpmn.rules.case import Case, Rule
from bpmn.rules.performers import lane_says, owner, performer_of
from bpmn.verdicts import error, warning

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
    for place, line, performer, _ in asked(case):
        if search_key(performer.position) in SYSTEM_ROLES:
            yield error(
                "performer-forbidden",
                clear=Clear.PERFORMER,
                element=place,
                line=line,
                position=performer.position[:100],
            )


def resolved(case: Case) -> Iterator[Finding]:
    if case.directory is None:
        return
    known: dict[tuple[str, str | None], bool | None] = {}
    for place, line, performer, lead in asked(case):
        key = (performer.position, performer.unit)
        if key not in known:
            known[key] = resolve(case.directory, performer, owner(case))
        held = known[key]
        facts = {"position": performer.position[:100], "unit": performer.unit or ""}
        if held is None and COLLECTIVE.match(search_key(performer.position)):
            yield warning("performer-collective", clear=Clear.PERFORMER, element=place, line=line, **facts)
        elif held is None and search_key(performer.position) not in SYSTEM_ROLES:
            finding = error if lead else warning  # nobody waits for a supporter
            yield finding("performer-unknown", clear=Clear.PERFORMER, element=place, line=line, **facts)
        elif held is False:
            yield warning("performer-vacant", clear=Clear.PERFORMER, element=place, line=line, **facts)


def resolve(directory: Organisation, performer: Performer, unit: str | None) -> bool | None:
    """Whether somebody holds the position, None where it is not found.

    Where no unit is said anywhere, the position may be that of any unit.
    """
    if unit or performer.unit:
        found = directory.resolve(performer, unit)
        return None if found is None else found.held
    wanted = search_key(performer.position)
    if wanted.startswith(LEADERS):
        return True
    held = [position.held for name, position in named(directory) if wanted in name or name in wanted]
    return any(held) if held else None


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
RESOLVED = Rule(("performer-unknown", "performer-collective", "performer-vacant"), resolved, needs="directory")
