"""A version is gone through: remarks and suggestions, opinions bound to a content, units consulted with a deadline."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bpmn.convert import bpmn_to_table, merge_table
from bpmn.document import read_document
from engine.database import Database
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from procedures.access import visible_version
from procedures.commands.consult import answer, consult
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.remark import Said, say, settle
from procedures.commands.review import review, see_step
from procedures.commands.save_draft import Draft, save_draft
from procedures.evidence import Evidence, Gate, examine
from procedures.model import Opinion, RemarkState
from procedures.queries.people import Person, organisation
from procedures.queries.reviews import Discussion, discussion
from tests.town import NOW, who

CODE = "QT-TCKH-88"
WEEK = NOW + timedelta(days=7)


@pytest.fixture
def draft(town: Database, author: Person, source: bytes, evidence: Evidence) -> Database:
    """A draft, number 1."""
    with town.transaction() as session:
        create_procedure(session, NewProcedure(CODE, "Đăng ký hộ kinh doanh", "TCKH"), by=author, at=NOW)
        save_draft(session, CODE, Draft(source, evidence), by=author, at=NOW)
    return town


@pytest.fixture
def head(town: Database) -> Person:
    return who(town, "tckh.truong-phong")


def said(town: Database, by: Person, at=NOW) -> Discussion:
    with town.reading() as session:
        version = visible_version(session, CODE, 1, by)
        document = read_document(version.source.encode()).document
        assert document is not None
        return discussion(session, version, bpmn_to_table(document), by=by, at=at)


def change_first_step(town: Database, author: Person) -> None:
    with town.transaction() as session:
        version = visible_version(session, CODE, 1, author)
        document = read_document(version.source.encode()).document
        assert document is not None
        table = bpmn_to_table(document)
        steps = (replace(table.steps[0], note="đổi"), *table.steps[1:])
        source = merge_table(document, replace(table, steps=steps))
        evidence = examine(source, Gate(organisation(session, at=NOW), NOW))
        save_draft(session, CODE, Draft(source, evidence, version.revision), by=author, at=NOW)


def test_a_suggestion_stands_with_its_step_until_it_is_settled(draft, author, head):
    with draft.transaction() as session:
        made = say(session, CODE, 1, Said("Quá dài", "step_1", "time", "1 giờ"), by=head, at=NOW).id
        say(session, CODE, 1, Said("Đồng ý", answers=made), by=author, at=NOW)

    (thread,) = said(draft, author).threads["step_1"]
    assert (thread.remark.proposal, thread.remark.before != "", thread.answers[0][0].text) == ("1 giờ", True, "Đồng ý")
    assert len(said(draft, author).open) == 1

    with draft.transaction() as session:
        settle(session, CODE, 1, made, state=RemarkState.APPLIED, by=author, at=NOW)
    assert said(draft, author).open == []
    with draft.transaction() as session, pytest.raises(Conflict):
        settle(session, CODE, 1, made, state=RemarkState.OPEN, by=author, at=NOW)


@pytest.mark.parametrize(
    "remark",
    [
        Said(""),
        Said("x" * 4_001),
        Said("?", "step_unknown", "time", "1 giờ"),
        Said("?", "step_1", "colour", "đỏ"),
        Said("?", "step_1", "name", "Tiếp nhận"),
    ],
    ids=["empty", "too long", "unknown step", "unknown cell", "what stands there"],
)
def test_a_remark_that_says_nothing_is_refused(draft, head, remark):
    if remark.proposal == "Tiếp nhận":
        with draft.reading() as session:
            document = read_document(visible_version(session, CODE, 1, head).source.encode()).document
        remark = replace(remark, proposal=bpmn_to_table(document).steps[0].name)

    with draft.transaction() as session, pytest.raises(Invalid):
        say(session, CODE, 1, remark, by=head, at=NOW)


def test_an_opinion_is_stale_when_the_content_changes(draft, author, head):
    with draft.transaction() as session:
        review(session, CODE, 1, Opinion.CHANGE, "Bước 1 chưa rõ", by=head, at=NOW)
    assert [given.stale for given in said(draft, author).opinions] == [False]

    change_first_step(draft, author)

    assert [given.stale for given in said(draft, author).opinions] == [True]


def test_a_wish_to_change_needs_a_reason(draft, head):
    with draft.transaction() as session, pytest.raises(Invalid):
        review(session, CODE, 1, Opinion.CHANGE, " ", by=head, at=NOW)


def test_a_step_that_changed_is_to_be_read_again(draft, author, head):
    with draft.transaction() as session:
        for step in ("step_1", "step_2"):
            see_step(session, CODE, 1, step, seen=True, by=head, at=NOW)
    assert said(draft, head).seen == {"step_1", "step_2"}

    change_first_step(draft, author)

    assert said(draft, head).seen == {"step_2"}
    assert said(draft, author).seen == frozenset()
    with draft.transaction() as session:
        see_step(session, CODE, 1, "step_2", seen=False, by=head, at=NOW)
    assert said(draft, head).seen == frozenset()


def test_a_consulted_unit_sees_the_draft_and_answers_once_asked(draft, author):
    other = who(draft, "qldt.chuyen-vien-thu-ly")
    with draft.reading() as session, pytest.raises(NotFound):
        visible_version(session, CODE, 1, other)

    with draft.transaction() as session:
        consult(session, CODE, 1, ["QLDT"], due_at=WEEK, by=author, at=NOW)
    with draft.transaction() as session:
        answer(session, CODE, 1, Opinion.CHANGE, "Cần thêm bước phối hợp", by=other, at=NOW)

    (asked,) = said(draft, author).asked
    assert (asked.consultation.opinion, asked.who, asked.silent) == ("change", other.officer.name, False)


def test_silence_until_the_deadline_agrees(draft, author):
    other = who(draft, "qldt.chuyen-vien-thu-ly")
    with draft.transaction() as session:
        consult(session, CODE, 1, ["QLDT"], due_at=WEEK, by=author, at=NOW)

    assert [each.silent for each in said(draft, author, WEEK).asked] == [False]
    assert [each.silent for each in said(draft, author, WEEK + timedelta(seconds=1)).asked] == [True]
    with draft.transaction() as session, pytest.raises(Conflict):
        answer(session, CODE, 1, Opinion.AGREE, "", by=other, at=WEEK + timedelta(seconds=1))


def test_only_the_drafting_unit_consults(draft, head, appraiser):
    with draft.transaction() as session, pytest.raises((NotAllowed, NotFound)):
        consult(session, CODE, 1, ["QLDT"], due_at=WEEK, by=appraiser, at=NOW)
    with draft.transaction() as session, pytest.raises(Invalid):
        consult(session, CODE, 1, ["KHONGCO"], due_at=WEEK, by=head, at=NOW)
    with draft.transaction() as session, pytest.raises(Invalid):
        consult(session, CODE, 1, ["QLDT"], due_at=NOW, by=head, at=NOW)
