"""The approval path: a procedure of the town's own, run by the engine.

Its steps carry acts; the stage follows from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from engine.access import is_candidate
from engine.errors import NotAllowed, NotFound
from engine.model.definition import Definition
from engine.model.instance import Instance
from engine.model.task import Task, TaskState
from procedures.errors import NoOpenStep, OwnWork
from procedures.model.procedure import Procedure
from procedures.model.setting import Setting
from procedures.model.version import Stage, Version
from procedures.model.version_editor import VersionEditor
from procedures.queries.people import Person

APPRAISE = "appraise"
RECOGNISE = "recognise"
PATH = "approval-path"
"""The setting that names the procedure by which versions are approved."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an approval case is about, as the engine's opaque reference."""

    version_id: int

    def __str__(self) -> str:
        return f"version:{self.version_id}"


def subject_version(instance: Instance) -> int | None:
    """Return the id of the version that a case approves, or None for any other case."""
    kind, _, number = (instance.subject or "").partition(":")
    return int(number) if kind == "version" and number.isdecimal() else None


def approval_path(session: Session) -> Definition:
    """Return the definition by which versions are approved now. Raises `NotFound` where none is installed."""
    setting = session.get(Setting, PATH)
    query = (
        select(Definition)
        .join(Version, Version.definition_id == Definition.id)
        .join(Procedure, Procedure.id == Version.procedure_id)
        .where(Procedure.code == (setting.value if setting else ""), Version.stage == Stage.IN_FORCE)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound(approval_path=setting.value if setting else None)
    return found


def open_step(session: Session, version: Version, act: str, by: Person) -> Task:
    """Return the open task of an act in a version's approval that the caller may do.

    Raises `OwnWork` for who edited the version, `NoOpenStep` when the path does not wait for this act, `NotAllowed`
    when it waits for somebody else.
    """
    refuse_editor(session, version, by)
    tasks = _open_steps(session, version, act)
    if not tasks:
        raise NoOpenStep(act=act, stage=version.stage)
    mine = next((task for task in tasks if is_candidate(task, by.actor)), None)
    if mine is None:
        raise NotAllowed(act=act)
    return mine


def refuse_editor(session: Session, version: Version, by: Person) -> None:
    """Raise `OwnWork` when the officer edited the version."""
    if session.get(VersionEditor, (version.id, by.officer.id)) is not None:
        raise OwnWork(version=version.number)


def waits_for(session: Session, version: Version, by: Person) -> str | None:
    """Return the act that the version's approval awaits of this person now, or None."""
    if session.get(VersionEditor, (version.id, by.officer.id)) is not None:
        return None
    for act in (APPRAISE, RECOGNISE):
        if any(is_candidate(task, by.actor) for task in _open_steps(session, version, act)):
            return act
    return None


def _open_steps(session: Session, version: Version, act: str) -> Sequence[Task]:
    query = (
        select(Task)
        .where(Task.instance_id == version.instance_id, Task.state == TaskState.OPEN, Task.act == act)
        .options(joinedload(Task.instance).joinedload(Instance.definition))
        .order_by(Task.id)
    )
    return session.scalars(query).all()
