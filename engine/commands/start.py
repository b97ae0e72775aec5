"""Start a case of a deployed definition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert
from sqlalchemy.orm import Session

from bpmn.folding import normal, search_key
from engine.actor import Actor
from engine.advance import first
from engine.calendar import calendars
from engine.deadlines import limit_due
from engine.errors import Invalid
from engine.history import START, instance_stream, remember_end
from engine.load import INSTANCES, OF_INSTANCE, shaped
from engine.model.definition import Definition
from engine.model.instance import ClockState, Instance, InstanceStage
from engine.numbering import case_code
from engine.prepared import Prepared
from engine.telling import watch_limit


@dataclass(frozen=True, slots=True)
class Opening:
    """A case to be started. `received_at` is when the dossier came in; None means now."""

    definition: Definition
    title: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    received_at: datetime | None = None
    subject: str | None = None


def start(session: Session, opening: Opening, *, by: Actor, at: datetime) -> Instance:
    """Start a case: its first tasks are open and its statutory due is known when this returns.

    Raises `Invalid` for an empty title or a receipt in the future or beyond the calendar, `StepRefused` when the model
    fails at once.
    """
    received_at = opening.received_at or at
    known = calendars(session)
    calendar = known.of(opening.definition.unit_code)
    title = normal(opening.title)
    if not title:
        raise Invalid(field="title")
    if received_at > at or not calendar.reaches(received_at):
        raise Invalid(field="received_at")
    due = limit_due(opening.definition.limit or None, received_at, calendar)
    instance = _insert(
        session,
        code=case_code(session, opening.definition.unit_code, at),
        definition_id=opening.definition.id,
        title=title,
        search_key=search_key(title),
        subject=opening.subject,
        stage=InstanceStage.ACTIVE.value,
        started_by=by.id,
        received_at=received_at,
        started_at=at,
        clock_started_at=received_at,
        due_at=due.due_at,
        due_provisional=due.provisional,
    )
    guarded = first(session, instance, opening.definition, opening.variables, known=known)
    guarded.tell(
        "case-started",
        by=by,
        at=at,
        occurred_at=received_at,
        facts={"code": instance.code, "procedure": opening.definition.code, "version": opening.definition.number},
        private={"title": instance.title},
    )
    watch_limit(guarded, at=at)
    guarded.step(lambda run: None, by=by, at=at)
    return instance


UNKNOWN = ("paused_at", "clock_element", "extended_at", "extended_to", "ended_at", "ended_in")
FRESH = dict.fromkeys(UNKNOWN) | {"clock": ClockState.RUNNING.value, "paused_minutes": 0}
"""What no case has behind it when it starts."""

NEW_CASE = Prepared(
    insert(INSTANCES).values({name: bindparam(name) for name in OF_INSTANCE if name != "id"}).returning(INSTANCES.c.id)
)


def _insert(session: Session, **values: Any) -> Instance:
    """Insert a case whose history begins now; return it as an object of the session."""
    values = FRESH | values
    ((made,),) = NEW_CASE.rows(session.connection(), values)
    remember_end(session, instance_stream(made), 0, START)
    return shaped(session, Instance, {"id": made, **values})
