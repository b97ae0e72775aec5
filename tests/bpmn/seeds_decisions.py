"""Faults of decision tables in a diagram, of links, and of what only other engines run."""

from collections.abc import Callable

from tests.bpmn.seeds import Root, Seed, at, between, steps
from tests.bpmn.weaving import woven

LINK = '<bpmn:linkEventDefinition name="A"/>'
ANOTHER = (
    '<bpmn:process id="x_other" isExecutable="true"><bpmn:startEvent id="o_start"/><bpmn:endEvent id="o_end"/>'
    '<bpmn:sequenceFlow id="o_1" sourceRef="o_start" targetRef="o_end"/></bpmn:process>'
)


def decided(
    *, ref: str = "D", policy: str = "UNIQUE", cell: str = "&lt; 5", result: bool = False
) -> Callable[[Root], str]:
    """A step that a table decides; with `result` the table has two outputs for one name."""
    named, second = (' result="muc"', '<dmn:output name="ghi_chu"/>') if result else ("", "")
    entry = "<dmn:outputEntry><dmn:text>1</dmn:text></dmn:outputEntry>"
    return woven(
        "x",
        f'<bpmn:businessRuleTask id="x" name="Xét mức"><bpmn:extensionElements><namro:decision ref="{ref}"{named}/>'
        '<dmn:definitions xmlns:dmn="https://www.omg.org/spec/DMN/20191111/MODEL/" id="x_table" name="d" namespace="x">'
        f'<dmn:decision id="D"><dmn:decisionTable hitPolicy="{policy}"><dmn:input><dmn:inputExpression><dmn:text>so'
        f'</dmn:text></dmn:inputExpression></dmn:input><dmn:output name="muc"/>{second}<dmn:rule><dmn:inputEntry>'
        f"<dmn:text>{cell}</dmn:text></dmn:inputEntry>{entry * (1 + result)}</dmn:rule></dmn:decisionTable>"
        "</dmn:decision></dmn:definitions></bpmn:extensionElements></bpmn:businessRuleTask>",
        *("in -> x", "x -> {out}"),
    )


def joined_by(told: str, rest: str) -> Seed:
    return Seed(between, woven(told, '<bpmn:task id="x" name="Kiểm tra"/>', "in -> x", "x -> {out}", rest=rest))


DECISIONS: dict[str, Seed] = {
    "decision-missing": Seed(between, decided(ref="X")),
    "decision-result": Seed(between, decided(result=True)),
    "decision-unsupported": Seed(between, decided(policy="PRIORITY")),
    "decision-cell": Seed(between, decided(cell="5 +")),
    "call-by-hand": Seed(
        between,
        woven(
            "x",
            '<bpmn:callActivity id="x" calledElement="complaint_subprocess"><bpmn:extensionElements>'
            '<namro:call goto="complaint_subprocess" at="1"/></bpmn:extensionElements></bpmn:callActivity>',
            *("in -> x", "x -> {out}"),
        ),
    ),
    "link-repeated": Seed(
        between,
        woven(
            "x_2",
            f'<bpmn:intermediateThrowEvent id="x">{LINK}</bpmn:intermediateThrowEvent>',
            f'<bpmn:intermediateCatchEvent id="x_1">{LINK}</bpmn:intermediateCatchEvent>',
            f'<bpmn:intermediateCatchEvent id="x_2">{LINK}</bpmn:intermediateCatchEvent>',
            *("in -> x", "x_1 -> {out}", "x_2 -> {out}"),
        ),
    ),
    "quantity-unsupported": Seed(steps, at(lambda task: task.set("startQuantity", "2"))),
    "many-processes": joined_by("x_other", ANOTHER),
}
