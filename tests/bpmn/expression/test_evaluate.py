"""Expressions are walked: values, comparison of texts, faults at run time."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.errors import ExpressionError
from bpmn.expression import parse


def run(text: str, **names: object) -> object:
    return parse(text).evaluate(names, lambda element: f"kết quả của {element}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("7 // 2 - 7 % 2", 2),
        ("-n + 1", -4),
        ("1 < n <= 5", True),
        ("not (n > 1 and n < 3)", True),
        ("n in [1, 5]", True),
        ("n not in (1, 5)", False),
        ("'an' in 'Văn bản an toàn'", True),
        ("len(ds) == 3", True),
        ("max(ds) + min(1, 2) + abs(-3)", 7),
        ("round(2.345, 1)", 2.3),
        ("True and None == None", True),
        ("[1, 'A'] == [1, 'a ']", True),
        ("'a' + 'b'", "ab"),
        (r"""'nói "không"' == "nói \"không\"" """, True),
        (r"'a\\b\n'", "a\\b\n"),
        ("n != 5 or False", False),
    ],
)
def test_values(text: str, value: object) -> None:
    assert run(text, n=5, ds=[1, 2, 3]) == value


def test_texts_are_equal_whatever_their_case_margins_and_form() -> None:
    decomposed = normalize("NFD", "  KHÔNG ĐỦ điều kiện ")

    assert run("ý_kiến == 'không đủ điều kiện'", ý_kiến=decomposed) is True


def test_the_outcome_of_a_step_can_be_asked() -> None:
    assert run('ket_qua("step_3") == "kết quả của step_3"') is True


def test_and_or_stop_as_soon_as_they_are_decided() -> None:
    assert run("True or không_có") is True
    assert run("False and không_có") is False


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("không_có > 1", "unknown-name"),
        ("'a' > 1", "expression-type"),
        ("'a' * 1000", "expression-type"),
        ("True + 1", "expression-type"),
        ("None < 1", "expression-type"),
        ("1 in 5", "expression-type"),
        ("len(1)", "expression-type"),
        ("round(1.5, 99)", "expression-type"),
        ("1 / 0", "expression-value"),
        ("1.5 % 0", "expression-value"),
        ("max([])", "expression-value"),
        ("999999999999 * 999999999999", "expression-limit"),
        ("x + x", "expression-limit"),
        ("y > 1", "expression-limit"),
    ],
)
def test_faults_at_run_time_have_a_code(text: str, code: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        run(text, x="a" * 6_000, y=float("nan"))

    assert caught.value.code == code


def test_an_unknown_name_is_named() -> None:
    with pytest.raises(ExpressionError) as caught:
        run("số_tiền > 1")

    assert caught.value.facts["name"] == "số_tiền"


def test_a_condition_holds_or_not() -> None:
    assert parse("n").holds({"n": 3}, str) is True
    assert parse("n").holds({"n": ""}, str) is False


@given(st.text(max_size=60) | st.text("()[]'\"ab1.,+-*/%<>=!&|: _\\#{}$\n", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = run(text, a=1, b="x")
    except ExpressionError as refused:
        assert refused.code.startswith(("expression-", "script-", "unknown-"))
    else:
        assert isinstance(value, (str, int, float, list, type(None)))
