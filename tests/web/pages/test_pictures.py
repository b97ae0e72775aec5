"""The library shows a small picture of each procedure, which a browser keeps, at no cost for the page."""

import re

from tests.counting import counted
from tests.visitors import AUTHOR, CLERK, Browser, Website

PICTURE = "/quy-trinh/QT-TCKH-01/ban/1/hinh-nho.svg"
MODEL = {"from": "QT-TCKH-01", "number": "1", "unit": "TCKH", "kind": "tthc", "anyway": "1"}


def pictures(browser: Browser) -> list[str]:
    return re.findall(r'<img class="picture" src="([^"]+)" alt=""[^>]* loading="lazy"', browser.get("/quy-trinh").text)


def test_a_picture_is_bound_to_its_content_and_kept_for_good(website: Website) -> None:
    browser = website.browser(CLERK)

    address = next(each for each in pictures(browser) if each.startswith(PICTURE))
    answer = browser.get(address)

    assert answer.content_type == "image/svg+xml; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "<svg" in answer.text
    assert "Kinh doanh" not in answer.text


def test_a_picture_that_is_known_is_not_sent_again(website: Website) -> None:
    browser = website.browser(CLERK)
    tag = browser.get(PICTURE).headers["ETag"]

    again = browser.get(PICTURE, headers={"If-None-Match": tag})
    other = browser.get(f"{PICTURE}?v=0123456789abcdef", headers={"If-None-Match": '"other"'})

    assert (again.status_code, again.data) == (304, b"")
    assert (other.status_code, other.headers["Cache-Control"]) == (200, "private, no-cache")


def test_the_picture_of_a_changed_draft_has_another_address(website: Website) -> None:
    author = website.browser(AUTHOR)
    author.post("/lap-quy-trinh", MODEL | {"code": "QT-TCKH-77", "title": "Cho thuê bến bãi"})
    before = [each for each in pictures(author) if "QT-TCKH-77" in each]

    author.post("/quy-trinh/QT-TCKH-77/soan/bang", {"revision": 1, "set:step_1:note": "Theo mẫu mới"})

    after = [each for each in pictures(author) if "QT-TCKH-77" in each]
    assert len(before) == len(after) == 1
    assert before != after
    assert website.browser("gddt.chuyen-vien").get(after[0]).status_code == 404


def test_more_procedures_cost_the_page_no_statement_more(website: Website) -> None:
    author = website.browser(AUTHOR)
    author.get("/quy-trinh")
    with counted(website.database) as few:
        author.get("/quy-trinh")
    for at in range(5):
        author.post("/lap-quy-trinh", MODEL | {"code": f"QT-TCKH-{at + 60}", "title": f"Việc thứ {at}"})

    with counted(website.database) as many:
        shown = pictures(author)

    assert len(shown) == 7
    assert many["statements"] == few["statements"]
