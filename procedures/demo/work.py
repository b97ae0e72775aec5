"""Work under way in the demo town: one procedure in force by the real path, and cases of several ages."""

from datetime import datetime, timedelta

from sqlalchemy import select

from engine.calendar import calendar_of
from engine.commands.claim_task import claim_task
from engine.commands.complete_task import Completion
from engine.database import Database
from engine.model.task import Task, TaskState
from procedures.commands.appraise import Judgement, appraise
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.open_case import NewCase, open_case
from procedures.commands.perform import perform
from procedures.commands.recognise import NewDecision, recognise_version, reserve_decision
from procedures.commands.save_draft import Draft, save_draft
from procedures.commands.submit import submit
from procedures.demo.shipped import library
from procedures.evidence import Gate, examine
from procedures.model.appraisal import Verdict
from procedures.queries.people import holders, local_day, organisation, person_by_login
from procedures.queries.plans import plans

CODE = "QT-TCKH-01"
FILE = f"TCKH/{CODE}.bpmn"
TITLE = "Đăng ký thành lập hộ kinh doanh"

CASES = (
    ("Hộ kinh doanh Tạp hóa Minh Châu", 6, 5),
    ("Hộ kinh doanh Quán cà phê Hương Rừng", 4, 3),
    ("Hộ kinh doanh Sửa xe Thành Đạt", 3, 2),
    ("Hộ kinh doanh Vật tư nông nghiệp Phước Tín", 2, 1),
    ("Hộ kinh doanh Cơm tấm Bà Năm", 1, 1),
    ("Hộ kinh doanh May đo Thanh Trúc", 0, 0),
)
"""Title, how many working days ago the dossier came in, how many of its steps are done."""


FIRST_HOUR = 60  # working minutes after which a dossier comes in, so that none comes at night


def load_work(database: Database, *, at: datetime) -> None:
    """Bring the shipped procedure in force by its officers' own acts, then open cases."""
    long_ago = at - timedelta(days=21)
    _in_force(database, at=long_ago)
    for title, days_ago, done in CASES:
        _case(database, title, days_ago, done, at=at)


def _in_force(database: Database, *, at: datetime) -> None:
    source = library(FILE)
    with database.reading() as session:
        evidence = examine(source, Gate(organisation(session, at=at), at))
    with database.transaction() as session:
        author = person_by_login(session, "tckh.chuyen-vien-dang-ky-kinh-doanh", at=at)
        create_procedure(session, NewProcedure(CODE, TITLE, "TCKH", "tthc"), by=author, at=at)
        save_draft(session, CODE, Draft(source, evidence), by=author, at=at)
    with database.transaction() as session:
        submit(session, CODE, evidence, by=author, at=at + timedelta(hours=1))
    with database.transaction() as session:
        head = person_by_login(session, "nv.truong-phong", at=at)
        judgement = Judgement(Verdict.ACCEPT, "Đủ 5 rõ, thống nhất trình công nhận.")
        appraise(session, CODE, 1, judgement, by=head, at=at + timedelta(days=1))
    signing = at + timedelta(days=2)
    with database.transaction() as session:
        chairman = person_by_login(session, "ubnd.chu-tich-ubnd-thi-xa", at=at)
        new = NewDecision(
            plans(session)[0].code, "01/QĐ-UBND", local_day(signing), "Công nhận sớm để dùng thử ở thị xã mẫu."
        )
        decision = reserve_decision(session, new, by=chairman, at=signing)
        recognise_version(session, decision.id, CODE, 1, by=chairman, at=signing)


def _case(database: Database, title: str, days_ago: int, done: int, *, at: datetime) -> None:
    with database.transaction() as session:
        calendar = calendar_of(session)
        opened = at
        for _ in range(days_ago):
            opened = calendar.one_working_day_before(opened)
        opened = min(calendar.add_minutes(opened, FIRST_HOUR), at) if days_ago else at
        clerk = person_by_login(session, "vp.cong-chuc-tiep-nhan", at=at)
        case = open_case(session, NewCase(CODE, title), by=clerk, at=opened)
        moment = opened
        for _ in range(done):
            task = session.scalars(
                select(Task).where(Task.instance_id == case.id, Task.state == TaskState.OPEN).order_by(Task.id)
            ).first()
            if task is None:
                return
            holder = holders(session, task.group_key, at=at)[0]
            moment = min(calendar.add_minutes(moment, 90), at)
            claim_task(session, task.id, by=holder.actor, at=moment)
            perform(session, task.id, Completion(note="Đã xong."), by=holder, at=moment)
