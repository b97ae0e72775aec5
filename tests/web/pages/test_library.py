"""The library is searched by text, field of work, kind and stage; the page of a procedure tells all of it."""

import pytest

from tests.visitors import CLERK, Website

FOUND = "Đăng ký thành lập hộ kinh doanh"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ho+kinh+doanh", True),
        ("q=dang+ky+kinh", True),
        ("q=xay+dung", False),
        ("kind=tthc", True),
        ("kind=internal", False),
        ("kind=x", False),
        ("field=Đăng+ký+kinh+doanh", True),
        ("field=Đất+đai", False),
        ("stage=in_force&unit=TCKH", True),
        ("stage=superseded", False),
    ],
)
def test_a_procedure_is_found_by_what_is_known_of_it(website: Website, query: str, found: bool) -> None:
    assert (FOUND in website.browser(CLERK).text(f"/quy-trinh?{query}")) is found


def test_the_page_of_a_procedure_tells_what_it_rests_on_and_who_made_it(website: Website) -> None:
    said = website.browser(CLERK).text("/quy-trinh/QT-TCKH-01")

    assert "Căn cứ pháp lý Nghị định số 01/2021/NĐ-CP" in said
    assert "Đầu vào Giấy đề nghị đăng ký hộ kinh doanh" in said
    assert "Người soạn Đặng Minh Thủy" in said
    assert "Người thẩm định Hồ Thị Linh" in said
    assert "Người công nhận Nguyễn Văn An" in said


def test_feedback_is_given_on_the_page_and_settled_by_the_unit(website: Website) -> None:
    website.browser(CLERK).post("/quy-trinh/QT-TCKH-01/ban/1/gop-y", {"text": "Hay vướng", "element": "step_3"})
    browser = website.browser("tckh.truong-phong")

    assert "1 góp ý chờ đơn vị xử lý" in browser.text("/quy-trinh")
    declined = browser.post("/quy-trinh/QT-TCKH-01/gop-y/1", {"state": "declined"})
    assert (declined.status_code, "phải ghi lý do" in declined.text) == (422, True)
    browser.post("/quy-trinh/QT-TCKH-01/gop-y/1", {"state": "declined", "answer": "Luật định như vậy"})
    said = website.browser(CLERK).text("/quy-trinh/QT-TCKH-01/gop-y")
    assert "bước 3 Hay vướng Luật định như vậy không tiếp thu" in said


def test_empty_feedback_comes_back_with_a_word(website: Website) -> None:
    browser = website.browser(CLERK)

    answer = browser.post("/quy-trinh/QT-TCKH-01/ban/1/gop-y", {"text": " "}, follow_redirects=True)

    assert "Hãy ghi góp ý" in answer.text
