"""What other tools say of a step comes into the five clears, is told, and stays in the file as it was."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from lxml import etree

from bpmn.check import check
from bpmn.convert import bpmn_to_table
from bpmn.dialect.words import NAMESPACE, bpmn_tag
from bpmn.document import Document, read_document
from bpmn.fiveclear import Duration, Step, TimeUnit
from bpmn.foreign import Adopted, Wanted, adopt, first_choice, process_choices
from tests.bpmn.foreign.exports import KEPT, OPEN_DAYS, STEPS

FILES = Path(__file__).parents[2] / "files"
EXPORTS = FILES / "foreign_words"
OTHERS = sorted((FILES / "foreign").glob("*.bpmn"))
FIELDS = {"who", "with", "time", "forms", "output", "responsibility", "note", "description", "type"}


def document(data: bytes) -> Document:
    found = read_document(data).document
    assert found is not None
    return found


def export(name: str) -> Document:
    return document((EXPORTS / name).read_bytes())


def steps(adopted: Adopted) -> dict[str, Step]:
    return {step.id or "": step for step in bpmn_to_table(adopted.document).steps}


def said(step: Step) -> dict[str, object]:
    """The fields of a step that are filled, in the words of `STEPS`."""
    lead, time = step.performer, step.duration
    found = {
        "who": lead and (lead.position, lead.unit, lead.person),
        "with": tuple(each.position for each in step.co_performers),
        "time": time and (time.text, time.value, time.unit),
        **{name: getattr(step, name) for name in FIELDS - {"who", "with", "time"}},
    }
    return {name: value for name, value in found.items() if value}


def task(words: str, inside: str = "", *, tag: str = "userTask", spaces: str = "") -> Document:
    """A process with one task of which these words are said."""
    return document(
        f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="u"
        xmlns:camunda="http://camunda.org/schema/1.0/bpmn" {spaces}><process id="p" name="P"><startEvent id="s"/>
        <sequenceFlow id="f" sourceRef="s" targetRef="t"/><{tag} id="t" name="Ký" {words}>{inside}</{tag}>
        <sequenceFlow id="g" sourceRef="t" targetRef="e"/><endEvent id="e"/></process></definitions>""".encode()
    )


def due(text: str, days: TimeUnit | None = None) -> tuple[Duration | None, list[str]]:
    adopted = adopt(task(f'camunda:dueDate="{text}"'), Wanted(days=days))
    return steps(adopted)["t"].duration, [str(each.facts.get("reason", each.code)) for each in adopted.findings]


@pytest.mark.parametrize("name", STEPS)
def test_an_export_gives_the_five_clears_field_by_field(name: str) -> None:
    found = steps(adopt(export(name)))

    assert {element: said(step) for element, step in found.items()} == STEPS[name]


@pytest.mark.parametrize("name", STEPS)
def test_what_was_not_taken_is_told_with_its_reason_and_place(name: str) -> None:
    findings = adopt(export(name)).findings

    kept = [each for each in findings if each.code == "foreign-kept"]
    reasons = [(each.element, each.facts["word"], str(each.facts["reason"])[8:]) for each in kept]
    assert len(reasons) == len(set(reasons))
    assert set(reasons) == KEPT[name]
    lines = (EXPORTS / name).read_text("utf-8").split("\n")
    for each in kept:
        word = re.split(r"[ :«»]+", str(each.facts["word"]).rstrip("»"))[-1]
        assert any(word in line for line in lines[(each.line or 0) - 3 : each.line]), each
    assert {each.element for each in findings if each.code == "foreign-days"} == OPEN_DAYS.get(name, set())


@pytest.mark.parametrize("name", STEPS)
def test_nothing_of_another_tool_is_lost_or_changed(name: str) -> None:
    before = export(name)
    root = etree.fromstring(adopt(before).document.serialised())

    for ours in list(root.iter(f"{{{NAMESPACE}}}*")):
        parent = ours.getparent()
        if parent is not None:
            parent.remove(ours)
    for empty in [found for found in root.iter(bpmn_tag("extensionElements")) if not len(found)]:
        found = empty.getparent()
        assert found is not None
        found.remove(empty)
    for call in root.iter(bpmn_tag("callActivity")):
        call.attrib.pop("calledElement", None)
    assert stripped(root) == stripped(before.root)


