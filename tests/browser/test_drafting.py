"""A draft with seven faults is put right by keyboard alone, changed in its diagram, reviewed, submitted."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from sqlalchemy import select

from bpmn.document import read_document
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.save_draft import Draft, save_draft
from procedures.evidence import Gate, findings_of
from procedures.model.procedure import Procedure
from procedures.model.version import Stage, Version
from procedures.queries.catalogue import draft
from procedures.queries.people import organisation, person_by_login
from procedures.uploads import read_upload
from tests.browser.axe import faults
from tests.browser.conftest import Office
from tests.visitors import AUTHOR, NOW

pytestmark = pytest.mark.browser

EXCEL = Path(__file__).parents[1] / "files" / "samples" / "06_dang_ky_ho_kinh_doanh.xlsx"
COLLEAGUE = "tckh.truong-phong"
CODE = "QT-TCKH-77"
SEEDS = {
    "D9": None,
    "C10": None,
    "F12": None,
    "D15": "30 giờ",
    "B12": "Vào sổ, đóng dấu, chuyển bước 9",
    "G11": "Không đồng ý: chuyển bước 9",
    "B13": "Kết quả về một cửa",
}
SEEDED = {
    "time-missing",
    "performer-missing",
    "responsibility-missing",
    "total-mismatch",
    "step-reference-dangling",
    "branch-dangling",
    "decision-without-branch",
    "name-not-verb",
}


@pytest.fixture
def page(office: Office) -> Page:
    """The editor of a draft that came from the sheet with its faults."""
    book = load_workbook(EXCEL)
    for cell, text in SEEDS.items():
        book.worksheets[0][cell] = text
    content = BytesIO()
    book.save(content)
    with office.website.database.transaction() as session:
        by = person_by_login(session, AUTHOR, at=NOW)
        upload = read_upload(content.getvalue(), EXCEL.name, Gate(organisation(session, at=NOW), NOW))
        create_procedure(session, NewProcedure(CODE, "Đăng ký thành lập hộ kinh doanh", "TCKH"), by=by, at=NOW)
        save_draft(session, CODE, Draft(upload.source, upload.evidence), by=by, at=NOW)
    page = office.sit(AUTHOR)
    page.goto(f"/quy-trinh/{CODE}/soan")
    return page


def told(office: Office) -> set[str]:
    """The codes of what the gate says of the draft."""
    with office.website.database.reading() as session:
        version = draft(session, CODE, person_by_login(session, AUTHOR, at=NOW))
        return {finding.code for finding in findings_of(version.evidence)}


def test_a_faulty_sheet_becomes_a_submitted_procedure(office: Office, page: Page) -> None:
    assert told(office) >= SEEDED

    put_right_by_keyboard(page)
    assert told(office) & SEEDED == set()

    lead_back_in_the_diagram(page, way_back(office), to="step_2")
    expect(page.locator("[name='way:step_4:0:to']")).to_have_value("step_2")
    assert faults(page) == []

    try_out(page)
    suggest(office.sit(COLLEAGUE), {"step_1": ("output", "Giấy hẹn"), "step_5": ("note", "Dấu của phòng")})
    apply(page, {"step_1": "Giấy hẹn", "step_5": "Dấu của phòng"})
    page.goto(f"/quy-trinh/{CODE}/ban/1")
    page.get_by_role("button", name="Trình thẩm định").click()
    page.wait_for_load_state()

    assert stage(office) == Stage.SUBMITTED


def put_right_by_keyboard(page: Page) -> None:
    write(page, "step_2", "Rõ thời gian", "02 giờ làm việc")
    write(page, "step_3", "Rõ người", "Chuyên viên đăng ký kinh doanh")
    write_on(page, "set:step_3:unit", "Phòng Tài chính - Kế hoạch")
    write(page, "step_5", "Rõ trách nhiệm", "Văn thư phòng chịu trách nhiệm về dấu")
    write_on(page, "set:step_5:name", "Vào sổ, đóng dấu, số hóa kết quả")
    write(page, "step_6", "Rõ việc", "Chuyển kết quả về một cửa")
    follow(page, "step_4", "Rõ quy trình")
    page.keyboard.press("Tab")
    for key, row in (("Home", "step_1"), ("ArrowDown", "step_2"), ("ArrowDown", "step_3")):
        keep(page, key)
        expect(page.locator("[name='way:step_4:0:to']")).to_have_value(row)
    page.locator("[data-side] [data-fix][value^=total-mismatch]").focus()
    keep(page, "Enter")


def follow(page: Page, row: str, clear: str) -> None:
    """Go from what the gate says of a row to the cell that it means."""
    page.locator(f"[data-row={row}] .row__faults").get_by_role("link", name=clear).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-row={row}] :focus")).to_have_count(1)


def write(page: Page, row: str, clear: str, text: str) -> None:
    follow(page, row, clear)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    keep(page, "Enter")


def write_on(page: Page, name: str, text: str) -> None:
    page.locator(f"[name='{name}']").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    keep(page, "Enter")


def keep(page: Page, key: str) -> None:
    """Press a key that saves, and wait until the answer is shown."""
    revision = page.locator("[name=revision]").input_value()
    page.keyboard.press(key)
    expect(page.locator("[name=revision]")).not_to_have_value(revision)


def way_back(office: Office) -> str:
    """The flow that leads back from the decision."""
    with office.website.database.reading() as session:
        source = draft(session, CODE, person_by_login(session, AUTHOR, at=NOW)).source
    document = read_document(source.encode()).document
    assert document is not None
    flows = [flow for process in document.processes.values() for flow in process.flows.values()]
    return next(flow.id for flow in flows if flow.name == "không đồng ý")


def lead_back_in_the_diagram(page: Page, flow: str, *, to: str) -> None:
    """Draw the end of the way back from the decision to another step."""
    page.get_by_text("Bảng và sơ đồ").click()
    expect(page.locator("[data-diagram-view][data-shown]")).to_be_visible()
    middle, end = page.locator(f".djs-connection[data-element-id='{flow}'] .djs-hit").first.evaluate(
        """hit => [0.5, 1].map(part => {
             const at = hit.getPointAtLength(hit.getTotalLength() * part).matrixTransform(hit.getScreenCTM());
             return [at.x, at.y];
           })"""
    )
    target = page.locator(f".djs-element[data-element-id={to}] .djs-hit").first.bounding_box()
    assert target is not None
    page.mouse.click(*middle)
    revision = page.locator("[name=revision]").input_value()
    page.mouse.move(*end)
    page.mouse.down()
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] - 20, steps=8)
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] / 2, steps=4)
    page.mouse.up()
    expect(page.locator("[name=revision]")).not_to_have_value(revision)


def try_out(page: Page) -> None:
    """Play the draft to its end, once around its loop, and keep the result."""
    page.goto(f"/quy-trinh/{CODE}/ban/1/chay-thu")
    for outcome in ("tiếp tục", "tiếp tục", "tiếp tục", "không đồng ý", *["tiếp tục"] * 6):
        page.locator(f"button[name=outcome][value='{outcome}']").first.click()
    expect(page.locator("button[name=outcome]")).to_have_count(0)
    page.get_by_role("button", name="Lưu kết quả chạy thử").click()
    expect(page.get_by_role("status")).to_be_visible()


def suggest(page: Page, wishes: dict[str, tuple[str, str]]) -> None:
    page.goto(f"/quy-trinh/{CODE}/ban/1/ra-soat")
    for row, (field, proposal) in wishes.items():
        part = page.locator(f"#buoc-{row}")
        part.get_by_text("Ghi ý kiến về bước").click()
        part.get_by_label("Đề nghị sửa ô").select_option(field)
        part.get_by_label("thành", exact=True).fill(proposal)
        part.get_by_role("button", name="Gửi ý kiến").click()


def apply(page: Page, wishes: dict[str, str]) -> None:
    page.goto(f"/quy-trinh/{CODE}/ban/1/ra-soat")
    for row, proposal in wishes.items():
        part = page.locator(f"#buoc-{row}")
        expect(part).to_contain_text(proposal)
        part.get_by_role("button", name="Áp dụng").click()
        expect(part.get_by_text("đã áp dụng")).to_be_visible()
        expect(part.locator("dl")).to_contain_text(proposal)


def stage(office: Office) -> str:
    with office.website.database.reading() as session:
        return session.scalars(select(Version.stage).join(Version.procedure).where(Procedure.code == CODE)).one()
