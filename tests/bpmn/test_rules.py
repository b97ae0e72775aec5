"""Every rule has its pair: a file that it accepts and one that it refuses, with code, element and line."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bpmn.check import check
from bpmn.directory import read_directory
from bpmn.findings import FileReport, Severity
from bpmn.organisation import Organisation, OrgPosition, OrgUnit
from bpmn.rules import RULES
from tests.bpmn.models import END, START, file_of, gateway, task

ROOT = Path(__file__).parent.parent
PAIRS = ROOT / "files" / "rules"
TOWN = read_directory((ROOT.parent / "procedures" / "data" / "town.yaml").read_text("utf-8"))
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
EXPECTED = list(csv.DictReader((PAIRS / "EXPECTED.csv").read_text("utf-8").splitlines()))
WITHOUT_PAIR = {
    *("performer-vacant", "performer-collective", "substitute-missing"),
    *("product-missing", "authority-missing"),
}
"""Tested below, or with the profiles: who holds a position is no matter of a file, nor how many clears are asked."""


def examined(data: bytes, town: Organisation = TOWN) -> FileReport:
    return check(data, "x.bpmn", directory=town, at=AT)


def codes(*lines: str, rest: str = "") -> set[tuple[str, str | None]]:
    return {(finding.code, finding.element) for finding in examined(file_of(*lines, rest=rest)).findings}


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["code"])
def test_the_fault_is_reported_with_its_place(row: dict[str, str]) -> None:
    report = examined((PAIRS / f"{row['code']}.refused.bpmn").read_bytes())

    found = [finding for finding in report.findings if finding.code == row["code"]]
    first = found[0]
    assert [first.severity, first.clear, first.element, str(first.line)] == [*list(row.values())[1:]]


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["code"])
def test_its_neighbour_is_accepted(row: dict[str, str]) -> None:
    report = examined((PAIRS / f"{row['code']}.accepted.bpmn").read_bytes())

    assert [finding for finding in report.findings if finding.severity is not Severity.INFO] == []


def test_every_code_of_a_rule_has_a_pair() -> None:
    assert {code for rule in RULES for code in rule.codes} - {row["code"] for row in EXPECTED} == WITHOUT_PAIR


def test_a_position_that_nobody_holds_is_said() -> None:
    nobody = Organisation((OrgUnit("NV", "Phòng Nội vụ", "department", None, (OrgPosition("Văn thư", held=False),)),))
    step = task("a", "1 working_day").replace(
        "><namro:time", '><namro:performer position="Văn thư" unit="NV"/><namro:time'
    )

    report = examined(file_of(START, END, step, "s -> a", "a -> e"), nobody)

    assert ("performer-vacant", "a") in {(finding.code, finding.element) for finding in report.findings}


OFFICE = """units:
- code: NV
  name: Phòng Nội vụ
  positions:
  - {name: Trưởng phòng, holders: [A]}
  - {name: Phó Trưởng phòng, holders: [B]}
  - {name: Chuyên viên, holders: [C]}
  - {name: Văn thư, holders: [D], substitute: Chuyên viên}
  - {name: Kế toán, holders: 2}
  - {name: Thủ quỹ, holders: []}
