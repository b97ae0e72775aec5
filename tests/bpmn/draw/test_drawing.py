"""The drawing as text: complete, calm for a strict content policy, and safe on hostile input."""

import re
from pathlib import Path

import pytest
from lxml import etree

from bpmn.convert import table_to_bpmn
from bpmn.draw import draw
from bpmn.layout import add_diagram
from factories import LEAVE

FILES = Path(__file__).parents[2] / "files"
EVERY = FILES / "layout" / "every_shape.bpmn"
PERMIT = FILES / "layout" / "building_permit.bpmn"
HOSTILE = [FILES / "badinput" / "structure" / name for name in ("di-nan.bpmn", "di-1e308.bpmn")]
SVG = "{http://www.w3.org/2000/svg}"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAY = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
ALLOWED = {"svg", "g", "title", "rect", "circle", "polyline", "polygon", "path", "text", "tspan"}


def root_of(file: Path) -> etree._Element:
    return etree.parse(file).getroot()


def laid_out(file: Path) -> etree._Element:
    root = root_of(file)
    add_diagram(root)
    return root


def drawn_ids(svg: etree._Element) -> list[str]:
    return [group.get("data-element-id", "") for group in svg.iter(SVG + "g") if group.get("data-element-id")]


def numbers(svg: str) -> list[float]:
    return [
        float(number) for number in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", re.sub(r'aria-label="[^"]*"', "", svg))
    ]


def group_of(svg: etree._Element, element: str) -> etree._Element:
    return next(group for group in svg.iter(SVG + "g") if group.get("data-element-id") == element)


@pytest.mark.parametrize("file", [EVERY, PERMIT], ids=lambda file: file.stem)
def test_every_shape_and_edge_is_drawn_once_with_its_id(file: Path) -> None:
    root = laid_out(file)

    svg = etree.fromstring(draw(root))

    expected = [e.get("bpmnElement") for e in root.iter("{*}BPMNShape", "{*}BPMNEdge")]
    assert sorted(drawn_ids(svg)) == sorted(expected)


@pytest.mark.parametrize("file", [EVERY, PERMIT], ids=lambda file: file.stem)
def test_only_presentation_attributes_and_plain_shapes_are_used(file: Path) -> None:
    svg = etree.fromstring(draw(laid_out(file), highlights={"step_1": "late", "t_sub": "done"}))

    for element in svg.iter():
        assert etree.QName(element).localname in ALLOWED
        assert not any(name in {"style", "class", "id"} or name.startswith(("on", "{")) for name in element.attrib)
        assert not any("url(" in value or "http" in value for value in element.attrib.values())


def test_the_drawing_is_an_image_with_a_name() -> None:
    svg = etree.fromstring(draw(root_of(PERMIT)))
    named = etree.fromstring(draw(root_of(PERMIT), title="Quy trình & sơ đồ"))

    assert svg.get("role") == "img"
    assert svg[0].tag == SVG + "title"
    assert svg[0].text == svg.get("aria-label") == "Cấp giấy phép xây dựng nhà ở riêng lẻ tại đô thị"
    assert named[0].text == "Quy trình & sơ đồ"


def test_names_are_escaped_and_whole() -> None:
    root = root_of(PERMIT)
    task = root.find(f".//{BPMN}userTask[@id='step_1']")
    assert task is not None
    task.set("name", '<script>alert("x")</script> & kiểm tra')

    svg = draw(root)

    assert "<script" not in svg
    written = "".join(group_of(etree.fromstring(svg), "step_1").itertext(SVG + "tspan"))
    assert re.sub(r"\s", "", written) == '<script>alert("x")</script>&kiểmtra'


def test_every_name_can_be_read_in_the_drawing() -> None:
    root = root_of(PERMIT)

    written = re.sub(r"\s", "", "".join(etree.fromstring(draw(root)).itertext(SVG + "tspan")))

    for element in root.iter():
        assert re.sub(r"\s", "", element.get("name", "")) in written


def test_the_document_itself_is_not_changed() -> None:
    root = root_of(PERMIT)
    before = etree.tostring(root)

    draw(root)

    assert etree.tostring(root) == before


def test_a_diagram_of_the_file_is_kept() -> None:
    root = laid_out(PERMIT)
    shape = root.find(".//{*}BPMNShape[@bpmnElement='end_1']")
    assert shape is not None
    bounds = shape.find(DC + "Bounds")
    assert bounds is not None
    bounds.set("x", "4321")

    svg = etree.fromstring(draw(root))

    assert group_of(svg, "end_1").find(SVG + "circle").get("cx") == "4339"


@pytest.mark.parametrize("wrong", ["NaN", "1e308", "-inf", "", "12px", "-60000"])
def test_impossible_numbers_make_the_document_laid_out_anew(wrong: str) -> None:
    root = laid_out(PERMIT)
    expected = draw(root)
    for bounds in list(root.iter(DC + "Bounds"))[3:5]:
        bounds.set("x", wrong)
    way_point = next(root.iter(WAY))
    way_point.set("y", wrong)

    assert draw(root) == expected


@pytest.mark.parametrize("file", HOSTILE, ids=lambda file: file.stem)
def test_hostile_files_give_a_drawing_of_finite_size(file: Path) -> None:
    svg = draw(root_of(file))

    assert max(abs(number) for number in numbers(svg)) < 100_000
    assert "nan" not in svg.lower().replace("nhân", "")


@pytest.mark.parametrize("kind", ["BPMNShape", "BPMNEdge"])
def test_a_diagram_may_not_hide_a_step_or_flow(kind: str) -> None:
    root = laid_out(PERMIT)
    expected = draw(root)
    hidden = [e for e in root.iter("{*}" + kind) if e.get("bpmnElement") in {"step_8", "flow_28"}]
    for element in hidden:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    assert len(hidden) == 1
    assert draw(root) == expected


def test_what_lies_in_a_closed_sub_process_need_not_be_drawn() -> None:
    root = laid_out(EVERY)
    inside = {"s_start", "s_task", "s_error", "s_gate", "s_end", "s_stop", *(f"sf_{n}" for n in range(1, 6))}
    for element in list(root.iter("{*}BPMNShape", "{*}BPMNEdge")):
        parent = element.getparent()
        if element.get("bpmnElement") in inside and parent is not None:
            parent.remove(element)
        if element.get("bpmnElement") == "t_sub":
            element.set("isExpanded", "false")

    svg = etree.fromstring(draw(root))

    assert not inside & set(drawn_ids(svg))
    assert "t_sub" in drawn_ids(svg)


def test_an_empty_document_gives_an_empty_drawing() -> None:
    svg = etree.fromstring(draw(etree.Element(BPMN + "definitions")))

    assert drawn_ids(svg) == []
    assert svg.get("role") == "img"


def test_highlights_differ_in_line_and_mark_not_only_in_colour() -> None:
    kinds = ("current", "done", "late")
    looks = []
    for kind in kinds:
        svg = etree.fromstring(draw(root_of(PERMIT), highlights={"step_2": kind}))
        border = group_of(svg, "step_2").find(SVG + "rect")
        assert border is not None
        looks.append((border.get("stroke-width"), svg[-1].get("d")))

    plain = etree.fromstring(draw(root_of(PERMIT)))
    ordinary = group_of(plain, "step_2").find(SVG + "rect")
    assert ordinary is not None
    widths = {width for width, _ in looks} | {ordinary.get("stroke-width")}
    assert len(widths) == 4
    assert len({mark for _, mark in looks}) == 3
    assert plain[-1].tag != SVG + "path"


def test_an_unknown_highlight_or_element_changes_nothing() -> None:
    root = root_of(PERMIT)

    assert draw(root, highlights={"step_2": "purple", "nobody": "late"}) == draw(root)


def test_call_activities_and_ends_have_thick_borders() -> None:
    svg = etree.fromstring(draw(root_of(EVERY)))

    for element, shape in (("t_call", "rect"), ("t_end", "circle")):
        found = group_of(svg, element).find(SVG + shape)
        assert found is not None
        assert float(found.get("stroke-width", "0")) > 3


def test_message_flows_are_dashed_and_sequence_flows_are_not() -> None:
    svg = etree.fromstring(draw(root_of(PERMIT)))

    assert group_of(svg, "m1")[1].get("stroke-dasharray")
    assert group_of(svg, "flow_1")[0].get("stroke-dasharray") is None


def test_heat_is_written_on_a_step_and_not_only_coloured() -> None:
    plain = draw(laid_out(PERMIT))
    first, second = [name for name in drawn_ids(etree.fromstring(plain)) if name.startswith("step_")][:2]

    warm = etree.fromstring(draw(laid_out(PERMIT), heat={first: 0.62, second: 0.04}))

    texts = ["".join(text.itertext()) for text in warm.iter(SVG + "text")]
    fills = {
        group.get("data-element-id"): group.find(SVG + "rect").get("fill")
        for group in warm.iter(SVG + "g")
        if group.get("data-element-id") in (first, second)
    }
    assert "62 %" in texts
    assert "4 %" in texts
    assert len(set(fills.values())) == 2
    assert "62 %" not in plain


def test_a_highlight_says_its_word_beside_its_sign() -> None:
    root = etree.fromstring(table_to_bpmn(LEAVE))

    found = draw(root, highlights={"step_2": "changed"}, words={"changed": "sửa"})

    assert found.count(">sửa<") == 1
    assert ">sửa<" not in draw(root, highlights={"step_2": "changed"})
