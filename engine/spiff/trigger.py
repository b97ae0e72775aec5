"""What is thrown, and who catches it: signals everywhere in the instance, errors and escalations outwards.

Who hears it is settled at the moment of the throw; it happens when the throwing token has gone on, so that nobody
hears himself and a scope that is left takes with it all that was just begun in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from SpiffWorkflow.util.task import TaskState

from bpmn.elements import EventDefinition
from engine.spiff.element import BoundaryFork
from engine.spiff.token import Instance, Token, Workflow, open_tokens, withdraw

OUTWARDS = frozenset({"error", "escalation"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """What is thrown or waited for. `kind`: signal, error or escalation; `key` is its name, for an error or escalation
    its code where it has one; None catches every code."""

    kind: str
    key: str | None


def read_trigger(event: EventDefinition) -> Trigger:
    """The trigger that an event definition means: two definitions of one name or code mean the same."""
    named = event.name if event.kind == "signal" else event.code or event.name
    return Trigger(event.kind, normalize("NFC", named or event.ref or "").strip() or None)


def throw(trigger: Trigger, token: Token) -> None:
    """Send a trigger on its way from a token that runs."""
    top: Instance = token.workflow.top_workflow
    if trigger.kind == "signal":
        broadcast(top, trigger)
        return
    catcher = next(catchers(trigger, token.workflow), None)
    if catcher is not None:
        deliver(top, catcher)
    elif trigger.kind == "error":
        element = token.task_spec.bpmn_id
        top.deliveries.append(lambda: fail(top, element))


def broadcast(top: Instance, trigger: Trigger) -> int:
    """Send a signal to all in the instance that wait for it now; return how many do."""
    hearers = [token for workflow in top.workflows for token in open_tokens(workflow) if hears(token, trigger)]
    for token in sorted(hearers, key=lambda token: int(token.id)):
        deliver(top, token)
    return len(hearers)


def deliver(top: Instance, token: Token) -> None:
    def happen() -> None:
        if token.state == TaskState.WAITING:  # else withdrawn since
            token.task_spec.happen(token)

    top.deliveries.append(happen)


def hears(token: Token, trigger: Trigger) -> bool:
    return token.state == TaskState.WAITING and getattr(token.task_spec, "trigger", None) == trigger


def catchers(trigger: Trigger, workflow: Workflow) -> Iterator[Token]:
    """The boundary events that catch an error or escalation from inside a scope, nearest first; on one activity that
    of its code goes before that of every code."""
    while workflow.parent_task_id is not None:
        holder = workflow.parent_workflow.tasks[workflow.parent_task_id]
        activity = holder.parent if holder.parent.task_spec.gathers else holder
        border = activity.parent.children if isinstance(activity.parent.task_spec, BoundaryFork) else ()
        for wanted in dict.fromkeys((trigger, Trigger(trigger.kind, None))):
            yield from (token for token in border if hears(token, wanted))
        workflow = holder.workflow


def fail(top: Instance, element: str) -> None:
    """End the instance at an error that nothing catches: whatever is open is withdrawn."""
    for token in open_tokens(top):
        withdraw(token)
    top.ended_at = element
