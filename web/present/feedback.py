"""What feedback is about, in words."""

from collections.abc import Mapping, Sequence

from procedures.commands.give_feedback import steps_of
from procedures.queries.feedback import Line


def numbers_of(lines: Sequence[Line]) -> Mapping[int, str]:
    """The number of the step that each feedback is about, by the feedback's id; each version is read once."""
    steps = {line.version.id: steps_of(line.version) for line in lines if line.feedback.element}
    return {
        line.feedback.id: steps[line.version.id].get(line.feedback.element, "")
        for line in lines
        if line.feedback.element
    }
