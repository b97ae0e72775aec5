"""What the authorisation matrix is asked about: of each kind one object of the performer's unit, one of another's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sqlalchemy import select

from engine.database import Database
from engine.model import Instance, Task
from engine.rehearsal import Act, ActKind
from procedures.approval import Subject
from procedures.commands.appraise import Judgement, appraise
from procedures.commands.bring_file import Brought, bring_file
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.give_feedback import give_feedback
from procedures.commands.remark import Said, say
from procedures.commands.save_draft import Draft, save_draft
from procedures.commands.submit import submit
from procedures.demo.shipped import library
from procedures.evidence import Evidence, Gate, examine
from procedures.exchange import Packed, digest, write_package
from procedures.model import Stage, Verdict, Version
from procedures.queries.people import organisation, person_by_login
from tests.visitors import APPRAISER, AUTHOR, CLERK, NOW
from web.rehearsing import Script

SOURCE = library("TCKH/QT-TCKH-01.bpmn")
PACKAGE = write_package(
    "Thị xã khác",
    [Packed("QT-X", "Quy trình xa", "tthc", "X", "Phòng X", 2, "", "", digest(SOURCE), SOURCE)],
)
CALLERS: Mapping[str, str | None] = {
    "anonymous": None,
    "other_unit": "gddt.chuyen-vien",
    "same_unit": "tckh.van-thu-phong",
    "performer": AUTHOR,
    "head": "tckh.truong-phong",
    "leader": "ubnd.chu-tich-ubnd-thi-xa",
    "auditor": "ttr.chanh-thanh-tra",
    "admin": "vp.chuyen-vien-cntt",
    "expired": AUTHOR,
}
OTHER_AUTHOR = "qldt.chuyen-vien-thu-ly"


@dataclass(frozen=True)
class Things:
    """The objects of one side. `task` waits in `case`; versions are number 1; `remark` is one on `draft`.

    `file` was brought and is no draft yet; `feedback` is one on `in_force`.
    """

    task: int
    case: int
    in_force: str
    draft: str
    submitted: str
    appraised: str
    unit: str
    successor: int
    remark: int
    file: int
    feedback: int


def set_scene(database: Database) -> Mapping[str, Things]:
    """Write what the matrix needs into the demo town; return the objects by side."""
    codes = {"own": ("TCKH", AUTHOR), "foreign": ("QLDT", OTHER_AUTHOR)}
    remarks, files = [], []
    said = [_feedback(database, code) for code in ("QT-TCKH-01", "QT-NV-01")]
    for unit, author in codes.values():
        for name, until in (("DRAFT", Stage.DRAFT), ("SUBMITTED", Stage.SUBMITTED), ("APPRAISED", Stage.APPRAISED)):
            _version(database, f"QT-{unit}-{name}", unit, author, until)
        remarks.append(_remark(database, f"QT-{unit}-DRAFT", author))
        files.append(_file(database, unit, author))
    with database.reading() as session:
        own = session.scalars(select(Task).where(Task.state == "open", Task.group_key == f"TCKH/{AUTHOR[5:]}")).first()
        version = session.scalars(select(Version.id).join(Version.procedure).where(Version.stage == Stage.SUBMITTED))
        submitted = max(version)
        foreign = session.scalars(
            select(Task).join(Instance).where(Instance.subject == str(Subject(submitted)), Task.state == "open")
        ).one()
    assert own is not None
    return {
        "own": Things(
            *(own.id, own.instance_id, "QT-TCKH-01", *codes_of("TCKH"), "TCKH"),
            *(holder(database, AUTHOR), remarks[0], files[0], said[0]),
        ),
        "foreign": Things(
            *(foreign.id, foreign.instance_id, "QT-NV-01", *codes_of("QLDT"), "QLDT"),
            *(holder(database, APPRAISER), remarks[1], files[1], said[1]),
        ),
    }


def codes_of(unit: str) -> tuple[str, str, str]:
    return f"QT-{unit}-DRAFT", f"QT-{unit}-SUBMITTED", f"QT-{unit}-APPRAISED"


def holder(database: Database, login: str) -> int:
    with database.reading() as session:
        return person_by_login(session, login, at=NOW).officer.id


def _version(database: Database, code: str, unit: str, author: str, until: Stage) -> None:
    with database.transaction() as session:
        by = person_by_login(session, author, at=NOW)
        create_procedure(session, NewProcedure(code, f"Quy trình thử {code}", unit), by=by, at=NOW)
        save_draft(session, code, Draft(SOURCE, _evidence(database)), by=by, at=NOW)
        if until is not Stage.DRAFT:
            submit(session, code, _evidence(database), by=by, at=NOW)
        if until is Stage.APPRAISED:
            head = person_by_login(session, APPRAISER, at=NOW)
            appraise(session, code, 1, Judgement(Verdict.ACCEPT), by=head, at=NOW)


def _remark(database: Database, code: str, author: str) -> int:
    with database.transaction() as session:
        return say(session, code, 1, Said("Xem lại"), by=person_by_login(session, author, at=NOW), at=NOW).id


def _file(database: Database, unit: str, author: str) -> int:
    brought = Brought("quy-trinh.bpmn", SOURCE, answers={"unit": unit, "code": f"QT-{unit}-NHAP"})
    with database.transaction() as session:
        return bring_file(session, brought, by=person_by_login(session, author, at=NOW), at=NOW).id


def _feedback(database: Database, code: str) -> int:
    with database.transaction() as session:
        by = person_by_login(session, CLERK, at=NOW)
        return give_feedback(session, code, 1, "Bước này hay vướng", by=by, at=NOW).id


def _evidence(database: Database) -> Evidence:
    with database.reading() as session:
        return examine(SOURCE, Gate(organisation(session, at=NOW), NOW))


def arguments(route: str, things: Things) -> Mapping[str, object]:
    """What fills the parameters of a route."""
    code = next((code(things) for start, code in CODES.items() if route.startswith(start)), things.draft)
    return {
        "task_id": things.task,
        "instance_id": things.case,
        "code": code,
        "number": 1,
        "remark_id": things.remark,
        "file_id": things.file,
        "feedback_id": things.feedback,
        "unit": things.unit,
        "year": 2026,
        "secret": "unknown",
        "filename": "mark.svg",
        "name": "nam-ro",
        "kind": "output",
    }


FEEDBACK = "/quy-trinh/<code>/ban/<int:number>/gop-y"
CODES: Mapping[str, Callable[[Things], str]] = {
    "/khoi-tao/": lambda things: things.in_force,
    "/quy-trinh/<code>/gop-y": lambda things: things.in_force,
    "/quy-trinh/<code>/ban-moi": lambda things: things.in_force,
    FEEDBACK: lambda things: things.in_force,
    "/tham-dinh/": lambda things: things.submitted,
    "/api/v1/procedures/<code>/versions/": lambda things: things.submitted,
}


def form(route: str, things: Things) -> dict[str, Any]:
    """What a person sends to a page."""
    file = (BytesIO(SOURCE), "quy-trinh.bpmn")
    package = (BytesIO(PACKAGE), "goi.zip")
    forms: Mapping[str, dict[str, Any]] = {
        "/viec/<int:task_id>/chuyen": {"to": things.successor, "reason": "Nghỉ phép"},
        "/viec/<int:task_id>/tra-ve": {"to": "unknown", "reason": "Thiếu thành phần"},
        "/ho-so/<int:instance_id>/dung": {"reason": "Nhập nhầm"},
        "/ho-so/<int:instance_id>/hen-lai": {"reason": "Chờ xác minh", "until": "2027-03-01"},
        "/khoi-tao/<code>": {"title": "Hộ kinh doanh thử"},
        "/nhap": {"file": file, "code": "QT-MOI", "title": "Quy trình mới", "unit": things.unit, "kind": "internal"},
        "/nhap-goi": {"file": package, "unit": things.unit},
        "/lap-quy-trinh": {"code": "QT-MOI", "title": "Quy trình mới", "unit": things.unit, "kind": "internal"},
        "/quy-trinh/<code>/nhap": {"file": file, "revision": 1},
        "/quy-trinh/<code>/trach-nhiem": {"revision": 1},
        FEEDBACK: {"text": "Bước này quá dài"},
        "/quy-trinh/<code>/gop-y/<int:feedback_id>": {"state": "settled"},
        f"{REVIEW}/y-kien": {"text": "Bước này quá dài", "element": "step_1"},
        f"{REVIEW}/y-kien/<int:remark_id>": {"state": "resolved"},
        f"{REVIEW}/nhan-xet": {"opinion": "agree"},
        f"{REVIEW}/da-xem": {"element": "step_1", "seen": "1"},
        f"{REVIEW}/lay-y-kien": {"units": ["GDDT"], "due_at": "2026-12-01"},
        f"{REVIEW}/tra-loi": {"opinion": "agree"},
        f"{TRY}/luu": {"s": PLAYED},
        f"{TRY}/mo-phong/luu": {"cases": "5"},
        "/quy-trinh/<code>/soan/bang": {"revision": 1, "do": "first"},
        "/quy-trinh/<code>/soan/so-do": {"revision": 1, "source": SOURCE.decode()},
        "/quy-trinh/<code>/soan/sua-giup": {"revision": 1, "fix": f"{FIXABLE}:step_4"},
        "/quy-trinh/<code>/sua-giup": {"revision": 1, "finding": FIXABLE, "element": "step_4"},
        "/quy-trinh/<code>/cho-qua": {"finding": FIXABLE, "element": "step_4", "reason": "Đã có văn bản riêng"},
        "/tham-dinh/<code>/<int:number>": {"verdict": "accept"},
        "/cong-nhan": {"versions": f"{things.appraised}/1", **DECISION},
        "/doi-vai": {"officer": things.successor},
        "/ngon-ngu": {"language": "en", "next": "/"},
    }
    return forms.get(route, {})


TRY = "/quy-trinh/<code>/ban/<int:number>/chay-thu"
PLAYED = Script(NOW, acts=(Act(ActKind.DONE, "step_1"),)).packed()
REVIEW = "/quy-trinh/<code>/ban/<int:number>/ra-soat"
DECISION = {"plan": "122/KH-UBND/2026", "number": "77/QĐ-UBND", "signed_on": "2026-11-23"}


def body(route: str, things: Things) -> dict[str, Any]:
    """What a program sends to the API, as arguments of a request."""
    bodies: Mapping[str, dict[str, Any]] = {
        "/check": {"data": SOURCE, "content_type": "application/xml"},
        "/procedures": {"json": {"code": "QT-MOI", "title": "Quy trình mới", "unit": things.unit}},
        "/procedures/<code>/draft": {"data": SOURCE, "content_type": "application/xml", "headers": {"If-Match": '"1"'}},
        "/procedures/<code>/draft/fix": {
            "json": {"code": FIXABLE, "element": "step_4"},
            "headers": {"If-Match": '"1"'},
        },
        "/procedures/<code>/draft/waivers": {"json": {"code": "time-missing", "reason": "Đã có văn bản riêng"}},
        "/procedures/<code>/versions/<int:number>/appraise": {"json": {"verdict": "accept"}},
        "/recognitions": {"json": {"versions": [{"code": things.appraised, "number": 1}], **DECISION}},
        "/instances": {"json": {"procedure": things.in_force, "title": "Hộ kinh doanh thử"}},
        "/instances/<int:instance_id>/cancel": {"json": {"reason": "Nhập nhầm"}},
        "/instances/<int:instance_id>/extend": {"json": {"reason": "Chờ xác minh", "until": "2027-03-01"}},
        "/tasks/<int:task_id>/complete": {"json": {}},
        "/instances/<int:instance_id>/redo": {"json": {"element": "unknown", "reason": "Làm lại"}},
        "/tasks/<int:task_id>/move": {"json": {"to": "unknown", "reason": "Đã làm ngoài hệ thống"}},
        "/tasks/<int:task_id>/return": {"json": {"reason": "Thiếu thành phần"}},
        "/tasks/<int:task_id>/reassign": {"json": {"to": things.successor, "reason": "Nghỉ phép"}},
    }
    return bodies.get(route.removeprefix("/api/v1"), {})


FIXABLE = "supporter-responsibility-missing"
"""What the gate says of the source, and mends."""
QUERIES = {"/api/v1/calendar": "?from=2026-11-01&until=2026-11-30"}
