"""Faults that show with a directory, a profile, or the texts of a whole procedure."""

from collections.abc import Callable
from dataclasses import replace

from bpmn.dialect.words import bpmn_tag as q
from bpmn.dialect.words import tag
from bpmn.organisation import Organisation
from tests.bpmn.seeds import HEAD, Root, Seed, add, at, on_child, owner, processes, put, step, steps, with_child
from tests.bpmn.test_rules import TOWN

CLERK = "Văn thư"


def town_with(**clerk: bool) -> Organisation:
    """The town, with something else about all who hold the position of the clerk."""
    units = (
        replace(
            unit,
            positions=tuple(replace(each, **clerk) if each.name.startswith(CLERK) else each for each in unit.positions),
        )
        for unit in TOWN.units
    )
    return Organisation(tuple(units))


def done_by_clerk() -> Callable[[Root], str]:
    return on_child("performer", position=CLERK, unit="Văn phòng HĐND và UBND", substitute=None)


def without_unit(task: Root) -> None:
    put(owner(task).find(HEAD), {"unit": None})
    step(task).find(tag("performer")).attrib.pop("unit", "")


def without_authority(task: Root) -> None:
    """All other steps say who decides, this one does not."""
    for other in steps(owner(task)):
        put(step(other), {"authority": None if other is task else "Chủ tịch UBND thị xã"})


def procedures_of_citizens(root: Root) -> list[Root]:
    return [process for process in processes(root) if process.find(HEAD).get("kind") == "tthc"]


def only_good_dossiers(process: Root) -> None:
    """No way, wait or end says what becomes of a dossier that lacks something or is refused."""
    for element in process.iter(q("sequenceFlow"), q("receiveTask"), q("endEvent")):
        if element.get("name"):
            element.set("name", "Xử lý khác")
        if element.get("id") == "end_rejected":
            for flow in process.iter(q("sequenceFlow")):
                if flow.get("targetRef") == "end_rejected":
                    flow.set("targetRef", "end_other")
            element.set("id", "end_other")


def uncut(root: Root) -> list[Root]:
    """The steps of procedures whose limit does not say itself from when on a dossier counts as of the next day."""
    limits = root.iter(tag("statutoryLimit"))
    return [] if any(limit.get("cutoff") for limit in limits) else steps(root)


def documented(text: str) -> Callable[[Root], str]:
    return at(lambda task: add(task, "documentation", text))


PEOPLE: dict[str, Seed] = {
    "performer-vacant": Seed(with_child("performer"), done_by_clerk(), directory=town_with(held=False)),
    "substitute-missing": Seed(with_child("performer"), done_by_clerk(), directory=town_with(substituted=False)),
    "performer-unit-missing": Seed(with_child("performer"), at(without_unit)),
    "product-missing": Seed(steps, at(lambda each: put(step(each), {"output": None, "product": None})), profile="6-ro"),
    "authority-missing": Seed(steps, at(without_authority), profile="6-ro"),
    "supplement-missing": Seed(procedures_of_citizens, at(only_good_dossiers)),
    "refusal-missing": Seed(procedures_of_citizens, at(only_good_dossiers)),
    "cutoff-in-text": Seed(uncut, documented("Nhận sau 15 giờ thì tính từ ngày làm việc tiếp theo.")),
}
