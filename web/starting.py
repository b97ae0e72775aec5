"""A new procedure from something: a version that stands in the library, one row, or the version in force."""

from collections.abc import Sequence

from engine.errors import Conflict
from procedures.access import visible_procedure, visible_version
from procedures.commands.copy_procedure import Beginning, Model, begun, copy_procedure
from procedures.commands.create_procedure import NewProcedure
from procedures.commands.save_draft import Change, Draft, save_draft
from procedures.model.version import Stage
from procedures.queries.people import Person
from procedures.queries.similar import Similar, similar
from procedures.queries.versions import versions_of
from procedures.uploads import of_source, opened
from web.editing import own_procedure
from web.request import now, reading, transaction
from web.uploads import town_today


def model_of(code: str, number: int, *, by: Person) -> Model:
    """A version of the library to start from. Raises `NotFound` also for one that the officer may not see."""
    with reading() as session:
        version = visible_version(session, code, number, by)
        procedure = version.procedure
        origin = {
            "kind": "copy",
            "code": code,
            "number": number,
            "title": procedure.title,
            "unit": procedure.unit.name,
            "procedure_kind": procedure.kind,
        }
        return Model(opened(version.source.encode()), procedure.unit.code, procedure.unit.name, origin)


def alike(title: str, leave_out: str = "", *, by: Person) -> Sequence[Similar]:
    """The procedures like one of this name; `leave_out` is the code of one that is known already."""
    with reading() as session:
        return similar(session, by, title, leave_out=leave_out) if title.strip() else ()


def start_from(model: Model, new: NewProcedure, *, by: Person) -> Beginning:
    """Open a procedure as a copy."""
    beginning = begun(model, new, town_today())
    with transaction() as session:
        copy_procedure(session, beginning, by=by, at=now())
    return beginning


def next_version(code: str, *, by: Person) -> None:
    """Open the draft of the next version as a copy of the one in force; a draft that is there stays as it is.

    Raises `Conflict` where there is no version in force, `NotADraft` while one is on its way through approval.
    """
    with reading() as session:
        own_procedure(session, code, by)
        versions = versions_of(session, visible_procedure(session, code, by), by)
    if any(version.stage == Stage.DRAFT for version in versions):
        return
    force = next((version for version in versions if version.stage == Stage.IN_FORCE), None)
    if force is None:
        raise Conflict(reason="not-in-force")
    upload = of_source(force.source.encode(), town_today())
    change = Change(facts={"origin": {"kind": "version", "number": force.number}})
    with transaction() as session:
        save_draft(session, code, Draft(upload.source, upload.evidence, change=change), by=by, at=now())
