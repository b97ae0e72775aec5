"""One change of a draft, whoever else is at it: applied where it was seen, brought together with what came since."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy.orm import Session

from bpmn.convert import bpmn_to_table, merge_table
from bpmn.document import Document, read_document
from bpmn.editing import Edit, as_meant, edited, fits, rebased, together
from bpmn.errors import BpmnError, EditError
from bpmn.examine import Town, check_document, main_process
from bpmn.findings import Clear, Severity
from bpmn.fiveclear import FiveClear
from bpmn.heading import Heading
from bpmn.threeway import Conflict, three_way
from engine.errors import Conflict as Refusal
from engine.errors import NotAllowed
from procedures.access import drafts_for, visible_procedure
from procedures.commands.rename_procedure import rename_procedure
from procedures.commands.save_draft import Change, Draft, save_draft
from procedures.errors import Stale
from procedures.mending import mended
from procedures.model.draft_change import DraftChange
from procedures.model.procedure import Procedure
from procedures.model.version import Version
from procedures.queries.catalogue import draft
from procedures.queries.draft_changes import Seen, origin, own_changes, seen, sent_before, source_at, to_redo, to_undo
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
        if fits(base.table, today.table, edits):
            possible, conflicts = rebased(base.table, today.table, edits)
            with suppress(EditError):  # of a row that somebody took out: it comes back with what was written
                return Joined(merge_table(today.document, edited(today.table, possible)), conflicts)
        return brought_together(base, opened(made(base)), today)

    facts = {"edits": [{"op": edit.op, "row": getattr(edit, "row", None)} for edit in edits]}
    return change_draft(code, base, Making(made, again), Change("table", facts, key=key), by=by)


def edit_diagram(code: str, revision: int, source: bytes, *, by: Person, key: str | None = None) -> Saved:
    """Save a diagram that was drawn over a revision of the draft."""
    base = seen_at(code, revision, by=by)
    making = of_whole(as_meant(opened(source), base.document), drawn=True)
    return change_draft(code, base, making, Change("diagram", key=key), by=by)


def mend(code: str, base: Seen, finding: str, element: str | None, *, by: Person, key: str | None = None) -> Saved:
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
        if (made := sent_before(session, version, key)) is not None:
            return Saved(seen(session, version), told_then(made))
        changes = own_changes(session, version, by.officer.id)
        last = (to_redo if redo else to_undo)(changes)
        if last is None:
            raise NothingToUndo(procedure=code)
        before = source_at(session, version, last.revision - 1)
    change = Change("redo" if redo else "undo", undoes=last.revision, key=key)
    making = of_whole(before, drawn=origin(changes, last).kind == "diagram")
    return change_draft(code, seen_at(code, last.revision, by=by), making, change, by=by)


def of_whole(source: bytes, *, drawn: bool) -> Making:
    """What was made of the whole document: a diagram, or an earlier state of it. `drawn`: not by the table alone."""
    again = partial(brought_together, drawn=drawn)
    return Making(lambda _: source, lambda base, today: again(base, opened(source), today))


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
            if (sent := sent_before(session, version, change.key)) is not None:
                return Saved(seen(session, version), told_then(sent))
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
                content = Draft(own.source, own.evidence, version.revision, noting(change, joined.conflicts))
                saved = save_draft(session, code, content, by=by, at=now())
                return Saved(Seen(saved.revision, own.source, own.document, own.table), joined.conflicts)
        except Stale:
            continue
    raise Stale(procedure=code)


def noting(change: Change, conflicts: Sequence[Conflict]) -> Change:
    """The change with what is told of it, which is told again where the first answer was lost."""
    told = [[each.element, each.place, each.mine, each.theirs] for each in conflicts]
    return replace(change, facts={**change.facts, "conflicts": told}) if told else change


def told_then(change: DraftChange) -> Sequence[Conflict]:
    return [Conflict(*each) for each in change.facts.get("conflicts", ())]


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


def brought_together(base: Seen, mine: Document, today: Seen, *, drawn: bool = False) -> Joined:
    """What two made of one draft: their documents together; where these make no whole, their tables in them.

    What was not `drawn` is all in the table: today's document can hold it. Raises `Clash` where there is no document.
    """
    merged = three_way(base.document, mine, today.document)
    wanted, conflicts = together(base.table, bpmn_to_table(mine), today.table)
    known = flow_faults(mine) | flow_faults(today.document)
    read = read_document(merged.source)
    if read.document is not None and whole(read.document, wanted, known):
        return Joined(read.document.canonical(), merged.conflicts)
    for document in (read.document, None if drawn else today.document):
        if document is not None and (found := holding(document, wanted)) and whole(found, wanted, known):
            return Joined(found.canonical(), (*conflicts, *drawn_by_two(merged.conflicts)))
    if read.document is None:
        raise Clash(codes=[finding.code for finding in read.findings][:5])
    return Joined(read.document.canonical(), merged.conflicts)


def drawn_by_two(conflicts: Sequence[Conflict]) -> Sequence[Conflict]:
    return [conflict for conflict in conflicts if conflict.place == "drawing"]


def holding(document: Document, table: FiveClear) -> Document | None:
    """The document with a table in it; None where it cannot hold it."""
    with suppress(BpmnError):
        return read_document(merge_table(document, table)).document
    return None


def whole(document: Document, table: FiveClear, known: frozenset[str]) -> bool:
    """Whether a document says a table, and its flow has no fault but those that are known."""
    return bpmn_to_table(document) == table and flow_faults(document) <= known


def flow_faults(document: Document) -> frozenset[str]:
    """What is wrong with the flow of a document."""
    found = check_document(document, "", Town()).findings
    return frozenset(each.code for each in found if each.severity is Severity.ERROR and each.clear is Clear.PROCESS)
