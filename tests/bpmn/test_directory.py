"""The directory of a town is read as plain data; anything else is refused."""

from pathlib import Path

import pytest

from bpmn.directory import read_directory
from bpmn.errors import Unreadable
from bpmn.fiveclear import Performer

TOWN = Path(__file__).parent.parent.parent / "procedures" / "data" / "town.yaml"


def test_units_desks_leadership_and_wards_are_read() -> None:
    town = read_directory(TOWN.read_text("utf-8"))

    kinds = {unit.code: (unit.kind, unit.parent) for unit in town.units}
    assert kinds["UBND"] == ("leadership", None)
    assert kinds["NV"] == ("department", None)
    assert kinds["VP-1"] == ("desk", "VP")
    assert kinds["25216"] == ("ward", None)
    heads = [position.name for unit in town.units if unit.code == "NV" for position in unit.positions if position.head]
    assert heads == ["Trưởng phòng"]


def test_a_performer_is_found_in_it() -> None:
    town = read_directory(TOWN.read_text("utf-8"))

    place = town.resolve(Performer("Trưởng phòng", "Phòng Nội vụ - LĐTB&XH"), None)

    assert place is not None
    assert place.group == "NV/truong-phong"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "units: 3",
        "units: [",
        "units: &a [*a]",
        "!!python/object/apply:os.system [true]",
        "units:\n  - {code: *x}",
        "units: []\n" + "#" * 500_001,
        "[" * 5_000,
    ],
)
def test_what_is_no_directory_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_directory(text)

    assert [finding.code for finding in caught.value.findings] == ["directory-unreadable"]