"""


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("Trưởng phòng", set()),
        ("Phó Trưởng phòng", {"substitute-missing"}),
        ("Chuyên viên", {"substitute-missing"}),
        ('Chuyên viên" substitute="Trưởng phòng', set()),
        ("Văn thư", set()),
        ("Kế toán", set()),
        ("Thủ quỹ", {"performer-vacant"}),
    ],
)
def test_whoever_alone_holds_a_position_needs_somebody_to_stand_in(position: str, expected: set[str]) -> None:
    step = task("a", "1 working_day").replace(
        "><namro:time", f'><namro:performer position="{position}" unit="NV"/><namro:time'
    )

    report = examined(file_of(START, END, step, "s -> a", "a -> e"), read_directory(OFFICE))

    about = {finding.code for finding in report.findings if finding.element == "a"}
    assert {code for code in about if code.startswith(("performer", "substitute"))} == expected


@pytest.mark.parametrize(
    ("asks", "second", "expected"),
    [
        ('different_from="1"', "Chuyên viên", set()),
        ('different_from="1"', "Trưởng phòng", {("duties-not-separate", Severity.ERROR)}),
        ('different_from="a; 1"', "Lãnh đạo", {("duties-not-separate", Severity.ERROR)}),
        ('same_as="1"', "Lãnh đạo", set()),
        ('same_as="b"', "Trưởng phòng", {("duties-reference-missing", Severity.ERROR)}),
    ],
)
def test_the_model_may_ask_for_others_or_the_same(asks: str, second: str, expected: set[tuple[str, Severity]]) -> None:
    words = asks.replace("different_from", "differentFrom").replace("same_as", "sameAs")
    lead = '><namro:performer position="{}" unit="NV"/><namro:time'
    one = task("a", "1 working_day").replace("><namro:time", lead.format("Trưởng phòng")).replace('no="a"', 'no="1"')
    two = task("b", "1 working_day").replace("><namro:time", lead.format(second)).replace('no="b"', f'no="2" {words}')

    report = examined(file_of(START, END, one, two, "s -> a", "a -> b", "b -> e"), read_directory(OFFICE))

    assert {(found.code, found.severity) for found in report.findings if found.code.startswith("duties")} == expected


@pytest.mark.parametrize(
    ("position", "unit", "expected"),
    [
        ("Hội đồng Thi đua - Khen thưởng", "UBND thị xã", {"performer-collective"}),
        ("Công chức đầu mối", "các đơn vị liên quan", set()),
        ("Chi cục Thuế", "Chi cục Thuế khu vực", set()),
        ("Nhà ngoại cảm", "Phòng Nội vụ - LĐTB&amp;XH", {"performer-unknown"}),
    ],
)
def test_who_is_meant_is_looked_up_in_the_directory(position: str, unit: str, expected: set[str]) -> None:
    named = f'><namro:performer position="{position}" unit="{unit}"/><namro:time'
    step = task("a", "1 working_day").replace("><namro:time", named)

    found = {code for code, element in codes(START, END, step, "s -> a", "a -> e") if element == "a"}

    assert {code for code in found if code.startswith("performer-")} == expected


def test_a_join_behind_a_choice_never_completes() -> None:
    found = codes(
        *(START, END, task("a"), task("b"), gateway("x", default="f_x_a"), gateway("j", "parallel")),
        *("s -> x", "x -> a", "x -> b ? n > 1", "a -> j", "b -> j", "j -> e"),
    )

    assert ("deadlock", "j") in found


def test_a_join_of_what_was_split_in_parallel_completes() -> None:
    found = codes(
        *(START, END, task("a"), task("b"), gateway("p", "parallel"), gateway("j", "parallel")),
        *("s -> p", "p -> a", "p -> b", "a -> j", "b -> j", "j -> e"),
    )

    assert "deadlock" not in {code for code, _ in found}


def test_counts_in_nested_sub_processes_multiply() -> None:
    several = "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>{}</bpmn:loopCardinality>"
    outer, inner = (several.format(count) + "</bpmn:multiInstanceLoopCharacteristics>" for count in (100, 50))

    found = codes(START, END, f'<bpmn:subProcess id="sp">{outer}{task("i", inside=inner)}</bpmn:subProcess>')

    assert {place for place in found if place[0] == "limit-multi"} == {("limit-multi", "i")}


def test_a_loop_through_a_sub_process_where_people_work_is_no_livelock() -> None:
    inside = '<bpmn:startEvent id="is"/><bpmn:userTask id="i"/><bpmn:endEvent id="ie"/>'
    found = codes(
        *(START, END, f'<bpmn:subProcess id="sp">{inside}</bpmn:subProcess>', gateway("x", default="f_x_e")),
        *("s -> sp", "sp -> x", "x -> e", "x -> sp ? n > 1"),
    )

    assert "livelock" not in {code for code, _ in found}


def test_a_link_without_its_other_half_is_missing_it() -> None:
    thrown = '<bpmn:intermediateThrowEvent id="l"><bpmn:linkEventDefinition name="A"/></bpmn:intermediateThrowEvent>'

    assert ("ref-missing", "l") in codes(START, END, thrown, "s -> l")


def test_what_pools_and_message_flows_name_must_be_there() -> None:
    rest = (
        '<bpmn:collaboration id="c"><bpmn:participant id="p" processRef="Q"/>'
        '<bpmn:messageFlow id="m" sourceRef="p" targetRef="nope"/></bpmn:collaboration>'
    )

    assert {("ref-missing", "p"), ("ref-missing", "m")} <= codes(START, END, "s -> e", rest=rest)


def test_a_performer_may_be_said_by_lane_owner_or_another_tool() -> None:
    found = codes(
        *(START, END),
        '<bpmn:userTask id="a"><bpmn:potentialOwner><bpmn:resourceAssignmentExpression><bpmn:formalExpression>Văn thư'
        "</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner></bpmn:userTask>",
        '<bpmn:userTask id="b" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:assignee="Văn thư"/>',
        '<bpmn:userTask id="c"><bpmn:extensionElements><z:assignmentDefinition'
        ' xmlns:z="http://camunda.org/schema/zeebe/1.0" candidateGroups="Văn thư"/></bpmn:extensionElements>'
        "</bpmn:userTask>",
        '<bpmn:userTask id="d"/>',
        *("s -> a", "a -> b", "b -> c", "c -> d", "d -> e"),
    )

    assert {element for code, element in found if code == "performer-missing"} == {"d"}


def test_an_outside_procedure_that_is_known_may_be_called() -> None:
    data = file_of(START, END, '<bpmn:callActivity id="c" calledElement="QT-NV-09"/>', "s -> c", "c -> e")

    assert "ref-missing" in {finding.code for finding in check(data, "x.bpmn").findings}
    assert "ref-missing" not in {finding.code for finding in check(data, "x.bpmn", known=["QT-NV-09"]).findings}
