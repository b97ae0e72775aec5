"""The worker: a loop over due rows. One broken case never stops it."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from engine.commands.fire_timer import fire_timer
from engine.database import Database
from engine.errors import Busy, Refused
from engine.model.incident import Incident
from engine.model.timer import Timer
from engine.queries.timers import MAX_ATTEMPTS, next_due, next_given_up
from engine.recount import is_pending, next_case, next_load, recount_next, skip_case

POLL = 1.0  # seconds between two looks when nothing is due
BACKOFF = timedelta(seconds=10)  # doubled at every attempt
BATCH = 20  # cases whose deadlines are counted anew before timers are looked at again

log = logging.getLogger(__name__)


def turn(database: Database, *, at: datetime) -> bool:
    """Take one due timer and fire it, or tell of one that killed its workers. Return False when nothing is due.

    The attempt is counted and committed before the work, so that a timer that kills its worker is not tried for ever.
    """
    with database.transaction() as session:
        timer = next_due(session, at=at)
        if timer is None:
            return _given_up(session, at=at)
        timer.attempts += 1
        timer.wake_at = at + BACKOFF * 2**timer.attempts
        taken, instance_id, attempts = timer.id, timer.instance_id, timer.attempts
    try:
        with database.transaction() as session:
            fired = fire_timer(session, taken, at=at)
        log.info("timer done", extra={"timer": taken, "instance": instance_id, "fired": fired})
    except Busy:
        _give_back(database, taken)
    except Exception as error:  # broad on purpose: whatever one case does, the others are served
        log.exception("timer failed", extra={"timer": taken, "instance": instance_id})
        if attempts >= MAX_ATTEMPTS:
            _incident(database, taken, instance_id, error, at=at)
    return True


def _given_up(session: Session, *, at: datetime) -> bool:
    """Tell of a timer that killed its worker at every attempt; nobody else could."""
    timer = next_given_up(session, at=at)
    if timer is None:
        return False
    session.add(
        Incident(instance_id=timer.instance_id, timer_id=timer.id, code="worker-died", facts={}, occurred_at=at)
    )
    log.error("timer killed its worker", extra={"timer": timer.id, "instance": timer.instance_id})
    return True


def _give_back(database: Database, timer_id: int) -> None:
    """Take back the count of an attempt that never began."""
    with database.transaction() as session:
        timer = session.get(Timer, timer_id)
        if timer is not None:
            timer.attempts -= 1


def _incident(database: Database, timer_id: int, instance_id: int, error: Exception, *, at: datetime) -> None:
    with database.transaction() as session:
        incident = _told(instance_id, error, at=at)
        incident.timer_id = timer_id
        session.add(incident)


def _told(instance_id: int, error: Exception, *, at: datetime) -> Incident:
    code = error.code if isinstance(error, Refused) else "defect"
    facts = (
        {key: str(value) for key, value in error.facts.items()}
        if isinstance(error, Refused)
        else {"error": type(error).__name__}
    )
    return Incident(instance_id=instance_id, timer_id=None, code=code, facts=facts, occurred_at=at)


def recount(database: Database, *, at: datetime, most: int = BATCH) -> int:
    """Count the deadlines of some cases anew after the calendar has changed; return how many cases were looked at.

    Each in a transaction of its own, which also notes it as done: whoever goes on begins behind it.  A case that cannot
    be counted becomes an incident.
    """
    with database.reading() as session:
        if not is_pending(session):
            return 0
    for seen in range(most):
        held: list[int] = []
        try:
            with database.transaction() as session:
                load = next_load(session)
                if load is not None and (coming := next_case(session, load)) is not None:
                    held.append(coming)
                if recount_next(session, at=at) is None:
                    return seen
        except Busy:
            return seen
        except Exception as error:  # broad on purpose, as in `turn`: whatever one case does, the others are counted
            if not held:
                raise
            log.exception("deadlines not counted", extra={"instance": held[0]})
            with database.transaction() as session:
                skip_case(session, held[0])
                session.add(_told(held[0], error, at=at))
    return most


def drain(database: Database, *, at: datetime, most: int = 10_000) -> int:
    """Fire everything due at a moment; return how many timers were taken. For tests and a virtual clock."""
    taken = 0
    while taken < most and turn(database, at=at):
        taken += 1
    return taken


def work(database: Database, stop: Event, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
    """Fire due timers until `stop` is set. A database that is away is waited for."""
    while not stop.is_set():
        try:
            busy = turn(database, at=now())
            busy = bool(recount(database, at=now())) or busy
        except (Busy, SQLAlchemyError):
            log.warning("database not reachable")
            busy = False
        if not busy:
            stop.wait(POLL)
