"""The pictures of the README and of the guide, from the running product: `make pictures`. Not part of `make test`."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Office
from tests.browser.test_slice import bring_in_force, open_case
from tests.visitors import APPRAISER, AUTHOR

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
GUIDE = PICTURES.parent / "huong-dan"
TITLE = "Đăng ký thay đổi hộ kinh doanh"
MODEL = {"from": "QT-TCKH-01", "number": "1", "unit": "TCKH", "kind": "tthc", "anyway": "1"}
SETTLED = 800  # milliseconds for fonts and the diagram


def take(page: Page, name: str, *, height: int) -> None:
    page.set_viewport_size({"width": 1280, "height": height})
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=PICTURES / name)


def explain(page: Page, address: str, name: str, *, height: int = 760) -> None:
    """A picture of the guide: smaller than a desk's screen, so that it stays readable and light."""
    page.set_viewport_size({"width": 1040, "height": height})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=GUIDE / name)


def test_guide(office: Office) -> None:
    author = office.sit(AUTHOR)
    explain(author, "/hop-viec", "hop-viec.png")
    explain(author, "/ho-so/2", "ho-so.png")
    explain(author, "/nhap", "nhap.png")
    author.goto("/huong-dan")
    author.get_by_role("button", name="Mở ví dụ").click()
    author.wait_for_url("**/soan")
    explain(author, author.url, "soan-thao.png", height=1100)
    author.set_viewport_size({"width": 1040, "height": 480})
    author.locator("[data-row]").nth(2).scroll_into_view_if_needed()
    author.locator("[data-column=output]").nth(2).fill("giay")
    author.locator(".word").first.wait_for()
    author.screenshot(path=GUIDE / "chon-tu.png")
    office.website.browser(AUTHOR).post("/lap-quy-trinh", MODEL | {"code": "QT-TCKH-77", "title": TITLE})
    example = "/quy-trinh/QT-TCKH-77"
    explain(author, f"{example}/ban/1/ra-soat", "ra-soat.png")
    author.goto(f"{example}/ban/1/chay-thu")
    for _ in range(2):
        author.locator("button[name=outcome]").first.click()
        author.wait_for_load_state()
    explain(author, author.url, "chay-thu.png")
    explain(author, f"{example}/ban/1/chay-thu/mo-phong?cases=300&per_day=6", "mo-phong.png", height=1100)
    explain(office.sit(APPRAISER), "/tham-dinh/QT-TCKH-01/1", "tham-dinh.png")


def test_inbox(office: Office) -> None:
    page = office.sit("tckh.truong-phong")
    page.goto("/hop-viec")
    take(page, "inbox.png", height=720)


def test_procedure_and_case(office: Office) -> None:
    bring_in_force(office)
    clerk = open_case(office)
    take(clerk, "case.png", height=1100)
    page = office.sit("qldt.truong-phong")
    page.goto("/quy-trinh?q=giay+phep")
    page.locator("main a[href^='/quy-trinh/']").first.click()
    take(page, "procedure.png", height=1500)
