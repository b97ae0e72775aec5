"""The whole path of one real procedure, from a Word table to its history. On both databases."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bpmn.heading import Heading
from engine.commands.complete_task import Completion
from engine.database import Database
from engine.history import first_break, instance_stream
from engine.model import Instance, InstanceStage, Task, TaskState
from engine.queries.cases import case
from engine.queries.worklist import View, worklist
from engine.worker import drain
from procedures.commands.appraise import Judgement, appraise
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.open_case import NewCase, open_case
from procedures.commands.perform import perform
from procedures.commands.recognise import NewDecision, recognise_version, reserve_decision
from procedures.commands.save_draft import Draft, save_draft
from procedures.commands.submit import submit
from procedures.drafting import answer_for_all
from procedures.evidence import Gate
from procedures.model import Verdict
from procedures.queries.people import holders, organisation
from procedures.uploads import edited, read_upload, under
from tests.town import NOW, found, who

WORD = Path(__file__).parents[1] / "files" / "samples" / "04_cap_phep_xay_dung_nha_o_rieng_le.docx"
CODE = "QT-QLĐT-01"
TITLE = "Cấp giấy phép xây dựng nhà ở riêng lẻ tại đô thị"


@pytest.fixture
def town(database: Database) -> Database:
    return found(database)


@pytest.fixture
def in_force(town: Database) -> Database:
    """The Word file of the urban management office, brought in force by the people whose duty it is."""
    author = who(town, "qldt.chuyen-vien-thu-ly")
    with town.reading() as session:
        units = Gate(organisation(session, at=NOW), NOW)
    heading = Heading(CODE, TITLE, "tthc", "QLDT", "Phòng Quản lý đô thị")
    upload = under(read_upload(WORD.read_bytes(), WORD.name, units), heading, units)
    clear = edited(upload.source, answer_for_all, units)
    with town.transaction() as session:
        create_procedure(session, NewProcedure(CODE, TITLE, "QLDT", "tthc"), by=author, at=NOW)
        save_draft(session, CODE, Draft(clear.source, clear.evidence), by=author, at=NOW)
        submit(session, CODE, clear.evidence, by=author, at=NOW)
    with town.transaction() as session:
        appraise(session, CODE, 1, Judgement(Verdict.ACCEPT), by=who(town, "nv.truong-phong"), at=NOW)
    chairman = who(town, "ubnd.chu-tich-ubnd-thi-xa")
    with town.transaction() as session:
        new = NewDecision("122/KH-UBND/2026", "05/QĐ-UBND", date(2026, 11, 23))
        decision = reserve_decision(session, new, by=chairman, at=NOW)
        recognise_version(session, decision.id, CODE, 1, by=chairman, at=NOW)
    return town


def open_tasks(town: Database, case_id: int) -> list[Task]:
    with town.reading() as session:
        query = select(Task).where(Task.instance_id == case_id, Task.state == TaskState.OPEN).order_by(Task.id)
        return list(session.scalars(query))


def do(town: Database, task: Task, outcome: str | None = None, at=NOW) -> None:
    with town.transaction() as session:
        holder = holders(session, task.group_key, at=NOW)[0]
        inbox = worklist(session, holder.actor, view=View.MINE, at=at)
        assert task.id in [each.id for each in inbox.tasks]
        perform(session, task.id, Completion(outcome=outcome, note="Đã làm"), by=holder, at=at)


def started(town: Database) -> int:
    with town.transaction() as session:
        clerk = who(town, "vp.cong-chuc-tiep-nhan")
        new = NewCase(CODE, "Nhà ở ông Nguyễn Văn Mẫu", {"phuong_xa": "25220"})
        return open_case(session, new, by=clerk, at=NOW).id


def test_the_case_runs_to_its_end_with_consultation_in_parallel(in_force):
    case_id = started(in_force)
    for _ in range(3):
        (task,) = open_tasks(in_force, case_id)
        do(in_force, task)

    consulted = open_tasks(in_force, case_id)
    for task in consulted:
        do(in_force, task)
    while waiting := open_tasks(in_force, case_id):
        do(in_force, waiting[0])

    with in_force.reading() as session:
        instance = session.get_one(Instance, case_id)
        history = case(session, case_id, who(in_force, "qldt.truong-phong").actor).history
        broken = first_break(session, instance_stream(case_id))
    assert [task.group_key for task in consulted] == [
        "QLDT/chuyen-vien-quy-hoach",
        "TNMT/truong-phong",
        "25220/chu-tich-ubnd",
    ]
    assert instance.stage == InstanceStage.COMPLETED
    done = [row for row in history if row.kind == "task-completed"]
    assert len(done) == 12
    assert all(row.by and row.facts["name"] for row in done)
    assert broken is None


def test_the_gateway_follows_the_recorded_outcome_back_and_on(in_force):
    case_id = started(in_force)
    for _ in range(3):
        do(in_force, open_tasks(in_force, case_id)[0])
    for task in open_tasks(in_force, case_id):
        do(in_force, task)
    do(in_force, open_tasks(in_force, case_id)[0])
    check = open_tasks(in_force, case_id)[0]

    do(in_force, check, "không đồng ý")

    again = open_tasks(in_force, case_id)[0]
    assert check.step_no == "6"
    assert again.step_no == "5"


def test_the_deadlines_add_up_in_calendar_days_and_a_reminder_comes_from_the_worker(in_force):
    case_id = started(in_force)
    first = open_tasks(in_force, case_id)[0]

    drain(in_force, at=first.due_at - timedelta(seconds=1))

    reminded = open_tasks(in_force, case_id)[0]
    with in_force.reading() as session:
        due_at = session.get_one(Instance, case_id).due_at
    assert first.due_at.isoformat() == "2026-11-25T10:00:00+00:00"  # 24/11 is off: 17:00 of the next working day
    assert due_at.isoformat() == "2026-12-08T10:00:00+00:00"
    assert reminded.reminded_at is not None


def test_a_dossier_sent_back_to_the_citizen_stops_the_clock_and_starts_it_from_zero(in_force):
    case_id = started(in_force)
    do(in_force, open_tasks(in_force, case_id)[0], "thiếu")
    (wait,) = open_tasks(in_force, case_id)
    with in_force.reading() as session:
        paused_at = session.get_one(Instance, case_id).paused_at
    later = NOW + timedelta(days=7)

    do(in_force, wait, at=later)

    with in_force.reading() as session:
        instance = session.get_one(Instance, case_id)
    assert (wait.kind, wait.due_at, paused_at) == ("receive", None, NOW)
    assert (instance.paused_at, instance.clock_started_at) == (None, later)
    assert open_tasks(in_force, case_id)[0].step_no == "1"
