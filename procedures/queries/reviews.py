"""What was said about a version: threads by step, opinions, units consulted, and what a reader has gone through."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from bpmn.fiveclear import FiveClear
from procedures.commands.review import digest
from procedures.model.consultation import Consultation
from procedures.model.officer import Officer
from procedures.model.remark import Remark, RemarkState
from procedures.model.review import Review
from procedures.model.step_seen import StepSeen
from procedures.model.version import Version
from procedures.queries.people import Person


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark with who made it and the answers to it."""

    remark: Remark
    who: str
    answers: Sequence[tuple[Remark, str]]

    @property
    def open(self) -> bool:
        return self.remark.state == RemarkState.OPEN


@dataclass(frozen=True, slots=True)
class Given:
    """An opinion with who gave it; `stale` when the content has changed since."""

    review: Review
    who: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit that is asked. `silent`: its time has passed without an answer, which agrees."""

    consultation: Consultation
    who: str
    silent: bool
    stale: bool


@dataclass(frozen=True, slots=True)
class Discussion:
    """All of it. `threads` are by step, those on the whole version under the empty name."""

    threads: Mapping[str, Sequence[Thread]]
    opinions: Sequence[Given]
    asked: Sequence[Asked]
    seen: frozenset[str]

    @property
    def open(self) -> Sequence[Thread]:
        """What waits to be settled."""
        return [thread for step in self.threads.values() for thread in step if thread.open]


def discussion(session: Session, version: Version, table: FiveClear, *, by: Person, at: datetime) -> Discussion:
    """Return what was said about a version that the caller has been found allowed to see."""
    names = {officer.id: officer.name for officer in session.scalars(select(Officer))}
    said = session.scalars(select(Remark).where(Remark.version_id == version.id).order_by(Remark.id)).all()
    answers: dict[int, list[tuple[Remark, str]]] = defaultdict(list)
    for remark in said:
        if remark.answers is not None:
            answers[remark.answers].append((remark, names[remark.officer_id]))
    threads: dict[str, list[Thread]] = defaultdict(list)
    steps = {step.id for step in table.steps}
    for remark in said:
        if remark.answers is None:
            place = remark.element if remark.element in steps else ""
            threads[place].append(Thread(remark, names[remark.officer_id], answers[remark.id]))
    return Discussion(
        threads,
        _opinions(session, version, names),
        _asked(session, version, names, at),
        seen(session, version, table, by),
    )


def open_remarks(session: Session, version: Version) -> int:
    """Return how many remarks wait to be settled."""
    query = select(func.count()).where(
        Remark.version_id == version.id, Remark.answers.is_(None), Remark.state == RemarkState.OPEN
    )
    return session.scalar(query) or 0


def seen(session: Session, version: Version, table: FiveClear, by: Person) -> frozenset[str]:
    """Return the steps that a reader has gone through as they are now."""
    digests = {step.id: digest(table, step) for step in table.steps}
    noted = session.scalars(
        select(StepSeen).where(StepSeen.version_id == version.id, StepSeen.officer_id == by.officer.id)
    )
    return frozenset(note.element for note in noted if digests.get(note.element) == note.digest)


def _opinions(session: Session, version: Version, names: Mapping[int, str]) -> Sequence[Given]:
    found = session.scalars(select(Review).where(Review.version_id == version.id).order_by(Review.id.desc()))
    return [Given(review, names[review.officer_id], review.sha256 != version.sha256) for review in found]


def _asked(session: Session, version: Version, names: Mapping[int, str], at: datetime) -> Sequence[Asked]:
    found = session.scalars(
        select(Consultation)
        .where(Consultation.version_id == version.id)
        .options(joinedload(Consultation.unit))
        .order_by(Consultation.id)
    )
    return [
        Asked(
            each,
            names.get(each.answered_by or 0, ""),
            silent=each.opinion is None and at > each.due_at,
            stale=each.opinion is not None and each.sha256 != version.sha256,
        )
        for each in found
    ]
