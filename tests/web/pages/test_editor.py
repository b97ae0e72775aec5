"""The editor's page: what the gate says leads to cells and shapes, and a button mends it as a change among others."""

import json
from datetime import timedelta
from typing import Any

import pytest
from lxml import html

from bpmn.convert import bpmn_to_table
from bpmn.document import read_document
from procedures.demo.shipped import library
from tests.visitors import AUTHOR, CHAIRMAN, Browser, Website

PAGE = "/quy-trinh/QT-MOI/soan"
STATED = b'<namro:statedTotal text="9" value="9" unit="working_day"/></namro:procedure>'
TOTAL = "total-mismatch"
SCRIPT = {"Accept": "application/json"}


def drafted(website: Website, login: str, unit: str) -> Browser:
    """The author of a draft at revision 1 whose stated total is wrong and whose supporters answer for nothing."""
    program = website.program(login)
    program.post("/procedures", {"code": "QT-MOI", "title": "Quy trình mới", "unit": unit, "kind": "tthc"})
    source = library("TCKH/QT-TCKH-01.bpmn").replace(b"</namro:procedure>", STATED)
    program.put("/procedures/QT-MOI/draft", data=source, content_type="application/xml")
    return website.browser(login)


@pytest.fixture
def browser(website: Website) -> Browser:
    return drafted(website, AUTHOR, "TCKH")


def shown(browser: Browser) -> html.HtmlElement:
    return html.fromstring(browser.get(PAGE).text)


def told(browser: Browser, act: str, form: dict[str, Any]) -> Any:
    """What a script is answered."""
    return browser.post(f"{PAGE}/{act}", form, headers=SCRIPT).json


def fixes(page: html.HtmlElement) -> list[str]:
    return [str(value) for value in page.xpath("//aside//button[@name='fix']/@value")]


def fix_of(page: html.HtmlElement, code: str) -> str:
    return next(value for value in fixes(page) if value.startswith(code))


def test_a_script_is_told_what_a_fix_made_of_the_draft(browser: Browser) -> None:
    wish = fix_of(shown(browser), TOTAL)

    said = told(browser, "sua-giup", {"revision": 1, "fix": wish, "drawn": 1})

    assert (said["revision"], said["undo"], said["errors"]) == (2, True, 0)
    assert said["head"]["stated_total"] != "9"
    assert TOTAL not in said["side"]
    assert "bpmn:definitions" in said["source"]


def test_what_is_written_in_a_cell_is_shown_as_it_was_written(browser: Browser) -> None:
    text = '<b>"Hồ sơ"</b> đủ 100%, %(id)s & </textarea>'
    cell = shown(browser).xpath("//*[@data-column='note']/@name")[0]

    told(browser, "bang", {"revision": 1, cell: text})

    assert shown(browser).xpath(f"//*[@name='{cell}']")[0].text == text


def test_what_stands_in_other_cells_is_saved_before_the_fix(browser: Browser) -> None:
    page = shown(browser)
    cell = page.xpath("//*[@data-column='note']/@name")[0]

    browser.post(f"{PAGE}/sua-giup", {"revision": 1, "fix": fix_of(page, TOTAL), cell: "Theo mẫu mới"})

    after = shown(browser)
    assert after.xpath(f"//*[@name='{cell}']")[0].text == "Theo mẫu mới"
    assert TOTAL not in " ".join(fixes(after))


def test_a_fix_is_made_on_the_draft_of_today_and_taken_back_alone(browser: Browser) -> None:
    page = shown(browser)
    cell = page.xpath("//*[@data-column='note']/@name")[0]
    browser.post(f"{PAGE}/bang", {"revision": 1, cell: "Theo mẫu mới"}, headers=SCRIPT)

    fixed = told(browser, "sua-giup", {"revision": 1, "fix": fix_of(page, TOTAL)})
    undone = told(browser, "hoan-tac", {"revision": 3})

    assert (fixed["revision"], fixed["errors"]) == (3, 0)
    assert (undone["revision"], undone["errors"]) == (4, 1)
    assert "Theo mẫu mới" in undone["rows"]


def test_a_fix_that_is_not_needed_any_more_is_told(browser: Browser) -> None:
    wish = fix_of(shown(browser), TOTAL)
    browser.post(f"{PAGE}/sua-giup", {"revision": 1, "fix": wish}, headers=SCRIPT)

    again = browser.post(f"{PAGE}/sua-giup", {"revision": 2, "fix": wish}, headers=SCRIPT)

    assert again.status_code == 422
    assert "no-fix" in again.text


def test_every_finding_leads_to_a_place_of_the_page(browser: Browser) -> None:
    page = shown(browser)

    anchors = [link.get("href").removeprefix("#") for link in page.xpath("//aside//a[@data-lead]")]

    assert "head-stated_total" in anchors
    assert [name for name in anchors if not page.xpath(f"//*[@id='{name}']")] == []


def test_the_way_that_takes_longest_is_marked_in_the_table_and_for_the_diagram(browser: Browser) -> None:
    page = shown(browser)

    rows = page.xpath("//section[contains(@class, 'is-longest')]/@data-row")
    worn = browser.get(f"{PAGE}/moi", query_string={"revision": 0, "drawn": 1}, headers=SCRIPT).json["shapes"]

    assert rows
    assert set(rows) <= set(worn["longest"])
    assert {mark["severity"] for mark in worn["marks"].values()} <= {"error", "warning"}


