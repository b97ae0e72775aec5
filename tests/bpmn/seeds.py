"""Faults, one a rule, as a machine plants them at any fitting place of a model."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from bpmn.dialect.words import bpmn_tag as q
from bpmn.dialect.words import tag
from bpmn.organisation import Organisation
from bpmn.profiles import DEFAULT

Root = etree._Element
PROCESS, HEAD, STEP = q("process"), f".//{tag('procedure')}", f"{q('extensionElements')}/{tag('step')}"


@dataclass(frozen=True)
class Seed:
    """`places` lists where the fault fits, `plant` makes it there and tells the element that must be reported.

    `directory` and `profile` are those with which the file is checked, the town's and the five clears by default.
    """

    places: Callable[[Root], list[Root]]
    plant: Callable[[Root], str]
    directory: Organisation | None = None
    profile: str = DEFAULT


def steps(root: Root) -> list[Root]:
    return [task for task in root.iter(q("userTask")) if task.find(STEP) is not None]


def step(task: Root) -> Root:
    return task.find(STEP)


def processes(root: Root) -> list[Root]:
    return [process for process in root.iter(PROCESS) if process.find(HEAD) is not None]


def timed(root: Root) -> list[Root]:
    units = {"working_hour", "working_day", "calendar_day", "half_day"}
    times = [(task, step(task).find(tag("time"))) for task in steps(root)]
    return [
        task for task, time in times if time is not None and time.get("unit") in units and not time.get("sharedBlock")
    ]


def with_child(name: str) -> Callable[[Root], list[Root]]:
    return lambda root: [task for task in steps(root) if step(task).find(tag(name)) is not None]


def owner(element: Root) -> Root:
    return next(element.iterancestors(PROCESS))


def ways(gateway: Root) -> list[Root]:
    return [flow for flow in owner(gateway).iter(q("sequenceFlow")) if flow.get("sourceRef") == gateway.get("id")]


def decisions(root: Root) -> list[Root]:
    """Gateways with a default and exactly one other way."""
    return [each for each in root.iter(q("exclusiveGateway")) if each.get("default") and len(ways(each)) == 2]


def conditions(root: Root) -> list[Root]:
    return [flow for gateway in decisions(root) for flow in ways(gateway) if flow.get("id") != gateway.get("default")]


def between(root: Root) -> list[Root]:
    """Flows from a step to a step."""
    names = {task.get("id") for task in steps(root)}
    flows = root.iter(q("sequenceFlow"))
    return [flow for flow in flows if {flow.get("sourceRef"), flow.get("targetRef")} <= names]


def at(change: Callable[[Root], object]) -> Callable[[Root], str]:
    """A fault that is reported at the element itself."""

    def plant(element: Root) -> str:
        change(element)
        return str(element.get("id"))

    return plant


def on_step(**values: str | None) -> Callable[[Root], str]:
    return at(lambda task: put(step(task), values))


def put(element: Root, values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            element.attrib.pop(name, "")
        else:
            element.set(name, value)


def on_child(name: str, **values: str | None) -> Callable[[Root], str]:
    return at(lambda task: put(step(task).find(tag(name)), values))


def without(*names: str) -> Callable[[Root], str]:
    return at(lambda task: [remove(child) for name in names for child in list(step(task).iter(tag(name)))])


def remove(element: Root) -> None:
    element.getparent().remove(element)


def headless(name: str) -> Callable[[Root], str]:
    return at(lambda process: [remove(child) for child in list(process.find(HEAD).iterchildren(tag(name)))])


def head_with(name: str, **values: str) -> Callable[[Root], str]:
    def change(process: Root) -> None:
        for old in list(process.find(HEAD).iterchildren(tag(name))):
            remove(old)
        process.find(HEAD).insert(0, etree.Element(tag(name), values))

    return at(change)


def noted(text: str) -> Callable[[Root], str]:
    def change(task: Root) -> None:
        etree.SubElement(step(task), tag("note")).text = text

    return at(change)


def astray(task: Root) -> str:
    """A branch of the table to a step that is not there."""
    head = owner(task).find(HEAD)
    etree.SubElement(head, tag("looseBranch"), at=step(task).get("no"), condition="không đồng ý", goto="88", order="0")
    return str(task.get("id"))


def add(parent: Root, kind: str, text: str | None = None, **attributes: str) -> Root:
    child = etree.SubElement(parent, q(kind), attributes)
    child.text = text
    return child


def condition(flow: Root, text: str) -> None:
    for old in flow.findall(q("conditionExpression")):
        flow.remove(old)
    add(flow, "conditionExpression", text)


def conditioned(text: str) -> Callable[[Root], str]:
    return at(lambda flow: condition(flow, text))


def both(first: str, second: str, *, told_at_gateway: bool) -> Callable[[Root], str]:
    """The two ways of a decision get conditions, and it loses its default."""

    def plant(gateway: Root) -> str:
        gateway.attrib.pop("default")
        one, other = ways(gateway)
        condition(one, first)
        condition(other, second)
        return str((gateway if told_at_gateway else other).get("id"))

    return plant


def with_default_condition(gateway: Root) -> str:
    flow = next(flow for flow in ways(gateway) if flow.get("id") == gateway.get("default"))
    condition(flow, "n > 1")
    return str(flow.get("id"))


def without_condition(flow: Root) -> str:
    for old in flow.findall(q("conditionExpression")):
        flow.remove(old)
    return str(flow.get("id"))


def with_timer(kind: str | None, text: str = "") -> Callable[[Root], str]:
    """A boundary event with a timer on a step."""

    def plant(task: Root) -> str:
        name = f"timer_{task.get('id')}"
        process = owner(task)
        event = add(process, "boundaryEvent", id=name, attachedToRef=str(task.get("id")), cancelActivity="false")
        definition = add(event, "timerEventDefinition")
        if kind is not None:
            add(definition, kind, text)
        add(process, "endEvent", id=f"end_{name}")
        add(process, "sequenceFlow", id=f"flow_{name}", sourceRef=name, targetRef=f"end_{name}")
        return name

    return plant


def looping(kind: str, count: str | None = None) -> Callable[[Root], str]:
    """The step is done several times, as one kind of loop says it."""

    def change(task: Root) -> None:
        for old in task.findall(q("multiInstanceLoopCharacteristics")):
            task.remove(old)
        loop = add(task, kind)
        if count is not None:
            add(loop, "loopCardinality", count)

    return at(change)


def alone(name: str) -> Callable[[Root], str]:
    """A new element that nothing leads to, beside the step."""

    def plant(task: Root) -> str:
        return str(add(owner(task), name, id=f"new_{task.get('id')}", name="Kiểm tra").get("id"))

    return plant


def leading(source: str, target: str) -> Callable[[Root], str]:
    """A flow from or to the step and an end or start event; the event is told."""

    def plant(task: Root) -> str:
        ends = {
            "task": task,
            "start": next(owner(task).iter(q("startEvent"))),
            "end": next(owner(task).iter(q("endEvent"))),
        }
        flow = {"sourceRef": str(ends[source].get("id")), "targetRef": str(ends[target].get("id"))}
        add(owner(task), "sequenceFlow", id=f"new_{task.get('id')}", **flow)
        return str(ends["start" if "start" in (source, target) else "end"].get("id"))

    return plant


def split(task: Root) -> str:
    end = str(next(owner(task).iter(q("endEvent"))).get("id"))
    add(owner(task), "sequenceFlow", id=f"new_{task.get('id')}", sourceRef=str(task.get("id")), targetRef=end)
    return str(task.get("id"))


def twins(*, alike: bool) -> Callable[[Root], list[Root]]:
    def places(root: Root) -> list[Root]:
        first = who(steps(root)[0])
        others = [task for task in steps(root)[1:] if known(task) and known(steps(root)[0])]
        if alike:
            return [task for task in others if who(task) == first]
        return [task for task in others if not set(first[0].split()) & set(who(task)[0].split())]

    return places


def who(task: Root) -> tuple[str, str]:
    performer = step(task).find(tag("performer"))
    return (performer.get("position", ""), performer.get("unit", "")) if performer is not None else ("", "")


def known(task: Root) -> bool:
    return "đơn vị" not in who(task)[1]


def compared(name: str) -> Callable[[Root], str]:
    """The step asks something of the first step's performer."""
    return at(lambda task: step(task).set(name, str(step(steps(owner(task))[0]).get("no"))))


