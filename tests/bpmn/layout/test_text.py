from hypothesis import given
from hypothesis import strategies as st

from bpmn.layout.text import LONGEST, text_width, wrap

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=200)


@given(TEXTS, st.floats(15, 200))
def test_no_line_is_wider_than_asked(text: str, width: float) -> None:
    assert all(text_width(line, size=12) <= width + 1e-6 for line in wrap(text, width=width, size=12))


@given(TEXTS)
def test_wrapping_loses_no_character(text: str) -> None:
    assert "".join("".join(wrap(text, width=60, size=12)).split()) == "".join(text.split())


def test_an_accent_does_not_widen_a_letter() -> None:
    assert text_width("Thẩm định", size=12) == text_width("Tham đinh", size=12)


def test_dropped_lines_leave_an_ellipsis() -> None:
    lines = wrap("tiếp nhận hồ sơ và trả kết quả cho công dân", width=70, size=12, most=2)

    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_an_endless_name_is_cut() -> None:
    assert sum(len(line) for line in wrap("dài " * 100_000, width=100, size=12)) <= LONGEST
