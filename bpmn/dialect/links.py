"""What an activity takes from elsewhere, as words of the dialect: inputs, the procedure it stands for, its decision."""

from lxml import etree

from bpmn.dialect.values import extension
from bpmn.dialect.words import bpmn_tag, tag

COMPLAINT = "complaint_subprocess"
"""The ending of a branch that hands a case to whoever settles complaints; no code of a procedure."""


def read_inputs(activity: etree._Element) -> tuple[tuple[str, str], ...]:
    """The names that hold inside a sub-process or called procedure alone, each with the expression of its value."""
    found = activity.findall(f"{bpmn_tag('extensionElements')}/{tag('in')}")
    return tuple((place.get("name", "").strip(), place.get("value", "").strip()) for place in found)


def read_goto(call: etree._Element) -> str | None:
    """What a call from a table stands for: `call:<code>` or `complaint_subprocess`; None for one that was drawn."""
    mark = extension(call, "call")
    return None if mark is None else mark.get("goto") or None


def read_choice(task: etree._Element) -> tuple[str | None, str | None]:
    """The decision of a business rule task and the variable for its result, ours or as Camunda and Zeebe write them."""
    ours = extension(task, "decision")
    if ours is not None:
        return ours.get("ref"), ours.get("result") or None
    zeebe = task.find(f"{bpmn_tag('extensionElements')}/{{*}}calledDecision")
    if zeebe is not None:
        return zeebe.get("decisionId"), zeebe.get("resultVariable") or None
    camunda = {etree.QName(str(key)).localname: str(value) for key, value in task.attrib.items() if "}" in str(key)}
    return camunda.get("decisionRef"), camunda.get("resultVariable")