def stripped(root: etree._Element) -> list[tuple[str, dict[str, str], str]]:
    return [(str(each.tag), dict(each.attrib), (each.text or "").strip()) for each in root.iter(etree.Element)]


@pytest.mark.parametrize("name", STEPS)
def test_a_file_that_came_in_once_is_not_changed_the_second_time(name: str) -> None:
    once = adopt(export(name)).document

    again = adopt(document(once.serialised()))

    assert again.document.canonical() == once.canonical()
    assert [each for each in again.findings if each.code != "foreign-kept"] == []


@pytest.mark.parametrize("name", STEPS)
def test_the_gate_leaves_a_file_as_it_is(name: str) -> None:
    findings = check((EXPORTS / name).read_bytes(), "a.bpmn").findings

    assert [each for each in findings if each.code.startswith("foreign-")] == []


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_the_files_of_the_interchange_keep_their_steps_and_ways(path: Path) -> None:
    before = document(path.read_bytes())
    adopted = adopt(before)

    old, new = bpmn_to_table(before), bpmn_to_table(adopted.document)
    assert [(step.id, step.name, step.step_no) for step in new.steps] == [
        (step.id, step.name, step.step_no) for step in old.steps
    ]
    assert new.branches == old.branches
    assert {each.element for each in adopted.findings} <= {node for p in before.processes.values() for node in p.nodes}
    if not any(each.code == "foreign-taken" for each in adopted.findings):
        assert adopted.document is before


def test_the_interchange_s_invoice_gets_its_people_and_forms() -> None:
    found = steps(adopt(document((FILES / "foreign" / "reference_C.1.1.bpmn").read_bytes())))

    assert said(found["assignApprover"])["who"] == ("Team Assistant", None, "demo")
    assert said(found["approveInvoice"])["who"] == ("Approver", None, None)
    assert said(found["prepareBankTransfer"])["who"] == ("Accountant", None, None)
    assert found["prepareBankTransfer"].forms == ("prepareBankTransfer.jsf",)


@pytest.mark.parametrize(
    ("text", "calendar", "working"),
    [
        ("P3D", (3, TimeUnit.CALENDAR_DAY), (3, TimeUnit.WORKING_DAY)),
        ("PT72H", (3, TimeUnit.CALENDAR_DAY), (3, TimeUnit.WORKING_DAY)),
        ("P1W", (7, TimeUnit.CALENDAR_DAY), (5, TimeUnit.WORKING_DAY)),
        ("P0.5D", ("1/2", TimeUnit.CALENDAR_DAY), ("1/2", TimeUnit.WORKING_DAY)),
        ("PT4H", (4, TimeUnit.WORKING_HOUR), (4, TimeUnit.WORKING_HOUR)),
        ("PT30M", (30, TimeUnit.WORKING_MINUTE), (30, TimeUnit.WORKING_MINUTE)),
        ("3 ngày", (3, TimeUnit.CALENDAR_DAY), (3, TimeUnit.WORKING_DAY)),
    ],
)
def test_a_day_is_what_somebody_says_and_a_calendar_day_until_then(
    text: str, calendar: tuple[str | int, TimeUnit], working: tuple[str | int, TimeUnit]
) -> None:
    unsaid, doubts = due(text)
    said_so, sure = due(text, TimeUnit.WORKING_DAY)

    assert unsaid is not None
    assert said_so is not None
    assert (unsaid.value, unsaid.unit) == (Fraction(calendar[0]), calendar[1])
    assert (said_so.value, said_so.unit) == (Fraction(working[0]), working[1])
    assert doubts == ["foreign-days" if calendar[1] is TimeUnit.CALENDAR_DAY else "foreign-taken"]
    assert sure == ["foreign-taken"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("R/P1D", "recurrence"),
        ("R3/PT10H", "recurrence"),
        ("2026-12-01", "date"),
        ("2026-12-01T17:00:00+07:00", "date"),
        ("P2M", "months"),
        ("P1Y", "months"),
        ("PT45S", "unclear"),
        ("PT0H", "unclear"),
        ("480", "unclear"),
        ("sớm nhất", "unclear"),
        ("${han}", "expression"),
        ("=duration(&quot;P3D&quot;)", "expression"),
    ],
)
def test_what_is_no_certain_length_is_told_and_not_taken(text: str, reason: str) -> None:
    assert due(text) == (None, [f"foreign-{reason}"])


