"""A draft that somebody drew in another tool is edited as a table: through the API, and on the pages."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from bpmn.convert import bpmn_to_table, read_json, write_json, write_table, write_yaml
from bpmn.document import read_document
from bpmn.fiveclear import FiveClear
from procedures.demo.shipped import library
from tests.visitors import AUTHOR, Program, Website

FOREIGN = ["signavio_C.7.0", "reference_C.9.1", "reference_C.1.0"]
XML, JSON, YAML = "application/xml", "application/json", "application/yaml"
PATH = "/procedures/QT-MOI/draft"
OURS = ("urn:namro:5ro:1.0",)
ANSWERS = "Người làm bước này chịu trách nhiệm"


@pytest.fixture(params=FOREIGN)
def drawn(request: pytest.FixtureRequest, author: Program) -> etree._Element:
    """The draft as it was drawn."""
    data = (Path("tests/files/foreign") / f"{request.param}.bpmn").read_bytes()
    author.post("/procedures", {"code": "QT-MOI", "title": "Quy trình mới", "unit": "TCKH", "kind": "internal"})
    saved = author.put(PATH, data=data, content_type=XML)
    assert saved.status_code == 200, saved.text
    return etree.fromstring(author.get(PATH).data)


def kept(author: Program) -> etree._Element:
    return etree.fromstring(author.get(PATH).data)


def foreign(root: etree._Element) -> list[object]:
    """All that the file says beside our words, in order."""
    return [
        (element.tag, sorted(element.attrib.items()), (element.text or "").strip())
        for element in root.iter("*")
        if etree.QName(element).namespace not in OURS and etree.QName(element).localname != "extensionElements"
    ]


def table_of(author: Program) -> FiveClear:
    table = read_json(author.get(PATH, headers={"Accept": JSON}).data).table
    assert table is not None
    return table


def answering(table: FiveClear) -> FiveClear:
    return replace(table, steps=tuple(replace(step, responsibility=ANSWERS) for step in table.steps))


@pytest.mark.parametrize(("kind", "write"), [(JSON, write_json), (YAML, write_yaml)])
def test_words_of_a_table_change_only_our_words(author: Program, drawn: etree._Element, kind: str, write) -> None:
    table = answering(table_of(author))

    saved = author.put(PATH, data=write(table), content_type=kind, headers={"If-Match": '"1"'})

    assert (saved.status_code, saved.headers["ETag"]) == (200, '"2"'), saved.text
    assert foreign(kept(author)) == foreign(drawn)
    assert [step.responsibility for step in table_of(author).steps] == [ANSWERS] * len(table.steps)


def test_ids_may_be_left_out(author: Program, drawn: etree._Element) -> None:
    table = json.loads(author.get(PATH, headers={"Accept": JSON}).data)
    ids = [step.pop("id") for step in table["steps"]]

    author.put(PATH, data=json.dumps(table), content_type=JSON, headers={"If-Match": '"1"'})

    assert [step.id for step in table_of(author).steps] == ids
    assert foreign(kept(author)) == foreign(drawn)


def test_the_click_that_lets_all_answer_changes_only_our_words(
    website: Website, author: Program, drawn: etree._Element
) -> None:
    answer = website.browser(AUTHOR).post("/quy-trinh/QT-MOI/trach-nhiem", {"revision": 1})

    assert answer.status_code == 303
    assert foreign(kept(author)) == foreign(drawn)
    assert all(step.responsibility for step in table_of(author).steps if step.performer)


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "yaml"])
def test_a_table_that_was_printed_and_edited_comes_back(
    website: Website, author: Program, drawn: etree._Element, ending: str
) -> None:
    edited = answering(table_of(author))

    form = {"file": (BytesIO(write_table(edited, ending)), f"bang.{ending}"), "revision": 1}
    answer = website.browser(AUTHOR).bring("/quy-trinh/QT-MOI/nhap", form)

    assert answer.status_code == 303, answer.text
    assert foreign(kept(author)) == foreign(drawn)
    assert table_of(author) == edited


def test_a_table_for_a_draft_that_changed_in_between_is_refused(author: Program, drawn: etree._Element) -> None:
    table = answering(table_of(author))
    author.put(PATH, data=write_json(table), content_type=JSON, headers={"If-Match": '"1"'})

    answer = author.put(PATH, data=write_json(table), content_type=JSON, headers={"If-Match": '"1"'})

    assert (answer.status_code, answer.json["code"]) == (412, "stale")


def test_the_table_of_another_procedure_replaces_all(author: Program, drawn: etree._Element) -> None:
    data = Path("tests/files/samples/03_dang_ky_khai_sinh.yaml").read_bytes()

    saved = author.put(PATH, data=data, content_type=YAML, headers={"If-Match": '"1"'})

    assert saved.status_code == 200
    document = read_document(author.get(PATH).data).document
    assert document is not None
    before = {element.get("id") for element in drawn.iter("{http://www.omg.org/spec/BPMN/20100524/MODEL}task")}
    assert not before & {step.id for step in bpmn_to_table(document).steps}


def test_the_next_version_keeps_the_ids_of_the_one_in_force(author: Program) -> None:
    path = "/procedures/QT-TCKH-01/draft"
    document = read_document(library("TCKH/QT-TCKH-01.bpmn")).document
    assert document is not None
    table = bpmn_to_table(document)
    nameless = replace(table, steps=tuple(replace(step, id=None) for step in table.steps[1:]))

    saved = author.put(path, data=write_json(nameless), content_type=JSON)

    assert saved.status_code == 200, saved.text
    new = read_json(author.get(path, headers={"Accept": JSON}).data).table
    assert new is not None
    assert [step.id for step in new.steps] == [step.id for step in table.steps[1:]]
