import pytest

from tests.visitors import AUTHOR, CHAIRMAN, CLERK, Program, Website


@pytest.fixture
def case(clerk: Program) -> dict:
    body = {"procedure": "QT-TCKH-01", "title": "Hộ kinh doanh thử", "received_at": "2026-11-23T08:00:00+07:00"}
    answer = clerk.post("/instances", body)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_case_is_started_with_its_code_and_due(case: dict) -> None:
    assert case["code"] == "TCKH-261123-0002"
    assert case["received_at"] == "2026-11-23T01:00:00Z"
    assert case["due_at"] is not None
    assert case["stage"] == "active"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"procedure": "QT-TCKH-01", "title": " "}, "title"),
        ({"procedure": "QT-TCKH-01", "title": "X", "received_at": "2026-12-01T08:00:00+07:00"}, "received_at"),
        ({"procedure": "QT-TCKH-01", "title": "X", "received_at": "0001-01-01T08:00:00+07:00"}, "received_at"),
        ({"procedure": "QT-TCKH-01", "title": "X", "received_at": "9999-12-31T23:59:59-07:00"}, "received_at"),
    ],
)
def test_a_case_that_does_not_fit_names_the_field(clerk: Program, body: dict, field: str) -> None:
    answer = clerk.post("/instances", body)

    assert (answer.status_code, answer.json["facts"]["field"]) == (422, field)


@pytest.mark.parametrize(
    "body",
    [
        {"procedure": "QT-TCKH-01"},
        {"procedure": "QT-TCKH-01", "title": "X", "stage": "completed"},
        {"procedure": "QT-TCKH-01", "title": "X", "received_at": "2026-11-20T08:00:00"},
        {"procedure": "QT-TCKH-01", "title": "X", "received_at": 5},
        {"procedure": "QT-TCKH-01", "title": "X", "variables": {"a": {"b": 1}}},
    ],
    ids=["missing", "unknown field", "naive moment", "moment as a number", "nested variable"],
)
def test_a_body_that_does_not_fit_is_a_problem_document(clerk: Program, body: dict) -> None:
    answer = clerk.post("/instances", body)

    assert (answer.status_code, answer.mimetype, answer.json["code"]) == (422, "application/problem+json", "invalid")
    assert answer.json["facts"]["fields"]


def test_the_history_tells_who_did_what_when(website: Website, clerk: Program, case: dict) -> None:
    task = clerk.get("/tasks?sort=opened").json["tasks"][0]
    clerk.post(f"/tasks/{task['id']}/complete", {"note": "Hồ sơ đủ"})

    events = clerk.get(f"/instances/{case['id']}/history").json["events"]

    done = next(event for event in events if event["kind"] == "task-completed")
    assert [event["number"] for event in events] == list(range(1, len(events) + 1))
    assert done["by"]
    assert done["private"]["note"] == "Hồ sơ đủ"
    assert done["facts"]["due_at"]
    assert done["occurred_at"] == done["recorded_at"] == "2026-11-23T02:30:00Z"


def test_a_case_is_stopped_with_a_reason(website: Website, clerk: Program, case: dict) -> None:
    chairman = website.program(CHAIRMAN)

    refused = clerk.post(f"/instances/{case['id']}/cancel", {"reason": "Rút hồ sơ"})
    stopped = chairman.post(f"/instances/{case['id']}/cancel", {"reason": "Rút hồ sơ"})

    assert refused.status_code == 403
    assert (stopped.status_code, stopped.json["stage"]) == (200, "cancelled")


def test_a_huge_number_is_not_found(clerk: Program) -> None:
    assert clerk.get(f"/instances/{2**70}").status_code == 404
    assert clerk.get(f"/tasks/{2**70}").status_code == 404


def test_who_has_no_part_in_a_procedure_starts_nothing(website: Website) -> None:
    stranger = website.program("gddt.chuyen-vien")

    answer = stranger.post("/instances", {"procedure": "QT-TCKH-01", "title": "X"})

    assert answer.status_code == 403


def test_a_case_unknown_to_the_caller_is_not_found(website: Website, case: dict) -> None:
    assert website.program("gddt.chuyen-vien").get(f"/instances/{case['id']}").status_code == 404
    assert website.program(AUTHOR).get(f"/instances/{case['id']}").status_code == 404
    assert website.program(CLERK).get(f"/instances/{case['id']}").status_code == 200
