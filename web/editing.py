"""One change of a draft, whoever else is at it: applied where it was seen, brought together with what came since."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from bpmn.convert import bpmn_to_table, merge_table
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
from procedures.errors import Stale, Unclear
from procedures.mending import mended
from procedures.model.procedure import Procedure
from procedures.model.version import Version
from procedures.queries.catalogue import draft
from procedures.queries.draft_changes import source_at, to_redo, to_undo
from procedures.queries.people import Person
from procedures.uploads import Upload, of_source, under
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
    """A change: what it makes of the document that was seen, and of today's where somebody saved since."""

    first: Callable[[Document], bytes]
    again: Callable[[Document, Document], Joined]


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft after a change. `conflicts` are places that somebody else had changed: his words stand."""

    version: Version
    upload: Upload
    conflicts: Sequence[Conflict]


def edit_table(code: str, revision: int, edits: Sequence[Edit], *, by: Person) -> Saved:
    """Make edits of the table that were meant for a revision of the draft."""

    def made(document: Document) -> bytes:
        return merge_table(document, edited(bpmn_to_table(document), edits))

    def again(base: Document, today: Document) -> Joined:
        table = bpmn_to_table(today)
        possible, conflicts = rebased(bpmn_to_table(base), table, edits)
        try:
            return Joined(merge_table(today, edited(table, possible)), conflicts)
        except EditError:  # of a row that somebody took out: it comes back with what was written
            return brought_together(base, opened(made(base)), today)

    facts = {"edits": [{"op": edit.op, "row": getattr(edit, "row", None)} for edit in edits]}
    return change_draft(code, revision, Making(made, again), Change("table", facts), by=by)


def edit_diagram(code: str, revision: int, source: bytes, *, by: Person) -> Saved:
    """Save a diagram that was drawn over a revision of the draft."""
    return change_draft(code, revision, drawn(source), Change("diagram"), by=by)


def mend(code: str, revision: int, finding: str, element: str | None, *, by: Person) -> Saved:
    """Let the machine mend one finding, or all of its kind where no element is named, in the draft as it is today.

    Raises `NoFix`.
    """
    town = town_today()

    def made(today: Document) -> bytes:
        return mended(today.canonical(), town, finding, element)

    change = Change("fix", {"finding": finding, "element": element})
    return change_draft(code, revision, Making(made, lambda _, today: Joined(made(today))), change, by=by)


def take_back(code: str, *, by: Person, redo: bool = False) -> Saved:
    """Undo the last change of this officer, or the last undo; what others did since stays."""
    with reading() as session:
        own_procedure(session, code, by)
        version = draft(session, code, by)
        last = (to_redo if redo else to_undo)(session, version, by.officer.id)
        if last is None:
            raise NothingToUndo(procedure=code)
        before = source_at(session, version, last.revision - 1)
    change = Change("redo" if redo else "undo", undoes=last.revision)
    return change_draft(code, last.revision, drawn(before), change, by=by)


def drawn(source: bytes) -> Making:
    """What was made of the whole document: a diagram, or an earlier state of it."""
    return Making(lambda _: source, lambda base, today: brought_together(base, opened(source), today))


def change_draft(code: str, revision: int, making: Making, change: Change, *, by: Person) -> Saved:
    """Save a change that was meant for a revision of the draft, together with what others saved since.

    Raises `Unclear` where nothing readable comes out, `Clash` where the two do not fit, and what the commands raise.
    """
    town = town_today()
    for _ in range(TRIES):
        with reading() as session:
            version = draft(session, code, by)
            today = opened(version.source.encode())
            stale = revision != version.revision
            base = opened(source_at(session, version, revision)) if stale else today
            heading = heading_of(own_procedure(session, code, by))
        joined = making.again(base, today) if stale else Joined(making.first(base))
        made = of_source(joined.source, town)
        if made.source == today.canonical():
            return Saved(version, made, joined.conflicts)
        own = under(made, named(heading, version, today, made), town)
        try:
            with transaction() as session:
                if own.table.title != heading.title:
                    rename_procedure(session, code, own.table.title, by=by, at=now())
                content = Draft(own.source, own.evidence, version.revision, change)
                return Saved(save_draft(session, code, content, by=by, at=now()), own, joined.conflicts)
        except Stale:
            continue
    raise Stale(procedure=code)


def named(heading: Heading, version: Version, today: Document, made: Upload) -> Heading:
    """The heading with the name that a change gives the procedure; only that of the first draft may change."""
    title = made.table.title
    free = version.number == 1 and title and title != main_process(today).name
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


def opened(source: bytes) -> Document:
    """The document of a source. Raises `Unclear`."""
    read = read_document(source)
    if read.document is None:
        raise Unclear(read.findings)
    return read.document
