"""What a diagram says in another tool's words, for who is about to save it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bpmn.findings import Finding
from bpmn.fiveclear import FiveClear
from bpmn.messages import texts
from web.languages import language

TOLD_APART = ("foreign-taken", "foreign-kept", "foreign-days", "process-chosen")
"""What is told of a diagram in a list of its own."""


@dataclass(frozen=True, slots=True)
class ForeignWord:
    """A word of another tool: the step, what stands in the file, and where it went or why it did not."""

    step: str
    word: str
    value: str
    taken: str
    where: str

    @property
    def kept(self) -> bool:
        """Whether it stays in the file alone."""
        return not self.taken


def foreign_words(doubts: Sequence[Finding], table: FiveClear) -> list[ForeignWord]:
    """What a diagram says in another tool's words, step by step; what was not taken first."""
    words = texts(language())["words"]
    numbers = {step.id: step.step_no for step in table.steps}
    order = {number: at for at, number in enumerate(numbers.values())}
    found = []
    for each in doubts:
        if each.code in TOLD_APART and "word" in each.facts:
            meant = each.facts.get("field") or each.facts.get("reason") or "foreign-time"
            where = words.get(f"word-{meant}", str(meant))
            word, value = (str(each.facts[key]) for key in ("word", "value"))
            step, taken = numbers.get(each.element, ""), str(each.facts.get("taken", ""))
            found.append(ForeignWord(step, word, value, taken, where))
    return sorted(found, key=lambda word: (not word.kept, order.get(word.step, 0)))
