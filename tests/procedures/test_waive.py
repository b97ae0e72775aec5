"""A leader lets an error of a draft pass, with a reason, in exactly that content."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.model import Event
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.save_draft import Draft, note_editor, save_draft
from procedures.commands.submit import submit
from procedures.commands.waive import NewWaiver, waive
from procedures.errors import NotWaivable, OwnWork, Unclear
from procedures.evidence import Gate, examine
from procedures.model import Version, Waiver
from procedures.queries.people import organisation
from procedures.queries.waivers import waivers
from tests.town import NOW, who

CODE = "QT-TCKH-01"
STATED = '<namro:statedTotal text="9 ngày" value="9" unit="working_day"/>'
LONG = NewWaiver("total-mismatch", CODE, "Theo Quyết định 15/QĐ-UBND tính cả ngày trả kết quả.")


@pytest.fixture
def wrong(source):
    """The source with a total that does not add up, and a step named by no verb (a warning)."""
    text = source.decode()
    place = text.index("</namro:procedure>")
    return (text[:place] + STATED + text[place:]).encode()


def evidence_of(town, source, at=NOW):
    with town.reading() as session:
        return examine(source, Gate(organisation(session, at=NOW), at))


@pytest.fixture
def element(town, wrong):
    report = evidence_of(town, wrong).report
    return next(found.element for found in report.findings if found.code == "total-mismatch")


@pytest.fixture
def draft(town, author, wrong):
    with town.transaction() as session:
        create_procedure(session, NewProcedure(CODE, "Đăng ký hộ kinh doanh", "TCKH", "tthc"), by=author, at=NOW)
        return save_draft(session, CODE, Draft(wrong, evidence_of(town, wrong)), by=author, at=NOW)


@pytest.fixture
def new(element):
    return NewWaiver("total-mismatch", element, LONG.reason)


def let_pass(town, new, by):
    with town.transaction() as session:
        return waive(session, CODE, new, by=by, at=NOW)


def submitted(town, author, source):
    with town.transaction() as session:
        return submit(session, CODE, evidence_of(town, source), by=author, at=NOW)


def test_an_error_bars_submission_until_a_leader_lets_it_pass(town, author, chairman, wrong, draft, new):
    with pytest.raises(Unclear):
        submitted(town, author, wrong)

    let_pass(town, new, chairman)

    version = submitted(town, author, wrong)
    assert version.stage == "submitted"
    (kept,) = version.evidence["waivers"]
    assert (kept["code"], kept["officer_id"], kept["reason"]) == ("total-mismatch", chairman.officer.id, new.reason)
    assert version.evidence["sha256"] == version.sha256
    assert (version.evidence["profile"], version.evidence["ok"]) == ("5-ro", False)


def test_a_waiver_stands_in_the_history_with_its_reason_apart(town, chairman, draft, new):
    let_pass(town, new, chairman)

    with town.reading() as session:
        event = session.scalars(select(Event).where(Event.kind == "draft-waived")).one()
    assert event.facts["finding"] == "total-mismatch"
    assert new.reason not in str(event.facts)


def test_a_waiver_holds_for_exactly_one_content(town, author, chairman, wrong, draft, new):
    let_pass(town, new, chairman)
    other = wrong.replace(b'value="9"', b'value="8"')

    with town.transaction() as session:
        save_draft(session, CODE, Draft(other, evidence_of(town, other), 1), by=author, at=NOW)

    with pytest.raises(Unclear):
        submitted(town, author, other)
    with town.reading() as session:
        assert waivers(session, session.scalars(select(Version).join(Version.procedure)).all()[-1]) == []


def test_only_a_leader_who_did_not_edit_the_draft_waives(town, author, appraiser, chairman, draft, new):
    with pytest.raises(NotAllowed):
        let_pass(town, new, author)
    with pytest.raises((NotAllowed, NotFound)):
        let_pass(town, new, appraiser)
    with town.transaction() as session:
        note_editor(session, session.get(Version, draft.id), chairman, NOW)
    with pytest.raises(OwnWork):
        let_pass(town, new, chairman)


def test_a_waiver_needs_a_reason_and_an_error_that_is_there(town, chairman, draft, new):
    with pytest.raises(Invalid):
        let_pass(town, NewWaiver(new.code, new.element, "  "), chairman)
    with pytest.raises(NotFound):
        let_pass(town, NewWaiver("limit-exceeded", new.element, "Lý do"), chairman)
    with pytest.raises(NotFound):
        let_pass(town, NewWaiver(new.code, "step_99", "Lý do"), chairman)
    let_pass(town, new, chairman)
    with pytest.raises(Conflict):
        let_pass(town, new, chairman)


def test_what_the_engine_would_stumble_over_is_never_waived(town, author, chairman, source):
    unsound = source.replace(b"</bpmn:process>", b'<bpmn:userTask id="lost" name="X"/></bpmn:process>')
    with town.transaction() as session:
        create_procedure(session, NewProcedure(CODE, "Đăng ký", "TCKH", "tthc"), by=author, at=NOW)
        save_draft(session, CODE, Draft(unsound, evidence_of(town, unsound)), by=author, at=NOW)

    with pytest.raises(NotWaivable):
        let_pass(town, NewWaiver("unreachable", "lost", "Lý do"), chairman)
    with pytest.raises(NotWaivable):
        let_pass(town, NewWaiver("performer-missing", "lost", "Lý do"), chairman)


@pytest.mark.parametrize("change", ["UPDATE waiver SET reason = 'khác'", "DELETE FROM waiver"])
def test_the_database_keeps_a_waiver_as_it_is(town, chairman, draft, new, change):
    let_pass(town, new, chairman)

    with pytest.raises(DatabaseError, match="append-only"), town.bind.begin() as connection:
        connection.exec_driver_sql(change)


def test_the_database_refuses_a_waiver_of_ones_own_work(town, author, draft, new):
    with pytest.raises(DatabaseError, match="own-work"), town.transaction() as session:
        session.add(
            Waiver(
                version_id=draft.id,
                sha256=draft.sha256,
                code=new.code,
                element=new.element,
                officer_id=author.officer.id,
                reason="Lý do",
                given_at=NOW,
            )
        )


def test_a_date_in_the_past_is_told_since_the_gate_knows_the_moment(town, source):
    assert "timer-past" not in evidence_of(town, source).report.not_run
    assert "timer-past" in evidence_of(town, source, at=None).report.not_run
    later = evidence_of(town, source, at=NOW + timedelta(days=1))
    assert later.as_json()["at"] == (NOW + timedelta(days=1)).isoformat()


def test_a_deputy_chairman_is_a_leader_too(town, draft, new):
    assert let_pass(town, new, who(town, "ubnd.pho-chu-tich-phu-trach-kinh-te")).code == "total-mismatch"
