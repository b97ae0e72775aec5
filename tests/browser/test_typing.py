"""What somebody types while the editor saves stays as he typed it, and what he typed is judged without his asking."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from benchmarks.layout import procedure
from bpmn.convert import read_yaml, table_to_bpmn
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.save_draft import Draft, save_draft
from procedures.evidence import Gate
from procedures.queries.people import organisation, person_by_login
from procedures.uploads import of_source
from tests.browser.conftest import Office
from tests.visitors import AUTHOR, NOW

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parents[1] / "files" / "samples" / "04_cap_phep_xay_dung_nha_o_rieng_le.yaml"
CODE = "QT-TCKH-78"
PHONE = {"width": 390, "height": 844}
SAVES = "**/soan/bang"


@pytest.fixture
def page(office: Office) -> Page:
    """The editor of a draft with a statutory limit."""
    table = read_yaml(SAMPLE.read_bytes()).table
    assert table is not None
    with office.website.database.transaction() as session:
        by = person_by_login(session, AUTHOR, at=NOW)
        upload = of_source(table_to_bpmn(table), Gate(organisation(session, at=NOW), NOW))
        create_procedure(session, NewProcedure(CODE, "Cấp phép xây dựng", "TCKH"), by=by, at=NOW)
        save_draft(session, CODE, Draft(upload.source, upload.evidence), by=by, at=NOW)
    page = office.sit(AUTHOR)
    page.goto(f"/quy-trinh/{CODE}/soan")
    return page


@contextmanager
def saving(page: Page) -> Iterator[None]:
    """A save that is under way while the block runs, and has been answered behind it."""
    held: list[Route] = []
    revision = page.locator("[name=revision]").input_value()

    def hold(route: Route) -> None:
        held.append(route)

    page.route(SAVES, hold)
    page.evaluate("document.activeElement.dispatchEvent(new Event('change', {bubbles: true}))")
    page.wait_for_function("() => document.querySelector('[data-state]').textContent === 'Đang lưu…'")
    yield
    held[0].continue_()
    expect(page.locator("[name=revision]")).not_to_have_value(revision)
    page.unroute(SAVES)


def cell(page: Page, column: str, row: int = 0) -> Callable[[str], object]:
    place = page.locator(f"[data-row] [data-column={column}]").nth(row)
    place.focus()
    page.keyboard.press("Control+a")
    return lambda script: place.evaluate(f"cell => {script}")


def test_what_is_typed_in_the_same_row_during_a_save_stays_with_its_caret(page: Page) -> None:
    cell(page, "name")
    page.keyboard.type("Nhận đơn")

    with saving(page):
        here = cell(page, "responsibility")
        page.keyboard.type("Chuyên viên trả lời")
        page.keyboard.press("ArrowLeft")

    assert here("[cell === document.activeElement, cell.selectionStart, cell.value]") == [
        True,
        len("Chuyên viên trả lờ"),
        "Chuyên viên trả lời",
    ]
    assert page.locator("[data-row] [data-column=name]").first.input_value() == "Nhận đơn"


def test_a_save_does_not_break_a_composition_of_the_keyboard(page: Page) -> None:
    keyboard = page.context.new_cdp_session(page)
    cell(page, "name")
    page.keyboard.type("Nhận đơn")

    with saving(page):
        here = cell(page, "responsibility")
        keyboard.send("Input.imeSetComposition", {"text": "nguoi", "selectionStart": 5, "selectionEnd": 5})
    keyboard.send("Input.imeSetComposition", {"text": "người", "selectionStart": 5, "selectionEnd": 5})
    keyboard.send("Input.insertText", {"text": "người nhận"})

    assert here("[cell === document.activeElement, cell.value]") == [True, "người nhận"]


def test_times_are_reckoned_while_somebody_types(page: Page) -> None:
    before = page.locator("[data-side] .facts").inner_text()
    here = cell(page, "time", 4)

    page.keyboard.type("30 ngày làm việc ")

    expect(page.locator("[data-side] .facts")).not_to_have_text(before)
    assert here("[cell === document.activeElement, cell.value]") == [True, "30 ngày làm việc "]


def test_half_a_time_is_no_fault_until_the_cell_is_left(page: Page) -> None:
    cell(page, "time")

    with page.expect_response(SAVES) as refused:
        page.keyboard.type("mau m")
    assert refused.value.status == 422
    expect(page.locator("[data-state]")).to_have_text("Đang ghi…")
    page.keyboard.press("Tab")

    expect(page.locator("[data-state]")).to_contain_text("Chưa hiểu thời gian “mau m”")


def test_every_target_of_a_way_can_be_chosen_by_keyboard(page: Page) -> None:
    way = page.locator(".way select").first
    assert way.locator("option").count() == 1

    way.focus()
    rows = page.locator("[data-row]").count()
    assert way.locator("option").count() > rows
    page.keyboard.press("Home")

    expect(page.locator("[data-state]")).to_contain_text("Đã lưu")
    assert way.input_value() == page.locator("[data-row]").first.get_attribute("data-row")


def test_a_long_table_that_was_wide_fits_a_narrow_screen(office: Office) -> None:
    with office.website.database.transaction() as session:
        by = person_by_login(session, AUTHOR, at=NOW)
        upload = of_source(table_to_bpmn(procedure(40, 4)), Gate(organisation(session, at=NOW), NOW))
        create_procedure(session, NewProcedure("QT-TCKH-79", "Quy trình dài", "TCKH"), by=by, at=NOW)
        save_draft(session, "QT-TCKH-79", Draft(upload.source, upload.evidence), by=by, at=NOW)
    page = office.sit(AUTHOR)
    page.goto("/quy-trinh/QT-TCKH-79/soan")
    expect(page.locator("[data-row]")).to_have_count(40)

    page.set_viewport_size(PHONE)

    page.wait_for_function("() => document.documentElement.scrollWidth <= 390")
