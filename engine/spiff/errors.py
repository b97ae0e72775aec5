"""Errors of stepping.

SpiffError
├── Uncompilable      a document that this engine would run wrongly or not at all
├── NotWaiting        no task, timer or message of that key waits in this instance
├── StepFailed        the model's own fault met while stepping (an expression, a gateway without a way out)
│   ├── StepLimit     a step that would not end, or grow without bound
│   └── MoveRefused   a token that may not go there: a join would wait for ever, or nobody could say what happens
└── StateMismatch     a stored state that does not belong to this definition or this format

After StepFailed the run that raised it is ahead of what is stored: throw it away.
"""


class SpiffError(Exception):
    """Base of all errors of this package: a stable `code` and facts, never a sentence."""

    code = "engine-error"

    def __init__(self, code: str | None = None, **facts: object) -> None:
        self.code = code or type(self).code
        self.facts = facts
        super().__init__(self.code, facts)

    @property
    def element(self) -> str | None:
        """The BPMN id of the element or flow at fault, None where the whole process is meant."""
        found = self.facts.get("element")
        return found if isinstance(found, str) else None


class Uncompilable(SpiffError):  # noqa: N818  # errors are named for what happened
    """The document cannot be run. `code` says why, `element` where."""

    code = "uncompilable"


class NotWaiting(SpiffError):  # noqa: N818  # errors are named for what happened
    """Nothing waits under that key: done already, withdrawn, or never there."""

    code = "not-waiting"


class StepFailed(SpiffError):  # noqa: N818  # errors are named for what happened
    """The model made a step impossible."""

    code = "step-failed"


class StepLimit(StepFailed):
    """A step went beyond a bound: engine steps, tokens, or instances of a multi-instance activity."""

    code = "step-limit"


class MoveRefused(StepFailed):
    """A token cannot be moved there. Nothing was changed."""

    code = "move-refused"


class StateMismatch(SpiffError):  # noqa: N818  # errors are named for what happened
    """The stored state is of another definition or of a format that this release does not read."""

    code = "state-mismatch"
