"""The town as `make run` serves it: two processes, a one-time link, another person at the same screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.visitors import CLERK

pytestmark = pytest.mark.browser


def test_a_link_leads_to_the_inbox_and_one_may_become_somebody_else(open_page: Callable[..., Page]) -> None:
    page = open_page(CLERK)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hộp việc")
    expect(page.locator("tbody tr").first).to_be_visible()

    page.get_by_text("Đổi vai").click()
    page.get_by_role("button", name=re.compile("· Trưởng phòng, Phòng Nội vụ")).first.click()

    expect(page.locator(".who")).to_contain_text("Phòng Nội vụ")
    expect(page.get_by_role("link", name="Thẩm định", exact=True)).to_be_visible()
