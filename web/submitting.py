"""From a file to a draft, and from a draft to its approval: what costs time happens outside the write."""

from bpmn.heading import Heading
from procedures.access import visible_procedure
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.save_draft import Draft, save_draft
from procedures.commands.submit import submit
from procedures.drafting import answer_for_all
from procedures.errors import Stale
from procedures.evidence import examine
from procedures.mending import mended
from procedures.model.procedure import Procedure
from procedures.model.version import Version
from procedures.queries.catalogue import draft
from procedures.queries.kept_source import kept_source
from procedures.queries.people import Person
from procedures.uploads import Upload, edited, into, of_source, under
from web.request import now, reading, transaction
from web.uploads import town_today


def import_procedure(new: NewProcedure, upload: Upload, *, by: Person) -> tuple[str, int]:
    """Open a procedure with its first draft; return its code and the draft's number.

    Raises what the commands raise; nothing is stored then.
    """
    town = town_today()
    unit = town.organisation.unit(new.unit)
    own = under(upload, Heading(new.code, new.title, new.kind, new.unit, unit.name), town) if unit else upload
    with transaction() as session:
        procedure = create_procedure(session, new, by=by, at=now())
        version = save_draft(session, procedure.code, Draft(own.source, own.evidence), by=by, at=now())
        return procedure.code, version.number


def replace_draft(code: str, upload: Upload, revision: int | None, *, by: Person) -> Version:
    """Save a new content of a procedure's draft. A table is merged into what is there, a diagram replaces it.

    Raises `Stale` when the draft is not the one that the writer has seen.
    """
    town = town_today()
    with reading() as session:
        heading = heading_of(visible_procedure(session, code, by))
        kept = kept_source(session, code, by)
    if kept is not None:
        if None not in (kept.revision, revision) and kept.revision != revision:
            raise Stale(revision=kept.revision)
        upload = into(upload, kept.source, town)
    own = under(upload, heading, town)
    with transaction() as session:
        return save_draft(session, code, Draft(own.source, own.evidence, revision), by=by, at=now())


def heading_of(procedure: Procedure) -> Heading:
    """What the catalogue says of a procedure goes before what a file says."""
    unit = procedure.unit
    return Heading(procedure.code, procedure.title, procedure.kind, unit.code, unit.name)


def let_all_answer(code: str, revision: int | None, *, by: Person) -> Version:
    """Save the draft with every performer answering for his own step where nobody was named."""
    with reading() as session:
        source = draft(session, code, by).source.encode()
    return replace_draft(code, edited(source, answer_for_all, town_today()), revision, by=by)


def mend_draft(code: str, finding: str, element: str | None, *, revision: int | None, by: Person) -> Version:
    """Save the draft with one finding mended, or all of its kind where no element is named. Raises `NoFix`."""
    with reading() as session:
        source = draft(session, code, by).source.encode()
    town = town_today()
    return replace_draft(code, of_source(mended(source, town, finding, element), town), revision, by=by)


def submit_draft(code: str, *, by: Person) -> Version:
    """Examine the draft as it is now and submit exactly that."""
    with reading() as session:
        source = draft(session, code, by).source.encode()
    evidence = examine(source, town_today())
    with transaction() as session:
        return submit(session, code, evidence, by=by, at=now())
