"""Give a case a new date, once, with the written apology.

Source: Decree 61/2018, article 19.9: at the latest a day before the limit ends, and only once.
"""

import re
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from engine.access import visible_instance
from engine.actor import Actor
from engine.advance import Guarded, hold
from engine.case_times import before_limit, count_anew, of_case
from engine.errors import Conflict, Invalid, NotAllowed
from engine.model.instance import Instance
from engine.telling import clock_rules, watch_limit
from engine.timers import take_back

MOST = re.compile(r"không quá (\d{1,3}) ngày", re.IGNORECASE)


def extend_case(session: Session, instance_id: int, until: date, *, reason: str, by: Actor, at: datetime) -> Instance:
    """Move the statutory due of an active case to the close of `until`.

    The heads of the unit that owns the procedure and the leadership may.  Raises `Invalid` without a reason, for a day
    that is not later or beyond what the procedure allows; `Conflict` when it was extended before or has no date.
    """
    seen = visible_instance(session, instance_id, by)
    if not by.commands and seen.definition.unit_code not in by.heads:
        raise NotAllowed(instance=instance_id)
    if not reason.strip():
        raise Invalid(field="reason")
    case = hold(session, instance_id)
    instance, was = case.instance, case.instance.due_at
    if was is None or instance.extended_at is not None:
        raise Conflict(instance=instance_id, reason="no-limit" if was is None else "extended-before")
    due_at = case.clock.calendar.closing(until)
    if due_at <= max(was, at):
        raise Invalid(field="until", after=max(was, at).isoformat())
    most = longest(case)
    if most is not None and until > was.astimezone(case.clock.calendar.zone).date() + timedelta(days=most):
        raise Invalid(field="until", most_days=most)
    late = at > before_limit(was, case.clock)
    instance.extended_at, instance.extended_to = at, due_at
    count_anew(case)
    take_back(session, of_case(case))
    watch_limit(case, at=at)
    facts = {"from": was.isoformat(), "to": due_at.isoformat(), "late": late}
    case.record("case-extended", by=by, at=at, facts=facts, private={"reason": reason.strip()})
    return instance


def longest(case: Guarded) -> int | None:
    """How many days the procedure allows at most, None where it does not say."""
    notes = [f"{rule['condition']} {rule['note']}" for rule in clock_rules(case)]
    found = next((match for note in notes if (match := MOST.search(note))), None)
    return int(found[1]) if found else None
