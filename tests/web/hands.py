"""What hands do to a draft at random: edits of its table, changes of its drawing."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from lxml import etree

from bpmn.dialect.words import bpmn_tag
from bpmn.editing import (
    AddRow,
    Edit,
    JoinRows,
    MoveRow,
    RemoveRow,
    RemoveWay,
    SetField,
    SetHead,
    SetWay,
    SplitRow,
)
from bpmn.fiveclear import FiveClear

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"
TIMES = ("3 giờ làm việc", "1 ngày làm việc", "30 phút", "02 ngày", "không tính thời gian", "")
TEXTS = ("Tiếp nhận đơn", "Xem lại hồ sơ\nlần hai", "Sổ theo dõi", "Trưởng phòng", "", 'x & <y> "z"')
CELLS = (
    *("name", "name", "name", "output", "position", "position", "unit", "time", "time", "responsibility"),
    *("description", "forms", "co", "note", "parallel_group", "phase", "authority", "product"),
)
HEADS = ("trigger", "field_of_work", "statutory_limit", "stated_total", "legal_basis", "inputs", "outputs")
ENDINGS = ("end_1", "end_rejected", "wait_citizen", "apologize")
BPMN_TASKS = tuple(bpmn_tag(name) for name in ("task", "userTask", "manualTask", "serviceTask", "sendTask"))


def some_edits(random: Random, table: FiveClear) -> Sequence[Edit]:
    """What one request brings: cells of one or several rows, or one button."""
    if not table.steps:
        return [AddRow(None, {"name": "Việc đầu tiên"}, id=fresh(random))]
    buttons: Mapping[Callable[[Random, FiveClear], Edit | None], int] = {
        add: 4,
        remove: 3,
        move: 4,
        split: 2,
        join: 2,
        way: 3,
        way_out: 2,
        head: 2,
    }
    if random.random() < 0.5:
        return [cell(random, table) for _ in range(random.choice((1, 1, 1, 2, 4)))]
    (made,) = random.choices([*buttons], [*buttons.values()])
    found = made(random, table)
    return [found] if found is not None else [cell(random, table)]


def fresh(random: Random) -> str:
    return f"step_{random.getrandbits(32):08x}"


def row(random: Random, table: FiveClear) -> str:
    return random.choice(table.steps[: random.choice((3, 3, 3, 50))]).id or ""


def cell(random: Random, table: FiveClear) -> Edit:
    name = random.choice(CELLS)
    text = random.choice(TIMES) if name == "time" else f"{random.choice(TEXTS)} {random.randrange(100)}"
    if name == "parallel_group":
        text = random.choice(("", "nhóm 1", *(step.parallel_group or "" for step in table.steps)))
    return SetField(row(random, table), name, "" if random.random() < 0.1 else text)


def head(random: Random, _table: FiveClear) -> Edit:
    name = random.choice(HEADS)
    timed = name in ("statutory_limit", "stated_total")
    return SetHead(
        name, f"{random.randrange(1, 30)} ngày" if timed else f"{random.choice(TEXTS)} {random.randrange(9)}"
    )


def add(random: Random, table: FiveClear) -> Edit:
    behind = random.choice((None, row(random, table), row(random, table)))
    return AddRow(behind, {"name": f"Việc mới {random.randrange(1000)}"}, id=fresh(random))


def remove(random: Random, table: FiveClear) -> Edit | None:
    return RemoveRow(row(random, table)) if len(table.steps) > 3 else None


def move(random: Random, table: FiveClear) -> Edit:
    return MoveRow(row(random, table), random.choice((None, row(random, table), row(random, table))))


def split(random: Random, table: FiveClear) -> Edit:
    return SplitRow(row(random, table), f"Phần sau {random.randrange(1000)}", id=fresh(random))


def join(random: Random, table: FiveClear) -> Edit | None:
    return JoinRows(random.choice(table.steps[: random.choice((3, -1))]).id or "") if len(table.steps) > 3 else None


def way(random: Random, table: FiveClear) -> Edit:
    step = random.choice(table.steps)
    count = sum(each.at == step.step_no for each in table.branches)
    at = random.choice((None, *range(count)))
    to = random.choice((*ENDINGS, row(random, table), row(random, table), row(random, table)))
    return SetWay(step.id or "", f"trường hợp {random.randrange(1000)}", to, at=at)


def way_out(random: Random, table: FiveClear) -> Edit | None:
    if not (having := [step for step in table.steps if any(each.at == step.step_no for each in table.branches)]):
        return None
    step = random.choice(having)
    return RemoveWay(step.id or "", random.randrange(sum(each.at == step.step_no for each in table.branches)))


def some_drawing(random: Random, source: bytes) -> bytes:
    """A drawing changed in one place as a modeler does it."""
    root = etree.fromstring(source)
    random.choice((shift, shift, rename, insert, take_out))(random, root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def shift(random: Random, root: etree._Element) -> None:
    shapes = list(root.iter(f"{DI}BPMNShape"))
    if shapes:
        bounds = random.choice(shapes).find(f"{DC}Bounds")
        assert bounds is not None
        bounds.set("x", str(random.randrange(2000)))


def tasks(root: etree._Element) -> list[etree._Element]:
    return list(root.iter(*BPMN_TASKS))


def rename(random: Random, root: etree._Element) -> None:
    random.choice(tasks(root)).set("name", f"Việc vẽ {random.randrange(1000)}")


def insert(random: Random, root: etree._Element) -> None:
    """A new task on a flow."""
    flow = random.choice(list(root.iter(bpmn_tag("sequenceFlow"))))
    process = flow.getparent()
    assert process is not None
    name = f"Activity_{random.getrandbits(32):08x}"
    task = etree.SubElement(process, bpmn_tag("userTask"), id=name, name=f"Vẽ thêm {random.randrange(1000)}")
    after = etree.SubElement(
        process, bpmn_tag("sequenceFlow"), id=f"Flow_{name}", sourceRef=name, targetRef=flow.get("targetRef", "")
    )
    lead_to(root, flow, name, after.get("id", ""))
    etree.SubElement(task, bpmn_tag("incoming")).text = flow.get("id")
    etree.SubElement(task, bpmn_tag("outgoing")).text = after.get("id")
    for lane in root.iter(bpmn_tag("lane")):
        if flow.get("sourceRef") in [each.text for each in lane.iter(bpmn_tag("flowNodeRef"))]:
            etree.SubElement(lane, bpmn_tag("flowNodeRef")).text = name
    draw(root, name, (after.get("id", ""),))


def lead_to(root: etree._Element, flow: etree._Element, target: str, instead: str) -> None:
    """Lead a flow elsewhere; where it led, another comes in."""
    for coming in root.iter(bpmn_tag("incoming")):
        if coming.text == flow.get("id"):
            coming.text = instead
    flow.set("targetRef", target)


def draw(root: etree._Element, shape: str, edges: Sequence[str]) -> None:
    plane = next(root.iter(f"{DI}BPMNPlane"), None)
    if plane is None:
        return
    drawn = etree.SubElement(plane, f"{DI}BPMNShape", id=f"{shape}_di", bpmnElement=shape)
    etree.SubElement(drawn, f"{DC}Bounds", x="100", y="100", width="100", height="80")
    for edge in edges:
        line = etree.SubElement(plane, f"{DI}BPMNEdge", id=f"{edge}_di", bpmnElement=edge)
        for x in ("100", "300"):
            etree.SubElement(line, f"{DD}waypoint", x=x, y="140")


def take_out(random: Random, root: etree._Element) -> None:
    """A task of one way in and one way out goes; its ways become one, as a modeler does it."""
    flows = {flow.get("id"): flow for flow in root.iter(bpmn_tag("sequenceFlow"))}
    known = tasks(root)
    task = random.choice(known)
    coming = [flow for flow in flows.values() if flow.get("targetRef") == task.get("id")]
    going = [flow for flow in flows.values() if flow.get("sourceRef") == task.get("id")]
    guests = [each for each in root.iter() if each.get("attachedToRef") == task.get("id")]
    if len(known) < 4 or (len(coming), len(going)) != (1, 1) or guests:
        return
    (into,), (out,) = coming, going
    gone = {task.get("id"), out.get("id")}
    for incoming in list(root.iter(bpmn_tag("incoming"))):
        if incoming.text == out.get("id"):
            incoming.text = into.get("id")
    into.set("targetRef", out.get("targetRef", ""))
    for element in list(root.iter()):
        listed = element.tag == bpmn_tag("flowNodeRef") and element.text in gone
        if listed or element.get("id") in gone or element.get("bpmnElement") in gone:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
