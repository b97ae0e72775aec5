"""The town's dictionary: results, forms, dossiers and legal bases that its procedures use already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, distinct, func, select
from sqlalchemy.orm import Session

from bpmn.documents import DOCUMENTS, Replaced, called, replaced_in
from bpmn.folding import search_key
from bpmn.terms import TermKind
from procedures.access import sees_version
from procedures.model.procedure import Procedure
from procedures.model.term import Term
from procedures.model.version import Stage, Version
from procedures.queries.people import Person

SHOWN = 8
LONGEST = 200  # letters of a text that is looked for; more finds nothing
USED = (Stage.IN_FORCE, Stage.APPRAISED, Stage.SUBMITTED, Stage.DRAFT)


@dataclass(frozen=True, slots=True)
class Word:
    """A text to choose. `procedures` counts who use it, 0 for a document that only the gate knows.

    `replaced` are the documents it names that are in force no longer.
    """

    text: str
    procedures: int
    in_force: bool = False
    replaced: Sequence[Replaced] = ()


def words(session: Session, viewer: Person, kind: TermKind, typed: str, *, today: date) -> Sequence[Word]:
    """Return up to eight words that hold what was typed, without marks: what is in force and most used first.

    Of drafts only those count that the viewer may see; examples do not, nor does what stands there already. Among the
    legal bases are the documents that the gate knows, those replaced by another behind all others.
    """
    wanted = search_key(typed)[:LONGEST]
    found = [
        Word(text, count, bool(force)) for text, force, count in session.execute(_used(viewer, kind, wanted, typed))
    ]
    if kind is not TermKind.BASIS:
        return found
    known = {search_key(word.text) for word in found}
    documents = [Word(text, 0) for text in _documents(wanted) if search_key(text) not in known] if wanted else []
    told = [
        Word(word.text, word.procedures, word.in_force, list(replaced_in(word.text, today)))
        for word in (*found, *documents)
    ]
    return sorted(told, key=lambda word: bool(word.replaced))[:SHOWN]


def _used(viewer: Person, kind: TermKind, wanted: str, typed: str) -> Select[str, int, int]:
    force = func.max(case((Version.stage == Stage.IN_FORCE, 1), else_=0))
    count = func.count(distinct(Version.procedure_id))
    query = (
        select(func.min(Term.text), force, count)
        .join(Version, Version.id == Term.version_id)
        .join(Version.procedure)
        .where(Term.kind == kind, Term.text != typed, Version.stage.in_(USED), Procedure.example.is_(False))
        .where(sees_version(viewer))
        .group_by(Term.key)
        .order_by(Term.key.startswith(wanted, autoescape=True).desc(), force.desc(), count.desc(), Term.key)
        .limit(SHOWN)
    )
    for word in wanted.split():
        query = query.where(Term.key.contains(word, autoescape=True))
    return query


def _documents(wanted: str) -> Sequence[str]:
    """The documents that the gate knows, those in force first."""
    numbers = dict.fromkeys([*(each.by for each in DOCUMENTS), *(each.number for each in DOCUMENTS)])
    texts = [called(number) for number in numbers]
    return [text for text in texts if all(word in search_key(text) for word in wanted.split())]
