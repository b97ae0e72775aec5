"""Trying a version out on pages: nothing is stored until it is kept, and what is kept is what was played."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from engine.model import Event, Instance, Task
from engine.rehearsal import MAX_ACTS, Act, ActKind, Pace
from procedures.model import Trial
from tests.visitors import AUTHOR, CHAIRMAN, NOW, Website
from web.rehearsing import Script, plain, unpack, written

HERE = "/quy-trinh/QT-TCKH-01/ban/1/chay-thu"
FIRST = {"do": "done", "element": "step_1", "item": "0", "pace": "due", "outcome": "tiếp tục"}


def counts(website: Website) -> list[int]:
    with website.database.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in (Instance, Task, Event)]


def script_of(location: str) -> Script:
    return unpack(parse_qs(urlsplit(location).query)["s"][0])


def test_a_case_is_played_without_a_row(website: Website) -> None:
    browser, before = website.browser(AUTHOR), counts(website)

    first = browser.get(HERE, query_string=FIRST)
    page = browser.text(first.location)

    assert first.status_code == 303
    assert [act.element for act in script_of(first.location).acts] == ["step_1"]
    assert "Phân công thụ lý" in page
    assert "Lùi một bước" in page
    assert counts(website) == before


def test_the_due_is_told_with_its_reason(website: Website) -> None:
    started = website.browser(AUTHOR).get(f"{HERE}?do=start&start=2026-11-23T16:00").location

    page = website.browser(AUTHOR).text(started)

    assert "08:00 25/11/2026" in page  # a day off lies between
    assert "24/11/2026" in page


def test_a_script_comes_back_from_its_address_as_it_was() -> None:
    acts = (Act(ActKind.DONE, "step_1", Pace.LATE, "không đạt", 2, {"số tiền": 2.5, "nơi": ["A", "B"]}),)
    script = Script(NOW, {"phuong_xa": "P1"}, acts)

    assert unpack(script.packed()) == script


def test_five_hundred_acts_fit_an_address() -> None:
    acts = tuple(Act(ActKind.DONE, f"step_{n % 9}", Pace.DUE, "không đồng ý") for n in range(MAX_ACTS))

    assert Script(NOW, acts=acts).fits
    assert not Script(NOW, acts=(*acts, acts[0])).fits


@pytest.mark.parametrize("text", ["x", "eJw", "A" * 4000, Script(NOW.replace(tzinfo=None)).packed(), "%00", "ZZZZ"])
def test_an_address_that_is_no_script_is_refused(website: Website, text: str) -> None:
    assert website.browser(AUTHOR).get(HERE, query_string={"s": text}).status_code in (400, 422)


@pytest.mark.parametrize(
    ("text", "value"),
    [("5.000.000", 5_000_000), ("2,5", 2.5), ("-3", -3), ("Đúng", True), ("a; b", ["a", "b"]), ("P.1", "P.1")],
)
def test_values_are_read_as_people_write_them(text: str, value: object) -> None:
    assert plain(text) == value
    assert plain(written(value)) == value


def test_a_kept_case_is_bound_to_the_content_and_told_on_the_page(website: Website) -> None:
    browser = website.browser(AUTHOR)
    location = browser.get(HERE, query_string=FIRST).location

    kept = browser.post(f"{HERE}/luu", {"s": parse_qs(urlsplit(location).query)["s"][0]})

    with website.database.transaction() as session:
        trial = session.scalars(select(Trial)).one()
        assert (trial.kind, trial.facts["steps"], trial.facts["finished"]) == ("steps", 1, False)
        trial.sha256 = "another"
    assert kept.status_code == 303
    assert "nội dung đã đổi từ đó" in website.browser(CHAIRMAN).text("/quy-trinh/QT-TCKH-01/ban/1")


def test_a_simulation_is_the_same_whenever_it_is_asked_for_and_can_be_kept(website: Website) -> None:
    browser = website.browser(AUTHOR)
    asked = {"cases": "40", "per_day": "2,5", "seed": "3", "start": "2026-11-23T08:00"}

    first = browser.get(f"{HERE}/mo-phong", query_string=asked).text
    second = browser.get(f"{HERE}/mo-phong", query_string=asked).text
    kept = browser.post(f"{HERE}/mo-phong/luu", asked)

    assert re.sub('csrf_token" value="[^"]*', "", first) == re.sub('csrf_token" value="[^"]*', "", second)
    assert "<svg" in first
    assert kept.status_code == 303
    assert "Mô phỏng 40 hồ sơ" in browser.text("/quy-trinh/QT-TCKH-01/ban/1")


def test_officers_are_those_of_the_directory_until_somebody_says_otherwise(website: Website) -> None:
    browser = website.browser(AUTHOR)

    usual = re.findall(r'name="o\.0"[^>]*value="(\d+)"', browser.get(f"{HERE}/mo-phong").text)
    other = re.findall(r'name="o\.0"[^>]*value="(\d+)"', browser.get(f"{HERE}/mo-phong?cases=5&o.0=7").text)

    assert (usual[0], other[0]) == ("2", "7")


def test_a_case_that_is_always_sent_back_is_told_instead_of_simulated(website: Website) -> None:
    asked = {"cases": "5", "n.step_1.0": "100"}

    answer = website.browser(AUTHOR).get(f"{HERE}/mo-phong", query_string=asked)

    assert answer.status_code == 200
    assert "notice--late" in answer.text
    assert '<dl class="measures">' not in answer.text