def silent_about(code: str) -> Callable[[Root], str]:
    """All other steps say it, this one does not."""

    def change(task: Root) -> None:
        for other in steps(owner(task)):
            if code == "form":
                etree.SubElement(step(other), tag("form")).text = "Mẫu 01"
            elif other.find(q("documentation")) is None:
                other.insert(0, etree.Element(q("documentation")))
                other[0].text = "Đối chiếu bản chính."
        for mine in [*step(task).findall(tag(code)), *task.findall(q(code)), *step(task).findall(tag("note"))]:
            remove(mine)

    return at(change)


def handed_over(task: Root) -> str:
    """The work goes to another unit and nothing records it."""
    for other in steps(owner(task)):
        put(step(other), {"output": None, "product": None})
        other.set("name", "Xem xét")
        for form in [*step(other).findall(tag("form")), *step(other).findall(tag("note"))]:
            remove(form)
    step(task).find(tag("performer")).set("unit", "Phòng Y tế")
    return str(task.get("id"))


def unsigned(process: Root) -> str:
    for task in steps(process):
        task.set("name", "Xem xét")
        step(task).attrib.pop("act", "")
    return str(process.get("id"))


def other_family(process: Root) -> str:
    time = step(timed(process)[0]).find(tag("time"))
    put(time, {"unit": "working_day" if time.get("unit") == "calendar_day" else "calendar_day", "value": "1"})
    return str(process.get("id"))


