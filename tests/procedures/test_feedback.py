"""Officers say what hinders them in a procedure in force; its unit settles it or takes it into the next draft."""

import pytest

from engine.database import Database
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from procedures.commands.give_feedback import Settlement, give_feedback, settle_feedback, take_feedback
from procedures.commands.save_draft import Draft, save_draft
from procedures.demo.work import load_work
from procedures.errors import NotADraft
from procedures.model import FeedbackState
from procedures.queries.feedback import feedback_lines, open_feedback
from procedures.queries.people import Person
from tests.town import NOW, who

CODE = "QT-TCKH-01"
DONE = Settlement(FeedbackState.SETTLED, "Đã sửa")


@pytest.fixture
def office(town: Database) -> Database:
    """The town with a procedure in force."""
    load_work(town, at=NOW)
    return town


@pytest.fixture
def clerk(office: Database) -> Person:
    return who(office, "vp.cong-chuc-tiep-nhan")


def given(office: Database, by: Person, element: str = "step_3") -> int:
    with office.transaction() as session:
        return give_feedback(session, CODE, 1, "Mười giờ là không đủ", element, by=by, at=NOW).id


def test_feedback_waits_for_its_unit_and_others_do_not_read_it(office, clerk, author):
    given(office, clerk)

    with office.reading() as session:
        assert open_feedback(session, author) == 1
        assert open_feedback(session, clerk) == 0
        assert [line.who for line in feedback_lines(session, author, CODE)] == [clerk.officer.name]
        assert len(feedback_lines(session, clerk)) == 1
        assert feedback_lines(session, who(office, "gddt.chuyen-vien")) == []


@pytest.mark.parametrize(
    ("text", "element", "field"),
    [("  ", "", "feedback"), ("x" * 4001, "", "feedback"), ("Sai", "step_77", "element")],
)
def test_feedback_needs_words_and_a_step_that_is_there(office, clerk, text, element, field):
    with office.transaction() as session, pytest.raises(Invalid) as refused:
        give_feedback(session, CODE, 1, text, element, by=clerk, at=NOW)

    assert refused.value.facts["field"] == field


def test_a_unit_settles_and_opens_again_and_declines_with_a_reason(office, clerk, author):
    made = given(office, clerk)

    with office.transaction() as session:
        assert settle_feedback(session, CODE, made, DONE, by=author, at=NOW).settled_by == author.officer.id
        assert (
            settle_feedback(session, CODE, made, Settlement(FeedbackState.OPEN), by=author, at=NOW).answer == "Đã sửa"
        )
        with pytest.raises(Invalid):
            settle_feedback(session, CODE, made, Settlement(FeedbackState.DECLINED, " "), by=author, at=NOW)


def test_only_its_unit_settles_feedback_and_only_under_its_procedure(office, clerk, author):
    made = given(office, clerk)

    with office.transaction() as session:
        with pytest.raises(NotAllowed):
            settle_feedback(session, CODE, made, DONE, by=clerk, at=NOW)
        with pytest.raises(NotFound):
            settle_feedback(session, "QT-NV-01", made, DONE, by=author, at=NOW)


def test_feedback_becomes_a_remark_of_the_next_draft_once(office, clerk, author, source, evidence):
    made = given(office, clerk)
    with office.transaction() as session, pytest.raises(NotADraft):
        take_feedback(session, CODE, made, by=author, at=NOW)
    with office.transaction() as session:
        save_draft(session, CODE, Draft(source, evidence), by=author, at=NOW)

    with office.transaction() as session:
        taken = take_feedback(session, CODE, made, by=author, at=NOW)
        assert (taken.state, taken.remark_id is not None) == (FeedbackState.TAKEN, True)

    with office.transaction() as session, pytest.raises(Conflict):
        take_feedback(session, CODE, made, by=author, at=NOW)
    with office.transaction() as session, pytest.raises(Conflict):
        give_feedback(session, CODE, 2, "Về dự thảo", by=author, at=NOW)
