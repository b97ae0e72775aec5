"""Differences in the words of people: nothing of how a file writes them."""

import pytest

from bpmn.compare import Change
from web.present.changes import sentences


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"name": "Giấy đề nghị", "kind": "original", "qty": 1}, "Đầu vào: thêm Giấy đề nghị (bản chính)"),
        ({"name": "Căn cước", "kind": "copy", "qty": 2}, "Đầu vào: thêm Căn cước (bản sao, 2)"),
        ({"name": "Tờ khai"}, "Đầu vào: thêm Tờ khai"),
    ],
)
def test_a_paper_is_told_by_its_name(value: dict[str, object], words: str) -> None:
    assert sentences([Change("item-added", None, None, "inputs", None, value)], "vi") == [words]


def test_a_value_of_one_part_is_told_without_its_key() -> None:
    change = Change("head-changed", None, None, "recurrence", {"rule": "hằng tháng"}, {"rule": "hằng quý"})

    assert sentences([change], "vi") == ["Thông tin chung: định kỳ hằng tháng → hằng quý"]
