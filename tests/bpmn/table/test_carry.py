"""A table that comes back from Word or Excel keeps what such a file cannot say."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from bpmn.convert import edited_table, read_table, read_yaml, write_table
from bpmn.fiveclear import FiveClear, Performer, Step
from bpmn.table.carry import Carrying, carry
from tests.bpmn.table.tables import tables

SAMPLES = sorted(Path("tests/files/samples").glob("*.yaml"))
ALL = frozenset({"number", "name", "performer", "duration", "result", "responsibility", "branch", "note"})


def sample(number: str) -> FiveClear:
    table = read_yaml(next(path for path in SAMPLES if path.name.startswith(number)).read_bytes()).table
    assert table is not None
    return replace(table, steps=tuple(replace(step, id=f"id_{step.step_no}") for step in table.steps))


def came_back(kept: FiveClear, printed: FiveClear, ending: str = "csv") -> FiveClear:
    """What a table makes of the kept one after it was written as a file and read again."""
    found = edited_table(kept, read_table(write_table(printed, ending), ending), ending)
    assert found is not None
    return found


def changed(table: FiveClear, number: str, **words: object) -> FiveClear:
    steps = [replace(step, **words) if step.step_no == number else step for step in table.steps]
    return replace(table, steps=tuple(steps))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv"])
def test_what_was_only_printed_comes_back_whole(path: Path, ending: str) -> None:
    kept = sample(path.name[:2])

    assert came_back(kept, kept, ending) == kept


def lossy(table: FiveClear) -> FiveClear:
    """A table as the worst of files would give it back."""
    bare = {"co_performers": (), "forms": (), "extra": {}, "multi_instance": None, "parallel_group": None, "note": None}
    steps = tuple(replace(step, id=None, act=None, optional=False, **bare) for step in table.steps)
    return FiveClear(table.title, steps)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_nothing_is_lost_by_a_file_however_little_it_says(table: FiveClear) -> None:
    assert carry(Carrying(table, lossy(table), ALL), lossy(table)) == table


Edit = Callable[[FiveClear], FiveClear]
NEW = Step("99", "Lưu hồ sơ", performer=Performer("Văn thư"))
EDITS: dict[str, Edit] = {
    "a name": lambda table: changed(table, "2", name="Phân công người thụ lý hồ sơ"),
    "a responsibility": lambda table: changed(table, "3", responsibility="Chuyên viên chịu trách nhiệm"),
    "an output": lambda table: changed(table, "2", output="Phiếu phân công"),
    "a row less": lambda table: replace(
        table,
        steps=tuple(step for step in table.steps if step.step_no != "2"),
        branches=tuple(branch for branch in table.branches if "2" not in (branch.at, branch.goto)),
    ),
    "a row more": lambda table: replace(table, steps=(*table.steps, NEW)),
    "a branch less": lambda table: replace(table, branches=(table.branches[0], *table.branches[2:])),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_changes_what_it_says_and_nothing_else(edit: Edit) -> None:
    kept = sample("04")

    assert came_back(kept, edit(kept)) == edit(kept)


def test_another_branch_leaves_the_branches_of_other_steps_alone() -> None:
    kept = sample("08")
    other = replace(kept.branches[-1], condition="không nhất trí")
    edited = replace(kept, branches=(*kept.branches[:-1], other))

    found = came_back(kept, edited).branches

    assert set(map(str, kept.branches[:-1])) <= set(map(str, found))
    assert [(branch.at, branch.goto) for branch in found if branch.condition == "không nhất trí"] == [
        (other.at, other.goto)
    ]


def test_a_column_that_is_not_there_takes_nothing_away() -> None:
    kept = changed(sample("04"), "2", responsibility="Trưởng phòng chịu trách nhiệm")
    said = ALL - {"responsibility", "result"}
    came = replace(kept, steps=tuple(replace(step, responsibility=None, output=None, forms=()) for step in kept.steps))

    assert carry(Carrying(kept, kept, said), came) == kept


def test_the_table_of_another_procedure_is_no_edit() -> None:
    other = sample("03")
    other = replace(other, steps=tuple(replace(step, id=None) for step in other.steps))
    reading = read_table(write_table(other, "yaml"), "yaml")

    assert edited_table(sample("07"), reading, "yaml") is None
