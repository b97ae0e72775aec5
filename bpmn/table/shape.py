"""Whether plain values have the shape of `five-clear/1`: what is missing, of the wrong kind, doubled or dangling."""

from collections.abc import Iterator, Mapping

from bpmn.dialect.heads import ENDINGS
from bpmn.findings import Clear, Finding
from bpmn.fiveclear import TimeUnit
from bpmn.table.events import Located
from bpmn.table.plain import SCHEMA
from bpmn.verdicts import error, reject, warning

LISTS = ("legal_basis", "windows", "inputs", "outputs", "branches")
CLOCKS = ("continue", "pause", "restart", "stop")


def shape_findings(values: object) -> list[Finding]:
    """All that is wrong with the shape. A reject among them means: this is no table."""
    if not isinstance(values, Located):
        return [reject("table-shape", line=1, key="", expected="mapping")]
    return [*head_findings(values), *steps_findings(values), *branches_findings(values)]


def head_findings(values: Located) -> Iterator[Finding]:
    schema = values.get("schema")
    if schema is None:
        yield warning("schema-missing", clear=Clear.FILE, line=values.line, expected=SCHEMA)
    elif schema != SCHEMA:
        yield reject("schema-unknown", line=values.lines["schema"], schema=str(schema)[:80], expected=SCHEMA)
    if not isinstance(values.get("title"), str):
        yield error("title-missing", clear=Clear.TASK, line=values.lines.get("title", values.line))
    for key in LISTS:
        if not isinstance(values.get(key), list | None):
            yield reject("table-shape", line=values.lines[key], key=key, expected="list")
    if not isinstance(values.get("unit"), Mapping | None):
        yield reject("table-shape", line=values.lines["unit"], key="unit", expected="mapping")


def steps_findings(values: Located) -> Iterator[Finding]:
    steps = values.get("steps")
    if not isinstance(steps, list) or not steps:
        yield reject("steps-missing", clear=Clear.PROCESS, line=values.lines.get("steps", values.line))
        return
    first: dict[str, int] = {}
    for step in steps:
        if not isinstance(step, Located):
            yield reject("table-shape", line=values.lines["steps"], key="steps", expected="mapping")
            continue
        yield from step_findings(step)
        number = str(step.get("step_no") or "")
        if number in first:
            yield error(
                "step-number-repeated", element=number, line=step.lines["step_no"], step_no=number, first=first[number]
            )
        elif number:
            first[number] = step.line


def step_findings(step: Located) -> Iterator[Finding]:
    number = str(step.get("step_no") or "") or None
    if number is None:
        yield reject("step-no-missing", line=step.line)
    for key in ("performer", "duration", "multi_instance"):
        if not isinstance(step.get(key), Mapping | None):
            yield reject("table-shape", element=number, line=step.lines[key], key=key, expected="mapping")
    if not isinstance(step.get("forms"), list | None):
        yield reject("table-shape", element=number, line=step.lines["forms"], key="forms", expected="list")
    for key in ("optional", "counted"):
        if not isinstance(step.get(key), bool | None):
            yield error("table-shape", element=number, line=step.lines[key], key=key, expected="boolean")
    performer = step.get("performer")
    if isinstance(performer, Located) and not isinstance(performer.get("co_performers"), list | None):
        line = performer.lines["co_performers"]
        yield reject("table-shape", element=number, line=line, key="co_performers", expected="list")
    duration = step.get("duration")
    if isinstance(duration, Located) and duration.get("unit") not in set(TimeUnit):
        line = duration.lines.get("unit", duration.line)
        facts = {"unit": str(duration.get("unit"))[:80]}
        yield error("time-unit-unknown", clear=Clear.TIME, element=number, line=line, **facts)


def branches_findings(values: Located) -> Iterator[Finding]:
    steps, branches = values.get("steps"), values.get("branches")
    if not isinstance(steps, list) or not isinstance(branches, list):
        return
    numbers = {str(step.get("step_no")) for step in steps if isinstance(step, Located)}
    for branch in branches:
        if not isinstance(branch, Located):
            yield reject("table-shape", line=values.lines["branches"], key="branches", expected="mapping")
            continue
        yield from branch_findings(branch, numbers)


def branch_findings(branch: Located, numbers: set[str]) -> Iterator[Finding]:
    at, goto = str(branch.get("at") or ""), str(branch.get("goto") or "")
    for key in ("at", "condition", "goto"):
        if not branch.get(key):
            yield error("branch-incomplete", element=at or None, line=branch.line, key=key)
    if at and at not in numbers | {"any"}:
        yield error("branch-dangling", element=at, line=branch.lines["at"], key="at", step_no=at)
    if goto and goto not in numbers | {"apologize"} and not goto.startswith(ENDINGS):
        yield error("branch-dangling", element=at or None, line=branch.lines["goto"], key="goto", step_no=goto)
    clock = branch.get("clock")
    if clock is not None and clock not in CLOCKS:
        line = branch.lines["clock"]
        yield error("clock-unknown", clear=Clear.TIME, element=at or None, line=line, clock=str(clock)[:80])


def unlocated(value: object) -> dict[str, object]:
    """A mapping as plain dicts and lists, without the lines."""
    found = plain(value)
    return found if isinstance(found, dict) else {}


def plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value
