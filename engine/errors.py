"""Errors of running.

Refused
├── NotFound              there is no such thing, or the caller may not know of it
├── NotAllowed            the caller sees it but may not do this
├── Conflict              the state does not allow it
│   ├── TaskTaken             somebody else holds the task
│   ├── TaskClosed            the task is completed or cancelled
│   └── KeyReused             an idempotency key came back with another request
├── Invalid               what was sent does not fit
│   ├── UnknownOutcome        not an outcome of this step; facts list the known ones
│   ├── UnknownChoice         a virtual run was told a step or an outcome that is not there; facts list the known ones
│   ├── BadScenario           a simulation was told numbers that do not fit; `reason` says which
│   ├── NotDeployable         the model cannot run
│   ├── CalendarUnfit         a calendar file that cannot be loaded; facts list every problem
│   └── BeyondCalendar        a moment or deadline in no year that the calendar reckons with
├── StepRefused           the engine could not finish the step; nothing was changed
└── Busy                  the database's turn did not come in time
"""


class Refused(Exception):  # noqa: N818  # it names what happened to the request
    """Base: a stable `code` and facts, never a sentence and no HTTP status."""

    code = "refused"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class NotFound(Refused):
    code = "not-found"


class NotAllowed(Refused):
    code = "not-allowed"


class Conflict(Refused):
    code = "conflict"


class TaskTaken(Conflict):
    code = "task-taken"


class TaskClosed(Conflict):
    code = "task-closed"


class KeyReused(Conflict):
    code = "idempotency-key-reused"


class Invalid(Refused):
    code = "invalid"


class UnknownOutcome(Invalid):
    code = "unknown-outcome"


class UnknownChoice(Invalid):
    code = "unknown-choice"


class BadScenario(Invalid):
    code = "scenario"


class NotDeployable(Invalid):
    code = "not-deployable"


class CalendarUnfit(Invalid):
    code = "calendar-unfit"


class BeyondCalendar(Invalid):
    code = "beyond-calendar"


class StepRefused(Invalid):
    code = "step-refused"


class Busy(Refused):
    code = "busy"
