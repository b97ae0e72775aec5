"""One step that became two, and two that became one."""

from dataclasses import replace

from bpmn.compare import Change
from bpmn.fiveclear import Duration, TimeUnit
from factories import step, table
from tests.bpmn.compare.test_numbers import changes

BEFORE = (step("1", "Tiếp nhận đơn"), step("2", "Khảo sát thực địa và lập tờ trình"), step("3", "Trả kết quả"))
AFTER = (
    BEFORE[0],
    step("2", "Khảo sát thực địa"),
    step("3", "Lập tờ trình", duration=Duration("1 ngày", TimeUnit.WORKING_DAY)),
    step("4", "Trả kết quả"),
)


def names(value: object) -> list[object]:
    return [each["name"] for each in value] if isinstance(value, list) else []


def kinds(found: list[Change]) -> list[str]:
    return [each.kind for each in found]


def test_a_step_whose_name_two_steps_say_together_was_split() -> None:
    found = changes(table(*BEFORE), table(*AFTER))

    assert kinds(found) == ["step-split", "steps-renumbered"]
    assert names(found[0].new) == ["Khảo sát thực địa", "Lập tờ trình"]
    assert (found[1].old, found[1].new) == (["3"], ["4"])


def test_two_steps_that_one_says_together_were_merged() -> None:
    found = changes(table(*AFTER), table(*BEFORE))

    assert kinds(found) == ["steps-merged", "steps-renumbered"]
    assert names(found[0].old) == ["Khảo sát thực địa", "Lập tờ trình"]


def test_a_performer_changed_by_a_split_is_told_too() -> None:
    performer = replace(BEFORE[1].performer, position="Trưởng phòng") if BEFORE[1].performer else None
    new = [AFTER[0], *(replace(each, performer=performer) for each in AFTER[1:3]), AFTER[3]]

    assert "performer" in [each.field for each in changes(table(*BEFORE), table(*new))]


def test_a_new_step_with_a_word_in_common_is_no_part() -> None:
    new = (BEFORE[0], BEFORE[1], step("3", "Niêm yết kết quả"), step("4", "Trả kết quả"))

    assert kinds(changes(table(*BEFORE), table(*new))) == ["step-added", "steps-renumbered"]


def test_the_step_that_kept_its_id_is_the_one_that_others_were_merged_into() -> None:
    apart = [replace(each, id=f"step_{each.step_no}") for each in AFTER]
    whole = replace(BEFORE[1], id="step_2", name="Khảo sát thực địa; Lập tờ trình, ký nháy")
    joined = [apart[0], whole, replace(apart[3], step_no="3")]

    assert kinds(changes(table(*apart), table(*joined))) == ["steps-merged", "steps-renumbered"]
    assert [each.element for each in changes(table(*apart), table(*joined))] == ["step_2", None]
