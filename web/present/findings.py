"""What the gate says, line by line, as a page lists it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bpmn.findings import Clear, Finding, Severity
from bpmn.fixes import offered
from bpmn.messages import in_parts

WORST_FIRST = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


MANY = 2
"""More findings of one kind than these are told as one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table that findings may point at."""

    element: str
    step_no: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding in words: `row` and `step` are anchor and number of its step, empty where it has none.

    `place` says where else it lies; `others` are findings of the same kind on other steps, told with this one.
    `key` is the element as the gate names it; `waived_by` is the leader who let it pass in this content.
    """

    code: str
    severity: Severity
    clear: Clear
    message: str
    element: str
    row: str
    step: str
    place: str
    others: tuple["FindingLine", ...] = ()
    key: str = ""
    fixable: bool = False
    waivable: bool = False
    waived_by: str = ""
    waived_why: str = ""

    @property
    def anchor(self) -> str:
        """Where the page of the version tells it."""
        return "loi-" + re.sub(r"[^\w-]", "-", f"{self.code}-{self.key}")


@dataclass(frozen=True, slots=True)
class Passed:
    """What leaders let pass, by code and element: who and why; and which findings they may let pass at all."""

    waived: Mapping[tuple[str, str], tuple[str, str]]
    waivable: Callable[[Finding], bool]


NOTHING_PASSED = Passed({}, lambda finding: False)


def finding_lines(
    found: Sequence[Finding], rows: Mapping[str, Row], *, language: str, passed: Passed = NOTHING_PASSED
) -> list[FindingLine]:
    """Findings, worst first, those of one kind told once. `rows` maps what findings name to the rows of the table."""
    worst = sorted(found, key=lambda each: WORST_FIRST[each.severity])
    lines = [_passed(_line(each, rows, language), each, passed) for each in worst]
    kinds: dict[tuple[str, Severity], list[FindingLine]] = {}
    for line in lines:
        kinds.setdefault((line.code, line.severity), []).append(line)
    return [told for kind in kinds.values() for told in _told(kind)]


def _passed(line: FindingLine, finding: Finding, passed: Passed) -> FindingLine:
    who, why = passed.waived.get((finding.code, finding.element or ""), ("", ""))
    return replace(line, waivable=passed.waivable(finding), waived_by=who, waived_why=why)


def _told(kind: list[FindingLine]) -> list[FindingLine]:
    """Many findings of one kind as one that names the other steps; few, or those without a step, one by one."""
    if len(kind) <= MANY or not all(line.row for line in kind) or any(line.waivable or line.waived_by for line in kind):
        return kind
    return [replace(kind[0], others=tuple(kind[1:]))]


def _line(finding: Finding, rows: Mapping[str, Row], language: str) -> FindingLine:
    element = finding.element or ""
    row = rows.get(element)
    where, what, remedy = in_parts(by_number(finding, rows), language)
    return FindingLine(
        code=finding.code,
        severity=finding.severity,
        clear=finding.clear,
        message=f"{what} {remedy}".strip(),
        element=row.element if row else element,
        row=f"buoc-{row.element}" if row else "",
        step=row.step_no if row else "",
        place="" if row else where.removesuffix(":"),
        key=element,
        fixable=offered(finding),
    )


def by_number(finding: Finding, rows: Mapping[str, Row]) -> Finding:
    """The finding with the steps of its path told by number, as the table has them."""
    path = finding.facts.get("critical_path")
    if not isinstance(path, Sequence) or isinstance(path, str):
        return finding
    steps = [rows[name].step_no for name in map(str, path) if name in rows]
    return replace(finding, facts={**finding.facts, "critical_path": steps or path})
