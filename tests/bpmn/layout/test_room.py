"""Where a new step finds its place when the drawing is full."""

from lxml import etree

from bpmn.layout import place_missing
from tests.bpmn.layout.drawn import BPMN, DC, DI, Rectangle, drawn, meet

LANES = {"upper": (160, 0, 800, 100), "middle": (160, 100, 800, 100), "lower": (160, 200, 800, 200)}
BELOW = (130, 420, 830, 100)


def place(plane: etree._Element | None, name: str, box: tuple[float, float, float, float], **more: str) -> None:
    assert plane is not None
    shape = etree.SubElement(plane, DI + "BPMNShape", bpmnElement=name, **more)
    etree.SubElement(shape, DC + "Bounds", dict(zip(("x", "y", "width", "height"), map(str, box), strict=True)))


def full(new_in: str, *, low_step: float = 220) -> etree._Element:
    """Two pools right below each other; in the upper one a row of steps in each lane, and a step without a place."""
    root = etree.Element(BPMN + "definitions")
    shared = etree.SubElement(root, BPMN + "collaboration", id="c")
    etree.SubElement(shared, BPMN + "participant", id="pool", processRef="p")
    etree.SubElement(shared, BPMN + "participant", id="other")
    process = etree.SubElement(root, BPMN + "process", id="p")
    lanes = etree.SubElement(process, BPMN + "laneSet", id="lanes")
    plane = etree.SubElement(etree.SubElement(root, DI + "BPMNDiagram"), DI + "BPMNPlane", bpmnElement="c")
    place(plane, "pool", (130, 0, 830, 400), isHorizontal="true")
    place(plane, "other", BELOW, isHorizontal="true")
    for name, box in LANES.items():
        lane = etree.SubElement(lanes, BPMN + "lane", id=name)
        place(plane, name, box, isHorizontal="true")
        y = low_step if name == "lower" else box[1] + 10
        for at in range(6):
            etree.SubElement(lane, BPMN + "flowNodeRef").text = f"{name}{at}"
            etree.SubElement(process, BPMN + "task", id=f"{name}{at}")
            place(plane, f"{name}{at}", (200 + 125 * at, y, 100, 80))
        if name == new_in:
            etree.SubElement(lane, BPMN + "flowNodeRef").text = "new"
    if new_in == "fourth":
        lane = etree.SubElement(lanes, BPMN + "lane", id="fourth")
        etree.SubElement(lane, BPMN + "flowNodeRef").text = "new"
    before = "lower0" if new_in == "fourth" else f"{new_in}0"
    etree.SubElement(process, BPMN + "task", id="new")
    etree.SubElement(process, BPMN + "sequenceFlow", id="f", sourceRef=before, targetRef="new")
    return root


def inside(box: Rectangle, frame: Rectangle) -> bool:
    return frame[0] <= box[0] and frame[1] <= box[1] and box[2] <= frame[2] and box[3] <= frame[3]


def placed(root: etree._Element) -> dict[str, Rectangle]:
    """All shapes after the new step has found its place; no step lies on another, and all are in their frames."""
    place_missing(root)
    found = drawn(root).boxes
    steps = [task.get("id", "") for task in root.iter(BPMN + "task")]
    for at, name in enumerate(steps):
        assert not any(meet(found[name], found[other]) for other in steps[:at]), name
    for lane in root.iter(BPMN + "lane"):
        assert inside(found[lane.get("id", "")], found["pool"])
        for listed in lane.iterchildren(BPMN + "flowNodeRef"):
            assert inside(found[listed.text or ""], found[lane.get("id", "")]), listed.text
    assert not meet(found["pool"], found["other"])
    return found


def moved(before: etree._Element, after: dict[str, Rectangle]) -> set[str]:
    return {name for name, box in drawn(before).boxes.items() if after[name] != box}


def test_a_lane_takes_what_the_lane_below_does_not_use() -> None:
    found = placed(full("middle", low_step=310))

    assert moved(full("middle", low_step=310), found) == {"middle", "lower"}
    assert found["middle"][3] == found["lower"][1] > 200
    assert found["new"][0] < 500


def test_an_outer_lane_grows_where_nothing_lies_beyond() -> None:
    found = placed(full("upper"))

    assert moved(full("upper"), found) == {"upper", "pool"}
    assert found["upper"][1] < 0


def test_a_lane_without_any_room_grows_along_the_flow() -> None:
    found = placed(full("middle"))

    assert moved(full("middle"), found) == {"upper", "middle", "lower", "pool"}
    assert found["new"][1] == 110
    assert found["pool"][2] == found["lower"][2] > 960


def test_a_new_lane_moves_the_pool_below_as_a_whole() -> None:
    before, after = full("fourth"), full("fourth")
    for root in (before, after):
        place(root.find(f".//{DI}BPMNPlane"), "above", (130, -120, 830, 100))

    found = placed(after)

    assert moved(before, found) == {"pool", "other"}
    assert found["fourth"] == (160, 400, 960, 520)
    assert found["other"] == (130, 540, 960, 640)


def test_a_lane_too_low_for_a_step_is_heightened_and_moves_what_lies_below() -> None:
    root = full("middle")
    for shape in root.iter(DI + "BPMNShape"):
        if shape.get("bpmnElement") == "pool":
            shape[0].set("height", "360")
        if (shape.get("bpmnElement") or "").startswith("middle"):
            shape[0].set("height", "60")
            shape[0].set("y", "100" if shape.get("bpmnElement") == "middle" else "110")
        elif shape.get("bpmnElement", "")[:5] in ("lower", "other"):
            shape[0].set("y", f"{float(shape[0].get('y', '')) - 40:g}")

    found = placed(root)

    assert found["middle"][3] == found["lower"][1] > 200
    assert found["upper0"] == (200, 10, 300, 90)
