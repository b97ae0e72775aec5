"""What an officer has done for the first time already, and whether he still wants to be told."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from engine.model.task import Task
from procedures.model.appraisal import Appraisal
from procedures.model.decision import Decision
from procedures.model.setting import Setting
from procedures.model.trial import Trial
from procedures.model.version import Version
from procedures.model.version_editor import VersionEditor
from procedures.queries.people import Person

DONE = "first-steps-done"


def first_steps(session: Session, by: Person) -> Mapping[str, bool]:
    """Return what the officer has done at least once, by the name of the step."""
    me = by.officer.id
    edited = exists().where(VersionEditor.version_id == Version.id, VersionEditor.officer_id == me)
    asked: dict[str, ColumnElement[bool]] = {
        "draft": exists().where(VersionEditor.officer_id == me),
        "try": exists().where(Trial.officer_id == me),
        "submit": exists().where(Version.submitted_at.is_not(None), or_(Version.submitted_by == me, edited)),
        "claim": exists().where(Task.claimed_at.is_not(None), or_(Task.assignee_id == me, Task.completed_by == me)),
        "complete": exists().where(Task.completed_by == me),
        "appraise": exists().where(Appraisal.officer_id == me),
        "recognise": exists().where(Decision.signer_id == me),
    }
    found = session.execute(select(*(query.label(name) for name, query in asked.items()))).one()
    return {name: bool(getattr(found, name)) for name in asked}


def dismissed(session: Session, by: Person) -> bool:
    """Whether the officer has put the first steps away."""
    return session.get(Setting, _name(by)) is not None


def dismiss(session: Session, by: Person, *, away: bool) -> None:
    """Put the first steps away, or bring them back."""
    noted = session.get(Setting, _name(by))
    if away and noted is None:
        session.add(Setting(name=_name(by), value="1"))
    elif noted is not None and not away:
        session.delete(noted)
    session.flush()


def _name(by: Person) -> str:
    return f"{DONE}:{by.officer.id}"
