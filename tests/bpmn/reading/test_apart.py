"""Shapes of files that were written apart from the reader: every step, performer and time, and nothing lost."""

from fractions import Fraction

import pytest

from bpmn.fiveclear import MINUTES, FiveClear
from bpmn.reading.recognise import read_blocks
from bpmn.table.reading import TableMapping
from offices import apart
from offices.apart import SHAPES, file_of


def table_of(shape: str) -> FiveClear:
    table = read_blocks(file_of(shape)).table
    assert table is not None
    return table


def minutes(table: FiveClear) -> list[Fraction]:
    return [step.duration.value * MINUTES[step.duration.unit] for step in table.steps if step.duration]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_read(shape: str) -> None:
    table = table_of(shape)

    assert [step.name for step in table.steps] == list(apart.NAMES)
    assert [step.performer and step.performer.position for step in table.steps] == list(apart.PEOPLE)
    assert minutes(table) == list(apart.MINUTES)


@pytest.mark.parametrize("shape", SHAPES)
def test_its_mapping_applied_again_gives_the_same(shape: str) -> None:
    first = read_blocks(file_of(shape))
    assert first.mapping is not None

    again = read_blocks(file_of(shape), mapping=TableMapping.from_json(first.mapping.as_json()))

    assert again.table == first.table
    assert again.mapping == first.mapping


@pytest.mark.parametrize("shape", SHAPES)
def test_no_cell_is_left_over(shape: str) -> None:
    codes = [finding.code for finding in read_blocks(file_of(shape)).findings]

    assert "cell-left-over" not in codes


def test_what_was_put_together_is_said() -> None:
    said = {shape: [finding.code for finding in read_blocks(file_of(shape)).findings] for shape in SHAPES}

    assert said["on its side"] == ["table-turned"]
    assert said["over pages"] == said["in parts"] == ["tables-joined"]
    assert said["two procedures"] == said["two in a sheet"] == ["more-tables"]


@pytest.mark.parametrize(("shape", "count"), [("two procedures", 2), ("two in a sheet", 1)])
def test_the_other_procedure_is_read_by_its_number(shape: str, count: int) -> None:
    reading = read_blocks(file_of(shape), table=1)

    assert reading.table is not None
    assert reading.table.steps[0].name == "Lập danh sách"
    assert len(reading.table.steps) == count


def test_parts_are_phases_and_a_part_asked_for_is_read_alone() -> None:
    whole, part = table_of("in parts"), read_blocks(file_of("in parts"), table=1).table

    phases = ["Giai đoạn 1. Tiếp nhận"] * 3 + ["Giai đoạn 2. Xét duyệt"] * 3
    assert [step.phase for step in whole.steps] == phases
    assert [step.step_no for step in whole.steps] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    assert part is not None
    assert [step.name for step in part.steps] == list(apart.NAMES[3:])


def test_a_corrected_mapping_joins_no_more() -> None:
    first = read_blocks(file_of("over pages"))
    assert first.mapping is not None and first.mapping.joined == (1, 2)

    alone = TableMapping.from_json(first.mapping.as_json().replace('"joined": [1, 2]', '"joined": []'))
    again = read_blocks(file_of("over pages"), mapping=alone)

    assert again.table is not None
    assert [step.name for step in again.table.steps] == list(apart.NAMES[:2])
