"""Every page is clean to axe on a desk and on a phone, fits its screen, and works by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import DESK, Office
from tests.visitors import CHAIRMAN, CLERK

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
PAGES = (
    "/hop-viec",
    "/hop-viec?view=done",
    "/viec/1",
    "/ho-so",
    "/ho-so/2",
    "/khoi-tao",
    "/khoi-tao/QT-TCKH-01",
    "/quy-trinh",
    "/quy-trinh/QT-TCKH-01",
    "/quy-trinh/QT-TCKH-01/so-sanh?tu=1&den=1",
    "/quy-trinh/QT-TCKH-01/gop-y",
    "/quy-trinh/QT-TCKH-01/ban/1/chay-thu",
    "/quy-trinh/QT-TCKH-01/ban/1/chay-thu?do=done&element=step_1&outcome=tiếp tục",
    "/quy-trinh/QT-TCKH-01/ban/1/chay-thu/mo-phong?cases=30",
    "/huong-dan",
    "/huong-dan/chay-thu",
    "/quy-trinh/QT-TCKH-01/nhap",
    "/lap-quy-trinh?q=ho",
    "/lap-quy-trinh?tu=QT-TCKH-01&ban=1",
    "/gop-y",
    "/nhap-goi",
    "/nhap",
    "/soan-thao",
    "/tham-dinh",
    "/tham-dinh/QT-TCKH-01/1",
    "/cong-nhan",
)


def settled(page: Page) -> None:
    for figure in page.locator("[data-diagram]").all():
        expect(figure).to_have_attribute("data-shown", "yes")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_accessible_and_fits_its_screen(office: Office, screen: dict[str, int]) -> None:
    page = office.sit(CHAIRMAN, viewport=screen)
    found = {}
    for path in PAGES:
        page.goto(path)
        settled(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        found[path] = faults(page) + ([f"{width} px wide"] if width > screen["width"] else [])

    assert {path: said for path, said in found.items() if said} == {}


def test_the_way_in_is_accessible(office: Office) -> None:
    page = office.sit(None)
    page.goto("/dang-nhap")

    assert faults(page) == []


def test_a_task_is_found_and_completed_by_keyboard(office: Office) -> None:
    page = office.sit(CLERK)
    page.goto("/hop-viec")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    reach(page, ".table__main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/viec/*")
    reach(page, "input[name=outcome]")
    page.keyboard.press("Space")
    reach(page, "form[action$=hoan-thanh] button")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Đã hoàn thành")


def reach(page: Page, selector: str) -> None:
    """Tab until an element that fits has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} cannot be reached")


def test_the_diagram_zooms_by_key_and_keeps_its_watermark(office: Office) -> None:
    page = office.sit(CLERK)
    page.goto("/quy-trinh/QT-TCKH-01")
    settled(page)
    viewport = page.locator(".djs-container .viewport")
    before = viewport.get_attribute("transform")

    page.locator(".djs-container svg").first.focus()
    page.keyboard.press("+")

    expect(viewport).not_to_have_attribute("transform", before or "")
    watermark = page.locator(".bjs-powered-by").bounding_box()
    assert watermark
    assert watermark["width"] > 40


def test_on_paper_the_whole_diagram_stands_in_the_servers_own_drawing(office: Office) -> None:
    page = office.sit(CLERK)
    page.goto("/quy-trinh/QT-TCKH-01")
    settled(page)

    page.emulate_media(media="print")

    drawing = page.locator("figure img")
    expect(drawing).to_be_visible()
    expect(page.locator(".djs-container")).to_be_hidden()
    expect(page.get_by_role("navigation")).to_have_count(0)
    assert drawing.evaluate("image => image.complete && image.naturalWidth > 0")


def test_nothing_on_a_page_speaks_english_by_itself(office: Office) -> None:
    page = office.sit(CLERK)
    page.goto("/quy-trinh/QT-TCKH-01")
    settled(page)

    titles = page.eval_on_selector_all("[title], [aria-label]", "all => all.map(e => e.title || e.ariaLabel)")

    assert [said for said in titles if said.isascii() and said not in {"Powered by bpmn.io", ""}] == []


def test_the_navigation_folds_on_a_phone(office: Office) -> None:
    page = office.sit(CLERK, viewport=PHONE)
    page.goto("/hop-viec")
    menu = page.get_by_role("button", name="Mục lục")

    expect(page.get_by_role("link", name="Kho quy trình")).to_be_hidden()
    menu.click()
    expect(page.get_by_role("link", name="Kho quy trình")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
