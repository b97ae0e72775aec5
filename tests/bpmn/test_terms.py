"""What a source names that others may choose."""

from dataclasses import replace

from bpmn.convert import table_to_bpmn
from bpmn.document import read_document
from bpmn.fiveclear import Step
from bpmn.terms import LONGEST, TermKind, terms_of
from tests.factories import table


def test_the_terms_of_a_table_are_those_that_were_typed() -> None:
    steps = [
        Step("1", "Tiếp nhận", output="Giấy  tiếp nhận", forms=("Mẫu số 01", "Mẫu số 02")),
        Step("2", "Trả kết quả", output="Giấy tiếp nhận"),
    ]
    basis = ("Luật số 31/2024/QH15", {"document": "Nghị định số 118/2025/NĐ-CP", "article": "Điều 5"})
    five = replace(
        table(*steps), legal_basis=basis, inputs=({"name": "Đơn"},), outputs=({"name": "Giấy phép", "qty": 1},)
    )
    document = read_document(table_to_bpmn(five)).document
    assert document is not None

    assert terms_of(document.canonical()) == {
        TermKind.OUTPUT: {"Giấy tiếp nhận", "Giấy phép"},
        TermKind.FORM: {"Mẫu số 01", "Mẫu số 02"},
        TermKind.INPUT: {"Đơn"},
        TermKind.BASIS: {"Luật số 31/2024/QH15", "Nghị định số 118/2025/NĐ-CP"},
    }


def test_what_is_longer_than_a_name_is_no_term() -> None:
    source = table_to_bpmn(table(Step("1", "Nộp", output="a" * LONGEST), Step("2", "Xem", output="b" * (LONGEST + 1))))

    assert terms_of(source)[TermKind.OUTPUT] == {"a" * LONGEST}
