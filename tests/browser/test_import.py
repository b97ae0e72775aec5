"""A messy file becomes a draft in a browser: its columns named by hand, without scripts, and clean to axe."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import DESK, Office
from tests.visitors import AUTHOR

pytestmark = pytest.mark.browser

DIAGRAM = Path(__file__).parents[1] / "files" / "foreign_words" / "camunda7.bpmn"
PHONE = {"width": 390, "height": 844}
STRANGE = """Phần hành;Giấy tờ kèm;Cấp nào;Định mức
Tiếp nhận hồ sơ;Phiếu hẹn;Văn thư phòng;2
Thẩm định hồ sơ;Tờ trình;Chuyên viên đăng ký kinh doanh;8
Ký giấy chứng nhận;Giấy chứng nhận;Trưởng phòng;4
"""


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """A table whose header says nothing that is known."""
    file = tmp_path / "bang.csv"
    file.write_text(STRANGE, encoding="utf-8")
    return file


def bring(page: Page, file: Path) -> None:
    page.goto("/nhap")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Đọc tệp").click()


def test_columns_are_named_and_a_draft_is_saved_without_scripts(office: Office, strange: Path) -> None:
    page = office.sit(AUTHOR, java_script_enabled=False)
    bring(page, strange)
    expect(page.get_by_role("button", name="Lưu thành dự thảo")).to_be_disabled()

    for column, field in (("A", "name"), ("B", "output"), ("C", "performer"), ("D", "duration")):
        page.get_by_label(f"Cột {column}").select_option(field)
    page.get_by_label("Số không ghi đơn vị thời gian là").select_option("working_hour")
    page.get_by_role("button", name="Đọc lại").click()

    expect(page.locator(".steps tbody tr[data-element]")).to_have_count(3)
    expect(page.get_by_text("hiểu là 8 giờ làm việc")).to_be_visible()
    page.get_by_label("Tên quy trình").fill("Cấp giấy chứng nhận")
    page.get_by_role("button", name="Lưu thành dự thảo").click()
    expect(page.locator("[data-state]")).to_contain_text("Đã lưu, bản lưu số 1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cấp giấy chứng nhận")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_preview_is_accessible_and_fits_its_screen(office: Office, strange: Path, screen: dict[str, int]) -> None:
    page = office.sit(AUTHOR, viewport=screen)
    bring(page, strange)
    page.get_by_label("Cột A").select_option("name")
    page.get_by_label("Cột C").select_option("performer")
    page.get_by_role("button", name="Đọc lại").click()

    expect(page.locator(".steps tbody tr[data-element]")).to_have_count(3)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_diagram_s_preview_is_accessible_and_fits_its_screen(office: Office, screen: dict[str, int]) -> None:
    page = office.sit(AUTHOR, viewport=screen)
    bring(page, DIAGRAM)

    expect(page.get_by_text("“Ngày” trong tệp là ngày gì?")).to_be_visible()
    for summary in page.locator("main details > summary").all():
        summary.click()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def test_the_button_says_that_a_file_is_being_read(office: Office, strange: Path) -> None:
    page = office.sit(AUTHOR)
    page.goto("/nhap")
    page.set_input_files("#file", strange)
    page.evaluate("window.addEventListener('submit', (event) => event.preventDefault())")

    page.get_by_role("button", name="Đọc tệp").click()

    expect(page.get_by_role("button", name="Đang đọc tệp…")).to_be_visible()
