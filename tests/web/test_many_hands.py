"""Officers at one draft do at random what can be done to it, often over an old view: nothing is lost in silence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from bpmn.convert import bpmn_to_table, merge_table, read_yaml, table_to_bpmn
from bpmn.document import Document, read_document
from bpmn.editing import edited
from bpmn.errors import BpmnError
from bpmn.threeway.parts import content
from engine.errors import Refused
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.save_draft import Draft, save_draft
from procedures.evidence import Gate, findings_of
from procedures.queries.catalogue import draft
from procedures.queries.draft_changes import own_changes, seen, source_at, to_redo, to_undo
from procedures.queries.people import Person, organisation, person_by_login
from procedures.uploads import of_source, opened
from tests.visitors import AUTHOR, NOW, Website
from tests.web.hands import some_drawing, some_edits
from tests.web.hands_laws import Work, broken
from web.editing import Saved, edit_diagram, edit_table, flow_faults, mend, seen_at, take_back
from web.request import now, reading, transaction

COLLEAGUE = "tckh.truong-phong"
SAMPLES = sorted(Path("tests/files/samples").glob("*.yaml"))
XSD = etree.XMLSchema(etree.parse(str(files("SpiffWorkflow.bpmn.parser.schema") / "BPMN20.xsd")))
TURNS = 12


@dataclass
class Desk:
    """An officer before the draft as a revision left it."""

    by: Person
    view: int = 1


@dataclass
class Town:
    """A draft and who is at it."""

    code: str
    random: Random
    desks: Sequence[Desk]
    saves: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Turn:
    """What is asked of the server, as often as one likes; what is meant, where known, of which revision; whether the
    flow is whole afterwards where it was."""

    ask: Callable[[], Saved]
    meant: Document | None
    of: int
    whole: bool = True


@pytest.fixture
def inside(website: Website) -> Iterator[Website]:
    with website.app.app_context():
        yield website


def settled(seed: int) -> Town:
    """A sample's draft with two officers at it."""
    random = Random(seed)
    table = read_yaml(random.choice(SAMPLES).read_bytes()).table
    assert table is not None
    code = f"QT-TAY-{seed}"
    with transaction() as session:
        people = [person_by_login(session, login, at=NOW) for login in (AUTHOR, COLLEAGUE)]
        upload = of_source(table_to_bpmn(table), Gate(organisation(session, at=NOW), NOW))
        create_procedure(session, NewProcedure(code, table.title, "TCKH"), by=people[0], at=now())
        save_draft(session, code, Draft(upload.source, upload.evidence), by=people[0], at=now())
    return Town(code, random, [Desk(by) for by in people])


def turn(town: Town, desk: Desk, key: str) -> Turn | None:
    """What an officer does next; None where there is nothing to do."""
    kind = town.random.choices((written, sketched, mended, undone, redone), (60, 15, 4, 14, 7))[0]
    return kind(town, desk, key)


def written(town: Town, desk: Desk, key: str) -> Turn:
    base = seen_at(town.code, desk.view, by=desk.by)
    edits = some_edits(town.random, base.table)
    meant = opened(merge_table(base.document, edited(base.table, edits)))
    return Turn(lambda: edit_table(town.code, base, edits, by=desk.by, key=key), meant, desk.view)


def sketched(town: Town, desk: Desk, key: str) -> Turn:
    view = desk.view
    source = some_drawing(town.random, seen_at(town.code, view, by=desk.by).source)
    ask = partial(edit_diagram, town.code, view, source, by=desk.by, key=key)
    return Turn(ask, opened(source), view, whole=False)


def mended(town: Town, desk: Desk, key: str) -> Turn | None:
    base = seen_at(town.code, desk.view, by=desk.by)
    with reading() as session:
        found = findings_of(draft(session, town.code, desk.by).evidence)
    if not found:
        return None
    wish = town.random.choice(found)
    ask = partial(mend, town.code, base, wish.code, wish.element, by=desk.by, key=key)
    return Turn(ask, None, desk.view)


def undone(town: Town, desk: Desk, key: str) -> Turn | None:
    return taken_back(town, desk, key, redo=False)


def redone(town: Town, desk: Desk, key: str) -> Turn | None:
    return taken_back(town, desk, key, redo=True)


def taken_back(town: Town, desk: Desk, key: str, *, redo: bool) -> Turn | None:
    with reading() as session:
        version = draft(session, town.code, desk.by)
        last = (to_redo if redo else to_undo)(own_changes(session, version, desk.by.officer.id))
        before = None if last is None else opened(source_at(session, version, last.revision - 1))
    if last is None or before is None:
        return None
    return Turn(lambda: take_back(town.code, by=desk.by, redo=redo, key=key), before, last.revision)


def play(town: Town, turns: int) -> None:
    for at in range(turns):
        desk = town.random.choice(town.desks)
        with reading() as session:
            today = seen(session, draft(session, town.code, desk.by))
        if town.random.random() < 0.45:
            desk.view = today.revision
        try:
            done = turn(town, desk, f"{town.code}-{at}")
            if done is None:
                continue
            saved = done.ask()
        except (BpmnError, Refused) as refusal:
            assert refusal.code in ("no-fix", "times-differ"), refusal
            continue
        again = done.ask()
        same = again.draft.revision == saved.draft.revision and list(again.conflicts) == list(saved.conflicts)
        town.faults += [] if same else [f"{at}: sent again it is another"]
        desk.view = saved.draft.revision
        town.saves += 1
        base = seen_at(town.code, done.of, by=desk.by)
        town.faults += [f"{at}: {fault}" for fault in unreadable(today.source, saved)]
        if done.meant is not None:
            mine = bpmn_to_table(done.meant)
            work = Work(base.table, mine, today.table, saved.draft.table, saved.conflicts)
            known = flow_faults(done.meant) | flow_faults(today.document) | flow_faults(base.document)
            new = flow_faults(saved.draft.document) - known if done.whole else ()
            town.faults += [f"{at}: {fault}" for fault in (*broken(work), *new)]


def unreadable(before: bytes, saved: Saved) -> Iterator[str]:
    """What is wrong with the saved document itself."""
    document = reread(saved.draft.source)
    table = bpmn_to_table(document)
    if table != saved.draft.table:
        yield "table and diagram say different things"
    if content(opened(merge_table(document, table)).root) != content(document.root):
        yield "a table that nobody changed changes the document"
    if not XSD.validate(etree.fromstring(saved.draft.source)) and XSD.validate(etree.fromstring(before)):
        yield f"no BPMN any more: {XSD.error_log.last_error}"


def reread(source: bytes) -> Document:
    document = read_document(source).document
    assert document is not None
    return document


def together_at(seeds: range, turns: int) -> None:
    for seed in seeds:
        town = settled(seed)

        play(town, turns)

        assert town.faults == [], f"seed {seed}"
        assert town.saves > turns // 3


@pytest.mark.usefixtures("inside")
def test_nothing_is_lost_between_two_officers() -> None:
    together_at(range(3), TURNS)


@pytest.mark.full
@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("block", range(5))
def test_nothing_is_lost_between_two_officers_at_length(block: int) -> None:
    together_at(range(1000 + 12 * block, 1012 + 12 * block), 25)
