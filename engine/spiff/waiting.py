"""What an instance waits for, as seen from outside."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from SpiffWorkflow.util.task import TaskState

from bpmn.fiveclear import Duration
from engine.spiff.event import Boundary, Listener, Receive
from engine.spiff.token import Token


class WaitingFor(StrEnum):
    """What a place waits for: a person, the message of a receive task, that of an event, or a signal."""

    USER = "user"
    RECEIVE = "receive"
    MESSAGE = "message"
    SIGNAL = "signal"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place where an instance waits for someone.

    `key` stays the same across dump and load.  `item` counts the instances of a multi-instance activity from 0;
    `message` is the name of the message or signal waited for.
    """

    key: str
    element: str
    kind: WaitingFor
    item: int | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class PendingTimer:
    """A timer that runs. `due_at` is aware UTC; `cancels_activity` is the activity that it withdraws when it fires.

    `working` is its length in working time, counted from `since`, of the activity `watches` or of the event itself.
    """

    key: str
    element: str
    due_at: datetime
    cancels_activity: str | None = None
    working: Duration | None = None
    since: datetime | None = None
    watches: str = ""


def is_task(token: Token) -> bool:
    """Whether a person is to complete it."""
    return bool(token.task_spec.manual) and token.state == TaskState.READY


def is_message(token: Token) -> bool:
    spec = token.task_spec
    waits = isinstance(spec, Listener) and token.state == TaskState.WAITING
    return waits and spec.timer is None and spec.trigger is None


def is_signal(token: Token) -> bool:
    """Whether it waits for a signal; errors and escalations come from inside alone, nobody waits for them."""
    trigger = getattr(token.task_spec, "trigger", None)
    return trigger is not None and trigger.kind == "signal" and token.state == TaskState.WAITING


def is_timer(token: Token) -> bool:
    spec = token.task_spec
    return isinstance(spec, Listener) and spec.timer is not None and token.state == TaskState.WAITING


def describe(token: Token) -> Waiting | None:
    """Return what the token waits for, None where it waits for no one outside."""
    spec, item = token.task_spec, token.internal_data.get("item")
    if is_task(token):
        return Waiting(token.id, spec.bpmn_id, WaitingFor.USER, item)
    if is_message(token):
        kind = WaitingFor.RECEIVE if isinstance(spec, Receive) else WaitingFor.MESSAGE
        return Waiting(token.id, spec.bpmn_id, kind, item, spec.message)
    if is_signal(token):
        return Waiting(token.id, spec.bpmn_id, WaitingFor.SIGNAL, item, spec.trigger.key)
    return None


def pending(token: Token) -> PendingTimer:
    spec = token.task_spec
    cancels = spec.node.attached_to if isinstance(spec, Boundary) and spec.node.interrupting else None
    due, since = (token.internal_data.get(name) for name in ("due", "since"))
    return PendingTimer(
        token.id,
        spec.bpmn_id,
        datetime.fromisoformat(due),
        cancels,
        working=spec.timer.working,
        since=datetime.fromisoformat(since) if since else None,
        watches=spec.watches,
    )
