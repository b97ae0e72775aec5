"""The eight procedures in the shapes of eight provinces: what is read is what was written."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bpmn.convert import read_table, read_yaml
from bpmn.fiveclear import FiveClear, Step
from bpmn.folding import search_key

TABLES = [read_yaml(path.read_bytes()).table for path in sorted(Path("tests/files/samples").glob("*.yaml"))]
NOT_COMPARABLE = {("nghe-an", "QT-QLĐT-01")}
"""A header that counts a day as eight hours over a procedure in calendar days contradicts itself."""


def load_shapes() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shapes", Path(__file__).with_name("shapes.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


shapes = load_shapes()


def pairs(name: str) -> Iterator[tuple[FiveClear, FiveClear]]:
    """Every procedure as written in one shape, read again, beside the true one."""
    shape = next(shape for shape in shapes.SHAPES if shape.name == name)
    for table in TABLES:
        assert table is not None
        if (name, table.code) in NOT_COMPARABLE:
            continue
        read = read_table(shapes.file_of(table, shape), shape.ending).table
        assert read is not None
        yield read, table


def people(step: Step) -> list[str]:
    return [search_key(performer.position) for performer in (step.performer, *step.co_performers) if performer]


def time(step: Step) -> object:
    return step.duration and (step.duration.unit, step.duration.value, step.duration.date)


def sends(table: FiveClear) -> set[tuple[str, str]]:
    written = ("wait_citizen", "wait_unit", "end_rejected")
    return {(way.at, way.goto) for way in table.branches if way.goto[:1].isdigit() or way.goto in written}


@pytest.mark.parametrize("name", [shape.name for shape in shapes.SHAPES])
def test_a_shape_changes_nothing(name: str) -> None:
    for read, true in pairs(name):
        assert [step.step_no for step in read.steps] == [step.step_no for step in true.steps]
        assert [search_key(step.name) for step in read.steps] == [search_key(step.name) for step in true.steps]
        assert [people(step) for step in read.steps] == [people(step) for step in true.steps]
        assert [time(step) for step in read.steps] == [time(step) for step in true.steps]
        grouped = [[bool(step.parallel_group) for step in table.steps] for table in (read, true)]
        assert grouped[0] == grouped[1]
        assert sends(read) == sends(true)
