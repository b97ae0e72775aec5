"""The expression language takes what it lists and refuses all else with one code for one fault."""

import pytest

from bpmn.errors import ExpressionError
from bpmn.expression import parse

FORBIDDEN = [
    "__import__('os').system('true')",
    "().__class__.__base__.__subclasses__()",
    "(lambda: 1)()",
    "[x for x in (1, 2)]",
    "open('/etc/passwd').read()",
    "ho_so.trang_thai == 'xong'",
    "f'{a}'",
    "(a := 1)",
    "_an",
    "import os",
    "exec('1')",
    "x = __import__('os')",
    "len.__globals__",
    "[len][0](2)",
]
BROKEN = [
    "",
    "   ",
    "số tiền >> = 10 và",
    "a b",
    "a <",
    "(1",
    "a if b else c",
    "{1: 2}",
    "a[0]",
    "b'x'",
    "1j",
    "...",
    "a is None",
    "a | b",
    "len(x, key=1)",
    "ket_qua(x)",
    "ket_qua()",
    "a == '\\x41'",
    "a == 'x\\",
    "a == \\'x'",
    "1or 2",
    "0x1for x",
    "*a",
    "==",
    "= =",
    "===",
    "= = = a",
]
UNBOUNDED = [
    "9**9**9 > 1",
    "a ** 2",
    "1 << 99",
    "1e999",
    "1000000000000000000000",
    "a" * 501,
    " + ".join(["1"] * 100),
    "(" * 60 + "1" + ")" * 60,
    "[" * 200,
    "not " * 120 + "a",
]


def code_of(text: str) -> str:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return caught.value.code


@pytest.mark.parametrize("text", FORBIDDEN)
def test_code_in_disguise_is_forbidden(text: str) -> None:
    assert code_of(text) == "script-forbidden"


@pytest.mark.parametrize("text", BROKEN)
def test_a_text_that_is_no_expression_is_a_syntax_fault(text: str) -> None:
    assert code_of(text) == "expression-syntax"


@pytest.mark.parametrize("text", UNBOUNDED)
def test_what_has_no_bound_is_over_the_limit(text: str) -> None:
    assert code_of(text) == "expression-limit"


def test_names_and_asked_outcomes_are_known_without_running() -> None:
    expression = parse('ket_qua("step_3") == "không đủ" and số_tiền > 10 or ket_qua("step_1") in ["a", "b"]')

    assert expression.names == {"số_tiền"}
    assert expression.outcomes == {"step_3", "step_1"}


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("${amount > 1000}", "amount > 1000"),
        ("#{approved && !late}", "approved and not late"),
        ("${status eq 'ok' || n ge 3}", "status == 'ok' or n >= 3"),
        ('= status = "a && b" and done = true', 'status == "a && b" and done == True'),
    ],
)
def test_a_foreign_expression_comes_with_its_translation(foreign: str, ours: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(foreign)

    assert caught.value.code == "expression-syntax"
    assert caught.value.facts["suggestion"] == ours


def test_a_foreign_expression_that_hides_code_gets_no_translation() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("${''.getClass().forName('java.lang.Runtime')}")

    assert caught.value.code == "expression-syntax"
    assert "suggestion" not in caught.value.facts


def test_a_single_equals_sign_is_answered_with_two() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("so_tien = 10")

    assert caught.value.facts["suggestion"] == "so_tien == 10"


def test_the_fault_has_its_place() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("a == 1 and b.c")

    assert caught.value.facts["position"] == 11
