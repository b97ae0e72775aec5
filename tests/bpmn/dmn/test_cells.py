"""Cells: what holds of which value."""

import pytest

from bpmn.dmn.cells import Scope, read_test, read_value
from bpmn.errors import ExpressionError

SCOPE = Scope({"hạn": 3}, {"a": "Đạt"}.get)


@pytest.mark.parametrize(
    ("cell", "holds", "fails"),
    [
        ("-", [1, "x", None, True], []),
        ("", [0], []),
        ("5", [5, 5.0], [4, "5", None, True]),
        ("1", [1], [True]),
        ("true", [True], [1, False]),
        ("null", [None], [0, ""]),
        ('"Đạt"', ["đạt", " ĐẠT "], ["không đạt", None]),
        ('"a", "b"', ["A", "b"], ["c"]),
        ("< 5", [4.9, -1], [5, 6, None]),
        (">= hạn", [3, 4], [2]),
        ("!= 3", [4, "x", None], [3]),
        ("= 3", [3], [4]),
        ("[1..5]", [1, 5], [0.9, 5.1, None]),
        ("[1..5)", [1, 4], [5]),
        ("(1..5]", [5], [1]),
        ("]1..5[", [2], [1, 5]),
        ("[1.5..2.5]", [1.5, 2], [1.4]),
        ('["a".."c"]', ["B"], ["d"]),
        ("< 0, [10..20), > 100", [-1, 10, 101], [5, 20, 100]),
        ("]1..2[, ]3..4[", [1.5, 3.5], [2, 3]),
        ("not(3)", [4], [3]),
        ("not(1, [5..9])", [2, 10], [1, 7]),
        ("not(-)", [], [1, None]),
        ("not(1), 1", [1, 2], []),
        ("[1, 2, 3]", [2], [4]),
        ('ket_qua("a")', ["đạt"], ["không"]),
        ('"a, b", "..", ")"', ["a, b", "..", ")"], ["a"]),
        ("hạn + 1", [4], [3]),
    ],
)
def test_a_cell_holds_of_what_it_says(cell: str, holds: list[object], fails: list[object]) -> None:
    test = read_test(cell)

    assert [value for value in holds if not test.holds(value, SCOPE)] == []
    assert [value for value in fails if test.holds(value, SCOPE)] == []


@pytest.mark.parametrize("cell", ["5 +", "<", "[1..", "1,,2", "a.b", "__import__('os')", "not(1", "date(2020)", "1..5"])
def test_what_is_no_cell_is_refused(cell: str) -> None:
    with pytest.raises(ExpressionError):
        read_test(cell)


def test_a_text_and_a_number_have_no_order() -> None:
    with pytest.raises(ExpressionError):
        read_test("< 5").holds("4", SCOPE)


@pytest.mark.parametrize(
    ("cell", "value"), [("true", True), ('"true"', "true"), ("null", None), ("[1, false]", [1, False])]
)
def test_an_entry_knows_the_words_of_feel(cell: str, value: object) -> None:
    assert SCOPE.value(read_value(cell)) == value
