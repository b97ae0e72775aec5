"""The words of one activity, taken into its step one by one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from bpmn.document.identity import nearest_id
from bpmn.document.names import is_ncname
from bpmn.findings import Clear, Finding
from bpmn.fiveclear import Performer, Step, TimeUnit
from bpmn.foreign.people import WHO, entries, performers
from bpmn.foreign.said import Named, Said, said_by
from bpmn.foreign.times import understood
from bpmn.verdicts import info, warning

EXPRESSION = ("${", "#{", "{{", "{%")
LONGEST = 120  # letters of a value that a finding tells
LONGEST_WORD = 255  # letters of a value that a cell takes
LONGEST_TEXT = {"note": 4_000, "output": 1_000, "responsibility": 1_000}
ENTRIES = re.compile(r"(?:[$#]\{[^}]*\}|[^,;])+")
LISTS = frozenset({"group", "persons", "co"})
FORM_SCHEMES = ("camunda-forms:", "embedded:", "deployment:", "bpmn:", "app:")


class Taking:
    """An activity and its step, with what was told of its words so far."""

    def __init__(self, element: etree._Element, step: Step, days: TimeUnit | None) -> None:
        self.element = element
        self.step = step
        self.days = days
        self.findings: list[Finding] = []

    def run(self, names: Named) -> bool:
        """Take what is there into `step`; whether anything was taken."""
        before, called = self.step, self.element.get("calledElement")
        said = [word for found in said_by(self.element, names) for word in parted(found) if self.takeable(word)]
        self.people([word for word in said if word.means in WHO and any(entries(word))])
        for word in said:
            if word.means not in WHO:
                TAKERS[word.means](self, word)
        return self.step != before or called != self.element.get("calledElement")

    def takeable(self, word: Said) -> bool:
        """Whether a word may be taken at all; one that may not is told."""
        if word.means in ("code", "no"):
            self.kept(word, "program" if word.means == "code" else "no-field")
        elif is_expression(word):
            self.kept(word, "expression")
        elif len(word.value) > LONGEST_TEXT.get(word.means, LONGEST_WORD):
            self.kept(word, "long")
        else:
            return True
        return False

    def people(self, said: Sequence[Said]) -> None:
        if not said:
            return
        found = performers(self.step.performer, said)
        not_taken = dict(found.why)
        self.step = replace(self.step, performer=found.lead, co_performers=found.others)
        for word in said:
            if word in not_taken:
                self.kept(word, not_taken[word])
            else:
                self.taken(word, "performer", who(found.lead, found.others))

    def time(self, word: Said) -> None:
        found = understood(word.value, self.days or TimeUnit.CALENDAR_DAY)
        if found.duration is None:
            self.kept(word, found.why)
        elif self.step.duration is not None:
            self.kept(word, "second")
        else:
            self.step = replace(self.step, duration=found.duration)
            if found.open and self.days is None:
                working = found.duration.unit is not TimeUnit.CALENDAR_DAY
                counted = "working" if working else "calendar"
                said = warning("foreign-days", **self.place(word), taken=found.duration.text, counted=counted)
                self.findings.append(said)
            else:
                self.taken(word, "time", found.duration.text)

    def form(self, word: Said) -> None:
        form = form_name(word.value)
        if form not in self.step.forms:
            self.step = replace(self.step, forms=(*self.step.forms, form))
        self.taken(word, "form", form)

    def output(self, word: Said) -> None:
        listed = self.step.output.split("; ") if self.step.output else []
        if word.value not in listed:
            self.step = replace(self.step, output="; ".join([*listed, word.value]))
        self.taken(word, "output", word.value)

    def responsibility(self, word: Said) -> None:
        if self.step.responsibility:
            self.kept(word, "second")
        else:
            self.step = replace(self.step, responsibility=word.value)
            self.taken(word, "responsibility", word.value)

    def note(self, word: Said) -> None:
        listed = self.step.note.split("\n") if self.step.note else []
        if word.value not in listed:
            self.step = replace(self.step, note="\n".join([*listed, word.value]))
        self.taken(word, "note", word.value)

    def called(self, word: Said) -> None:
        if self.element.get("calledElement"):
            self.kept(word, "second")
        elif not is_ncname(word.value):
            self.kept(word, "no-code")
        else:
            self.element.set("calledElement", word.value)
            self.taken(word, "called", word.value)

    def taken(self, word: Said, field: str, text: str) -> None:
        said = info("foreign-taken", **self.place(word), field=f"foreign-{field}", taken=text[:LONGEST])
        self.findings.append(said)

    def kept(self, word: Said, why: str) -> None:
        self.findings.append(kept(self.element, word, why))

    def place(self, word: Said) -> dict[str, Any]:
        """Where a word stands and what it says."""
        return place(self.element, word)


def kept(element: etree._Element, word: Said, why: str) -> Finding:
    """A word that was understood and stays where it is."""
    return warning("foreign-kept", **place(element, word), reason=f"foreign-{why}")


def place(element: etree._Element, word: Said) -> dict[str, Any]:
    said = {"word": word.word, "value": word.value[:LONGEST]}
    return {"clear": Clear.FILE, "element": nearest_id(element), "line": word.line} | said


def parted(word: Said) -> Iterator[Said]:
    """A list of names and expressions as the one and the other: `a, ${b}` names somebody."""
    entries = [entry.strip() for entry in ENTRIES.findall(word.value)] if word.means in LISTS else []
    asked = [entry for entry in entries if is_expression(replace(word, value=entry))]
    if not asked or len(asked) == len(entries) or word.value.startswith("="):
        yield word
        return
    for part in (asked, [entry for entry in entries if entry not in asked]):
        yield replace(word, value=", ".join(part))


def is_expression(word: Said) -> bool:
    """Whether a value is something to be evaluated, which is never done."""
    if word.word == "textAnnotation":
        return False
    return word.value.startswith("=") or any(mark in word.value for mark in EXPRESSION)


TAKERS = {
    "time": Taking.time,
    "form": Taking.form,
    "output": Taking.output,
    "responsibility": Taking.responsibility,
    "note": Taking.note,
    "called": Taking.called,
}


def who(lead: Performer | None, others: Sequence[Performer]) -> str:
    people = [] if lead is None else [lead, *others]
    return "; ".join(", ".join(filter(None, (each.position, each.unit, each.person))) for each in people)


def form_name(reference: str) -> str:
    """A form as its tool names it, without the schemes that say where the tool looks for it."""
    scheme = next((scheme for scheme in FORM_SCHEMES if reference.startswith(scheme)), None)
    while scheme is not None:
        reference = reference.removeprefix(scheme)
        scheme = next((scheme for scheme in FORM_SCHEMES if reference.startswith(scheme)), None)
    return reference
