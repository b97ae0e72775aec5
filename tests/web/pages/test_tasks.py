import pytest

from tests.visitors import CLERK, Website

HEAD = "tckh.truong-phong"


@pytest.fixture
def following(website: Website) -> dict:
    """The open task of a second step."""
    clerk = website.program(CLERK)
    first = clerk.get("/tasks").json["tasks"][0]
    clerk.post(f"/tasks/{first['id']}/complete", {})
    tasks = clerk.get(f"/instances/{first['instance_id']}").json["tasks"]
    return next(task for task in tasks if task["state"] == "open")


def test_the_task_page_lets_one_choose_among_the_steps_that_were_passed(website: Website, following: dict) -> None:
    page = website.browser(HEAD).get(f"/viec/{following['id']}").text

    assert '<option value="step_1">' in page
    assert f'<option value="{following["element"]}">' not in page


def test_a_case_that_was_given_back_waits_at_the_chosen_step_and_says_why(website: Website, following: dict) -> None:
    browser = website.browser(HEAD)

    sent = browser.post(f"/viec/{following['id']}/tra-ve", {"to": "step_1", "reason": "Thiếu giấy tờ"})

    page = browser.text(f"/ho-so/{following['instance_id']}")
    assert sent.status_code == 303
    assert "Thiếu giấy tờ" in page
    assert f"trả việc “{following['name']}” về bước" in page
