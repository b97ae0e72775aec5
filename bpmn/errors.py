"""Errors of the document.

BpmnError
├── Unreadable        the bytes are no readable document; carries the findings that say why
├── NoTable           an Office or CSV file without a step table; carries the findings
├── ExpressionError   a text that the expression language refuses
├── DecisionError     a decision table that cannot be understood, or does not decide
├── MappingError      a column mapping that a person corrected into something unusable
├── EditError         an edit of the table that cannot be made
└── TimeError         a text that is no ISO 8601 duration, date or cycle
"""

from collections.abc import Sequence

from bpmn.findings import Finding


class BpmnError(Exception):
    """Base of all errors of this package: a stable `code` and facts, never a sentence."""

    code = "bpmn-error"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class Unreadable(BpmnError):  # noqa: N818  # it names what the file is
    """The bytes are no readable document. `findings` say what, where."""

    code = "unreadable"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(codes=[finding.code for finding in findings])
        self.findings = tuple(findings)


class NoTable(Unreadable):
    """The file was read, but no step table stands in it."""

    code = "no-table"


class ExpressionError(BpmnError):
    """The expression language refuses a text. `code` names the fault, `position` the character (from 0)."""

    code = "expression-syntax"

    def __init__(self, code: str, *, position: int = 0, **facts: object) -> None:
        self.code = code
        super().__init__(position=position, **facts)


class DecisionError(BpmnError):
    """A decision table is none that is run, or two of its rules contradict each other."""

    code = "decision-unsupported"

    def __init__(self, code: str, *, decision: str, **facts: object) -> None:
        self.code = code
        super().__init__(decision=decision, **facts)


class MappingError(BpmnError):
    """A column mapping from outside is none: no JSON, an unknown field or unit, a number out of range."""

    code = "mapping-syntax"

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        super().__init__(**facts)


class TimeError(BpmnError):
    """A text is no ISO 8601 duration, moment or cycle that the engine runs."""

    code = "timer-syntax"

    def __init__(self, code: str, *, text: str) -> None:
        self.code = code
        super().__init__(text=text)


class EditError(BpmnError):
    """An edit of the table that cannot be made: an unknown row or cell, a text that means nothing there."""

    code = "edit-refused"

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        super().__init__(**facts)
