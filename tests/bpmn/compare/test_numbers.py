"""Steps that others pushed on keep being the same steps: their new numbers are told once and change no text."""

import unicodedata
from dataclasses import replace

import pytest

from bpmn.compare import Change, Version, compare, marks
from bpmn.convert import table_to_bpmn
from bpmn.document import read_document
from bpmn.fiveclear import Branch, FiveClear, Step
from factories import step, table

NAMES = ("Tiếp nhận đơn", "Khảo sát thực địa", "Họp xét", "Trình lãnh đạo", "Đóng dấu", "Trả kết quả")
STEPS = tuple(step(str(number), name) for number, name in enumerate(NAMES, 1))
OLD = table(
    *STEPS[:4],
    replace(STEPS[4], note="Nếu bước 4 chưa xong thì chờ, xem các bước 1, 3 và 4", different_from="2, 4"),
    STEPS[5],
    branches=[Branch("4", "không ký", "3"), Branch("6", "Trả lại bước 5, trong 2 ngày", "5")],
)


def version(content: FiveClear) -> Version:
    document = read_document(table_to_bpmn(content)).document
    assert document is not None
    return Version(content, document, drawn=False)


def changes(old: FiveClear, new: FiveClear) -> list[Change]:
    return [each for each in compare(version(old), version(new)) if each.kind != "total-changed"]


def pushed(number: int = 3) -> FiveClear:
    """The table with a step put in before the step of this number, and everything that names a step after it."""
    numbers = {str(at): str(at + (at >= number)) for at in range(1, 7)}
    steps = [replace(each, step_no=numbers[each.step_no], id=None) for each in OLD.steps]
    steps[4] = replace(
        steps[4],
        note="Nếu bước 5 chưa xong thì chờ, xem các bước 1, 4 và 5",
        different_from=f"2, {numbers['4']}",
    )
    steps.insert(number - 1, step(str(number), "Niêm yết công khai"))
    branches = (Branch("5", "không ký", "4"), Branch("7", "Trả lại bước 6, trong 2 ngày", "6"))
    return replace(OLD, steps=tuple(steps), branches=branches)


def test_a_step_put_in_between_renumbers_the_others_and_changes_none() -> None:
    found = changes(OLD, pushed())

    assert [each.kind for each in found] == ["step-added", "steps-renumbered"]
    assert (found[1].old, found[1].new) == (["3", "4", "5", "6"], ["4", "5", "6", "7"])
    assert [each.kind for each in changes(pushed(), OLD)] == ["step-removed", "steps-renumbered"]


def test_only_the_new_step_is_marked_in_the_diagrams() -> None:
    old, new = version(OLD), version(pushed())

    found = marks(old, new, compare(old, new))

    assert found.new["step_3"] == "added"
    assert "changed" not in {*found.old.values(), *found.new.values()}


def test_a_text_that_names_another_step_than_before_is_a_change() -> None:
    new = pushed()
    steps = [replace(each, note=each.note and each.note.replace("bước 5", "bước 2")) for each in new.steps]

    assert ("step-changed", "6", "note") in [
        (each.kind, each.no, each.field) for each in changes(OLD, replace(new, steps=tuple(steps)))
    ]


def test_a_number_that_names_no_step_is_a_change() -> None:
    new = pushed()
    longer = replace(new.branches[1], condition="Trả lại bước 6, trong 3 ngày")

    found = changes(OLD, replace(new, branches=(new.branches[0], longer)))

    assert [each.kind for each in found] == ["step-added", "steps-renumbered", "branch-changed"]


def test_steps_pushed_by_different_numbers_are_told_as_runs() -> None:
    once = pushed()
    steps = [
        replace(each, step_no=str(int(each.step_no) + 1) if at > 4 else each.step_no)
        for at, each in enumerate(once.steps)
    ]
    steps.insert(5, step("6", "Xin ý kiến bằng văn bản"))

    runs = [
        each
        for each in changes(replace(OLD, branches=()), replace(once, steps=tuple(steps), branches=()))
        if each.kind == "steps-renumbered"
    ]

    assert [(each.old, each.new) for each in runs] == [(["3", "4"], ["4", "5"]), (["5", "6"], ["7", "8"])]


def test_a_number_edited_by_itself_is_a_change_of_the_step() -> None:
    new = table(*STEPS[:5], replace(STEPS[5], step_no="6a"))

    assert [(each.kind, each.no, each.field) for each in changes(table(*STEPS), new)] == [
        ("step-changed", "6a", "step_no")
    ]


@pytest.mark.parametrize("form", [lambda text: unicodedata.normalize("NFD", text), lambda text: f"  {text}\u00a0 "])
def test_white_space_and_forms_of_letters_change_nothing(form: object) -> None:
    def written(each: Step) -> Step:
        assert callable(form)
        return replace(each, name=form(each.name), note=each.note and form(each.note))

    new = replace(OLD, title=f" {OLD.title} ", steps=tuple(map(written, OLD.steps)))

    assert changes(OLD, new) == []


def test_a_step_that_moved_up_is_told_by_what_it_overtook() -> None:
    new = table(STEPS[0], replace(STEPS[2], step_no="2"), replace(STEPS[1], step_no="3"), *STEPS[3:])

    found = changes(table(*STEPS), new)

    assert [(each.kind, each.old, each.new) for each in found] == [
        ("step-moved", {"no": "3"}, {"no": "2", "before": "2"}),
        ("steps-renumbered", ["2"], ["3"]),
    ]
