"""Two versions side by side, for who may see both."""

import pytest

from bpmn.convert import bpmn_to_table, merge_table
from bpmn.document import read_document
from bpmn.editing import AddRow, Edit, RemoveRow, SetField, edited
from procedures.access import visible_version
from procedures.commands.save_draft import Draft, save_draft
from procedures.evidence import Gate, examine
from procedures.queries.people import organisation, person_by_login
from tests.visitors import AUTHOR, CLERK, NOW, Website

CODE = "QT-TCKH-01"
PAGE = f"/quy-trinh/{CODE}/so-sanh"
EDITS = (
    SetField("step_3", "time", "3 giờ làm việc"),
    AddRow("step_2", {"name": "Xác minh <b>địa điểm</b>", "time": "4 giờ", "position": "Chuyên viên"}),
    RemoveRow("step_6"),
)


@pytest.fixture
def changed(website: Website) -> Website:
    """The town with a draft of a second version of the procedure in force."""
    save_second_version(website, EDITS)
    return website


def save_second_version(website: Website, edits: tuple[Edit, ...]) -> None:
    with website.database.transaction() as session:
        by = person_by_login(session, AUTHOR, at=NOW)
        document = read_document(visible_version(session, CODE, 1, by).source.encode()).document
        assert document is not None
        source = merge_table(document, edited(bpmn_to_table(document), edits))
        evidence = examine(source, Gate(organisation(session, at=NOW), NOW))
        save_draft(session, CODE, Draft(source, evidence), by=by, at=NOW)


def test_the_draft_stands_beside_the_version_in_force(changed: Website) -> None:
    said = changed.browser(AUTHOR).text(PAGE)

    assert "Bước 4: 10 → 3 giờ làm việc" in said
    assert "Các bước 3–5 được đánh số lại 4–6" in said
    assert "Bỏ bước 6" in said
    assert "Tổng: 3 → 2,38/3 ngày làm việc" in said
    assert "+ thêm 1 bước − bỏ 1 bước ✎ sửa 1 bước" in said
    assert "trước là bước 3" in said


def test_what_somebody_wrote_stays_text_in_table_and_drawing(changed: Website) -> None:
    page = changed.browser(AUTHOR).get(PAGE).text

    assert "<b>địa điểm" not in page
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') == 2


def test_versions_can_be_turned_round(changed: Website) -> None:
    said = changed.browser(AUTHOR).text(f"{PAGE}?tu=2&den=1")

    assert "Bước 3: 3 → 10 giờ làm việc" in said


def test_a_version_compared_with_itself_says_so(changed: Website) -> None:
    assert "Hai bản như nhau" in changed.browser(AUTHOR).text(f"{PAGE}?tu=1&den=1")


def test_who_may_not_see_the_draft_compares_nothing(changed: Website) -> None:
    browser = changed.browser(CLERK)

    assert "Chưa có hai bản để so sánh" in browser.text(PAGE)
    assert browser.get(f"{PAGE}?tu=1&den=2").status_code == 404


@pytest.mark.parametrize("number", ["0", "7", "x", "-1", "99999999999999999999", "1.0"])
def test_a_number_that_is_no_version_is_not_found(changed: Website, number: str) -> None:
    assert changed.browser(AUTHOR).get(PAGE, query_string={"tu": "1", "den": number}).status_code == 404
