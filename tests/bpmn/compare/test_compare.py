"""Two versions of a procedure: nothing differs from itself, and every edit is told as what it is."""

from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path

import pytest

from bpmn.compare import Change, Version, compare
from bpmn.convert import bpmn_to_table, read_yaml, table_to_bpmn
from bpmn.document import read_document
from bpmn.fiveclear import Branch, Duration, FiveClear, Performer, Step, TimeUnit
from factories import LEAVE, hours, step, table
from tests.engine.spiff.models import model

SAMPLES = sorted((Path(__file__).parents[2] / "files" / "samples").glob("*.yaml"))
DAYS = Duration("02 ngày làm việc", TimeUnit.WORKING_DAY, Fraction(2))
FULL = step(
    "1",
    "Soạn dự thảo",
    id="step_1",
    co_performers=(Performer("văn thư"),),
    output="Dự thảo",
    forms=("Mẫu 01",),
    phase="I",
    note="ghi",
    description="mô tả",
    authority="phòng",
    product="tờ trình",
)
EDITS: dict[str, object] = {
    "step_no": "1a",
    "name": "Soạn dự thảo báo cáo",
    "performer": Performer("trưởng phòng", "A"),
    "co_performers": (),
    "duration": DAYS,
    "output": "Báo cáo",
    "forms": ("Mẫu 01", "Mẫu 02"),
    "responsibility": "người soạn",
    "type": "decision",
    "parallel_group": "g",
    "multi_instance": {"over": "đơn vị"},
    "phase": "II",
    "optional": True,
    "counted": False,
    "description": None,
    "note": "ghi thêm",
    "authority": None,
    "product": "quyết định",
    "act": "appraise",
    "different_from": "2",
    "same_as": "2",
    "extra": {"kpi": "3"},
}
HEAD: dict[str, object] = {
    "title": "Quy trình khác",
    "code": "QT-2",
    "national_code": "1.000",
    "kind": "tthc",
    "level": "xã",
    "unit_code": "B",
    "unit_name": "Phòng B",
    "field_of_work": "đất đai",
    "legal_basis": ("Luật 1",),
    "trigger": "đơn",
    "recurrence": "hằng năm",
    "windows": ({"from": "01-01"},),
    "statutory_limit": {"text": "3 ngày", "value": 3, "unit": "working_day"},
    "inputs": ({"name": "Đơn"},),
    "outputs": ({"name": "Giấy"},),
    "stated_total": {"text": "9 giờ", "value": 9, "unit": "working_hour"},
    "extra": {"x": 1},
}


def written(content: FiveClear) -> Version:
    """A version that came as a table."""
    document = read_document(table_to_bpmn(content)).document
    assert document is not None
    return Version(content, document, drawn=False)


def drawn(source: bytes) -> Version:
    """A version that came as a diagram."""
    document = read_document(source).document
    assert document is not None
    return Version(bpmn_to_table(document), document)


def sample(path: Path) -> FiveClear:
    found = read_yaml(path.read_bytes()).table
    assert found is not None
    return found


