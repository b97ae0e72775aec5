"""What the layout of long procedures costs, in work and not in seconds: `benchmarks.layout` has the seconds."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from lxml import etree

from benchmarks.layout import procedure
from bpmn.convert import table_to_bpmn
from bpmn.layout import add_diagram, place_missing
from bpmn.layout.grid import Grid
from tests.bpmn.layout.drawn import DI, drawn

EDGES = ("}sequenceFlow", "}messageFlow")


def long(steps: int) -> etree._Element:
    return etree.fromstring(table_to_bpmn(procedure(steps, 8)))


def calls(work: Callable[[etree._Element], None], root: etree._Element) -> int:
    """How many functions of Python are called."""
    found = 0

    def note(frame: FrameType, event: str, arg: object) -> None:
        nonlocal found
        found += event == "call"

    sys.setprofile(note)
    try:
        work(root)
    finally:
        sys.setprofile(None)
    return found


def test_few_routes_are_looked_at_for_an_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    root, looked = long(100), []
    allows = Grid.allows
    monkeypatch.setattr(Grid, "allows", lambda *args, **rest: (looked.append(1), allows(*args, **rest))[1])

    add_diagram(root)

    edges = sum(element.tag.endswith(EDGES) for element in root.iter("*"))
    assert edges > 150
    assert len(looked) < 6 * edges


def test_twice_as_many_steps_cost_little_more_than_twice_as_much() -> None:
    short, twice = (calls(add_diagram, long(steps)) for steps in (100, 200))

    assert short < 200_000
    assert twice < 2.5 * short


def test_one_new_step_costs_less_than_the_layout_of_all() -> None:
    root = long(100)
    for drawing in [shape for shape in root.iter(DI + "BPMNShape", DI + "BPMNEdge") if is_of(shape, "step_50")]:
        drawing.getparent().remove(drawing)

    cost = calls(place_missing, root)

    assert "step_50" in drawn(root).boxes
    assert cost < 200_000


def is_of(drawing: etree._Element, step: str) -> bool:
    return step in drawing.get("bpmnElement", "")
