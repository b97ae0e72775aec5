"""Cells of the editor propose what the town uses already: by keyboard, by hand, and free text always stands."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import Office
from tests.visitors import AUTHOR

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
MODEL = {"from": "QT-TCKH-01", "number": "1", "unit": "TCKH", "kind": "tthc", "code": "QT-TCKH-77"}


@pytest.fixture
def address(office: Office) -> str:
    """The editor of a draft that was copied from the procedure in force."""
    office.website.browser(AUTHOR).post("/lap-quy-trinh", MODEL | {"title": "Đăng ký bến bãi", "anyway": "1"})
    return "/quy-trinh/QT-TCKH-77/soan"


def options(page: Page) -> Sequence[str]:
    page.locator(".word").first.wait_for()
    return page.locator(".word__text").all_inner_texts()


def column(page: Page, name: str, row: int = 0) -> Locator:
    return page.locator(f"[data-row] [data-column={name}]").nth(row)


def saved(page: Page) -> None:
    page.get_by_text("Đã lưu lúc").wait_for()


def test_a_result_is_chosen_by_keyboard_and_typed_without_marks(office: Office, address: str) -> None:
    page = office.sit(AUTHOR)
    page.goto(address)
    cell = column(page, "output", 1)

    cell.fill("giay chung")
    assert options(page) == ["Giấy chứng nhận đăng ký hộ kinh doanh"]
    expect(cell).to_have_attribute("aria-controls", "words")
    page.keyboard.press("ArrowDown")
    expect(cell).to_have_attribute("aria-activedescendant", "word-0")
    assert faults(page) == []
    page.keyboard.press("Enter")

    saved(page)
    expect(column(page, "output", 1)).to_have_value("Giấy chứng nhận đăng ký hộ kinh doanh")
    expect(column(page, "output", 1)).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_save_while_somebody_types_leaves_the_list_alone(office: Office, address: str) -> None:
    page = office.sit(AUTHOR)
    page.goto(address)
    cell = column(page, "output", 1)
    cell.click()
    cell.fill("giay")
    assert len(options(page)) == 2

    saved(page)

    expect(page.get_by_role("listbox")).to_be_visible()
    expect(cell).to_have_attribute("aria-autocomplete", "list")
    page.keyboard.type(" tiep")
    expect(page.locator(".word")).to_have_count(1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(cell).to_have_value("Giấy tiếp nhận và hẹn trả")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_escape_and_enter_keep_what_was_typed(office: Office, address: str) -> None:
    page = office.sit(AUTHOR)
    page.goto(address)
    column(page, "output").fill("Giấy t")
    options(page)

    page.keyboard.press("Escape")
    page.keyboard.type("ờ riêng")
    page.keyboard.press("Enter")

    saved(page)
    expect(column(page, "output")).to_have_value("Giấy tờ riêng")
    expect(column(page, "output", 1)).to_be_focused()


def test_legal_bases_are_chosen_line_by_line_and_a_replaced_one_is_told(office: Office, address: str) -> None:
    page = office.sit(AUTHOR)
    page.goto(address)
    page.get_by_text("Về cả quy trình").click()
    cell = page.get_by_label("Căn cứ pháp lý")
    cell.fill("Luật của tỉnh\n61/2018")

    assert options(page) == ["Nghị định số 61/2018/NĐ-CP"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    told = page.get_by_text("61/2018/NĐ-CP đã được 118/2025/NĐ-CP thay từ 01/07/2025.")
    expect(told).to_be_visible()
    expect(cell).to_have_value("Luật của tỉnh\nNghị định số 61/2018/NĐ-CP")
    page.get_by_role("button", name="Dùng Nghị định số 118/2025/NĐ-CP").click()
    expect(cell).to_have_value("Luật của tỉnh\nNghị định số 118/2025/NĐ-CP")
    expect(told).to_be_hidden()


def test_a_new_name_calls_up_procedures_like_it_and_is_kept(office: Office, address: str) -> None:
    page = office.sit(AUTHOR)
    page.goto(address)
    page.get_by_text("Về cả quy trình").click()

    page.get_by_label("Tên quy trình").fill("dang ky thanh lap ho kinh doanh")

    like = page.get_by_role("status").filter(has_text="Đã có quy trình tương tự")
    expect(like.get_by_role("link", name="Đăng ký thành lập hộ kinh doanh", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("dang ky thanh lap ho kinh doanh")
    assert faults(page) == []
    page.keyboard.press("Tab")
    saved(page)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("dang ky thanh lap ho kinh doanh")


def test_a_cell_that_gets_the_focus_backwards_does_not_lie_under_the_bar(office: Office, address: str) -> None:
    page = office.sit(AUTHOR)
    page.goto(address)
    column(page, "output", 3).evaluate("cell => cell.focus({ preventScroll: true })")
    column(page, "name", 3).evaluate("cell => window.scrollBy(0, cell.getBoundingClientRect().top - 10)")

    page.keyboard.press("Shift+Tab")

    expect(column(page, "name", 3)).to_be_focused()
    here, bar = column(page, "name", 3).bounding_box(), page.locator(".editor__bar").bounding_box()
    assert here
    assert bar
    assert here["y"] >= bar["y"] + bar["height"]


def test_on_a_phone_a_touch_opens_and_a_touch_takes(office: Office, address: str) -> None:
    page = office.sit(AUTHOR, viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(address)
    column(page, "position").scroll_into_view_if_needed()
    column(page, "position").fill("")

    column(page, "position").tap()
    found = options(page)
    page.locator(".word").nth(2).tap()

    saved(page)
    expect(column(page, "position")).to_have_value(found[2])
    box = page.locator("body").bounding_box()
    assert box
    assert box["width"] <= PHONE["width"]
