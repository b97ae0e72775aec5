from bpmn.convert import table_to_bpmn
from bpmn.document import read_document
from bpmn.elements import Process
from bpmn.fiveclear import Branch, FiveClear
from tests.factories import step, table
from web.present.ways import ways_on


def process(content: FiveClear) -> Process:
    document = read_document(table_to_bpmn(content)).document
    assert document is not None
    return next(each for each in document.processes.values() if each.nodes)


def named(content: FiveClear, element: str) -> list[tuple[str, str]]:
    return [(way.condition, way.node.id) for way in ways_on(process(content), element)]


def test_gateways_are_looked_through_and_the_normal_way_says_nothing() -> None:
    content = table(step("1"), step("2"), step("3"), branches=[Branch("2", "không đồng ý", "1")])

    assert named(content, "step_1") == [("", "step_2")]
    assert sorted(named(content, "step_2")) == [("", "step_3"), ("không đồng ý", "step_1")]


def test_what_goes_on_in_parallel_is_named_each() -> None:
    content = table(step("1"), step("2a", parallel_group="y"), step("2b", parallel_group="y"), step("3"))

    assert sorted(named(content, "step_1")) == [("", "step_2a"), ("", "step_2b")]
    assert named(content, "step_2a") == [("", "step_3")]


def test_the_last_step_leads_to_the_end() -> None:
    (way,) = ways_on(process(table(step("1"))), "step_1")

    assert way.node.tag == "endEvent"
