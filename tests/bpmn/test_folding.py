import pytest

from bpmn.folding import kept, normal, same_text, search_key


@pytest.mark.parametrize("unseen", ["\x00", "\x01", "\x1b", "\x7f", "\ud800", "\uffff"])
def test_a_text_is_kept_without_what_nothing_can_hold(unseen: str) -> None:
    assert normal(f" {unseen} cấp{unseen}  phép ") == "cấp phép"
    assert kept(f"cấp\n{unseen}phép") == "cấp\nphép"
    assert same_text(f"Cấp{unseen} phép", "cấp phép")
    assert search_key(f"Cấp{unseen} phép") == "cap phep"


def test_a_line_break_of_a_word_cell_parts_words() -> None:
    assert normal("thẩm\x0bđịnh") == "thẩm định"


def test_decomposed_vietnamese_is_composed() -> None:
    assert kept("thi\u0323") == "thị"