def test_a_lane_is_who_does_it_and_a_unit_s_lane_the_unit() -> None:
    lane = '<laneSet id="ls"><lane id="l" name="{}"><flowNodeRef>t</flowNodeRef></lane></laneSet>'

    def who(name: str, group: str) -> object:
        drawn = task(f'camunda:candidateGroups="{group}"').serialised().decode()
        adopted = adopt(document(drawn.replace("<startEvent", lane.format(name) + "<startEvent").encode()))
        return said(steps(adopted)["t"])["who"]

    assert who("Văn thư", "van-thu") == ("Văn thư", None, None)
    assert who("Văn thư", "grp_12") == ("Văn thư", None, None)
    assert who("Phòng Nội vụ", "Chuyên viên") == ("Chuyên viên", "Phòng Nội vụ", None)
    assert who("Một cửa", "Chuyên viên thẩm định") == ("Chuyên viên thẩm định", None, None)


def test_a_lane_in_a_unit_s_lane_is_a_position_of_the_unit() -> None:
    lanes = (
        '<laneSet id="ls"><lane id="l" name="Phòng Nội vụ"><childLaneSet id="c"><lane id="i" name="Trưởng phòng">'
        "<flowNodeRef>t</flowNodeRef></lane></childLaneSet></lane></laneSet><startEvent"
    )
    drawn = task("").serialised().decode().replace("<startEvent", lanes, 1)

    adopted = adopt(document(drawn.encode()))

    assert said(steps(adopted)["t"])["who"] == ("Trưởng phòng", "Phòng Nội vụ", None)
    assert [(each.facts["word"], each.facts["value"]) for each in adopted.findings] == [("lane", "Phòng Nội vụ")]


def test_of_a_list_only_the_names_are_taken() -> None:
    adopted = adopt(task('camunda:candidateGroups="Văn thư, ${nhom(a, b)}, Kế toán"'))

    lead, *others = (steps(adopted)["t"].performer, *steps(adopted)["t"].co_performers)
    assert lead is not None
    assert [each.position for each in (lead, *others) if each] == ["Văn thư", "Kế toán"]
    assert [
        (each.facts["value"], each.facts["reason"]) for each in adopted.findings if each.code == "foreign-kept"
    ] == [("${nhom(a, b)}", "foreign-expression")]


ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'


@pytest.mark.parametrize(
    ("words", "inside", "reason"),
    [
        (f'camunda:candidateGroups="{"a" * 300}"', "", "long"),
        ("", '<extensionElements><zeebe:calledElement processId="../../x"/></extensionElements>', "no-code"),
        ("", '<extensionElements><zeebe:calledElement processId="=ma"/></extensionElements>', "expression"),
    ],
)
def test_what_fits_no_cell_is_told_and_the_document_stays(words: str, inside: str, reason: str) -> None:
    drawn = task(words, inside, tag="callActivity", spaces=ZEEBE)

    adopted = adopt(drawn)

    assert adopted.document is drawn
    assert [each.facts["reason"] for each in adopted.findings] == [f"foreign-{reason}"]


def test_a_step_that_has_our_words_is_left_alone() -> None:
    ours = (
        '<extensionElements><namro:step no="1"><namro:performer position="Chủ tịch"/></namro:step></extensionElements>'
    )
    drawn = task('camunda:assignee="demo"', ours, spaces=f'xmlns:namro="{NAMESPACE}"')

    adopted = adopt(drawn)

    assert adopted.document is drawn
    assert adopted.findings == ()


def test_one_process_of_several_is_made_the_procedure() -> None:
    several = document((FILES / "foreign" / "cardanit_C.2.0.bpmn").read_bytes())
    choices = process_choices(several)
    wanted = next(choice for choice in choices if choice.name == "Carrier")

    adopted = adopt(several, Wanted(process=wanted.id))

    assert first_choice(choices, several) in {choice.id for choice in choices}
    assert len(choices) == len({choice.id for choice in choices}) > 1
    assert len(bpmn_to_table(adopted.document).steps) == wanted.steps
    assert {each.id for each in adopted.document.processes.values() if each.executable} == {wanted.id}
    assert [each.code for each in adopted.findings] == ["process-chosen"]
    assert process_choices(adopted.document) == ()
