"""The pictures of the README, taken from the running product: `make pictures`. Not collected by `make test`."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Office
from tests.browser.test_slice import bring_in_force, open_case

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SETTLED = 800  # milliseconds for fonts and the diagram


def take(page: Page, name: str, *, height: int) -> None:
    page.set_viewport_size({"width": 1280, "height": height})
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=PICTURES / name)


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
