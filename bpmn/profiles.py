"""Profiles: how grave each code is for a town, and which errors a leader may waive. They are data (TOML).

The shipped ones lie in `bpmn/data/profiles`; a town may bring its own, which extends one of them.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from bpmn.errors import BpmnError
from bpmn.findings import Clear, FileReport, Finding, Severity

SHIPPED = files("bpmn") / "data" / "profiles"
DEFAULT = "5-ro"
OFF = "off"
GRAVITIES = (OFF, *Severity)
SAFE = frozenset({Clear.FILE, Clear.PROCESS})
"""Clears whose errors no profile lowers or lets be waived: the engine would run what is wrong."""


class ProfileError(BpmnError):
    """A text is no profile, or none of that name is shipped. Facts: `profile`, `reason`."""

    code = "profile-unusable"


@dataclass(frozen=True, slots=True)
class Profile:
    """`severity` gives what a code is here: off, info, warning or error. `waivable`: the clears of which errors may be
    waived, but those in `never`."""

    code: str
    title: Mapping[str, str]
    severity: Mapping[str, str]
    waivable: frozenset[Clear]
    never: frozenset[str]

    def judged(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings as this profile sees them. Errors of file and process stay errors."""
        for finding in findings:
            wanted = self.severity.get(finding.code, finding.severity.value)
            if finding.severity is Severity.ERROR and finding.clear in SAFE:
                yield finding
            elif wanted != OFF:
                yield replace(finding, severity=Severity(wanted))

    def asks(self, code: str) -> bool:
        """Whether findings of this code are told at all."""
        return self.severity.get(code) != OFF

    def may_be_waived(self, finding: Finding) -> bool:
        """Whether a leader may let this error pass with a reason."""
        return (
            not finding.reject
            and finding.severity is Severity.ERROR
            and finding.clear in self.waivable - SAFE
            and finding.code not in self.never
        )


def shipped() -> tuple[str, ...]:
    """The names of the shipped profiles."""
    return tuple(
        sorted(entry.name.removesuffix(".toml") for entry in SHIPPED.iterdir() if entry.name.endswith(".toml"))
    )


@cache
def profile(code: str) -> Profile:
    """A shipped profile by its name. Raises `ProfileError`."""
    if code not in shipped():
        raise ProfileError(profile=code[:40], reason="unknown", known=list(shipped()))
    return read_profile((SHIPPED / f"{code}.toml").read_text("utf-8"), code)


def read_profile(text: str, code: str) -> Profile:
    """A profile from TOML. Raises `ProfileError` where it is none, or names a severity or clear that is not there."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as failure:
        raise ProfileError(profile=code[:40], reason="toml") from failure
    base = profile(content["extends"]) if isinstance(content.get("extends"), str) else None
    severity = {**(base.severity if base else {}), **section(content, "severity", code)}
    waiver = section(content, "waiver", code)
    title = section(content, "title", code)
    if any(wanted not in GRAVITIES for wanted in severity.values()):
        raise ProfileError(profile=code[:40], reason="severity")
    return Profile(
        code=code,
        title={lang: str(words) for lang, words in title.items()},
        severity={name: str(wanted) for name, wanted in severity.items()},
        waivable=clears(waiver, code) if "clears" in waiver or base is None else base.waivable,
        never=frozenset(texts(waiver.get("never"), code)) | (base.never if base else frozenset()),
    )


def section(content: Mapping[str, object], name: str, code: str) -> Mapping[str, object]:
    found = content.get(name, {})
    if not isinstance(found, dict):
        raise ProfileError(profile=code[:40], reason=name)
    return found


def clears(waiver: Mapping[str, object], code: str) -> frozenset[Clear]:
    wanted = texts(waiver.get("clears"), code)
    if any(name not in set(Clear) for name in wanted):
        raise ProfileError(profile=code[:40], reason="clears")
    return frozenset(Clear(name) for name in wanted)


def texts(listed: object, code: str) -> list[str]:
    if listed is None:
        return []
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise ProfileError(profile=code[:40], reason="list")
    return [str(item) for item in listed]


def seen_by(report: FileReport, wanted: Profile) -> FileReport:
    """A report as a profile sees it."""
    findings = list(wanted.judged(report.findings))
    gravest = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    return replace(report, findings=tuple(gravest), not_run=tuple(code for code in report.not_run if wanted.asks(code)))
