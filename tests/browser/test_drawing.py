"""What is drawn is saved as it was drawn, and drawn as it was saved: each change once, and nobody's over another's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from bpmn.convert import read_yaml, table_to_bpmn
from bpmn.fiveclear import Branch, FiveClear, Step
from tests.browser.conftest import Office
from tests.visitors import AUTHOR

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parents[1] / "files" / "samples" / "04_cap_phep_xay_dung_nha_o_rieng_le.yaml"
CODE = "QT-TCKH-79"


@pytest.fixture
def page(office: Office) -> Page:
    """The editor of a draft, with table and diagram."""
    table = read_yaml(SAMPLE.read_bytes()).table
    assert table is not None
    return opened(office, table_to_bpmn(table))


def opened(office: Office, source: bytes) -> Page:
    program = office.website.program(AUTHOR)
    program.post("/procedures", {"code": CODE, "title": "Cấp phép xây dựng", "unit": "TCKH", "kind": "internal"})
    program.put(f"/procedures/{CODE}/draft", data=source, content_type="application/xml")
    page = office.sit(AUTHOR)
    page.goto(f"/quy-trinh/{CODE}/soan")
    page.get_by_text("Bảng và sơ đồ").click()
    expect(page.locator("[data-diagram-view][data-shown]")).to_be_visible()
    return page


def shape(page: Page, name: str) -> Locator:
    return page.locator(f".djs-shape[data-element-id='{name}']").first


def draw_step(page: Page, behind: str) -> None:
    page.locator(f"[data-row={behind}] [data-column=name]").focus()
    page.get_by_title("Thêm bước", exact=True).click()
    page.keyboard.type("Ghi sổ")
    page.keyboard.press("Enter")


@contextmanager
def held(page: Page) -> Iterator[None]:
    """While the block runs, a drawing waits on its way to the server."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/soan/so-do", hold, times=1)
    yield
    waiting[0].continue_()


def test_a_drawing_is_saved_in_turn_and_taken_back_in_the_drawing_too(page: Page) -> None:
    name = page.locator("[data-row=step_1] [data-column=name]")
    rows = page.locator("[data-row]")
    drawn = page.locator(".djs-shape[data-element-id^='Activity_']:not([data-element-id$='_label'])")

    name.fill("Nhận đơn")
    draw_step(page, "step_5")  # the cell is left: table and drawing are saved at once
    expect(rows).to_have_count(13)
    expect(name).to_have_value("Nhận đơn")
    expect(shape(page, "step_1")).to_contain_text("Nhận đơn")

    with held(page):
        draw_step(page, "step_6")
        expect(page.locator("[data-state]")).to_contain_text("Đang lưu")
        draw_step(page, "step_8")
    expect(rows).to_have_count(15)
    expect(page.locator("[data-side]")).not_to_contain_text("người khác")

    draw_step(page, "step_9")
    page.keyboard.press("Control+z")  # before that drawing is saved by itself
    expect(page.locator("[data-take=redo]")).to_be_enabled()
    expect(rows).to_have_count(15)
    expect(drawn).to_have_count(3)

    page.locator("[data-take=redo]").click()
    expect(rows).to_have_count(16)
    expect(drawn).to_have_count(4)


def test_what_is_chosen_says_where_it_is_edited_and_many_are_aligned(page: Page) -> None:
    hint = page.locator("[data-hint]")
    expect(hint).to_have_text("Chọn một bước trên sơ đồ để sửa năm điều rõ của bước ấy.")
    longest = page.locator(".djs-connection.is-longest > .djs-visual > path").first
    expect(longest).to_have_css("stroke", "rgb(122, 74, 0)")

    shape(page, "branch_6").locator(".djs-hit").first.click()
    expect(hint).to_contain_text("Điểm rẽ sau bước 6")
    expect(page.locator(".row.is-chosen")).to_have_attribute("data-row", "step_6")

    page.keyboard.press("Control+a")
    page.get_by_title("Căn thẳng các phần tử").click()
    expect(page.get_by_title("Căn theo cạnh trái")).to_be_visible()


def test_a_draft_that_nobody_drew_is_opened_and_its_way_named(office: Office) -> None:
    source = table_to_bpmn(
        FiveClear("Trả lời đơn", (Step("1", "Nhận đơn"), Step("2", "Ký đơn")), branches=(Branch("2", "sai", "1"),))
    )
    bare = source[: source.index(b"<bpmndi:BPMNDiagram")] + b"</bpmn:definitions>"
    page = opened(office, bare)
    expect(shape(page, "step_2")).to_be_visible()

    page.locator("[data-element-id='flow_branch_2_step_1_label'] .djs-hit").first.dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("trả lại")
    page.keyboard.press("Enter")

    expect(page.locator("[data-row=step_2] .way textarea")).to_have_value("trả lại")
    program = office.website.program(AUTHOR)
    assert 'ket_qua("step_2") == "trả lại"' in program.get(f"/procedures/{CODE}/draft").get_data(as_text=True)
