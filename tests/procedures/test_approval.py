"""From a draft to force: by whom, in what order, bound to exactly one content."""

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from engine.commands.complete_task import Completion
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.model import Definition, Event, Task, TaskState
from procedures.approval import waits_for
from procedures.commands.appraise import Judgement, appraise
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.open_case import NewCase, open_case
from procedures.commands.perform import perform
from procedures.commands.recognise import (
    NewDecision,
    drop_empty_decision,
    recognise_version,
    reserve_decision,
)
from procedures.commands.save_draft import Draft, save_draft
from procedures.commands.submit import submit
from procedures.errors import (
    MissingMatch,
    NoOpenStep,
    NotADraft,
    NumberTaken,
    OutsideWindow,
    OwnWork,
    Stale,
    Unclear,
)
from procedures.evidence import Gate, examine
from procedures.model import Appraisal, Stage, Verdict, Version, VersionEditor
from procedures.queries.people import organisation
from tests.town import NOW, who

CODE = "QT-TCKH-01"
PLAN = "122/KH-UBND/2026"
ACCEPT = Judgement(Verdict.ACCEPT)


@pytest.fixture
def draft(town, author, source, evidence):
    with town.transaction() as session:
        create_procedure(session, NewProcedure(CODE, "Đăng ký hộ kinh doanh", "TCKH", "tthc"), by=author, at=NOW)
        return save_draft(session, CODE, Draft(source, evidence), by=author, at=NOW)


@pytest.fixture
def submitted(town, author, evidence, draft):
    with town.transaction() as session:
        return submit(session, CODE, evidence, by=author, at=NOW)


@pytest.fixture
def appraised(town, appraiser, submitted):
    with town.transaction() as session:
        return appraise(session, CODE, 1, ACCEPT, by=appraiser, at=NOW)


def stage(town) -> str:
    with town.reading() as session:
        return session.scalars(select(Version.stage).order_by(Version.id.desc())).first()


def recognise(town, by, number="05/QĐ-UBND", **rest):
    with town.transaction() as session:
        new = NewDecision(PLAN, number, date(2026, 11, 23), **rest)
        decision = reserve_decision(session, new, by=by, at=NOW)
    with town.transaction() as session:
        return recognise_version(session, decision.id, CODE, 1, by=by, at=NOW)


def test_a_version_comes_in_force_and_can_be_started(town, chairman, appraised):
    version = recognise(town, chairman)

    clerk = who(town, "vp.cong-chuc-tiep-nhan")
    with town.transaction() as session:
        case = open_case(session, NewCase(CODE, "Tạp hóa Minh Châu"), by=clerk, at=NOW)
        definition = session.get_one(Definition, version.definition_id)
        tasks = session.scalars(select(Task.group_key).where(Task.instance_id == case.id)).all()
    assert version.stage == Stage.IN_FORCE
    assert definition.sha256 == version.sha256
    assert tasks == ["VP/cong-chuc-tiep-nhan"]
    assert case.code.startswith("TCKH-261123-")


def test_a_next_version_supersedes_the_one_in_force(town, author, appraiser, chairman, appraised, source):
    recognise(town, chairman)
    changed = source.replace("Phân công thụ lý".encode(), "Giao thụ lý".encode())
    with town.reading() as session:
        evidence = examine(changed, Gate(organisation(session, at=NOW), NOW))
    with town.transaction() as session:
        save_draft(session, CODE, Draft(changed, evidence), by=author, at=NOW)
        submit(session, CODE, evidence, by=author, at=NOW)
    with town.transaction() as session:
        appraise(session, CODE, 2, ACCEPT, by=appraiser, at=NOW)
    with town.transaction() as session:
        decision = reserve_decision(session, NewDecision(PLAN, "06", date(2026, 11, 23)), by=chairman, at=NOW)
        recognise_version(session, decision.id, CODE, 2, by=chairman, at=NOW)

    with town.reading() as session:
        stages = session.scalars(
            select(Version.stage).where(Version.decision_id.is_not(None)).order_by(Version.number)
        ).all()
    assert stages == [Stage.SUPERSEDED, Stage.IN_FORCE]


