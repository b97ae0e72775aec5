"""A draft drawn in another tool and edited as a table, as bpmn-js shows it."""

from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bpmn.convert import read_json, write_yaml
from bpmn.fiveclear import Duration, Performer, Step, TimeUnit
from tests.browser.conftest import Office
from tests.visitors import AUTHOR

pytestmark = pytest.mark.browser

DAY = Duration("01 ngày làm việc", TimeUnit.WORKING_DAY, Fraction(1))
NEW = Step("9x", "Lưu hồ sơ", id="step_new", performer=Performer("Văn thư phòng"), duration=DAY)


@pytest.mark.parametrize("name", ["reference_C.1.0", "signavio_C.7.0"])
def test_a_step_added_in_the_table_stands_in_the_drawing(office: Office, name: str) -> None:
    program = office.website.program(AUTHOR)
    program.post("/procedures", {"code": "QT-VE", "title": "Vẽ ở nơi khác", "unit": "TCKH", "kind": "internal"})
    data = (Path("tests/files/foreign") / f"{name}.bpmn").read_bytes()
    program.put("/procedures/QT-VE/draft", data=data, content_type="application/xml")
    table = read_json(program.get("/procedures/QT-VE/draft", headers={"Accept": "application/json"}).data).table
    assert table is not None
    longer = replace(table, steps=(*table.steps[:2], NEW, *table.steps[2:]))

    office.website.browser(AUTHOR).bring(
        "/quy-trinh/QT-VE/nhap", {"file": (BytesIO(write_yaml(longer)), "bang.yaml"), "revision": 1}
    )
    page = office.sit(AUTHOR)
    page.goto("/quy-trinh/QT-VE")

    expect(page.locator("figure[data-shown] .djs-shape[data-element-id='step_new']").first).to_be_attached()
    for step in table.steps:
        expect(page.locator(f".djs-shape[data-element-id='{step.id}']").first).to_be_attached()
    flows = page.locator(".djs-connection[data-element-id^='flow_'], .djs-connection")
    assert flows.count() >= len(longer.steps)
