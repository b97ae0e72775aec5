"""Documents that another replaced are known by their numbers."""

from datetime import date

import pytest

from bpmn.documents import DOCUMENTS, called, replaced_in

TODAY = date(2026, 11, 23)


def test_a_text_tells_which_of_its_documents_is_replaced() -> None:
    (gone,) = replaced_in("Nghị định số 61/2018/NĐ-CP; Luật Đất đai số 31/2024/QH15", TODAY)

    assert (gone.number, gone.by) == ("61/2018/NĐ-CP", "118/2025/NĐ-CP")


@pytest.mark.parametrize("text", ["NĐ 61/2018/NĐ-CP, nay là 118/2025/NĐ-CP", "Quyết định 61/2018/QĐ-UBND", "61/2018"])
def test_who_names_the_new_one_too_or_another_document_is_left_alone(text: str) -> None:
    assert list(replaced_in(text, TODAY)) == []


def test_before_its_day_a_document_is_in_force() -> None:
    assert list(replaced_in("61/2018/NĐ-CP", date(2025, 6, 30))) == []


def test_every_known_document_has_a_kind_by_its_number() -> None:
    words = {called(number).split(" số ")[0] for each in DOCUMENTS for number in (each.number, each.by)}

    assert "Nghị định" in words
    assert "Văn bản" not in words