def test_a_returned_version_is_a_draft_again_with_the_reason_told(town, author, appraiser, submitted, evidence):
    with town.transaction() as session:
        appraise(session, CODE, 1, Judgement(Verdict.RETURN, "Bước 3 chưa rõ sản phẩm"), by=appraiser, at=NOW)
    returned = stage(town)
    with town.transaction() as session:
        again = submit(session, CODE, evidence, by=author, at=NOW)

    with town.reading() as session:
        kinds = session.scalars(select(Event.kind).where(Event.stream.like("procedure:%"))).all()
    assert returned == Stage.DRAFT
    assert again.stage == Stage.SUBMITTED
    assert kinds[-2:] == ["version-returned", "version-submitted"]


def test_a_return_needs_a_reason(town, appraiser, submitted):
    with pytest.raises(Invalid), town.transaction() as session:
        appraise(session, CODE, 1, Judgement(Verdict.RETURN, "  "), by=appraiser, at=NOW)

    assert stage(town) == Stage.SUBMITTED


def test_who_edited_a_version_neither_appraises_nor_recognises_it(town, appraiser, chairman, submitted):
    with town.transaction() as session:
        session.add(VersionEditor(version_id=submitted.id, officer_id=appraiser.officer.id, first_at=NOW))

    with pytest.raises(OwnWork), town.transaction() as session:
        appraise(session, CODE, 1, ACCEPT, by=appraiser, at=NOW)
    with town.reading() as session:
        assert waits_for(session, session.get_one(Version, submitted.id), appraiser) is None


def test_the_general_way_of_completing_a_task_is_no_way_around_it(town, appraiser, submitted):
    with town.transaction() as session:
        session.add(VersionEditor(version_id=submitted.id, officer_id=appraiser.officer.id, first_at=NOW))
        task = session.scalars(select(Task.id).where(Task.state == TaskState.OPEN)).one()

    with pytest.raises(OwnWork), town.transaction() as session:
        perform(session, task, Completion(), by=appraiser, at=NOW)


def test_the_database_refuses_own_work_too(town, author, chairman, appraised):
    with pytest.raises(DatabaseError, match="own-work"), town.transaction() as session:
        session.add(
            Appraisal(
                version_id=appraised.id,
                officer_id=author.officer.id,
                verdict="accept",
                reason="",
                sha256=appraised.sha256,
                given_at=NOW,
            )
        )
    with town.transaction() as session:
        session.add(VersionEditor(version_id=appraised.id, officer_id=chairman.officer.id, first_at=NOW))
        decision = reserve_decision(session, NewDecision(PLAN, "7", date(2026, 11, 23)), by=chairman, at=NOW)
    with pytest.raises(DatabaseError, match="own-work"), town.transaction() as session:
        session.execute(update(Version).where(Version.id == appraised.id).values(decision_id=decision.id))


def test_history_cannot_be_changed_by_sql(town, draft):
    with pytest.raises(DatabaseError, match="append-only"), town.transaction() as session:
        session.execute(update(Event).values(kind="nothing-happened"))


def test_completing_the_appraisal_task_appraises(town, appraiser, submitted):
    with town.transaction() as session:
        task = session.scalars(select(Task.id).where(Task.state == TaskState.OPEN)).one()
        perform(session, task, Completion(note="Đạt"), by=appraiser, at=NOW)

    assert stage(town) == Stage.APPRAISED


def test_declining_to_sign_sends_a_version_back_to_appraisal(town, appraiser, chairman, appraised):
    with town.transaction() as session:
        task = session.scalars(select(Task.id).where(Task.state == TaskState.OPEN)).one()
        outcome = "không đồng ý, yêu cầu thẩm định lại"
        perform(session, task, Completion(outcome=outcome, note="Chưa rõ bước 4"), by=chairman, at=NOW)
    declined = stage(town)
    with town.transaction() as session:
        appraise(session, CODE, 1, ACCEPT, by=appraiser, at=NOW)

    assert declined == Stage.SUBMITTED
    assert stage(town) == Stage.APPRAISED


