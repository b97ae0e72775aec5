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


@pytest.mark.parametrize(
    ("goto", "words"),
    [
        ("5", "bước 5"),
        ("end_returned", "kết thúc: trả lại hồ sơ"),
        ("wait_citizen", "chờ công dân bổ sung hồ sơ"),
        ("call:QT-02", "quy trình QT-02"),
    ],
)
def test_a_branch_is_told_by_where_it_leads(goto: str, words: str) -> None:
    new = Change("branch-added", None, "3", None, None, {"condition": "thiếu", "goto": goto})
    other = Change("branch-changed", None, "3", "goto", "4", goto)

    assert sentences([new], "vi") == [f"Bước 3: thêm rẽ nhánh «thiếu» → {words}"]
    assert sentences([other], "vi") == [f"Rẽ nhánh của bước 3: chuyển đến bước 4 → {words}"]


def test_a_step_without_a_name_says_so() -> None:
    change = Change("step-added", None, None, None, None, {"step_no": "3", "name": ""})

    assert sentences([change], "vi") == ["Thêm bước 3 (chưa có tên)"]
