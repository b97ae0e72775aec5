"""The page of a draft: a button mends what the gate found, a leader lets an error pass, appraisers see it."""

import pytest

from procedures.demo.shipped import library
from tests.visitors import APPRAISER, AUTHOR, CHAIRMAN, Website

STATED = b'<namro:statedTotal text="9" value="9" unit="working_day"/></namro:procedure>'
WHY = "Quyết định công bố ghi như vậy."
PAGE = "/quy-trinh/QT-MOI"


@pytest.fixture
def element(website: Website) -> str:
    """The element of the one error of a draft."""
    program = website.program(AUTHOR)
    program.post("/procedures", {"code": "QT-MOI", "title": "Quy trình mới", "unit": "TCKH", "kind": "tthc"})
    source = library("TCKH/QT-TCKH-01.bpmn").replace(b"</namro:procedure>", STATED)
    saved = program.put("/procedures/QT-MOI/draft", data=source, content_type="application/xml")
    (error,) = [found for found in saved.json["findings"] if found["severity"] == "error"]
    return error["element"]


def test_a_button_mends_what_the_gate_found(website: Website, element: str) -> None:
    browser = website.browser(AUTHOR)
    before = browser.get(PAGE).text
    form = {"finding": "total-mismatch", "element": element, "revision": 1}

    answer = browser.post(f"{PAGE}/sua-giup", form, follow_redirects=True)

    assert "Sửa giúp" in before
    assert "Tổng ghi trong bảng" in before
    assert "Tổng ghi trong bảng" not in answer.text
    assert "Đã sửa giúp" in answer.text


def test_only_who_may_edit_sees_the_button_and_only_a_leader_may_let_pass(website: Website, element: str) -> None:
    author, leader = website.browser(AUTHOR).get(PAGE).text, website.browser(CHAIRMAN).get(PAGE).text

    assert "Sửa giúp" in author
    assert "Cho qua lỗi này" not in author
    assert "Sửa giúp" not in leader
    assert "Cho qua lỗi này" in leader


def test_what_a_leader_let_pass_is_submitted_and_shown_to_appraisers(website: Website, element: str) -> None:
    author = website.browser(AUTHOR)
    refused = author.post(f"{PAGE}/trinh")
    form = {"finding": "total-mismatch", "element": element, "reason": WHY}

    let = website.browser(CHAIRMAN).post(f"{PAGE}/cho-qua", form)
    submitted = author.post(f"{PAGE}/trinh")

    assert (refused.status_code, let.status_code, submitted.status_code) == (422, 303, 303)
    assert WHY in website.browser(APPRAISER).get("/tham-dinh/QT-MOI/1").text