def kinds(changes: tuple[Change, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(change.kind, change.no, change.field) for change in changes if change.kind != "total-changed"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_nothing_differs_from_itself_in_any_form(path: Path) -> None:
    content = sample(path)
    source = table_to_bpmn(content)

    assert compare(written(content), written(content)) == ()
    assert compare(drawn(source), drawn(source)) == ()
    assert compare(written(content), drawn(source)) == ()


def test_the_edits_name_every_field_of_a_step_and_of_the_head() -> None:
    assert set(EDITS) == {each.name for each in fields(Step)} - {"id"}
    assert set(HEAD) == {each.name for each in fields(FiveClear)} - {"steps", "branches"}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_a_step_is_told_as_exactly_that(name: str) -> None:
    old, new = table(FULL, step("9")), table(replace(FULL, **{name: EDITS[name]}), step("9"))
    expected = {"duration": "time", "extra": "extra.kpi"}.get(name, name)
    number = "1a" if name == "step_no" else "1"

    found = compare(written(old), written(new))

    assert kinds(found) == [("step-changed", number, expected)]
    assert found[0].element == "step_1"
    assert found[0].old != found[0].new


@pytest.mark.parametrize("name", HEAD)
def test_an_edit_of_the_head_is_told_as_exactly_that(name: str) -> None:
    new = replace(LEAVE, **{name: HEAD[name]})
    kind = "item-added" if name in ("legal_basis", "inputs", "outputs", "windows") else "head-changed"

    assert kinds(compare(written(LEAVE), written(new))) == [(kind, None, {"extra": "extra.x"}.get(name, name))]


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_a_diagram_is_never_silent(name: str) -> None:
    one = table(FULL, step("9", id="step_9"))
    new = table(replace(FULL, **{name: EDITS[name]}), step("9", id="step_9"))
    found = compare(drawn(table_to_bpmn(one)), drawn(table_to_bpmn(new)))

    assert {change.field for change in found} & {name, {"duration": "time", "extra": "extra.kpi"}.get(name)}


def test_the_total_is_told_beside_its_limit() -> None:
    limit = {"text": "3 ngày làm việc", "value": 3, "unit": "working_day"}
    old = table(step("1"), step("2"), statutory_limit=limit)
    new = table(step("1"), step("2", duration=DAYS), statutory_limit=limit)

    total = compare(written(old), written(new))[-1]

    assert total.kind == "total-changed"
    assert total.old == {"minutes": 480, "days": None, "limit_minutes": 1440, "limit_days": None}
    assert total.new == {"minutes": 1200, "days": None, "limit_minutes": 1440, "limit_days": None}


def test_the_same_time_in_other_words_is_told_as_words() -> None:
    old, new = table(step("1")), table(step("1", duration=replace(hours(4), text="4h")))

    assert kinds(compare(written(old), written(new))) == [("step-changed", "1", "time_text")]


def test_a_step_put_in_between_is_added_and_the_others_keep_their_branches() -> None:
    new = table(
        step("1", "Tiếp nhận hồ sơ"),
        step("2", "Thẩm tra"),
        step("3", "Ký duyệt", "signer", type="decision"),
        step("4", "Trả kết quả"),
        branches=[Branch("3", "không đồng ý", "1")],
    )

    assert kinds(compare(written(LEAVE), written(new))) == [
        ("step-added", "2", None),
        ("steps-renumbered", None, "step_no"),
    ]


def test_a_step_taken_out_is_removed() -> None:
    new = table(*LEAVE.steps[:2], branches=LEAVE.branches)

    assert kinds(compare(written(LEAVE), written(new))) == [("step-removed", "3", None)]


def test_one_step_that_moved_is_one_move() -> None:
    names = [step(str(number), f"Việc thứ {name}") for number, name in enumerate(("một", "hai", "ba", "tư"), 1)]
    found = compare(written(table(*names)), written(table(names[0], names[2], names[3], names[1])))

    moves = [change for change in found if change.kind == "step-moved"]
    assert [(move.no, move.old, move.new) for move in moves] == [("2", {"no": "2"}, {"no": "2", "after": "4"})]


@pytest.mark.parametrize(
    ("branch", "expected"),
    [
        (Branch("2", "không đồng ý", "3"), ("branch-changed", "2", "goto")),
        (Branch("2", "chưa đạt yêu cầu", "1"), ("branch-changed", "2", "condition")),
        (Branch("2", "không đồng ý", "1", clock="restart"), ("branch-changed", "2", "clock")),
        (Branch("2", "không đồng ý", "1", form="Mẫu 3"), ("branch-changed", "2", "form")),
        (Branch("2", "không đồng ý", "1", note="n"), ("branch-changed", "2", "note")),
        (Branch("2", "không đồng ý", "1", extra={"k": 1}), ("branch-changed", "2", "extra.k")),
    ],
)
def test_an_edit_of_a_branch_is_told_as_exactly_that(branch: Branch, expected: tuple[str, str, str]) -> None:
    new = replace(LEAVE, branches=(branch,))

    assert kinds(compare(written(LEAVE), written(new))) == [expected]


def test_branches_come_go_and_change_their_order() -> None:
    other = Branch("2", "thiếu", "3")
    both, turned = (replace(LEAVE, branches=way) for way in ((*LEAVE.branches, other), (other, *LEAVE.branches)))

    assert kinds(compare(written(LEAVE), written(both))) == [("branch-added", "2", None)]
    assert kinds(compare(written(both), written(LEAVE))) == [("branch-removed", "2", None)]
    assert kinds(compare(written(both), written(turned))) == [("branches-reordered", "2", None)]


def test_a_step_with_another_number_and_name_is_another_step() -> None:
    new = table(LEAVE.steps[0], step("2", "Niêm yết công khai", "clerk 2"), LEAVE.steps[2])

    found = kinds(compare(written(replace(LEAVE, branches=())), written(new)))

    assert found == [("step-removed", "2", None), ("step-added", "2", None)]


def test_shapes_that_moved_are_a_change_of_the_drawing_alone() -> None:
    source = table_to_bpmn(LEAVE)
    at = source.index(b'x="', source.index(b"BPMNShape"))
    new = source[:at] + b'x="7' + source[at + 3 :]

    found = compare(drawn(source), drawn(new))

    assert [(change.kind, change.new) for change in found] == [("layout-changed", 1)]


def test_what_no_table_shows_is_told_by_its_element() -> None:
    source = table_to_bpmn(LEAVE)
    note = b'<bpmn:textAnnotation id="remark"><bpmn:text>x</bpmn:text></bpmn:textAnnotation></bpmn:process>'
    new = source.replace(b"</bpmn:process>", note)
    foreign = source.replace(b'<bpmn:userTask id="step_2"', b'<bpmn:userTask isForCompensation="false" id="step_2"')

    assert [(each.kind, each.element, each.field) for each in compare(drawn(source), drawn(new))] == [
        ("element-added", "remark", "textAnnotation")
    ]
    assert [(each.kind, each.element) for each in compare(drawn(source), drawn(foreign))] == [
        ("element-changed", "step_2")
    ]


def test_another_order_of_elements_is_told() -> None:
    source = model("s1>a", "a>e1").decode()
    turned = source.replace(
        '<bpmn:userTask id="a"/><bpmn:endEvent id="e1"/>', '<bpmn:endEvent id="e1"/><bpmn:userTask id="a"/>'
    )

    assert turned != source
    assert [each.kind for each in compare(drawn(source.encode()), drawn(turned.encode()))] == ["order-changed"]


def test_another_substitute_is_a_change_of_its_own() -> None:
    old = replace(FULL, performer=Performer("chuyên viên", "A"))
    new = replace(old, performer=Performer("chuyên viên", "A", substitute="văn thư"))

    (found,) = compare(written(FiveClear("Quy trình", (old,))), written(FiveClear("Quy trình", (new,))))

    assert (found.kind, found.field, found.old, found.new) == ("step-changed", "substitute", None, "văn thư")
