"""What the printed procedure says, and that whatever people write stays a text in it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.convert import read_yaml
from bpmn.fiveclear import Branch, Duration, FiveClear, TimeUnit
from bpmn.folding import kept
from bpmn.paper import Cover
from bpmn.paper.letters import known
from factories import step, table
from tests.bpmn.paper.printed import pages, paper, said, text

SAMPLES = sorted((Path(__file__).parents[2] / "files" / "samples").glob("*.yaml"))
COVER = Cover(authority="UBND thị xã Phước Long", unit="Phòng Nội vụ", version=3, on=date(2026, 11, 23))


def sample(name: str) -> FiveClear:
    found = read_yaml(next(path for path in SAMPLES if path.stem.startswith(name)).read_bytes()).table
    assert found is not None
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_clear_of_every_step_stands_on_the_paper(path: Path) -> None:
    content = sample(path.stem)

    found = text(paper(content, COVER)).replace(" ", "")

    for row in content.steps:
        told = [row.name, row.output, row.performer and row.performer.position, row.responsibility, *row.forms]
        told += [row.duration and row.duration.text, *(other.position for other in row.co_performers)]
        for each in told:
            assert not each or each.replace(" ", "") in found, each


def test_the_paper_begins_as_documents_of_the_state_do() -> None:
    first = pages(paper(sample("08"), COVER))[0]

    assert "ỦY BAN NHÂN DÂN THỊ XÃ PHƯỚC LONG" in first
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "Độc lập - Tự do - Hạnh phúc" in first
    assert "DỰ THẢO – Bản 3" in first
    assert "II. CĂN CỨ PHÁP LÝ" in first


def test_heads_of_table_and_phase_stand_again_where_the_table_goes_on() -> None:
    second = pages(paper(sample("08"), COVER))[1]

    assert second.startswith("2 Dự thảo Bước Rõ việc Rõ quy trình Rõ người Rõ thời gian Rõ trách nhiệm I. Cấp xã")


def test_total_limit_and_signatures_stand_together() -> None:
    last = next(page for page in pages(paper(sample("08"), COVER)) if "NGƯỜI LẬP" in page)

    assert "Tổng thời gian các bước 22 ngày làm việc" in last
    assert "Thời hạn giải quyết 22 ngày làm việc kể từ ngày nhận đủ hồ sơ" in last
    assert "THỦ TRƯỞNG ĐƠN VỊ" in last


def test_a_recognised_paper_names_its_decision_and_is_no_draft() -> None:
    found = text(paper(sample("06"), replace(COVER, mark="", decision="Kèm theo Quyết định số 05/QĐ-UBND")))

    assert "(Kèm theo Quyết định số 05/QĐ-UBND)" in found
    assert "ự thảo Bước" not in found
    assert "DỰ THẢO" not in found


def test_the_diagram_lies_on_its_side_behind_the_table() -> None:
    found = paper(sample("06"), COVER)

    upright = [page.mediabox.width < page.mediabox.height for page in found.pages]
    assert upright == sorted(upright, reverse=True)
    assert upright[0]
    assert not upright[-1]
    assert "Chờ công dân bổ sung hồ sơ" in said(found.pages[-1])


def test_the_paper_is_made_for_archives_and_for_readers_who_hear_it() -> None:
    found = paper(sample("06"), COVER)

    meta = found.xmp_metadata
    assert meta is not None
    assert (meta.pdfaid_part, meta.pdfaid_conformance) == ("2", "A")
    assert b"pdfuaid" in meta.stream.get_data()
    assert found.trailer["/Root"]["/Lang"] == "vi"
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_same_content_gives_the_same_paper() -> None:
    one, other = (paper(sample("03"), COVER).stream.getvalue() for _ in range(2))

    assert one == other
    assert one.startswith(b"%PDF-1.7")


CODES = (
    '#eval("1+1")',
    '#read("/etc/passwd")',
    "$x^2$ và $",
    "[ngoặc] ]]]",
    "@nguồn <nhãn>",
    "= Đề mục",
    "// chú thích /* */",
    "*đậm* _nghiêng_ `mã`",
    '#{ panic("x") }',
    "\\u{1F600} \\",
    '"}, "steps": []',
)


def test_code_of_the_template_is_text_wherever_somebody_writes_it() -> None:
    rows = [
        step(str(at), code, output=code, forms=(code,), responsibility=code, phase=f"{at} {code}", note=code)
        for at, code in enumerate(CODES, 1)
    ]
    branches = tuple(Branch(str(at), code, "1", note=code) for at, code in enumerate(CODES, 1))
    everything = " ".join(CODES)
    content = table(
        *rows, title=everything, legal_basis=CODES, unit_name=everything, code=everything, branches=branches
    )

    found = text(paper(content, Cover(authority=everything, decision=everything))).replace(" ", "")

    for code in CODES:
        assert found.count(code.replace(" ", "")) >= 11, code


def test_letters_that_no_font_has_are_boxes_and_refuse_nothing() -> None:
    found = text(paper(table(step("1", "Ký 😀 漢 → ≥ 50% ☐ \u202e"))))

    assert "Ký □ □ → ≥ 50% ☐" in found


def test_a_title_that_nobody_sees_stands_as_missing() -> None:
    assert "QUY TRÌNH Chưa đặt tên" in text(paper(table(step("1"), title="\u200d")))


def test_every_letter_of_the_list_can_be_set() -> None:
    letters = [chr(code) for code in sorted(known()) if kept(chr(code)) == chr(code)]
    lines = tuple(" ".join(letters[at : at + 40]) for at in range(0, len(letters), 40))

    assert len(paper(table(step("1"), legal_basis=lines)).pages) > 3


WRITTEN = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=80
)


@pytest.mark.full
@settings(max_examples=150, deadline=None)
@given(st.lists(WRITTEN, min_size=1, max_size=12))
def test_whatever_people_write_can_be_printed(names: list[str]) -> None:
    rows = [step(str(at), name, responsibility=name, phase=name) for at, name in enumerate(names, 1)]

    assert len(paper(table(*rows, title=names[0])).pages) > 1


def test_an_endless_word_breaks_in_its_cell() -> None:
    name, word = "a" * 200, "https://dichvucong.gov.vn/" + "a" * 3000

    found = paper(table(step("1", name, responsibility=word), title=name))

    assert len(found.pages) > 1
    assert text(found).count("a") > 3200


def test_a_hundred_steps_with_shared_times_fill_many_pages() -> None:
    shared = Duration("05 ngày cho cả nhóm", TimeUnit.SHARED, shared_block="b")
    rows = [step(str(at), f"Việc thứ {at}", phase=f"Giai đoạn {at // 20}") for at in range(1, 101)]
    rows[4:7] = [replace(row, duration=shared) for row in rows[4:7]]

    found = pages(paper(table(*rows), COVER))

    assert sum("Rõ trách nhiệm" in page for page in found) > 4
    assert sum(page.count("05 ngày cho cả nhóm") for page in found) == 1
    assert all(f"Việc thứ {at} " in " ".join(found) for at in range(1, 101))
