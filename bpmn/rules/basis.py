"""Rõ việc: what a procedure rests on is still in force on the day of the check."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone

from bpmn.dialect.words import tag
from bpmn.documents import replaced_in
from bpmn.findings import Clear, Finding
from bpmn.rules.case import Case, Rule
from bpmn.source import line_number
from bpmn.verdicts import warning

VIETNAM = timezone(timedelta(hours=7))
DAY = r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
ENDED = re.compile(rf"hết hiệu lực\s*(?:thi hành\s*)?(?:từ|kể từ|vào)?\s*(?:ngày)?\s*{DAY}", re.IGNORECASE)
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def find(case: Case) -> Iterator[Finding]:
    head = case.process.head
    if head is None or case.at is None:
        return
    today = case.at.astimezone(VIETNAM).date()
    elements = list(case.elements[case.process.id].iter(tag("legalBasis")))
    lines = [line_number(element) for element in elements] if len(elements) == len(head.legal_basis) else []
    for place, basis in enumerate(head.legal_basis):
        line = lines[place] if lines else case.process.line
        text = text_of(basis)
        for fact in expired(basis, text, today):
            yield warning(
                "legal-basis-expired",
                clear=Clear.TASK,
                element=case.process.id,
                line=line,
                document=text[:120],
                **fact,
            )


def text_of(basis: object) -> str:
    if isinstance(basis, Mapping):
        return " ".join(str(value) for value in basis.values() if isinstance(value, str))
    return str(basis)


def expired(basis: object, text: str, today: date) -> Iterator[dict[str, str]]:
    """What ended by today: by its own expiry, by its text, or because it is known to be replaced."""
    stated = day_of(str(basis.get("expiry") or "")) if isinstance(basis, Mapping) else None
    stated = stated or day_in(ENDED.search(text))
    if stated is not None and stated <= today:
        yield {"ref": text[:60], "since": stated.isoformat(), "by": ""}
        return
    for gone in replaced_in(text, today):
        yield {"ref": gone.number, "since": gone.since.isoformat(), "by": gone.by}


def day_of(text: str) -> date | None:
    """A day as a table writes it: 2025-07-01 or 01/7/2025."""
    match = ISO.fullmatch(text.strip())
    if match is not None:
        return made(int(match[1]), int(match[2]), int(match[3]))
    return day_in(re.fullmatch(DAY, text.strip()))


def day_in(match: re.Match[str] | None) -> date | None:
    return None if match is None else made(int(match[3]), int(match[2]), int(match[1]))


def made(year: int, month: int, day: int) -> date | None:
    try:
        return datetime(year, month, day, tzinfo=UTC).date()
    except ValueError:
        return None


RULE = Rule(("legal-basis-expired",), find, needs="at")
