"""How a diagram is laid on pages: whole, or cut beside what people read as a whole."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.layout.scene import Box
from bpmn.paper.tiles import A3, A4, SMALL, sheet_for, spans


@pytest.mark.parametrize(
    ("width", "height", "sheet"), [(600, 300, A4), (1400, 800, A4), (2000, 1000, A3), (9000, 1500, A3), (4000, 700, A4)]
)
def test_the_smallest_page_on_which_the_letters_can_be_read_is_taken(
    width: float, height: float, sheet: object
) -> None:
    found, scale = sheet_for(Box(0, 0, width, height), 60)

    assert found is sheet
    assert SMALL <= scale <= 0.75


@given(
    st.floats(1, 5000),
    st.floats(300, 2000),
    st.lists(st.builds(Box, st.floats(0, 5000), st.just(0.0), st.floats(10, 200), st.just(10.0)), max_size=30),
)
def test_parts_follow_each_other_and_none_is_longer_than_a_page(end: float, room: float, boxes: list[Box]) -> None:
    found = spans(0.0, end, room, boxes)

    assert found[0][0] == 0.0
    assert found[-1][1] == end
    assert all(one[1] == other[0] for one, other in pairwise(found))
    assert all(0 < stop - start <= room + 1e-3 for start, stop in found)


def test_a_cut_goes_beside_a_step() -> None:
    found = spans(0.0, 1000.0, 600.0, [Box(450, 0, 100, 80)])

    assert found[0][1] in (442.0, 450.0, 550.0, 558.0)
