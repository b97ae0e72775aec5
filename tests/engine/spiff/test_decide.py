"""Business rule tasks, and names that hold inside alone."""

import pytest

from engine.spiff import StepFailed
from tests.bpmn.dmn.tables import definitions, table
from tests.engine.spiff.models import begin, do, inside, model, open_elements, reloaded

RATE = table(
    ["tuổi", "loại"],
    ["mức"],
    ["< 16", '"mồ côi"', "900000"],
    [">= 80", "-", "1200000"],
    ["[16..80)", '"khuyết tật", "đơn thân"', "600000"],
    policy="FIRST",
)


def rule(decision: str, result: str = "", ref: str = "D") -> str:
    named = f' result="{result}"' if result else ""
    ours = f'<namro:decision ref="{ref}"{named}/>{definitions(decision)}'
    inner = f"<bpmn:extensionElements>{ours}</bpmn:extensionElements>"
    return f'<bpmn:businessRuleTask id="r">{inner}</bpmn:businessRuleTask>'


def ruled(decision: str, result: str = "", condition: str = "mức > 700000") -> bytes:
    flows = ("s1>t", "t>r", "r>x1", f"x1>a[{condition}]", "x1>b[default]", "a>e1", "b>e1")
    return model(*flows, nodes={"r": rule(decision, result)})


@pytest.mark.parametrize(
    ("age", "kind", "task", "rate"),
    [(9, "Mồ côi", "a", 900_000), (85, "", "a", 1_200_000), (40, "đơn thân", "b", 600_000)],
)
def test_a_decision_gives_its_output_to_a_variable_that_a_gateway_asks(
    age: int, kind: str, task: str, rate: int
) -> None:
    run = do(begin(ruled(RATE)), "t", variables={"tuổi": age, "loại": kind})

    assert (open_elements(run), run.variables["mức"]) == ([task], rate)


def test_the_only_output_may_go_to_a_variable_of_the_task_s_choice() -> None:
    run = do(begin(ruled(RATE, "tiền", "tiền > 1000000")), "t", variables={"tuổi": 99, "loại": ""})

    assert (open_elements(run), "mức" in run.variables) == (["a"], False)


def test_every_output_becomes_a_variable() -> None:
    decision = table(["n"], ["mức", "nơi"], ["> 0", "800000", '"xã"'])
    run = do(begin(ruled(decision)), "t", variables={"n": 1})

    assert reloaded(run).variables == {"n": 1, "mức": 800_000, "nơi": "xã"}


def test_a_cell_may_ask_for_an_outcome() -> None:
    decision = table(['ket_qua("t")'], ["mức"], ['"đạt"', "1"], ["-", "0"], policy="FIRST")

    assert open_elements(do(begin(ruled(decision, condition="mức == 1")), "t", "Đạt")) == ["a"]
    assert open_elements(do(begin(ruled(decision, condition="mức == 1")), "t", "không")) == ["b"]


@pytest.mark.parametrize(
    ("rows", "given", "code"),
    [
        ([["> 0", "1"], ["> 1", "2"]], {"n": 5}, "decision-several"),
        ([["> 0", "1"]], {}, "unknown-name"),
        ([["> 0", "1"]], {"n": "năm"}, "expression-type"),
        ([["> 0", "thiếu"]], {"n": 5}, "unknown-name"),
    ],
)
def test_a_decision_that_cannot_be_made_fails_the_step(
    rows: list[list[str]], given: dict[str, object], code: str
) -> None:
    run = begin(ruled(table(["n"], ["mức"], *rows)))

    with pytest.raises(StepFailed) as failed:
        do(run, "t", variables=given)

    assert (failed.value.code, failed.value.element) == (code, "r")


@pytest.mark.parametrize(
    "task",
    [
        '<bpmn:businessRuleTask id="r" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:decisionRef="D" '
        'camunda:resultVariable="mức">{}</bpmn:businessRuleTask>',
        '<bpmn:businessRuleTask id="r">{}</bpmn:businessRuleTask>',
    ],
)
def test_a_decision_may_be_named_as_other_tools_do(task: str) -> None:
    zeebe = (
        '<z:calledDecision xmlns:z="http://camunda.org/schema/zeebe/1.0" decisionId="D" resultVariable="mức"/>'
        if "camunda" not in task
        else ""
    )
    inner = f"<bpmn:extensionElements>{zeebe}{definitions(table(['n'], ['x'], ['-', '7']))}</bpmn:extensionElements>"
    run = begin(model("s1>r", "r>a", "a>e1", nodes={"r": task.format(inner)}), {"n": 1})

    assert run.variables["mức"] == 7


def several(collection: str, item: str, inner: str, *, sequential: bool = False) -> str:
    tag = "multiInstanceLoopCharacteristics"
    kind = "true" if sequential else "false"
    loop = (
        f'<bpmn:{tag} isSequential="{kind}"><bpmn:loopDataInputRef>{collection}</bpmn:loopDataInputRef>'
        f'<bpmn:inputDataItem id="i" name="{item}"/></bpmn:{tag}>'
    )
    return f'<bpmn:subProcess id="box">{loop}{inner}</bpmn:subProcess>'


@pytest.mark.parametrize("sequential", [False, True])
def test_each_instance_knows_its_own_member_and_no_other_s(sequential: bool) -> None:
    inner = inside("s2>x1", 'x1>a[đơn_vị == "STC"]', "x1>b[loopCounter == 1]", "x1>c[default]", prefix="box")
    nodes = {"box": several("các_đơn_vị", "đơn_vị", inner, sequential=sequential)}
    run = begin(model("s1>box", "box>e1", nodes=nodes), {"các_đơn_vị": ["STC", "SNV", "SYT"]})
    seen = []
    while not run.finished:
        seen.append(open_elements(run))
        run = do(run, seen[-1][0])

    assert seen == ([["a"], ["b"], ["c"]] if sequential else [["a", "b", "c"], ["b", "c"], ["c"]])
    assert run.variables == {"các_đơn_vị": ["STC", "SNV", "SYT"]}


def test_an_input_holds_inside_a_sub_process_alone() -> None:
    given = '<bpmn:extensionElements><namro:in name="n" value="n + 1"/></bpmn:extensionElements>'
    content = inside("s3>x1", "x1>a[n == 3]", "x1>b[default]", prefix="deep")
    deep = f'<bpmn:subProcess id="deep">{given}{content}</bpmn:subProcess>'
    content = inside("s2>deep", "deep>e2", nodes={"deep": deep}, prefix="box")
    box = f'<bpmn:subProcess id="box">{given}{content}</bpmn:subProcess>'
    run = begin(model("s1>box", "box>x2", "x2>c[n == 1]", "x2>d[default]", nodes={"box": box}), {"n": 1})

    assert open_elements(run) == ["a"]
    run = do(run, "a")
    assert (open_elements(run), run.variables) == (["c"], {"n": 1})


@pytest.mark.parametrize("key", ["typename", "__class__", "local", "item", "tokens", "Vị trí"])
def test_a_member_of_any_shape_is_only_data(key: str) -> None:
    inner = inside("s2>a", "a>e2", prefix="box")
    people = [{key: {"typename": "uuid", "value": key}}, {"typename": key}]
    run = begin(model("s1>box", "box>e1", nodes={"box": several("danh_sách", "người", inner)}), {"danh_sách": people})

    assert open_elements(reloaded(run)) == ["a", "a"]
    assert do(do(run, "a"), "a").finished