def dead_end(task: Root) -> str:
    """Two steps that only lead to each other."""
    process, name = owner(task), str(task.get("id"))
    for mine, next_one in (("x", "y"), ("y", "x")):
        add(process, "userTask", id=f"{mine}_{name}", name="Kiểm tra")
        flow = {"sourceRef": f"{mine}_{name}", "targetRef": f"{next_one}_{name}"}
        add(process, "sequenceFlow", id=f"{mine}{next_one}_{name}", **flow)
    add(process, "sequenceFlow", id=f"to_{name}", sourceRef=name, targetRef=f"x_{name}")
    return f"x_{name}"


def onward(root: Root) -> Iterator[Root]:
    """Steps of which the next is another step of another performer."""
    known_steps = {task.get("id"): task for task in steps(root)}
    for flow in between(root):
        source, target = known_steps[flow.get("sourceRef")], known_steps[flow.get("targetRef")]
        if who(source)[1] and who(target)[1] and step(source).find(tag("performer")) is not None:
            yield source


SEEDS: dict[str, Seed] = {
    "step-name-missing": Seed(steps, at(lambda task: task.set("name", ""))),
    "name-not-verb": Seed(steps, at(lambda task: task.set("name", "Hồ sơ trình"))),
    "output-missing": Seed(steps, on_step(output=None, product=None)),
    "form-missing": Seed(steps, silent_about("form")),
    "description-missing": Seed(steps, silent_about("documentation")),
    "legal-basis-missing": Seed(processes, headless("legalBasis")),
    "legal-basis-expired": Seed(processes, head_with("legalBasis", document="Nghị định 61/2018/NĐ-CP")),
    "inputs-missing": Seed(processes, headless("input")),
    "outputs-missing": Seed(processes, headless("output")),
    "performer-missing": Seed(steps, without("performer")),
    "performer-unknown": Seed(
        with_child("performer"), on_child("performer", position="Nhà ngoại cảm", unit="Phòng Y tế")
    ),
    "performer-forbidden": Seed(with_child("performer"), on_child("performer", position="Quản trị hệ thống")),
    "performer-collective": Seed(
        with_child("performer"), on_child("performer", position="Hội đồng giám định", unit="Phòng Y tế")
    ),
    "performer-ambiguous": Seed(
        with_child("performer"), on_child("performer", position="Chuyên viên phụ trách", unit="Phòng Nội vụ")
    ),
    "substitute-unknown": Seed(
        with_child("performer"),
        on_child("performer", position="Trưởng phòng", unit="Phòng Nội vụ", substitute="Nhà ngoại cảm"),
    ),
    "lane-performer-differs": Seed(
        with_child("performer"), on_child("performer", position="Nhà ngoại cảm", unit="Sở X")
    ),
    "duties-not-separate": Seed(twins(alike=True), compared("differentFrom")),
    "duties-not-joined": Seed(twins(alike=False), compared("sameAs")),
    "duties-reference-missing": Seed(steps, on_step(differentFrom="99")),
    "time-missing": Seed(timed, without("time")),
    "time-not-positive": Seed(timed, on_child("time", value="0")),
    "time-date-missing": Seed(timed, on_child("time", unit="by_date", date=None)),
    "time-block-missing": Seed(timed, on_child("time", unit="shared")),
    "time-units-mixed": Seed(lambda root: [each for each in processes(root) if len(timed(each)) > 1], other_family),
    "total-mismatch": Seed(processes, head_with("statedTotal", text="99 giờ", value="99", unit="working_hour")),
    "limit-exceeded": Seed(
        lambda root: [each for each in processes(root) if not any(is_calendar(task) for task in steps(each))],
        head_with("statutoryLimit", text="1 giờ", value="1", unit="working_hour"),
    ),
    "limit-unit-differs": Seed(
        lambda root: [each for each in processes(root) if not any(is_calendar(task) for task in steps(each))],
        head_with("statutoryLimit", text="90 ngày", value="90", unit="calendar_day"),
    ),
    "limit-missing": Seed(
        lambda root: [each for each in processes(root) if each.find(HEAD).get("kind") == "tthc"],
        headless("statutoryLimit"),
    ),
    "responsibility-missing": Seed(steps, without("responsibility")),
    "supporter-responsibility-missing": Seed(
        steps, at(lambda task: etree.SubElement(step(task), tag("coPerformer"), position="Văn thư"))
    ),
    "signatory-missing": Seed(processes, unsigned),
    "handover-missing": Seed(lambda root: list(onward(root)), handed_over),
    "step-no-duplicate": Seed(
        lambda root: steps(root)[1:], at(lambda task: step(task).set("no", str(step(steps(owner(task))[0]).get("no"))))
    ),
    "step-no-gap": Seed(lambda root: steps(root)[-1:], on_step(no="77")),
    "step-reference-dangling": Seed(steps, noted("chuyển bước 88")),
    "branch-dangling": Seed(steps, astray),
    "decision-without-branch": Seed(lambda root: sources(between(root)), on_step(type="decision")),
    "wait-without-branch": Seed(lambda root: sources(between(root)), on_step(type="wait")),
    "no-default": Seed(decisions, both("n > 1", "n < 1", told_at_gateway=True)),
    "conditions-gap": Seed(decisions, both("n > 1", "n < 1", told_at_gateway=True)),
    "conditions-overlap": Seed(decisions, both("n > 1", "n > 2", told_at_gateway=False)),
    "condition-repeated": Seed(decisions, both("n > 1", "n > 1", told_at_gateway=False)),
    "condition-never": Seed(conditions, conditioned("n > 2 and n < 1")),
    "default-conditional": Seed(decisions, with_default_condition),
    "no-condition": Seed(conditions, without_condition),
    "conditional-flow": Seed(between, conditioned("n > 1")),
    "implicit-split": Seed(lambda root: sources(between(root)), split),
    "expression-syntax": Seed(conditions, conditioned("n >")),
    "expression-limit": Seed(conditions, conditioned("2 ** 9 > n")),
    "script-forbidden": Seed(conditions, conditioned("open('x')")),
    "outcome-unknown": Seed(conditions, conditioned('ket_qua("nope") == "x"')),
    "expression-type": Seed(steps, looping("multiInstanceLoopCharacteristics", '"ba"')),
    "timer-missing": Seed(steps, with_timer(None)),
    "timer-syntax": Seed(steps, with_timer("timeDuration", "3 ngày")),
    "timer-range": Seed(steps, with_timer("timeCycle", "R/PT1S")),
    "timer-calendar": Seed(steps, with_timer("timeDuration", "P1M")),
    "timer-past": Seed(steps, with_timer("timeDate", "2020-01-01T08:00:00+07:00")),
    "unreachable": Seed(steps, alone("userTask")),
    "many-starts": Seed(steps, alone("startEvent")),
    "flow-out-of-end": Seed(steps, leading("end", "task")),
    "flow-into-event": Seed(steps, leading("task", "start")),
    "no-path-to-end": Seed(steps, dead_end),
    "not-executable": Seed(processes, at(lambda process: process.set("isExecutable", "false"))),
}


def is_calendar(task: Root) -> bool:
    time = step(task).find(tag("time"))
    return time is not None and time.get("unit") == "calendar_day"


def sources(flows: list[Root]) -> list[Root]:
    names = {flow.get("sourceRef") for flow in flows}
    return [task for flow in flows[:1] for task in steps(flow.getroottree().getroot()) if task.get("id") in names]
