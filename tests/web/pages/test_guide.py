"""The guide, the worked example, and the first steps of an officer."""

from procedures.model import Version
from tests.visitors import AUTHOR, CHAIRMAN, CLERK, Website


def test_the_example_opens_as_a_draft_of_ones_own_unit(website: Website) -> None:
    browser = website.browser(AUTHOR)

    first = browser.post("/huong-dan/vi-du")
    second = browser.post("/huong-dan/vi-du")

    assert [first.location, second.location] == ["/quy-trinh/VD-TCKH-01/soan", "/quy-trinh/VD-TCKH-02/soan"]
    assert browser.get(first.location).status_code == 200
    with website.database.reading() as session:
        assert session.query(Version).filter(Version.stage == "draft").count() >= 2


def test_a_step_is_ticked_by_what_was_really_done(website: Website) -> None:
    browser = website.browser(AUTHOR)
    before = browser.text("/hop-viec")

    browser.post("/quy-trinh/QT-TCKH-01/ban/1/chay-thu/mo-phong/luu", {"cases": "5"})

    assert "4/5 đã làm" in before
    assert "Các bước đầu tiên của đồng chí" not in browser.text("/hop-viec")


def test_the_first_steps_are_put_away_by_each_for_himself(website: Website) -> None:
    author, clerk = website.browser(AUTHOR), website.browser(CLERK)

    author.post("/huong-dan/buoc-dau", {"away": "1"})

    assert "Các bước đầu tiên" not in author.text("/hop-viec")
    assert "Các bước đầu tiên" in clerk.text("/hop-viec")
    author.post("/huong-dan/buoc-dau")
    assert "Các bước đầu tiên" in author.text("/hop-viec")


def test_leaders_are_told_of_what_leaders_do(website: Website) -> None:
    assert "Nhận một việc" not in website.browser(CHAIRMAN).text("/hop-viec")
    assert "Các phần của hướng dẫn" in website.browser(CHAIRMAN).get("/huong-dan").text


def test_an_unknown_chapter_is_not_found(website: Website) -> None:
    assert website.browser(AUTHOR).get("/huong-dan/khong-co").status_code == 404
