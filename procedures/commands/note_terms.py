"""Keep the dictionary of a version in step with its source."""

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bpmn.folding import search_key
from bpmn.terms import terms_of
from procedures.model.term import Term
from procedures.model.version import Version


def note_terms(session: Session, version: Version) -> None:
    """Write the terms that came, delete those that went; a save that changed none costs one read."""
    said = terms_of(version.source.encode())
    wanted = {(str(kind), text) for kind, texts in said.items() for text in texts}
    rows = session.execute(select(Term.id, Term.kind, Term.text).where(Term.version_id == version.id)).all()
    known = {(row.kind, row.text): row.id for row in rows}
    gone = [known[each] for each in known.keys() - wanted]
    if gone:
        session.execute(delete(Term).where(Term.id.in_(gone)))
    fresh = sorted(wanted - known.keys())
    if fresh:
        values = [
            {"version_id": version.id, "kind": kind, "text": text, "key": search_key(text)} for kind, text in fresh
        ]
        session.execute(insert(Term), values)
