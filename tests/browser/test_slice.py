"""The first town in a browser: from a Word table to a case with its history."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.worker import drain
from tests.browser.conftest import Office
from tests.visitors import APPRAISER, CHAIRMAN, CLERK

pytestmark = pytest.mark.browser

WORD = Path(__file__).parents[1] / "files" / "samples" / "04_cap_phep_xay_dung_nha_o_rieng_le.docx"
AUTHOR = "qldt.chuyen-vien-thu-ly"
TITLE = "Cấp giấy phép xây dựng nhà ở riêng lẻ"


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def bring_in_force(office: Office) -> None:
    """Upload, answer for all, submit, appraise, recognise: each by whose duty it is."""
    author = office.sit(AUTHOR)
    author.goto("/nhap")
    author.set_input_files("#file", WORD)
    press(author, "Đọc tệp")
    expect(author.get_by_role("heading", level=1)).to_contain_text(TITLE)
    code = author.get_by_label("Mã quy trình").input_value()
    press(author, "Lưu thành dự thảo")
    expect(author.get_by_role("heading", level=1)).to_contain_text(TITLE)
    author.goto(f"/quy-trinh/{code}")
    expect(author.locator(".steps tbody tr[data-element]")).to_have_count(12)
    expect(author.locator("figure[data-shown] .djs-shape").first).to_be_attached()
    expect(author.get_by_role("heading", name="Cổng kiểm tra nói gì")).to_be_visible()
    press(author, "Ghi trách nhiệm theo người thực hiện")
    press(author, "Trình thẩm định")
    expect(author.locator(".tag").first).to_contain_text("chờ thẩm định")

    appraiser = office.sit(APPRAISER)
    appraiser.goto("/hop-viec")
    appraiser.get_by_role("link", name="Thẩm định nội dung quy trình").click()
    appraiser.get_by_role("link", name="Thẩm định quy trình").click()
    appraiser.get_by_label("Đạt").check()
    press(appraiser, "Ghi kết quả")
    expect(appraiser.get_by_role("status")).to_contain_text("Đã ghi kết quả thẩm định")

    chairman = office.sit(CHAIRMAN)
    chairman.goto("/cong-nhan")
    chairman.get_by_label(re.compile(TITLE)).check()
    expect(chairman.locator("[data-selected-count]")).to_have_text("1")
    chairman.fill("#number", "05/QĐ-UBND")
    press(chairman, "Công nhận")
    expect(chairman.locator("tbody .tag")).to_contain_text("có hiệu lực")


def open_case(office: Office) -> Page:
    clerk = office.sit(CLERK)
    clerk.goto("/khoi-tao")
    clerk.get_by_label("Tìm quy trình").press_sequentially("cap giay phep")
    clerk.get_by_role("link", name=re.compile(TITLE)).click()
    clerk.fill("#title", "Ông Nguyễn Văn Mẫu, nhà ở hai tầng")
    clerk.get_by_label("Phường, xã của hồ sơ").select_option(label="Phường Long Phước")
    expect(clerk.locator("#hen-tra")).to_contain_text("17:00 08/12/2026")
    press(clerk, "Khởi tạo hồ sơ")
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("Nguyễn Văn Mẫu")
    return clerk


def do_first(office: Office, login: str, task: str, outcome: str | None = None) -> None:
    """Open a task from the inbox, say its outcome, and complete it."""
    page = office.sit(login)
    page.goto("/hop-viec")
    page.locator("tr", has_text="Nguyễn Văn Mẫu").get_by_role("link", name=re.compile(task)).click()
    expect(page.locator("figure[data-shown] .is-current")).to_have_count(1)
    if outcome:
        page.get_by_role("radio", name=re.compile(f"^{outcome}")).check()
    page.fill("#note", "Đã làm xong")
    press(page, "Hoàn thành")
    expect(page.get_by_role("status")).to_contain_text("Đã hoàn thành")


def test_a_word_file_becomes_a_procedure_in_force_and_a_case_runs_by_it(office: Office) -> None:
    bring_in_force(office)
    clerk = open_case(office)
    case = clerk.url

    clerk.goto("/hop-viec")
    row = clerk.locator("tr", has_text="Nguyễn Văn Mẫu")
    expect(row).to_contain_text(re.compile(r"còn .* làm việc.*17:00 25/11/2026", re.DOTALL))
    do_first(office, CLERK, "Kiểm tra hồ sơ", "Tiếp tục")
    do_first(office, "qldt.truong-phong", "Phân công")
    do_first(office, AUTHOR, "Thẩm định hồ sơ", "Tiếp tục")
    clerk.goto(case)
    expect(clerk.locator(".waiting > li")).to_have_count(3)
    do_first(office, "qldt.chuyen-vien-quy-hoach", "Quy hoạch")
    do_first(office, "tnmt.truong-phong", "Đất đai")
    do_first(office, "25220.chu-tich-ubnd", "Nguồn gốc")
    do_first(office, AUTHOR, "Tổng hợp")
    do_first(office, "qldt.truong-phong", "Kiểm tra, ký tắt", "Không đồng ý")

    clerk.goto(case)
    expect(clerk.locator(".waiting > li")).to_contain_text("Tổng hợp")
    history = clerk.get_by_role("region", name="Các việc đã diễn ra")
    expect(history).to_contain_text("kết quả: không đồng ý")
    expect(history).to_contain_text("hạn 17:00 25/11/2026")


def test_a_reminder_of_the_worker_stands_in_the_history(office: Office) -> None:
    clerk = office.sit(CLERK)
    clerk.goto("/hop-viec")
    clerk.locator("tbody a").first.click()
    task = clerk.url

    drain(office.website.database, at=office.website.at.replace(day=30))

    clerk.goto(task)
    expect(clerk.get_by_role("region", name="Các việc đã diễn ra")).to_contain_text("nhắc việc")


def test_a_file_that_is_no_procedure_is_refused_in_words(office: Office, tmp_path: Path) -> None:
    bomb = tmp_path / "hong.bpmn"
    bomb.write_text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    author = office.sit(AUTHOR)
    author.goto("/nhap")
    author.set_input_files("#file", bomb)

    press(author, "Đọc tệp")

    summary = author.get_by_role("alert")
    expect(summary).to_contain_text("chưa có gì được lưu")
    expect(summary).to_be_focused()


def test_without_scripts_every_page_still_works(office: Office) -> None:
    clerk = office.sit(CLERK, java_script_enabled=False)
    clerk.goto("/hop-viec")
    clerk.locator("tbody a").first.click()

    expect(clerk.locator("figure img")).to_be_visible()
    press(clerk, "Nhận việc này")
    clerk.get_by_role("radio").first.check()
    press(clerk, "Hoàn thành")
    expect(clerk.get_by_role("status")).to_contain_text("Đã hoàn thành")
