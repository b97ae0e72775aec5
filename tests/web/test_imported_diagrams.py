"""A diagram of another tool over the pages: what is asked, what became of its words."""

import re
from pathlib import Path

import pytest
from lxml import html

from bpmn.fiveclear import Performer, TimeUnit
from tests.visitors import AUTHOR, Browser, Website
from tests.web.bringing import FILES, brought, table_of, with_draft


def test_a_diagram_of_another_tool_says_what_it_carries(author: Browser) -> None:
    data = (FILES / "foreign" / "signavio_C.7.0.bpmn").read_bytes()

    shown = author.text(brought(author, data, "quy-trinh.bpmn"))

    assert "Tệp do Signavio Process Editor" in shown
    assert "signavioLabel" in shown


def test_a_diagram_s_foreign_words_are_shown_with_what_became_of_them(website: Website, author: Browser) -> None:
    data = (FILES / "foreign_words" / "camunda7.bpmn").read_bytes()
    address = brought(author, data, "bien-hieu.bpmn")

    shown = author.text(address)

    assert "P3D camunda:dueDate Thời gian: 3 ngày" in shown
    assert "${lanh_dao} camunda:assignee Đây là biểu thức, không được tính" in shown
    assert author.post(f"{address}/luu", {"code": "QT-MOI", "title": "Biển hiệu"}).status_code == 303
    first, second = table_of(website, "QT-MOI").steps[:2]
    assert first.performer == Performer("Công chức", "Bộ phận Một cửa")
    assert (second.duration and second.duration.unit, second.forms) == (TimeUnit.CALENDAR_DAY, ("tham-dinh",))


def test_the_days_of_a_diagram_are_asked_for(website: Website, author: Browser) -> None:
    data = (FILES / "foreign_words" / "camunda7.bpmn").read_bytes()
    address = brought(author, data, "bien-hieu.bpmn")
    assert "“Ngày” trong tệp là ngày gì?" in author.text(address)

    asked = author.post(f"{address}/luu", {"code": "QT-MOI", "title": "Biển hiệu", "days": "working_day"})
    saved = author.post(f"{address}/luu", {"days": "working_day"})

    assert asked.location == address
    assert saved.location == "/quy-trinh/QT-MOI/soan"
    time = table_of(website, "QT-MOI").steps[1].duration
    assert time is not None
    assert (time.text, time.unit) == ("3 ngày làm việc", TimeUnit.WORKING_DAY)


def test_of_several_processes_one_is_chosen(website: Website, author: Browser) -> None:
    data = (FILES / "foreign" / "cardanit_C.2.0.bpmn").read_bytes()
    address = brought(author, data, "nhieu.bpmn")
    assert "Tệp có 4 quy trình" in author.text(address)

    author.post(address, {"process": "WFP-Page_1-2"})

    chosen = author.get(address).text
    assert re.search(r'value="WFP-Page_1-2" checked', chosen)
    author.post(f"{address}/luu", {"code": "QT-MOI", "title": "Giao hàng", "process": "WFP-Page_1-2"})
    assert "Deliver" in " ".join(step.name for step in table_of(website, "QT-MOI").steps)


def test_a_program_s_diagram_is_taken_over_too(website: Website, author: Browser) -> None:
    with_draft(author)
    data = (FILES / "foreign_words" / "camunda8.bpmn").read_bytes()

    program = website.program(AUTHOR)
    sent = program.put(
        "/procedures/QT-MOI/draft", data=data, headers={"If-Match": '"1"'}, content_type="application/xml"
    )

    assert sent.status_code == 200
    assert sent.json is not None
    told = [each["message"] for each in sent.json["doubts"] if each["code"] == "foreign-kept"]
    assert any("«=nguoi_ky»" in message and "biểu thức" in message for message in told)
    assert table_of(website, "QT-MOI").steps[0].performer == Performer(
        "Công chức tư pháp - hộ tịch", person="Trần Thị Bình"
    )


def test_a_name_that_a_tool_made_up_gives_way_to_the_file_s(author: Browser) -> None:
    names = {"bizagi.bpmn": "Kiểm tra hiện trường", "adonis.bpmn": "Cấp đổi giấy tờ"}

    for name, title in names.items():
        data = (FILES / "foreign_words" / name).read_bytes()
        shown = author.get(brought(author, data, "kiểm_tra-hiện trường.bpmn")).text
        assert f"<h1>{title}</h1>" in shown


@pytest.mark.parametrize("path", sorted((FILES / "foreign_words").glob("*.bpmn")), ids=lambda path: path.stem)
def test_a_diagram_is_saved_by_one_click_as_its_page_proposes_it(author: Browser, path: Path) -> None:
    address = brought(author, path.read_bytes(), path.name)
    heading = html.fromstring(author.get(address).text).get_element_by_id("luu")
    form = next(heading.iterancestors("form"))

    saved = author.post(f"{address}/luu", dict(form.form_values()))

    assert saved.location.endswith("/soan")
