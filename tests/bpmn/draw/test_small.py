"""The small picture of a diagram: every shape, no word, few bytes."""

from pathlib import Path

import pytest
from lxml import etree

from bpmn.convert import table_to_bpmn
from bpmn.draw import draw, draw_small
from bpmn.fiveclear import Step
from tests.factories import table

FILES = Path(__file__).parents[2] / "files"
EVERY = FILES / "layout" / "every_shape.bpmn"
HOSTILE = [FILES / "badinput" / "structure" / name for name in ("di-nan.bpmn", "di-1e308.bpmn")]
SVG = "{http://www.w3.org/2000/svg}"


def small(root: etree._Element) -> etree._Element:
    return etree.fromstring(draw_small(root))


def test_every_step_is_a_box_and_nothing_is_written() -> None:
    root = etree.fromstring(table_to_bpmn(table(*(Step(str(at), f"Việc số {at}") for at in range(1, 6)))))

    picture = small(root)

    steps = [box for box in picture.iter(f"{SVG}rect") if box.get("rx")]
    assert len(steps) == 5
    assert "".join(picture.itertext()).strip() == ""
    assert picture.get("aria-label") == ""


def test_a_hundred_steps_are_a_few_kilobytes() -> None:
    root = etree.fromstring(table_to_bpmn(table(*(Step(str(at), f"Việc số {at}") for at in range(1, 101)))))

    assert len(draw_small(root)) * 3 < len(draw(root))
    assert len(draw_small(root)) < 40_000


@pytest.mark.parametrize("file", [EVERY, *HOSTILE], ids=lambda file: file.stem)
def test_any_file_gives_plain_shapes_of_finite_size(file: Path) -> None:
    picture = small(etree.parse(file).getroot())

    assert {element.tag for element in picture.iter()} <= {
        SVG + tag for tag in ("svg", "title", "rect", "circle", "polyline", "polygon")
    }
    assert all(0 < float(number) < 500_000 for number in (picture.get("viewBox") or "").split()[2:])


def test_the_document_itself_is_not_changed() -> None:
    root = etree.fromstring(table_to_bpmn(table(Step("1", "Tiếp nhận"))))
    before = etree.tostring(root)

    draw_small(root)

    assert etree.tostring(root) == before
