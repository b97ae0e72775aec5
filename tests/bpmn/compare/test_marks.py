"""Which elements of two diagrams are marked, and how."""

from dataclasses import replace

from bpmn.compare import Marks, Version, compare, marks
from bpmn.convert import merge_table, table_to_bpmn
from bpmn.document import read_document
from bpmn.fiveclear import FiveClear
from factories import LEAVE, hours, step


def version(content: FiveClear) -> Version:
    document = read_document(table_to_bpmn(content)).document
    assert document is not None
    return Version(content, document)


def marked(old: FiveClear, new: FiveClear) -> tuple[Marks, Version, Version]:
    """Marks of two tables, of which the second is another file: its elements have ids of their own."""
    before, after = version(with_ids(old)), version(with_ids(new))
    return marks(before, after, compare(before, after)), before, after


def with_ids(content: FiveClear) -> FiveClear:
    return replace(content, steps=tuple(replace(each, id=f"step_{each.step_no}") for each in content.steps))


def test_nothing_is_marked_between_a_version_and_itself() -> None:
    found, _, _ = marked(LEAVE, LEAVE)

    assert (found.old, found.new) == ({}, {})


def test_a_step_that_takes_longer_is_changed_in_both_and_nothing_else() -> None:
    first, *rest = LEAVE.steps
    found, _, _ = marked(LEAVE, replace(LEAVE, steps=(replace(first, duration=hours(8)), *rest)))

    assert (found.old, found.new) == ({"step_1": "changed"}, {"step_1": "changed"})


def test_a_step_put_before_others_is_added_although_it_took_the_number_of_another() -> None:
    first, second, third = LEAVE.steps
    middle = step("2", "Thẩm tra thực địa", "inspector")
    moved = (first, middle, replace(second, step_no="3"), replace(third, step_no="4"))
    branches = tuple(replace(branch, at="3") for branch in LEAVE.branches)

    found, _, after = marked(LEAVE, replace(LEAVE, steps=moved, branches=branches))

    nodes = {name for name in found.new if name in next(iter(after.document.processes.values())).nodes}
    assert nodes == {"step_2"}
    assert found.new["step_2"] == "added"
    assert found.partners["step_2"] == "step_3"
    assert found.partners["branch_2"] == "branch_3"
    assert list(found.old.values()) == ["removed"]  # the way from the first step to the second


def test_a_step_taken_out_takes_its_ways_along() -> None:
    content = replace(LEAVE, branches=())
    before = version(with_ids(content))
    rest = tuple(each for each in with_ids(content).steps if each.step_no != "2")
    after = read_document(merge_table(before.document, replace(with_ids(content), steps=rest))).document
    assert after is not None
    changed = Version(replace(with_ids(content), steps=rest), after)

    found = marks(before, changed, compare(before, changed))

    assert found.old.pop("step_2") == "removed"
    assert set(found.old.values()) == {"removed"}
    assert set(found.new.values()) == {"added"}


def test_a_branch_of_another_name_is_changed() -> None:
    branches = tuple(replace(branch, condition="chưa đạt") for branch in LEAVE.branches)

    found, _, after = marked(LEAVE, replace(LEAVE, branches=branches))

    flows = next(iter(after.document.processes.values())).flows
    assert [flows[name].name for name in found.new] == ["chưa đạt"]
