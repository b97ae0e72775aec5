"""Tables: which rules count, and what they give."""

from collections.abc import Mapping

import pytest
from lxml import etree

from bpmn.dmn import Decision, embed
from bpmn.document import read_document
from bpmn.errors import DecisionError, Unreadable
from tests.bpmn.dmn.tables import definitions, read, table
from tests.bpmn.models import END, START, file_of

ROWS = (("< 10", '"thấp"'), ("< 100", '"vừa"'), ("-", '"cao"'))


def given(decision: Decision, **names: object) -> Mapping[str, object]:
    return decision.decide(names, lambda element: "")


def by(policy: str, *rows: tuple[str, ...], output: str = "mức", aggregation: str = "") -> Decision:
    return read(table(["n"], [output], *(rows or ROWS), policy=policy, aggregation=aggregation))


def test_a_unique_table_gives_the_one_rule_that_matches() -> None:
    decision = by("UNIQUE", ("< 10", "1"), (">= 10", "2"))

    assert [given(decision, n=n) for n in (9, 10)] == [{"mức": 1}, {"mức": 2}]


def test_a_unique_table_with_two_matches_does_not_decide() -> None:
    with pytest.raises(DecisionError) as failed:
        given(by("UNIQUE"), n=50)

    assert (failed.value.code, failed.value.facts["count"]) == ("decision-several", 2)


def test_the_first_rule_that_matches_counts() -> None:
    assert [given(by("FIRST"), n=n)["mức"] for n in (5, 50, 500)] == ["thấp", "vừa", "cao"]


def test_any_of_the_matching_rules_counts_where_they_agree() -> None:
    agreed = by("ANY", ("> 0", "1"), ("> 5", "1"))

    assert given(agreed, n=9) == {"mức": 1}
    with pytest.raises(DecisionError, match="decision-several"):
        given(by("ANY"), n=5)


def test_the_output_listed_first_has_priority() -> None:
    decision = by("PRIORITY", *ROWS, output='mức|"cao","vừa","thấp"')

    assert given(decision, n=5) == {"mức": "cao"}


@pytest.mark.parametrize(
    ("policy", "found"), [("RULE ORDER", [3, 1, 2]), ("COLLECT", [3, 1, 2]), ("OUTPUT ORDER", [1, 2, 3])]
)
def test_a_list_keeps_the_order_of_the_rules_or_of_the_outputs(policy: str, found: list[int]) -> None:
    decision = by(policy, ("-", "3"), ("> 1", "1"), ("> 2", "2"), ("> 99", "9"), output="mức|1,2,3")

    assert given(decision, n=5) == {"mức": found}


@pytest.mark.parametrize(("aggregation", "found"), [("SUM", 6), ("MIN", 1), ("MAX", 3), ("COUNT", 3)])
def test_collected_values_are_put_together(aggregation: str, found: int) -> None:
    decision = by("COLLECT", ("-", "3"), ("-", "1"), ("-", "2"), aggregation=aggregation)

    assert given(decision, n=5) == {"mức": found}


@pytest.mark.parametrize(
    ("policy", "aggregation", "found"),
    [("FIRST", "", None), ("COLLECT", "", []), ("COLLECT", "COUNT", 0), ("COLLECT", "SUM", None)],
)
def test_no_match_gives_nothing(policy: str, aggregation: str, found: object) -> None:
    assert given(by(policy, ("> 9", "1"), aggregation=aggregation), n=1) == {"mức": found}


def test_no_match_gives_the_default() -> None:
    assert given(by("UNIQUE", ("> 9", "1"), output="mức||7"), n=1) == {"mức": 7}


def test_several_inputs_and_outputs() -> None:
    rows = [('"hộ nghèo"', "<= 6", "900000 * 2", '"cấp xã"'), ("-", "-", "0", '"-"')]
    decision = read(table(["loại", "tuổi + 1"], ["tiền", "nơi"], *rows, policy="FIRST"))

    assert given(decision, loại="Hộ nghèo", tuổi=5) == {"tiền": 1_800_000, "nơi": "cấp xã"}
    assert given(decision, loại="khác", tuổi=5)["tiền"] == 0


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<decision id='D'><literalExpression><text>1</text></literalExpression></decision>", "no-table"),
        (
            table(
                ["n"], ["a"], beside='<informationRequirement><requiredDecision href="#E"/></informationRequirement>'
            ),
            "requires",
        ),
        (table(["n"], []), "no-output"),
        (table(["n"], ["a", "a"], ["-", "1", "2"]), "output-name"),
        (table(["n"], ["a", ""], ["-", "1", "2"]), "output-name"),
        (table(["n"], ["a", "b"], ["-", "1", "2"], policy="COLLECT", aggregation="SUM"), "aggregate"),
        (table(["n"], ["a"], ["-", "1"], policy="PRIORITY"), "priority"),
        (table(["n"], ["a"], ["-", "1"], policy="MAGIC"), "policy"),
        (table(["n"], ["a"], ["-"]), "row"),
        (table(["n"] * 100, ["a"], *([["-"] * 100 + ["1"]] * 200)), "size"),
    ],
)
def test_what_would_not_decide_is_refused(source: str, reason: str) -> None:
    with pytest.raises(DecisionError) as refused:
        read(source)

    assert (refused.value.code, refused.value.facts["reason"]) == ("decision-unsupported", reason)


def test_code_in_a_cell_is_refused() -> None:
    with pytest.raises(DecisionError) as refused:
        read(table(["n"], ["a"], ["-", "__import__('os').system('id')"]))

    assert refused.value.code == "script-forbidden"


def test_a_dmn_file_is_put_into_a_diagram_once() -> None:
    diagram = file_of(START, END, "s -> e")
    once = embed(diagram, definitions(table(["n"], ["a"], ["-", "1"])).encode())

    again = embed(once, definitions(table(["n"], ["b"], ["-", "2"])).encode())

    document = read_document(again).document
    assert document is not None
    assert list(document.decisions) == ["D"]
    assert etree.tostring(document.decisions["D"].element).count(b"<output ") == 1


def test_only_a_dmn_file_is_put_into_a_diagram() -> None:
    with pytest.raises(Unreadable):
        embed(file_of(START, END, "s -> e"), file_of(START, END, "s -> e"))