def test_the_way_to_a_deadlock_is_listed_stop_by_stop(website: Website, browser: Browser) -> None:
    source, waiting = that_waits_for_itself(library("TCKH/QT-TCKH-01.bpmn"))
    saved = {"data": source, "content_type": "application/xml", "headers": {"If-Match": '"1"'}}
    website.program(AUTHOR).put("/procedures/QT-MOI/draft", **saved)

    page = shown(browser)

    way = page.xpath("(//aside//ol[contains(@class, 'findings__way')])[1]/li/text()")
    played = json.loads(page.xpath("//aside//@data-play")[0])
    assert (way[0], way[-1]) == ("Bắt đầu", "Hồ sơ kẹt lại ở đây")
    assert "1. " in way[1]
    assert len(way) == len(played)
    assert played[-1] == [waiting]


def that_waits_for_itself(source: bytes) -> tuple[bytes, str]:
    """The procedure with a join before its second step that waits for that step; and the flow where the case waits."""
    document = read_document(source).document
    assert document is not None
    second = bpmn_to_table(document).steps[1].id
    (process,) = (each for each in document.processes.values() if second in each.nodes)
    (entry,) = process.nodes[second or ""].incoming
    join = f'<bpmn:parallelGateway id="both"/><bpmn:sequenceFlow id="on" sourceRef="both" targetRef="{second}"/>'
    never = f'<bpmn:sequenceFlow id="never" sourceRef="{second}" targetRef="both"/>'
    text = source.decode().replace(f'targetRef="{second}"', 'targetRef="both"')
    return text.replace("</bpmn:process>", f"{join}{never}</bpmn:process>").encode(), entry


DEPUTY = "ubnd.pho-chu-tich-phu-trach-kinh-te"


@pytest.fixture
def leaders(website: Website) -> Website:
    """A town whose leadership drafts a procedure of its own."""
    drafted(website, DEPUTY, "UBND")
    return website


def waivers_of(page: html.HtmlElement) -> list[str]:
    return [str(link) for link in page.xpath("//aside//a[contains(., 'Cho qua lỗi này')]/@href")]


def test_a_leader_is_led_from_a_finding_to_its_waiver_unless_he_drafted_it(leaders: Website) -> None:
    chief = leaders.browser(CHAIRMAN)

    link = next(each for each in waivers_of(shown(chief)) if TOTAL in each)

    place = html.fromstring(chief.get(link).text).get_element_by_id(link.partition("#")[2])
    assert len(place.xpath(".//textarea[@name='reason']")) == 1
    assert waivers_of(shown(leaders.browser(DEPUTY))) == []


def test_a_waived_error_bars_nothing_any_more(leaders: Website) -> None:
    chief = leaders.browser(CHAIRMAN)
    before = shown(chief)
    element = before.xpath("//aside//a[contains(., 'Cho qua lỗi này')]/@href")
    form = html.fromstring(chief.get(element[0]).text).xpath(f"//input[@value='{TOTAL}']/following-sibling::input")

    chief.post(
        "/quy-trinh/QT-MOI/cho-qua", {"finding": TOTAL, "element": form[0].get("value"), "reason": "Theo quyết định"}
    )

    assert "Còn 1 chỗ phải sửa" in before.text_content()
    after = shown(leaders.browser(DEPUTY)).xpath("//aside[@data-side]")[0].text_content()
    assert "phải sửa" not in after.split("Phải sửa")[0]
    assert "đã cho qua trong bản này: Theo quyết định" in " ".join(after.split())


def test_a_draft_is_tried_out_from_its_editor_and_each_clear_is_explained(browser: Browser) -> None:
    page = shown(browser)

    assert page.xpath("//*[@role='toolbar']//a[not(@hidden)]/@href")[0] == "/quy-trinh/QT-MOI/ban/1/chay-thu"
    tips = page.xpath("//*[@class='rows__head']//button[@type='button']/@popovertarget")
    assert [page.get_element_by_id(each).get("popover") for each in tips] == [""] * 5


def test_who_else_was_at_the_draft_a_short_while_ago_is_said(website: Website, browser: Browser) -> None:
    colleague = website.browser("tckh.truong-phong")
    website.at += timedelta(minutes=20)
    cell = shown(browser).xpath("//*[@data-column='note']/@name")[0]
    beside = "string(//*[@data-others])"
    assert not shown(browser).xpath(beside).strip()

    own = told(colleague, "bang", {"revision": 1, cell: "Theo mẫu mới"})["others"]
    page = " ".join(shown(browser).xpath(beside).split())
    website.at += timedelta(minutes=14)
    asked = {"query_string": {"revision": 2}, "headers": SCRIPT}
    still = browser.get(f"{PAGE}/moi", **asked).json
    website.at += timedelta(minutes=2)
    later = browser.get(f"{PAGE}/moi", **asked).json

    assert page == "Cùng soạn: Vũ Văn Tâm, vừa sửa lúc 09:50"
    assert "lúc 09:50" in still["others"]
    assert (later.keys(), later["others"].strip(), own.strip()) == ({"others"}, "", "")
