import pytest

from tests.visitors import Program, Website

DONE = {"outcome": "tiếp tục", "note": "Đủ"}


@pytest.fixture
def task(clerk: Program) -> dict:
    """An open task that both clerks of the one-stop desk may do."""
    return clerk.get("/tasks").json["tasks"][0]


@pytest.fixture
def colleague(website: Website) -> Program:
    return website.program("vp.cong-chuc-tiep-nhan.2")


def test_the_inbox_counts_every_view(clerk: Program) -> None:
    listed = clerk.get("/tasks?view=mine").json

    assert set(listed["counts"]) == {"mine", "team", "due", "done"}
    assert listed["counts"]["mine"] == len(listed["tasks"])


def test_a_task_tells_its_outcomes_and_the_time_left(clerk: Program, task: dict) -> None:
    shown = clerk.get(f"/tasks/{task['id']}").json

    assert shown["outcomes"][0] == "tiếp tục"
    assert shown["left_minutes"] > 0
    assert shown["urgency"] in {"soon", "on-time"}


def test_a_task_is_completed_once(clerk: Program, colleague: Program, task: dict) -> None:
    first = clerk.post(f"/tasks/{task['id']}/complete", DONE)
    second = colleague.post(f"/tasks/{task['id']}/complete", DONE)

    assert (first.status_code, first.json["state"]) == (200, "completed")
    assert (second.status_code, second.json["code"]) == (409, "task-closed")
    winner = second.json["facts"]
    assert winner["by"] == first.json["completed_by"]
    assert winner["by_name"]
    assert winner["by_name"] in second.json["detail"]


def test_what_a_colleague_has_claimed_is_his(clerk: Program, colleague: Program, task: dict) -> None:
    claimed = clerk.post(f"/tasks/{task['id']}/claim")
    refused = colleague.post(f"/tasks/{task['id']}/complete", DONE)
    clerk.post(f"/tasks/{task['id']}/release")

    assert (refused.status_code, refused.json["code"]) == (409, "task-taken")
    assert refused.json["facts"]["by"] == claimed.json["assignee_id"]
    assert refused.json["facts"]["by_name"] in refused.json["detail"]
    assert colleague.post(f"/tasks/{task['id']}/complete", DONE).status_code == 200


def test_an_unknown_outcome_lists_the_known(clerk: Program, task: dict) -> None:
    answer = clerk.post(f"/tasks/{task['id']}/complete", {"outcome": "không có"})

    assert (answer.status_code, answer.json["code"]) == (422, "unknown-outcome")
    assert "tiếp tục" in answer.json["facts"]["known"]
    assert "tiếp tục" in answer.json["detail"]


def test_an_outcome_is_the_same_in_any_case(clerk: Program, task: dict) -> None:
    answer = clerk.post(f"/tasks/{task['id']}/complete", {"outcome": "  TIẾP TỤC "})

    assert (answer.status_code, answer.json["outcome"]) == (200, "tiếp tục")


def test_a_repeated_request_has_one_effect(clerk: Program, task: dict) -> None:
    path, key = f"/tasks/{task['id']}/complete", {"Idempotency-Key": "a-1"}

    first = clerk.post(path, DONE, headers=key)
    again = clerk.post(path, DONE, headers=key)
    other = clerk.post(path, {"note": "Khác"}, headers=key)

    assert (again.status_code, again.json) == (200, first.json)
    assert (other.status_code, other.json["code"]) == (409, "idempotency-key-reused")


def test_a_head_hands_a_task_to_another_holder(
    website: Website, clerk: Program, colleague: Program, task: dict
) -> None:
    head = website.program("vp.chanh-van-phong")
    other = colleague.post(f"/tasks/{task['id']}/claim").json["assignee_id"]
    colleague.post(f"/tasks/{task['id']}/release")

    nobody = head.post(f"/tasks/{task['id']}/reassign", {"to": 1, "reason": "Nghỉ phép"})
    moved = head.post(f"/tasks/{task['id']}/reassign", {"to": other, "reason": "Nghỉ phép"})

    assert (nobody.status_code, nobody.json["facts"]["field"]) == (422, "to")
    assert (moved.status_code, moved.json["assignee_id"]) == (200, other)


def test_a_task_is_returned_with_a_reason(clerk: Program, task: dict) -> None:
    path = f"/tasks/{task['id']}/return"

    unknown = clerk.post(path, {"reason": "Thiếu giấy tờ", "outcome": "tiếp tục"})
    without = clerk.post(path, {"reason": ""})
    returned = clerk.post(path, {"reason": "Thiếu giấy tờ"})

    assert (unknown.status_code, unknown.json["code"]) == (422, "unknown-outcome")
    assert (without.status_code, without.json["code"]) == (422, "invalid")
    assert (returned.status_code, returned.json["outcome"]) == (200, "thiếu thành phần")


@pytest.fixture
def head(website: Website) -> Program:
    """The head of the unit that owns the procedure, who does its second step."""
    return website.program("tckh.truong-phong")


@pytest.fixture
def following(clerk: Program, task: dict) -> dict:
    """The task of the second step, open since the first was completed."""
    clerk.post(f"/tasks/{task['id']}/complete", DONE)
    return open_tasks(clerk, task["instance_id"])[0]


def open_tasks(program: Program, case: int) -> list[dict]:
    return [each for each in program.get(f"/instances/{case}").json["tasks"] if each["state"] == "open"]


def elements(tasks: list[dict]) -> list[str]:
    return [each["element"] for each in tasks]


def test_a_task_goes_back_to_a_step_that_was_passed_once_per_key(head: Program, task: dict, following: dict) -> None:
    asked = {"json": {"to": task["element"], "reason": "Thiếu thành phần"}, "headers": {"Idempotency-Key": "back-1"}}

    answers = [head.open("POST", f"/api/v1/tasks/{following['id']}/return", **asked) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json == answers[1].json
    assert answers[0].json["state"] == "cancelled"
    assert elements(open_tasks(head, task["instance_id"])) == [task["element"]]


def test_a_dry_run_says_what_a_move_closes_and_opens(head: Program, task: dict, following: dict) -> None:
    address, asked = f"/tasks/{following['id']}/move", {"to": task["element"], "reason": "Làm ngoài hệ thống"}

    foreseen = head.post(address, {**asked, "dry_run": True}).json
    unmoved = open_tasks(head, task["instance_id"])
    moved = head.post(address, asked).json

    assert foreseen == {"done": False, "closes": [following["element"]], "opens": [task["element"]]}
    assert moved == foreseen | {"done": True}
    assert elements(unmoved) == [following["element"]]
    assert elements(open_tasks(head, task["instance_id"])) == [task["element"]]


def test_a_completed_step_is_done_again(head: Program, task: dict, following: dict) -> None:
    asked = {"element": task["element"], "reason": "Phí thu sai"}

    answer = head.post(f"/instances/{task['instance_id']}/redo", asked)

    assert answer.status_code == 200
    assert elements(open_tasks(head, task["instance_id"])) == [task["element"]]
    refused = head.post(f"/instances/{task['instance_id']}/redo", asked)
    assert (refused.status_code, refused.json["facts"]["reason"]) == (422, "open-already")
    assert refused.json["detail"] == "Bước này đang mở."
