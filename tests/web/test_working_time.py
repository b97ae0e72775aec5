"""Deadlines as people and programs see them: why, paused, overdue, a new date, the calendar."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.model import Instance, Task
from engine.worker import drain
from tests.visitors import CHAIRMAN, CLERK, Program, Website

SUPPLEMENT = "thiếu thành phần"


@pytest.fixture
def clerk(website: Website) -> Program:
    return website.program(CLERK)


@pytest.fixture
def task(clerk: Program) -> dict:
    return clerk.get("/tasks").json["tasks"][0]


def test_a_task_says_why_it_is_due_then(website: Website, clerk: Program, task: dict) -> None:
    why = clerk.get(f"/tasks/{task['id']}").json["why"]

    counted = sum(day["minutes"] for day in why["days"])
    page = website.browser(CLERK).text(f"/viec/{task['id']}")
    assert (why["how"], counted) == ("hours", why["budget_minutes"])
    assert "Vì sao hạn này?" in page
    assert "Tính theo giờ làm việc" in page


def test_a_case_says_why_it_is_due_then(website: Website, clerk: Program, task: dict) -> None:
    shown = clerk.get(f"/instances/{task['instance_id']}").json

    page = website.browser(CLERK).text(f"/ho-so/{task['instance_id']}")
    skipped = [day["name"] for day in shown["why"]["days"] if day["kind"] == "skipped"]
    assert shown["why"]["due_at"] == shown["due_at"]
    assert any("Văn hóa" in (name or "") for name in skipped)
    assert "ngày đầu, không tính" in page


def test_a_case_that_waits_for_the_citizen_says_since_when_and_why(
    website: Website, clerk: Program, task: dict
) -> None:
    clerk.post(f"/tasks/{task['id']}/complete", {"outcome": SUPPLEMENT})

    shown = clerk.get(f"/instances/{task['instance_id']}").json
    page = website.browser(CLERK).text(f"/ho-so/{task['instance_id']}")
    assert (shown["clock"], shown["pauses"][0]["mode"], shown["pauses"][0]["until"]) == ("paused", "restart", None)
    assert "Đang dừng từ 09:30 23/11/2026: Chờ công dân bổ sung hồ sơ." in page
    assert "đang dừng từ" in website.browser(CLERK).text("/hop-viec?view=team")


def test_heads_and_leadership_see_what_is_overdue(website: Website) -> None:
    website.at += timedelta(days=14)
    drain(website.database, at=website.at)

    head = website.browser("tckh.truong-phong").text("/hop-viec")
    leader = website.browser(CHAIRMAN).text("/hop-viec")
    other = website.browser("gddt.truong-phong").text("/hop-viec")

    assert "Quá hạn, cần đồng chí chỉ đạo" in head
    assert "Quá hạn, cần đồng chí chỉ đạo" in leader
    assert "Quá hạn, cần đồng chí chỉ đạo" not in other


def test_a_new_date_is_given_on_the_page_of_the_case(website: Website) -> None:
    with website.database.reading() as session:
        case = session.scalars(
            select(Instance).join(Task).where(Task.unit_code == "TCKH", Instance.subject.is_(None))
        ).first()
    browser = website.browser("tckh.truong-phong")

    sent = browser.post(f"/ho-so/{case.id}/hen-lai", {"until": "2026-12-15", "reason": "Chờ xác minh"})
    again = browser.post(f"/ho-so/{case.id}/hen-lai", {"until": "2026-12-16", "reason": "Chờ nữa"})
    wrong = browser.post(f"/ho-so/{case.id}/hen-lai", {"until": "mai", "reason": "Chờ"})

    assert (sent.status_code, again.status_code, wrong.status_code) == (303, 409, 422)
    assert "17:00 15/12/2026" in browser.text(f"/ho-so/{case.id}")


def test_the_calendar_is_told_with_reasons_and_sources(clerk: Program) -> None:
    days = clerk.get("/calendar?unit=VP&from=2026-08-22&until=2026-09-02").json["days"]

    assert (days[0]["working"], days[0]["reason"], days[0]["name"]) == (True, "makeup", "làm bù cho 31/8")
    assert (days[1]["working"], days[1]["reason"]) == (False, "weekend")
    assert (days[-1]["name"], bool(days[-1]["source"])) == ("Quốc khánh", True)
    assert days[0]["sessions"][0] == {"opens": "07:00", "closes": "11:30", "counts": True}


def test_the_calendar_is_told_as_it_was_known(clerk: Program) -> None:
    before = clerk.get("/calendar?from=2026-09-02&until=2026-09-02&known_at=2020-01-01T00:00:00%2B07:00").json["days"]

    assert (before[0]["provisional"], before[0]["reason"]) == (True, "fixed")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("unit=KHONG-CO&from=2026-01-01&until=2026-01-02", 404),
        ("from=2026-01-02&until=2026-01-01", 422),
        ("from=0001-01-01&until=0001-01-02", 422),
        ("from=9999-12-30&until=9999-12-31", 422),
        ("from=2024-02-29&until=2024-02-29", 200),
    ],
)
def test_what_the_calendar_is_asked_must_fit(clerk: Program, query: str, status: int) -> None:
    assert clerk.get(f"/calendar?{query}").status_code == status


def test_the_page_of_the_calendar_warns_of_the_year_that_is_missing(website: Website) -> None:
    page = website.browser(CLERK).text("/lich?year=2026&unit=VP")

    assert "Lịch năm 2027 chưa được nạp" in page
    assert "Thứ Bảy 22/08/2026 làm việc: làm bù cho 31/8" in page
    assert website.browser(CLERK).get("/lich?unit=KHONG-CO").status_code == 404
    assert website.browser(CLERK).get("/lich?year=99999999").status_code == 200
