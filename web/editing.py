"""One change of a draft, whoever else is at it: applied where it was seen, brought together with what came since."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from bpmn.convert import merge_table
from bpmn.document import Document, read_document
from bpmn.editing import Edit, edited, rebased
from bpmn.errors import EditError
from bpmn.examine import main_process
from bpmn.heading import Heading
from bpmn.threeway import Conflict, three_way
from engine.errors import Conflict as Refusal
from engine.errors import NotAllowed
from procedures.access import drafts_for, visible_procedure
from procedures.commands.rename_procedure import rename_procedure
from procedures.commands.save_draft import Change, Draft, save_draft
from procedures.errors import Stale
from procedures.mending import mended
from procedures.model.procedure import Procedure
from procedures.model.version import Version
from procedures.queries.catalogue import draft
from procedures.queries.draft_changes import Seen, own_changes, seen, source_at, to_redo, to_undo, was_made
from procedures.queries.people import Person
from procedures.uploads import Upload, canonical_form, of_canonical, opened, under
from web.request import now, reading, transaction
from web.submitting import heading_of
from web.uploads import town_today

TRIES = 5  # times that somebody else may save in between


class Clash(Refusal):
    """What two people did does not make one document; nothing was saved."""

    code = "edit-clash"


class NothingToUndo(Refusal):
    code = "nothing-to-undo"


@dataclass(frozen=True, slots=True)
class Joined:
    """A source, and the places that somebody else had changed: his words stand."""

    source: bytes
    conflicts: Sequence[Conflict] = ()


@dataclass(frozen=True, slots=True)
class Making:
    """A change: what it makes of the draft that was seen, and of today's where somebody saved since."""

    first: Callable[[Seen], bytes]
    again: Callable[[Seen, Seen], Joined]


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft after a change. `conflicts` are places that somebody else had changed: his words stand."""

    draft: Seen
    conflicts: Sequence[Conflict]


def seen_at(code: str, revision: int, *, by: Person) -> Seen:
    """The draft of a procedure as a revision left it. Raises `NotFound`."""
    with reading() as session:
        return seen(session, draft(session, code, by), revision)


def edit_table(code: str, base: Seen, edits: Sequence[Edit], *, by: Person, key: str | None = None) -> Saved:
    """Make edits of the table that were meant for a draft as it was seen."""

    def made(base: Seen) -> bytes:
        return merge_table(base.document, edited(base.table, edits))

    def again(base: Seen, today: Seen) -> Joined:
        possible, conflicts = rebased(base.table, today.table, edits)
        try:
            return Joined(merge_table(today.document, edited(today.table, possible)), conflicts)
        except EditError:  # of a row that somebody took out: it comes back with what was written
            return brought_together(base.document, opened(made(base)), today.document)

    facts = {"edits": [{"op": edit.op, "row": getattr(edit, "row", None)} for edit in edits]}
    return change_draft(code, base, Making(made, again), Change("table", facts, key=key), by=by)


def edit_diagram(code: str, revision: int, source: bytes, *, by: Person, key: str | None = None) -> Saved:
    """Save a diagram that was drawn over a revision of the draft."""
    return change_draft(code, seen_at(code, revision, by=by), drawn(source), Change("diagram", key=key), by=by)


def mend(
    code: str, base: Seen, finding: str, element: str | None, *, by: Person, key: str | None = None
) -> Saved:
    """Let the machine mend one finding, or all of its kind where no element is named, in the draft as it is today.

    Raises `NoFix`.
    """
    town = town_today()

    def made(today: Seen) -> bytes:
        return mended(today.source, town, finding, element)

    making = Making(made, lambda _, today: Joined(made(today)))
    change = Change("fix", {"finding": finding, "element": element}, key=key)
    return change_draft(code, base, making, change, by=by)


def take_back(code: str, *, by: Person, redo: bool = False, key: str | None = None) -> Saved:
    """Undo the last change of this officer, or the last undo; what others did since stays."""
    with reading() as session:
        own_procedure(session, code, by)
        version = draft(session, code, by)
        if was_made(session, version, key):
            return Saved(seen(session, version), ())
        last = (to_redo if redo else to_undo)(own_changes(session, version, by.officer.id))
        if last is None:
            raise NothingToUndo(procedure=code)
        before = source_at(session, version, last.revision - 1)
    change = Change("redo" if redo else "undo", undoes=last.revision, key=key)
    return change_draft(code, seen_at(code, last.revision, by=by), drawn(before), change, by=by)


def drawn(source: bytes) -> Making:
    """What was made of the whole document: a diagram, or an earlier state of it."""
    return Making(lambda _: source, lambda base, today: brought_together(base.document, opened(source), today.document))


def change_draft(code: str, base: Seen, making: Making, change: Change, *, by: Person) -> Saved:
    """Save a change that was meant for a draft as it was seen, together with what others saved since; once, however
    often it is sent under one key.

    Raises `Unclear` where nothing readable comes out, `Clash` where the two do not fit, and what the commands raise.
    """
    town = town_today()
    for _ in range(TRIES):
        with reading() as session:
            version = draft(session, code, by)
            heading = heading_of(own_procedure(session, code, by))
            if was_made(session, version, change.key):
                return Saved(seen(session, version), ())
            stale = base.revision != version.revision
            today = seen(session, version) if stale else base
        joined = making.again(base, today) if stale else Joined(making.first(base))
        source = canonical_form(joined.source)
        if source == today.source:
            return Saved(today, joined.conflicts)
        made = of_canonical(source, town)
        own = under(made, named(heading, version, today, made), town)
        try:
            with transaction() as session:
                if own.table.title != heading.title:
                    rename_procedure(session, code, own.table.title, by=by, at=now())
                content = Draft(own.source, own.evidence, version.revision, change)
                saved = save_draft(session, code, content, by=by, at=now())
                return Saved(Seen(saved.revision, own.source, own.document, own.table), joined.conflicts)
        except Stale:
            continue
    raise Stale(procedure=code)


def named(heading: Heading, version: Version, today: Seen, made: Upload) -> Heading:
    """The heading with the name that a change gives the procedure; only that of the first draft may change."""
    title = made.table.title
    free = version.number == 1 and title and title != main_process(today.document).name
    return replace(heading, title=title) if free else heading


def own_procedure(session: Session, code: str, by: Person) -> Procedure:
    """The procedure, as one whose drafts this officer may change. Raises `NotFound`, `NotAllowed`."""
    procedure = visible_procedure(session, code, by)
    if not drafts_for(by, procedure.unit.code):
        raise NotAllowed(procedure=code)
    return procedure


def brought_together(base: Document, mine: Document, theirs: Document) -> Joined:
    """What two made of one document. Raises `Clash` where it is no document any more."""
    merged = three_way(base, mine, theirs)
    read = read_document(merged.source)
    if read.document is None:
        raise Clash(codes=[finding.code for finding in read.findings][:5])
    return Joined(read.document.canonical(), merged.conflicts)
