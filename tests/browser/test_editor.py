"""A draft is edited in its table by keyboard alone, in its diagram, and by two at once."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from engine.database import Database
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.save_draft import Draft, save_draft
from procedures.evidence import Gate
from procedures.queries.people import organisation, person_by_login
from procedures.uploads import Upload, read_upload
from tests.browser.axe import faults
from tests.browser.conftest import DESK, Office
from tests.visitors import AUTHOR, NOW

pytestmark = pytest.mark.browser

EXCEL = Path(__file__).parents[1] / "files" / "samples" / "06_dang_ky_ho_kinh_doanh.xlsx"
COLLEAGUE = "tckh.truong-phong"
CODE = "QT-TCKH-77"
ENGLISH = re.compile(r"\b(create|append|activate|task|event|gateway|connect|change|delete|process|pool|the)\b", re.I)
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def upload(town_file: Path) -> Upload:
    """The sheet, read once."""
    town = Database(f"sqlite:///{town_file}")
    with town.reading() as session:
        found = read_upload(EXCEL.read_bytes(), EXCEL.name, Gate(organisation(session, at=NOW), NOW))
    town.dispose()
    return found


@pytest.fixture
def page(office: Office, upload: Upload) -> Page:
    """The editor of a draft that came from a sheet."""
    with office.website.database.transaction() as session:
        by = person_by_login(session, AUTHOR, at=NOW)
        create_procedure(session, NewProcedure(CODE, "Đăng ký thành lập hộ kinh doanh", "TCKH"), by=by, at=NOW)
        save_draft(session, CODE, Draft(upload.source, upload.evidence), by=by, at=NOW)
    page = office.sit(AUTHOR)
    page.goto(f"/quy-trinh/{CODE}/soan")
    return page


def names(page: Page) -> Sequence[str]:
    return [cell.input_value() for cell in page.locator("[data-row] [data-column=name]").all()]


def cell(page: Page, row: int, column: str) -> str:
    return page.locator(f"[data-row] [data-column={column}]").nth(row).input_value()


def enter(page: Page, row: int, column: str) -> None:
    """Go to a cell as the keyboard does."""
    page.locator(f"[data-row] [data-column={column}]").nth(row).focus()


def keep(page: Page, key: str) -> None:
    """Press a key that saves, and wait until the answer is shown."""
    revision = page.locator("[name=revision]").input_value()
    page.keyboard.press(key)
    expect(page.locator("[name=revision]")).not_to_have_value(revision)


def test_rows_are_written_added_moved_and_removed_by_keyboard(page: Page) -> None:
    before = names(page)

    enter(page, 1, "name")
    keep(page, "Alt+Insert")
    page.keyboard.type("Ghi sổ theo dõi hồ sơ")
    keep(page, "Enter")
    assert names(page)[1:3] == [before[1], "Ghi sổ theo dõi hồ sơ"]

    enter(page, 2, "name")
    keep(page, "Alt+ArrowUp")
    assert names(page)[1:3] == ["Ghi sổ theo dõi hồ sơ", before[1]]

    keep(page, "Alt+Delete")
    assert names(page) == before


def test_one_undo_serves_table_and_diagram(page: Page) -> None:
    before = names(page)
    enter(page, 0, "name")
    page.keyboard.press("Control+a")
    page.keyboard.type("Nhận đơn")
    keep(page, "Enter")
    page.get_by_text("Bảng và sơ đồ").click()
    expect(page.locator("[data-diagram-view][data-shown]")).to_be_visible()
    page.locator(".djs-element[data-element-id=step_5] .djs-hit").first.click()
    page.get_by_title("Thêm bước", exact=True).click()
    expect(page.locator("[data-row]")).to_have_count(8)
    page.keyboard.press("Escape")

    page.locator("[data-take=undo]").click()
    expect(page.locator("[data-row]")).to_have_count(7)
    page.locator("[data-take=undo]").click()
    expect(page.locator("[data-column=name]").first).to_have_value(before[0])
    page.locator("[data-take=redo]").click()
    expect(page.locator("[data-column=name]").first).to_have_value("Nhận đơn")


def test_two_at_one_draft_lose_nothing_and_are_told(office: Office, page: Page) -> None:
    one = page
    other = office.sit(COLLEAGUE)
    other.goto(f"/quy-trinh/{CODE}/soan")

    enter(one, 0, "name")
    one.keyboard.press("Control+a")
    one.keyboard.type("Tiếp nhận hồ sơ tại bộ phận một cửa")
    keep(one, "Enter")
    enter(other, 3, "responsibility")
    other.keyboard.press("Control+a")
    other.keyboard.type("Trưởng phòng chịu trách nhiệm về giấy đã ký")
    keep(other, "Enter")
    assert cell(other, 0, "name") == "Tiếp nhận hồ sơ tại bộ phận một cửa"

    enter(one, 3, "responsibility")
    one.keyboard.press("Control+a")
    one.keyboard.type("Phó trưởng phòng chịu trách nhiệm")
    keep(one, "Enter")
    expect(one.locator("[data-side]")).to_contain_text("người khác vừa ghi")
    assert cell(one, 3, "responsibility") == "Trưởng phòng chịu trách nhiệm về giấy đã ký"
    one.get_by_role("button", name="Lấy chữ của tôi").click()
    expect(one.locator("[data-column=responsibility]").nth(3)).to_have_value("Phó trưởng phòng chịu trách nhiệm")


def test_a_row_that_a_colleague_takes_out_under_ones_hands_comes_back_with_what_was_written(
    office: Office, page: Page
) -> None:
    other = office.sit(COLLEAGUE)
    other.goto(f"/quy-trinh/{CODE}/soan")
    before = names(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/soan/bang", hold)
    page.locator("[data-row=step_1] [data-column=output]").fill("Phiếu")
    page.keyboard.press("Enter")
    expect(page.locator("[data-state]")).to_have_text("Đang lưu…")

    enter(other, 2, "name")
    keep(other, "Alt+Delete")
    enter(page, 2, "name")
    page.keyboard.press("Control+End")
    page.keyboard.type(" và trả lời")
    held.pop().continue_()
    page.unroute("**/soan/bang")

    expect(page.locator("[data-side]")).to_contain_text("người khác xóa trong lúc đồng chí đang sửa")
    assert names(page) == [*before[:2], f"{before[2]} và trả lời", *before[3:]]
    assert cell(page, 0, "output") == "Phiếu"
    expect(page.locator("[data-others]")).to_have_text(re.compile(r"Cùng soạn: .+, vừa sửa lúc 09:30"))


def test_cells_of_a_sheet_are_pasted_down_and_to_the_right(page: Page) -> None:
    enter(page, 5, "name")

    page.evaluate(
        """text => {
          const board = new DataTransfer();
          board.setData('text/plain', text);
          document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: board, bubbles: true}));
        }""",
        "Chuyển kết quả\tSổ giao nhận\nTrả kết quả\tBiên nhận\nLưu hồ sơ\tHồ sơ lưu\n",
    )

    expect(page.locator("[data-row]")).to_have_count(8)
    assert names(page)[5:] == ["Chuyển kết quả", "Trả kết quả", "Lưu hồ sơ"]
    assert [cell(page, row, "output") for row in (5, 6, 7)] == ["Sổ giao nhận", "Biên nhận", "Hồ sơ lưu"]


def test_what_cannot_be_understood_is_told_and_stays_to_be_corrected(page: Page) -> None:
    enter(page, 0, "time")

    page.keyboard.press("Control+a")
    page.keyboard.type("mau mau")
    page.keyboard.press("Enter")

    expect(page.locator("[data-state]")).to_contain_text("Chưa hiểu thời gian “mau mau”")
    assert cell(page, 0, "time") == "mau mau"


def test_beside_the_diagram_alone_stands_the_row_of_the_chosen_shape(page: Page) -> None:
    page.get_by_text("Sơ đồ", exact=True).click()
    expect(page.locator("[data-diagram-view][data-shown]")).to_be_visible()
    rows = page.locator("[data-row]:visible")
    expect(rows).to_have_count(0)

    page.locator(".djs-element[data-element-id=step_4] .djs-hit").first.click()
    expect(rows).to_have_count(1)
    rows.locator("[data-column=time]").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("3 giờ làm việc")
    keep(page, "Tab")

    expect(rows).to_have_count(1)
    expect(page.locator("[data-row=step_4] [data-column=time]")).to_have_value("3 giờ làm việc")


def test_no_word_of_the_modeler_is_english(page: Page) -> None:
    page.get_by_text("Sơ đồ", exact=True).click()
    expect(page.locator("[data-diagram-view][data-shown]")).to_be_visible()
    page.locator(".djs-element[data-element-id=step_4] .djs-hit").first.click()
    page.get_by_title("Đổi loại").click()
    expect(page.locator(".djs-popup")).to_be_visible()

    titles = page.locator(".djs-container [title]").evaluate_all("all => all.map(each => each.title)")
    labels = page.locator(".djs-popup .djs-popup-label").all_inner_texts()

    english = re.compile(
        r"\b(create|append|activate|task|event|gateway|connect|change|delete|process|pool|the|and)\b", re.I
    )
    assert [text for text in (*titles, *labels) if english.search(text)] == []
    assert "Việc chạy mã" not in labels


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_editor_is_accessible_and_fits_its_screen(page: Page, screen: dict[str, int]) -> None:
    page.set_viewport_size(screen)
    page.locator(".row__more summary").first.click()
    page.locator(".row__menu summary").first.click()

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


@pytest.mark.usefixtures("page")
def test_without_scripts_the_table_is_saved_as_a_form(office: Office) -> None:
    page = office.sit(AUTHOR, java_script_enabled=False)
    page.goto(f"/quy-trinh/{CODE}/soan")
    page.wait_for_url("**/soan?day-du=co")

    page.locator("[data-column=name]").first.fill("Nhận đơn")
    page.get_by_role("button", name="Lưu bảng").click()
    expect(page.get_by_role("status")).to_contain_text(["Đã lưu dự thảo", ""])
    assert names(page)[0] == "Nhận đơn"

    page.locator(".row__menu summary").first.click()
    page.get_by_role("button", name="Thêm bước sau").first.click()
    assert len(names(page)) == 8

    page.get_by_role("button", name="Thêm hướng").first.click()
    ways = page.get_by_label("Bước 1, chuyển đến")
    ways.last.select_option("end_1")
    page.get_by_role("button", name="Lưu bảng").click()
    expect(ways.last).to_have_value("end_1")
