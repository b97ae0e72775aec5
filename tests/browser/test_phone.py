"""On a phone: what each clear asks can be opened and closed by keyboard, and the library shows its pictures."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.conftest import Office
from tests.visitors import AUTHOR

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def test_what_a_clear_asks_is_opened_and_closed_by_touch_and_by_keyboard(office: Office) -> None:
    page = office.sit(AUTHOR, viewport=PHONE)
    page.goto("/quy-trinh/QT-TCKH-01")
    tip = page.get_by_role("button", name="Giải thích: Rõ người")

    tip.click(timeout=5_000)  # which needs to see it
    told = page.get_by_text("Vị trí nào, thuộc đơn vị nào làm?")
    expect(told).to_be_visible()
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    page.keyboard.press("Enter")
    expect(told).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")

    expect(told).to_be_hidden()
    expect(tip).to_be_focused()


def test_the_library_shows_a_picture_of_each_procedure(office: Office) -> None:
    page = office.sit(AUTHOR, viewport=PHONE)
    page.goto("/quy-trinh")
    page.wait_for_load_state("networkidle")

    widths = page.locator(".picture").evaluate_all("pictures => pictures.map((each) => each.naturalWidth)")

    assert len(widths) == 2
    assert min(widths) > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert faults(page) == []
