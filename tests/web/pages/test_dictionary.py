"""The words that a cell proposes while somebody types."""

import pytest

from tests.visitors import AUTHOR, Website


def test_words_come_with_what_is_known_of_them(website: Website) -> None:
    answer = website.browser(AUTHOR).get("/tu-dien/output?q=giay+chung+nhan").json

    assert answer == {
        "words": [
            {"text": "Giấy chứng nhận đăng ký hộ kinh doanh", "note": "1 quy trình dùng, đang có hiệu lực"},
        ],
        "said": "1 gợi ý, dùng mũi tên lên xuống để chọn",
    }


def test_a_replaced_document_tells_what_to_take_instead(website: Website) -> None:
    (word,) = website.browser(AUTHOR).get("/tu-dien/basis?q=61/2018").json["words"]

    assert word == {
        "text": "Nghị định số 61/2018/NĐ-CP",
        "note": "61/2018/NĐ-CP đã được 118/2025/NĐ-CP thay từ 01/07/2025",
        "instead": "Nghị định số 118/2025/NĐ-CP",
        "take": "Dùng Nghị định số 118/2025/NĐ-CP",
    }


@pytest.mark.parametrize(("path", "status"), [("/tu-dien/person", 404), ("/tu-dien/form?q=%E2%80%A8%F0%9F%93%8E", 200)])
def test_unknown_kinds_are_not_found_and_odd_texts_are_borne(website: Website, path: str, status: int) -> None:
    assert website.browser(AUTHOR).get(path).status_code == status


def test_the_editor_holds_one_list_for_all_cells(website: Website) -> None:
    website.browser(AUTHOR).post("/lap-quy-trinh", {"unit": "TCKH", "kind": "tthc", "title": "Cho thuê bến bãi"})

    page = website.browser(AUTHOR).get("/quy-trinh/QT-TCKH-02/soan").text

    assert page.count('role="listbox"') == 1
    assert 'data-words="/tu-dien/"' in page
