"""What the editor of 100 steps costs, in work and not in seconds: `benchmarks.editor` has the seconds."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from lxml import html
from sqlalchemy import event

from benchmarks.layout import procedure
from bpmn.convert import table_to_bpmn
from bpmn.document import read_root
from bpmn.examine import check_document
from bpmn.layout import add_diagram, place_missing
from bpmn.source import canonical
from bpmn.table.project import projection
from tests.visitors import AUTHOR, Browser, Website

PAGE = "/quy-trinh/QT-DAI/soan"
SCRIPT = {"Accept": "application/json"}
STEPS = 100
LAYOUTS = (add_diagram, place_missing)


@pytest.fixture
def browser(website: Website) -> Browser:
    """The author of a draft of 100 steps."""
    program = website.program(AUTHOR)
    program.post("/procedures", {"code": "QT-DAI", "title": "Quy trình dài", "unit": "TCKH", "kind": "tthc"})
    source = table_to_bpmn(procedure(STEPS, 8))
    program.put("/procedures/QT-DAI/draft", data=source, content_type="application/xml")
    return website.browser(AUTHOR)


@contextmanager
def counted(*functions: Callable[..., object]) -> Iterator[Counter[str]]:
    """How often functions are called, by name."""
    names = {function.__code__: function.__name__ for function in functions}
    found: Counter[str] = Counter()

    def note(frame: FrameType, happened: str, _: object) -> None:
        if happened == "call" and frame.f_code in names:
            found[names[frame.f_code]] += 1

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)


@contextmanager
def statements(website: Website) -> Iterator[list[str]]:
    """The statements that the database is asked."""
    asked: list[str] = []

    def note(*args: object) -> None:
        asked.append(str(args[2]))

    event.listen(website.database.bind, "before_cursor_execute", note)
    yield asked
    event.remove(website.database.bind, "before_cursor_execute", note)


def marks(browser: Browser) -> str:
    return " ".join(map(str, html.fromstring(browser.get(PAGE).text).xpath("//@data-mark")))


def test_a_page_of_100_steps_is_read_once_and_holds_each_choice_once(browser: Browser) -> None:
    with counted(read_root, projection, check_document, *LAYOUTS) as calls:
        text = browser.get(PAGE).text

    assert calls == {"read_root": 1, "projection": 1}
    page = html.fromstring(text)
    assert len(page.xpath("//section[@data-row]")) == STEPS
    assert [len(choice) for choice in page.xpath("//select")] == [1] * len(page.xpath("//select"))
    assert len(page.xpath("//section[@data-row]//*")) < 95 * STEPS
    assert len(text) < 9_000 * STEPS


def test_a_text_is_saved_with_two_readings_one_gate_and_no_layout(website: Website, browser: Browser) -> None:
    shown = marks(browser)
    form = {"revision": 1, "set:step_50:authority": "Trưởng phòng", "shown": shown, "csrf_token": browser.token()}

    functions = (read_root, projection, canonical, check_document, *LAYOUTS)
    with counted(*functions) as calls, statements(website) as asked:
        answer = browser.client.post(f"{PAGE}/bang", data=form, headers=SCRIPT)

    assert answer.json["revision"] == 2
    assert calls == {"read_root": 2, "projection": 4, "canonical": 1, "check_document": 1}
    assert len(asked) < 40
    assert len(answer.data) < 100_000


def test_a_page_is_told_only_the_rows_that_it_does_not_show(browser: Browser) -> None:
    shown = marks(browser)

    one = browser.post(
        f"{PAGE}/bang", {"revision": 1, "set:step_50:authority": "Trưởng phòng", "shown": shown}, headers=SCRIPT
    ).json
    again = browser.get(f"{PAGE}/moi", query_string={"revision": 1, "shown": " ".join(one["order"])}, headers=SCRIPT)

    assert [row.get("data-row") for row in html.fragments_fromstring(one["rows"])] == ["step_50"]
    assert len(one["order"]) == STEPS
    assert (again.json["rows"], again.json["order"]) == ("", one["order"])
    assert "source" not in one


def test_a_new_name_is_told_where_a_way_leads_to_it(browser: Browser) -> None:
    page = html.fromstring(browser.get(PAGE).text)
    way = page.xpath("//select[starts-with(option/@value, 'step_')]")[0]
    row = way.xpath("ancestor::section/@data-row")[0]
    target = way.xpath("option/@value")[0]

    form = {"revision": 1, f"set:{target}:name": "Tiếp nhận đơn", "shown": " ".join(page.xpath("//@data-mark"))}
    told = browser.post(f"{PAGE}/bang", form, headers=SCRIPT).json

    rows = {each.get("data-row"): each for each in html.fragments_fromstring(told["rows"])}
    assert {row, target} <= rows.keys()
    assert "Tiếp nhận đơn" in rows[row].xpath("string(.//select)")
    assert "Tiếp nhận đơn" in told["targets"]


def test_who_asks_without_script_can_choose_every_way_at_once(browser: Browser) -> None:
    page = html.fromstring(browser.get(f"{PAGE}?day-du=co").text)

    assert {len(choice) > STEPS for choice in page.xpath("//select")} == {True}
    assert not page.xpath("//noscript")
