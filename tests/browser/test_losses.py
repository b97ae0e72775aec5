"""What was typed outlives a lost connection, an answer that never came and the end of a login."""

import re
from contextlib import nullcontext

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Office
from tests.visitors import AUTHOR

pytestmark = pytest.mark.browser

CODE = "QT-VE-MAT"
TYPED = "3 giờ làm việc"


@pytest.fixture
def page(office: Office) -> Page:
    """The editor of a draft with one empty row."""
    page = office.sit(AUTHOR)
    page.goto("/lap-quy-trinh")
    page.get_by_label("Tên quy trình").fill("Giữ lại chữ đã gõ")
    page.get_by_label("Mã quy trình").fill(CODE)
    page.get_by_role("button", name="Lập và mở bảng").click()
    expect(page.locator("[data-row]")).to_have_count(1)
    return page


def write(page: Page, text: str) -> None:
    fill(page, "time", text)


def fill(page: Page, column: str, text: str) -> None:
    """Write a cell of the only row and leave it, also one that lies in a closed part of the row."""
    page.locator(f"[data-column={column}]").evaluate(
        "(cell, text) => { cell.value = text; cell.dispatchEvent(new Event('change', {bubbles: true})); }", text
    )


def come_back(page: Page) -> None:
    """Look at the page again, as after signing in elsewhere."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_what_was_typed_when_the_login_ended_is_saved_after_signing_in_again(office: Office, page: Page) -> None:
    page.context.clear_cookies()

    write(page, TYPED)
    expect(page.locator("[data-state]")).to_have_text(re.compile("Phiên làm việc đã hết"))
    expect(page.get_by_role("link", name="Đăng nhập lại")).to_be_visible()
    page.context.add_cookies([{"name": "namro", "value": office.website.login(AUTHOR), "url": office.url}])
    come_back(page)

    expect(page.locator("[data-state]")).to_have_text(re.compile("Đã lưu"))
    expect(page.get_by_role("link", name="Đăng nhập lại")).to_be_hidden()
    page.reload()
    expect(page.locator("[data-column=time]")).to_have_value(TYPED)


def test_what_was_typed_without_a_connection_is_saved_when_there_is_one(page: Page) -> None:
    page.context.set_offline(True)

    write(page, TYPED)
    expect(page.locator("[data-state]")).to_have_text(re.compile("mất kết nối"))
    page.context.set_offline(False)
    come_back(page)

    expect(page.locator("[data-state]")).to_have_text(re.compile("Đã lưu"))
    page.reload()
    expect(page.locator("[data-column=time]")).to_have_value(TYPED)


def test_a_row_whose_answer_got_lost_is_added_once(page: Page) -> None:
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    page.route("**/soan/bang", lose)
    page.locator("[data-add-last]").click()
    expect(page.locator("[data-state]")).to_have_text(re.compile("mất kết nối"))
    come_back(page)

    expect(page.locator("[data-state]")).to_have_text(re.compile("Đã lưu"))
    assert lost == [200]
    expect(page.locator("[data-row]")).to_have_count(2)
    page.reload()
    expect(page.locator("[data-row]")).to_have_count(2)


def test_a_server_that_is_busy_or_fails_is_asked_again(office: Office, page: Page) -> None:
    answers = [503, 429, 500]
    page.route("**/soan/bang", lambda route: route.fulfill(status=answers.pop(0)) if answers else route.continue_())

    write(page, TYPED)
    for status in (503, 429, 500):
        expect(page.locator("[data-state]")).to_have_text(re.compile("máy chủ đang bận"))
        with page.expect_response("**/soan/bang") if status != 500 else nullcontext():
            come_back(page)

    expect(page.locator("[data-state]")).to_have_text(re.compile("Đã lưu lúc"))
    page.reload()
    expect(page.locator("[data-column=time]")).to_have_value(TYPED)
    office.wrong[:] = [each for each in office.wrong if not re.match("50[03]: .*/soan/bang$", each)]


def test_one_cell_that_is_not_understood_keeps_no_other_from_being_saved(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/soan/bang", hold)
    fill(page, "output", "Giấy tiếp nhận")
    expect(page.locator("[data-state]")).to_have_text(re.compile("Đang lưu"))

    for column, text in (("name", "Nhận đơn"), ("time", "mau mau"), ("note", "Theo mẫu mới")):
        fill(page, column, text)
    held.pop().continue_()
    page.unroute("**/soan/bang")

    expect(page.locator("[data-state]")).to_have_text(re.compile("Chưa hiểu thời gian “mau mau”"))
    fill(page, "responsibility", "Công chức một cửa")
    expect(page.locator("[name=revision]")).to_have_value("5")
    expect(page.locator("[data-state]")).to_have_text(re.compile("Chưa hiểu thời gian “mau mau”"))
    fill(page, "time", TYPED)
    expect(page.locator("[data-state]")).to_have_text(re.compile("Đã lưu"))
    page.reload()
    expect(page.locator("[data-column=name]")).to_have_value("Nhận đơn")
    expect(page.locator("[data-column=note]")).to_have_value("Theo mẫu mới")


def test_the_words_of_the_editors_script_are_those_of_the_page(office: Office, page: Page) -> None:
    page.get_by_role("button", name="English").click()
    page.goto(f"/quy-trinh/{CODE}/soan")

    write(page, TYPED)

    expect(page.locator("[data-state]")).to_have_text(re.compile("Saved at"))
