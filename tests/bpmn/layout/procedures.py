"""Random structured procedures, as offices have them, written as BPMN without a diagram."""

from dataclasses import dataclass, field

from hypothesis import strategies as st
from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
WORDS = ["tiếp nhận", "kiểm tra", "thẩm định", "hồ sơ", "trình ký", "lấy ý kiến", "công khai", "quyết định"]


@dataclass
class Procedure:
    """A document being written, element by element."""

    lanes: int
    nodes: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    members: list[list[str]] = field(default_factory=list)
    flows: list[tuple[str, str, str]] = field(default_factory=list)
    messages: list[tuple[str, str, str]] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)
    inside: dict[str, int] = field(default_factory=dict)

    def node(self, tag: str, name: str, lane: int, **attributes: str) -> str:
        identity = f"n{len(self.nodes)}"
        self.nodes.append((tag, {"id": identity, "name": name, **attributes}))
        if not self.members:
            self.members = [[] for _ in range(self.lanes)]
        if self.lanes:
            self.members[lane % self.lanes].append(identity)
        return identity

    def flow(self, source: str, target: str, name: str = "") -> str:
        self.flows.append((source, target, name))
        return f"f{len(self.flows) - 1}"

    def written(self, *, pool: bool) -> etree._Element:
        root = etree.Element(BPMN + "definitions", nsmap={None: BPMN[1:-1]})
        if pool:
            shared = etree.SubElement(root, BPMN + "collaboration", id="c")
            etree.SubElement(shared, BPMN + "participant", id="citizen", name="Công dân")
            etree.SubElement(shared, BPMN + "participant", id="office", name="Cơ quan", processRef="p")
            for index, (source, target, name) in enumerate(self.messages):
                ends = {"sourceRef": source, "targetRef": target}
                etree.SubElement(shared, BPMN + "messageFlow", id=f"m{index}", name=name, **ends)
        process = etree.SubElement(root, BPMN + "process", id="p")
        if self.lanes:
            lane_set = etree.SubElement(process, BPMN + "laneSet", id="ls")
            for index, members in enumerate(self.members):
                lane = etree.SubElement(lane_set, BPMN + "lane", id=f"lane{index}", name=f"Vị trí thứ {index}")
                for member in members:
                    etree.SubElement(lane, BPMN + "flowNodeRef").text = member
        for tag, attributes in self.nodes:
            default = {"default": self.defaults[attributes["id"]]} if attributes["id"] in self.defaults else {}
            element = etree.SubElement(process, BPMN + tag, {**attributes, **default})
            self._fill(element, self.inside.get(attributes["id"], 0))
        for index, (source, target, name) in enumerate(self.flows):
            ends = {"sourceRef": source, "targetRef": target}
            etree.SubElement(process, BPMN + "sequenceFlow", id=f"f{index}", name=name, **ends)
        return root

    @staticmethod
    def _fill(sub_process: etree._Element, steps: int) -> None:
        host = sub_process.get("id")
        for step in range(steps):
            etree.SubElement(sub_process, BPMN + "userTask", {"id": f"{host}_{step}", "name": "Bước bên trong"})
            if step:
                ends = {"sourceRef": f"{host}_{step - 1}", "targetRef": f"{host}_{step}"}
                etree.SubElement(sub_process, BPMN + "sequenceFlow", {"id": f"{host}_f{step}", **ends})


names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
places = st.integers(0, 7)


@st.composite
def procedures(draw: st.DrawFn) -> etree._Element:
    """Write a chain of steps with branches back and forward, parallel groups, silence timers and a citizen."""
    made = Procedure(draw(st.integers(0, 8)))
    last = made.node("startEvent", draw(names), 0)
    made.messages.append(("citizen", last, "Nộp hồ sơ"))
    entries: list[str] = []
    jumps: list[tuple[str, int, str]] = []
    for _ in range(draw(st.integers(1, 25))):
        kind = draw(st.sampled_from(["step", "step", "branch", "branch", "parallel", "timer", "sub"]))
        entry, last = _block(draw, made, kind, last)
        entries.append(entry)
        if kind == "branch":
            for _ in range(draw(st.integers(1, 3))):
                jumps.append((last, draw(st.integers(-2, len(entries) + 3)), draw(names)))
    end = made.node("endEvent", draw(names), draw(places))
    made.flow(last, end)
    for gateway, target, condition in jumps:
        made.flow(gateway, _target(draw, made, (entries, end), target), condition)
    made.messages.append((end, "citizen", "Trả kết quả"))
    return made.written(pool=draw(st.booleans()))


def _target(draw: st.DrawFn, made: Procedure, known: tuple[list[str], str], wish: int) -> str:
    entries, end = known
    if wish == -2:
        return made.node("endEvent", draw(names), draw(places))
    if wish == -1:
        wait = made.node("receiveTask", draw(names), draw(places))
        made.flow(wait, draw(st.sampled_from(entries)))
        made.messages.append(("citizen", wait, draw(names)))
        return wait
    return entries[wish] if wish < len(entries) else end


def _block(draw: st.DrawFn, made: Procedure, kind: str, last: str) -> tuple[str, str]:
    lane = draw(places)
    if kind == "parallel":
        split, join = (made.node("parallelGateway", "", lane) for _ in range(2))
        made.flow(last, split)
        for _ in range(draw(st.integers(2, 4))):
            task = made.node("userTask", draw(names), draw(places))
            made.flow(split, task)
            made.flow(task, join)
            for _ in range(draw(st.integers(0, 2))):
                _silence(draw, made, task, join)
        return split, join
    step = made.node("subProcess" if kind == "sub" else "userTask", draw(names), lane)
    made.flow(last, step)
    if kind == "sub":
        made.inside[step] = draw(st.integers(0, 4))
    if kind == "timer":
        _silence(draw, made, step, made.node("endEvent", "", draw(places)))
    if kind != "branch":
        return step, step
    gateway = made.node("exclusiveGateway", draw(st.sampled_from(["", "Đạt yêu cầu hay không?"])), lane)
    made.flow(step, gateway)
    made.defaults[gateway] = f"f{len(made.flows)}"
    return step, gateway


def _silence(draw: st.DrawFn, made: Procedure, host: str, target: str) -> None:
    timer = made.node("boundaryEvent", draw(st.sampled_from(["", "12 ngày"])), 0, attachedToRef=host)
    made.flow(timer, target, "quá hạn không trả lời")
