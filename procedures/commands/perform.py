"""Complete any task: a plain one in the engine, one with an act by the catalogue's own verb."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bpmn.fiveclear import CONTINUE
from bpmn.folding import same_text
from engine.access import visible_task
from engine.commands.complete_task import Completion, complete_task
from engine.errors import Invalid
from engine.model.task import Task
from procedures.approval import APPRAISE, RECOGNISE, subject_version
from procedures.commands.appraise import Judgement, appraise
from procedures.commands.recognise import decline
from procedures.model.appraisal import Verdict
from procedures.model.version import Version
from procedures.queries.people import Person


def perform(session: Session, task_id: int, completion: Completion, *, by: Person, at: datetime) -> Task:
    """Complete a task; where its step carries an act, the act happens with it and by its rules.

    Raises what the act raises; `Invalid` with `act` for a recognition, which needs a decision's number.
    """
    task = visible_task(session, task_id, by.actor)
    version_id = subject_version(task.instance)
    if task.act is None or version_id is None:
        return complete_task(session, task_id, completion, by=by.actor, at=at)
    version = session.scalars(
        select(Version).where(Version.id == version_id).options(joinedload(Version.procedure))
    ).one()
    _act(session, task, version, completion, by=by, at=at)
    return task


def _act(session: Session, task: Task, version: Version, completion: Completion, *, by: Person, at: datetime) -> None:
    code, number = version.procedure.code, version.number
    onwards = completion.outcome is None or same_text(completion.outcome, CONTINUE)
    reason = completion.note or ""
    if task.act == APPRAISE:
        verdict = Verdict.ACCEPT if onwards else Verdict.RETURN
        appraise(session, code, number, Judgement(verdict, reason), by=by, at=at)
    elif task.act == RECOGNISE and not onwards:
        decline(session, code, number, completion.outcome or "", reason, by=by, at=at)
    else:
        raise Invalid(act=task.act, procedure=code, version=number)
