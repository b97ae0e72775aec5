"""Rõ thời gian: every step has a positive limit, or says that it is not counted."""

from collections.abc import Iterator

from bpmn.elements import Node
from bpmn.findings import Clear, Finding
from bpmn.fiveclear import MINUTES, Duration, TimeUnit
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error, warning

POSITIVE = frozenset(MINUTES) | {TimeUnit.CALENDAR_DAY}


def find(case: Case) -> Iterator[Finding]:
    families: dict[bool, Node] = {}
    for node in case.people_tasks():
        duration = None if node.step is None else node.step.duration
        if duration is None:
            yield from without(node)
            continue
        yield from of_duration(node, duration)
        if node.step is not None and node.step.counted and duration.unit in POSITIVE:
            families.setdefault(duration.unit is TimeUnit.CALENDAR_DAY, node)
    if len(families) > 1:
        yield warning(
            "time-units-mixed",
            clear=Clear.TIME,
            element=case.process.id,
            line=case.process.line,
            working=families[False].id,
            calendar=families[True].id,
            working_name=families[False].name or families[False].id,
            calendar_name=families[True].name or families[True].id,
        )


def without(node: Node) -> Iterator[Finding]:
    if node.step is not None and not node.step.counted:
        return
    facts = {"name": node.name, "step_no": node.step.step_no if node.step else ""}
    yield error("time-missing", clear=Clear.TIME, element=node.id, line=node.line, **facts)


def of_duration(node: Node, duration: Duration) -> Iterator[Finding]:
    facts = {"name": node.name, "text": duration.text[:100]}
    if duration.unit in POSITIVE and duration.value <= 0 and not duration.shared_block:
        yield error("time-not-positive", clear=Clear.TIME, element=node.id, line=node.line, **facts)
    if duration.unit is TimeUnit.BY_DATE and not duration.date:
        yield error("time-date-missing", clear=Clear.TIME, element=node.id, line=node.line, **facts)
    if duration.unit is TimeUnit.SHARED and not duration.shared_block:
        yield error("time-block-missing", clear=Clear.TIME, element=node.id, line=node.line, **facts)


RULE = Rule(
    ("time-missing", "time-not-positive", "time-date-missing", "time-block-missing", "time-units-mixed"),
    find,
)