def test_an_act_out_of_order_is_a_conflict(town, appraiser, chairman, submitted):
    with pytest.raises(NoOpenStep):
        recognise(town, chairman)
    with town.transaction() as session:
        appraise(session, CODE, 1, ACCEPT, by=appraiser, at=NOW)
    with pytest.raises(NoOpenStep), town.transaction() as session:
        appraise(session, CODE, 1, ACCEPT, by=appraiser, at=NOW)


def test_the_path_waits_for_its_own_position(town, chairman, submitted):
    with pytest.raises(NotAllowed), town.transaction() as session:
        appraise(session, CODE, 1, ACCEPT, by=chairman, at=NOW)


def test_what_was_appraised_is_what_is_recognised(town, chairman, appraised):
    with town.transaction() as session:
        session.execute(update(Version).where(Version.id == appraised.id).values(sha256="0" * 64))

    with pytest.raises(Conflict):
        recognise(town, chairman)


def test_a_number_is_taken_once_a_year_and_given_back_when_unused(town, chairman, appraised):
    with town.transaction() as session:
        unused = reserve_decision(session, NewDecision(PLAN, "05/QĐ-UBND", date(2026, 11, 23)), by=chairman, at=NOW)
    with pytest.raises(NumberTaken):
        recognise(town, chairman)
    with town.transaction() as session:
        drop_empty_decision(session, unused.id)

    assert recognise(town, chairman).decision_id is not None


def test_only_a_leader_signs(town, appraiser, appraised):
    with pytest.raises(NotAllowed):
        recognise(town, appraiser)


def test_before_the_window_a_reason_is_needed_and_kept(town, chairman, appraised):
    early = NewDecision(PLAN, "05", date(2026, 9, 1))
    with pytest.raises(OutsideWindow), town.transaction() as session:
        reserve_decision(session, early, by=chairman, at=NOW)
    with town.transaction() as session:
        reasoned = NewDecision(PLAN, "05", date(2026, 9, 1), "Phục vụ kỳ họp")
        decision = reserve_decision(session, reasoned, by=chairman, at=NOW)

    assert decision.early_reason == "Phục vụ kỳ họp"


def test_a_submission_after_the_drafting_window_is_marked_late(submitted):
    assert submitted.late is True


def test_a_draft_saved_in_between_is_not_overwritten(town, author, draft, source, evidence):
    with pytest.raises(MissingMatch), town.transaction() as session:
        save_draft(session, CODE, Draft(source, evidence), by=author, at=NOW)
    with pytest.raises(Stale), town.transaction() as session:
        save_draft(session, CODE, Draft(source, evidence, revision=7), by=author, at=NOW)
    with town.transaction() as session:
        saved = save_draft(session, CODE, Draft(source, evidence, revision=1), by=author, at=NOW)

    assert saved.revision == 2


def test_what_was_submitted_is_frozen(town, author, submitted, source, evidence):
    with pytest.raises(NotADraft), town.transaction() as session:
        save_draft(session, CODE, Draft(source, evidence, revision=1), by=author, at=NOW)


def test_an_unclear_draft_is_saved_but_not_submitted(town, author, draft, source):
    unclear = source.replace(b"<namro:responsibility>", b"<namro:note>").replace(
        b"</namro:responsibility>", b"</namro:note>"
    )
    with town.reading() as session:
        evidence = examine(unclear, Gate(organisation(session, at=NOW), NOW))
    with town.transaction() as session:
        save_draft(session, CODE, Draft(unclear, evidence, revision=1), by=author, at=NOW)

    with pytest.raises(Unclear) as refused, town.transaction() as session:
        submit(session, CODE, evidence, by=author, at=NOW)

    assert {finding.clear for finding in refused.value.findings if finding.severity == "error"} == {"responsibility"}


def test_another_unit_neither_sees_nor_writes_a_draft(town, draft, source, evidence):
    stranger = who(town, "gddt.chuyen-vien")

    with pytest.raises(NotFound), town.transaction() as session:
        save_draft(session, CODE, Draft(source, evidence, revision=1), by=stranger, at=NOW)
