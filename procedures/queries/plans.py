"""Plans and their windows."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from procedures.model.obligation import Obligation
from procedures.model.plan import Plan


def plan_of_year(session: Session, year: int) -> Plan:
    """Return the plan of a year. Raises `NotFound`."""
    found = session.scalars(select(Plan).where(Plan.year == year)).one_or_none()
    if found is None:
        raise NotFound(plan=year)
    return found


def plan_by_code(session: Session, code: str) -> Plan:
    """Return a plan by its number, such as 122/KH-UBND. Raises `NotFound`."""
    found = session.scalars(select(Plan).where(Plan.code == code)).one_or_none()
    if found is None:
        raise NotFound(plan=code)
    return found


def plans(session: Session) -> Sequence[Plan]:
    """Return all plans, the newest first."""
    return session.scalars(select(Plan).order_by(Plan.year.desc())).all()


def obligations(session: Session, plan: Plan) -> Sequence[Obligation]:
    """Return what a plan demands, in its own order."""
    return session.scalars(select(Obligation).where(Obligation.plan_id == plan.id).order_by(Obligation.id)).all()


def after_drafting(plan: Plan | None, day: date) -> bool:
    """Whether a submission on this day is late by its plan."""
    return plan is not None and day > plan.drafting_until


def in_recognition(plan: Plan, day: date) -> bool:
    """Whether the recognition window is open."""
    return plan.recognition_from <= day <= plan.recognition_until
