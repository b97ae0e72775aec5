"""Faults of a whole structure, woven into a sequence flow of a model."""

from collections.abc import Callable

from lxml import etree

from bpmn.dialect.words import bpmn_tag as q
from tests.bpmn.models import file_of
from tests.bpmn.seeds import Root, owner

ENTRY = "in -> "
MESSAGE = '<bpmn:message id="new_message" name="Bổ sung"/>'


def woven(told: str, *lines: str, rest: str = "") -> Callable[[Root], str]:
    """Put nodes and flows, in the words of `models`, on the way of a sequence flow.

    `in -> a` leads the flow to the new node a; `{out}` stands for the node that it led to, `{end}` for an end event of
    the process, `{process}` for the process.  `rest` is put beside the process.  `told` must be reported.
    """

    def plant(flow: Root) -> str:
        process = owner(flow)
        names = {
            "out": str(flow.get("targetRef")),
            "end": str(next(process.iter(q("endEvent"))).get("id")),
            "process": str(process.get("id")),
        }
        new = [line.format(**names) for line in lines if not line.startswith(ENTRY)]
        for entry in (line.removeprefix(ENTRY) for line in lines if line.startswith(ENTRY)):
            flow.set("targetRef", entry)
        drawn, *beside = etree.fromstring(file_of(*new, rest=rest.format(**names)))
        process.extend(list(drawn))
        process.getparent().extend(beside)
        return told.format(**names)

    return plant


def repeated(pattern: str, count: int) -> tuple[str, ...]:
    """Lines with `#` and `+` for a number and the next one."""
    return tuple(pattern.replace("#", str(number)).replace("+", str(number + 1)) for number in range(count))
