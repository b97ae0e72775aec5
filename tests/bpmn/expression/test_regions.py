"""Conditions are compared as sets of values: what is claimed of them agrees with trying values."""

from itertools import product as combined

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bpmn.expression import parse
from bpmn.expression.regions import Unknown, examples, product, region


def overlap(one: str, other: str, **known: tuple[str, ...]) -> dict[str, object] | None:
    boxes = product([region(parse(text).tree) for text in (one, other)])
    found = next(examples(boxes, known), None)
    return None if found is None else dict(found.values)


@pytest.mark.parametrize(
    ("one", "other", "example"),
    [
        ("so_tien > 10", "so_tien > 100", {"so_tien": 101}),
        ("so_tien >= 10", "so_tien <= 10", {"so_tien": 10}),
        ("10 < so_tien", "so_tien in [5, 12]", {"so_tien": 12}),
        ("loai != 'A'", "loai == 'b'", {"loai": "b"}),
        ("khẩn", "khẩn == True", {"khẩn": True}),
        ("n > 0.5", "n < 0.75", {"n": 0.625}),
        ("not n < 5", "n == 7 or m == 1", {"n": 7}),
        ("1 < n < 9", "n >= 8", {"n": 8}),
        ("n not in [1, 2]", "n in [2, 3]", {"n": 3}),
    ],
)
def test_an_overlap_is_shown_by_an_example(one: str, other: str, example: dict[str, object]) -> None:
    assert overlap(one, other) == example


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("so_tien > 10", "so_tien <= 10"),
        ("n > 1", "n < 2"),
        ("loai == 'A'", "loai != 'a '"),
        ("khẩn", "not khẩn"),
        ("a > b", "a <= b"),
        ("b < a", "a <= b"),
        ("len(ds) > 3", "len(ds) <= 3"),
        ("x % 2 == 0", "x % 2 == 1"),
        ("'a' in ten", "'a' not in ten"),
        ("n > 5 and n < 3", "n == 4"),
        ("len(ds) > 3", "len(ds) > 5"),
        ("n == True and m > 1", "m < 1"),
        ("1 == 2", "n > 1"),
    ],
)
def test_what_excludes_each_other_or_is_not_certain_is_no_overlap(one: str, other: str) -> None:
    assert overlap(one, other) is None


def test_an_outcome_of_a_step_is_one_that_the_step_knows() -> None:
    assert overlap('ket_qua("a") != "đạt"', 'ket_qua("a") in ["Trả lại"]', a=("đạt", "trả lại")) == {
        'ket_qua("a")': "trả lại"
    }
    assert overlap('ket_qua("a") != "đạt"', 'ket_qua("a") != "x"', a=("đạt",)) is None
    assert overlap('ket_qua("a") == "x"', 'ket_qua("b") == "x"', a=("x",), b=("x",)) is None


def test_values_of_different_kinds_are_not_compared() -> None:
    with pytest.raises(Unknown):
        overlap("n == 1", "n == 'a'")


def test_too_many_cases_are_given_up() -> None:
    many = " or ".join(f"a{number} > 1" for number in range(20))
    with pytest.raises(Unknown):
        overlap(many, many.replace("a", "b"))


ATOMS = st.builds(
    "{} {} {}".format,
    st.sampled_from("xy"),
    st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
    st.integers(-2, 2),
) | st.sampled_from(["x in [0, 2]", "y not in [1]", "0 < x <= 2", "-1 <= y", "x < y"])
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds("({} and {})".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("not {}".format, inner.map("({})".format))
    ),
    max_leaves=5,
)
VALUES = [number / 2 for number in range(-8, 9)]


@settings(max_examples=150, deadline=None)
@given(CONDITIONS, CONDITIONS)
def test_what_is_claimed_agrees_with_trying_values(one: str, other: str) -> None:
    first, second = parse(one), parse(other)
    tried = [
        {"x": x, "y": y}
        for x, y in combined(VALUES, VALUES)
        if first.holds({"x": x, "y": y}, str) and second.holds({"x": x, "y": y}, str)
    ]

    try:
        boxes = product([region(first.tree), region(second.tree)])
    except Unknown:
        assume(False)

    found = next(examples(boxes, {}), None)
    if not boxes:
        assert tried == []
    if found is not None:
        values = {"x": 0, "y": 0} | dict(found.values)
        assert first.holds(values, str)
        assert second.holds(values, str)
