"""The words of one activity, taken into its step one by one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from bpmn.findings import Clear, Finding
from bpmn.fiveclear import Performer, Step, TimeUnit
from bpmn.foreign.people import WHO, performers
from bpmn.foreign.said import Named, Said, said_by
from bpmn.foreign.times import understood
from bpmn.verdicts import info, warning

EXPRESSION = ("${", "#{", "{{", "{%")
LONGEST = 120  # letters of a value that a finding tells
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
        said = [word for word in said_by(self.element, names) if self.takeable(word)]
        self.people([word for word in said if word.means in WHO])
        for word in said:
            if word.means not in WHO:
                TAKERS[word.means](self, word)
        return self.step != before or called != self.element.get("calledElement")

    def takeable(self, word: Said) -> bool:
        """Whether a word may be taken at all; one that may not is told."""
        feel = word.value.startswith("=") and word.word != "textAnnotation"
        if word.means in ("code", "no"):
            self.kept(word, "program" if word.means == "code" else "no-field")
        elif feel or any(mark in word.value for mark in EXPRESSION):
            self.kept(word, "expression")
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
        else:
            self.element.set("calledElement", word.value)
            self.taken(word, "called", word.value)

    def taken(self, word: Said, field: str, text: str) -> None:
        said = info("foreign-taken", **self.place(word), field=f"foreign-{field}", taken=text[:LONGEST])
        self.findings.append(said)

    def kept(self, word: Said, why: str) -> None:
        self.findings.append(warning("foreign-kept", **self.place(word), reason=f"foreign-{why}"))

    def place(self, word: Said) -> dict[str, Any]:
        """Where a word stands and what it says."""
        element = self.element.get("id")
        return {
            "clear": Clear.FILE,
            "element": element,
            "line": word.line,
            "word": word.word,
            "value": word.value[:LONGEST],
        }


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
