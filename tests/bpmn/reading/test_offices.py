"""Other offices' files, written from the sample procedures: how much is read, and that no cell vanishes.

docs/import.md states these figures.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from bpmn.office.comma import read_csv
from bpmn.office.grid import OfficeFile
from bpmn.office.sheet import read_sheets
from bpmn.office.word import read_word
from bpmn.reading.recognise import read_blocks
from bpmn.table.reading import TableReading
from offices.corpus import files
from offices.layouts import LAYOUTS
from offices.measure import RESPECTS, Share, measured, vanished
from offices.truth import Written

LEAST = 0.95
SEED = 2021


def opened(file: Written) -> OfficeFile:
    """The blocks of a file, parsed here: starting a process for each would take most of the time."""
    if file.ending == "docx":
        return read_word(file.data)
    return read_sheets(file.data) if file.ending == "xlsx" else read_csv(file.data)


@cache
def readings(seed: int) -> list[tuple[Written, TableReading]]:
    return [(file, read_blocks(opened(file))) for file in files(seed)]


@cache
def shares(seed: int) -> Mapping[str, dict[str, Share]]:
    """The shares of each layout, and of all."""
    found: dict[str, dict[str, Share]] = {}
    for file, reading in readings(seed):
        for respect, share in measured(file, reading).items():
            for name in (file.layout, "all"):
                of_layout = found.setdefault(name, {})
                of_layout[respect] = of_layout.get(respect, Share()) + share
    return found


def row(name: str, of_layout: Mapping[str, Share]) -> str:
    """A row of the table in docs/import.md."""
    return f"| {name} | {' | '.join(f'{of_layout[each].hits} of {of_layout[each].of}' for each in RESPECTS)} |"


def test_there_are_two_hundred_files_and_more() -> None:
    names = [file.name for file, _ in readings(SEED)]

    assert len(set(names)) == len(names) >= 200
    assert {name.rpartition(".")[2] for name in names} == {"docx", "xlsx", "csv"}


def test_the_same_seed_writes_the_same_tables() -> None:
    again = [file.truth for file in files(SEED, LAYOUTS[:3])]

    assert again == [file.truth for file, _ in readings(SEED) if file.layout in {each.name for each in LAYOUTS[:3]}]


@pytest.mark.parametrize("layout", [layout.name for layout in LAYOUTS])
def test_a_layout_is_read(layout: str) -> None:
    of_layout = shares(SEED)[layout]

    assert {name: share for name, share in of_layout.items() if share.part < LEAST} == {}


def test_no_cell_vanishes() -> None:
    assert {file.name: lost for file, reading in readings(SEED) if (lost := vanished(file, reading))} == {}


def test_the_documentation_states_the_figures() -> None:
    document = Path("docs/import.md").read_text(encoding="utf-8")

    assert [row(name, found) for name, found in shares(SEED).items() if row(name, found) not in document] == []


@pytest.mark.full
@pytest.mark.parametrize("seed", range(1, 11))
def test_other_seeds_are_read_as_well(seed: int) -> None:
    found = shares(seed)["all"]

    assert {name: share for name, share in found.items() if share.part < LEAST} == {}
    assert {file.name: lost for file, reading in readings(seed) if (lost := vanished(file, reading))} == {}
