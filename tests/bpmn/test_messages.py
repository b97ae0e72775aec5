"""Every code that the package can give has its sentence in both languages and its section in the documentation."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from bpmn.messages import LANGUAGES, sentence, texts
from bpmn.rules import RULES
from bpmn.verdicts import error

ROOT = Path(__file__).parent.parent.parent
SAYING = {"reject", "error", "warning", "info", "say", "spotted", "Finding", "TimeError", "ExpressionError"}
SAYING |= {"at_cell", "doubt"}
CODE = re.compile(r"[a-z]+(-[a-z]+)+")


def codes_of(file: Path, saying: set[str]) -> Iterator[str]:
    """The codes that a module gives: first arguments of what says a finding, written out."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and name_of(node.func) in saying:
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and CODE.fullmatch(part.value):
                    yield part.value


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@cache
def known_codes() -> frozenset[str]:
    written = {code for file in (ROOT / "bpmn").rglob("*.py") for code in codes_of(file, SAYING)}
    outside = {code for file in (ROOT / "web").rglob("*.py") for code in codes_of(file, {"reject", "Finding"})}
    ruled = {code for rule in RULES for code in rule.codes}
    return frozenset(written | outside | ruled | {"xml-syntax", "timer-working"})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_sentence(lang: str) -> None:
    known = texts(lang)

    assert sorted(code for code in known_codes() if code not in known) == []
    for code in known_codes():
        assert set(known[code]) == {"title", "what", "do"}, code


def test_no_sentence_is_left_without_a_code() -> None:
    assert set(texts("vi")) == set(texts("en")) == known_codes() | {"words", "unknown"}


def test_every_code_has_a_section_in_the_documentation() -> None:
    document = (ROOT / "docs" / "rules.md").read_text("utf-8")

    sections = re.findall(r"^### `([a-z-]+)`$", document, re.MULTILINE)
    assert sorted(sections) == sorted(known_codes())


def test_both_languages_tell_the_same_facts() -> None:
    def fields(lang: str, code: str) -> set[str | None]:
        text = texts(lang)[code]
        return {field for part in text.values() for _, field, _, _ in Formatter().parse(part)}

    assert [code for code in known_codes() if fields("vi", code) != fields("en", code)] == []
    assert set(texts("vi")["words"]) == set(texts("en")["words"])


def test_a_sentence_says_where_what_and_what_to_do() -> None:
    finding = error("unreachable", element="t1", line=7, name="Kiểm tra hồ sơ")

    assert sentence(finding, "vi") == (
        "Phần tử «t1», dòng 7: Không có đường nào từ bắt đầu tới «Kiểm tra hồ sơ». "
        "Hãy nối phần tử vào quy trình hoặc xóa nó."
    )
    assert sentence(finding, "en").startswith("Element «t1», line 7: No way leads")


def test_a_fact_is_filled_in_and_never_read_as_a_pattern() -> None:
    finding = error("unreachable", element="{0.__class__}", line=7, name="{line} {name.__class__}\nx")

    assert "«{line} {name.__class__} x»" in sentence(finding, "vi")


def test_a_fact_that_is_missing_is_a_dash_and_a_long_one_is_cut() -> None:
    assert "«–»" in sentence(error("unreachable", element="t1"), "vi")
    assert len(sentence(error("unreachable", element="t1", name="x" * 5000), "vi")) < 400


def test_an_element_without_a_name_is_called_by_its_id() -> None:
    assert "«branch_5»" in sentence(error("no-default", element="branch_5", name=""), "vi")


def test_what_there_is_no_fact_for_is_left_out() -> None:
    with_hint = error("expression-syntax", element="f", text="n >", suggestion="n > 1")

    assert "Gợi ý: n > 1. Chỉ dùng" in sentence(with_hint, "vi")
    assert "Gợi ý" not in sentence(error("expression-syntax", element="f", text="n >", suggestion=None), "vi")
    assert "[" not in sentence(error("performer-unknown", element="t", position="Văn thư", unit=""), "en")


def test_a_fact_that_looks_like_an_optional_part_stays() -> None:
    assert "«[[x {y}]]»" in sentence(error("unreachable", element="t", name="[[x {y}]]"), "vi")


@pytest.mark.parametrize("tag", ["transaction", "adHocSubProcess", "complexGateway"])
def test_kinds_of_elements_and_events_are_told_in_words(tag: str) -> None:
    refused = error("element-unsupported", element="x", tag=tag, reason="transaction")
    event = error("event-unsupported", element="x", tag="endEvent", event="compensate")

    assert tag not in sentence(refused, "vi")
    assert sentence(refused, "vi").count("giao dịch có hoàn tác chưa được hỗ trợ") == 1
    assert "sự kiện bù trừ (hoàn tác) ở chỗ này (sự kiện kết thúc)" in sentence(event, "vi")


def test_listed_names_stand_in_quotation_marks_and_many_are_counted() -> None:
    few, many = (error("dead-activity", element="a", elements=["Ký, ban hành"] * count) for count in (2, 20))

    assert "tới được «Ký, ban hành», «Ký, ban hành»." in sentence(few, "vi")
    assert sentence(many, "vi").count("Ký") == 6
    assert "và 14 phần tử khác" in sentence(many, "vi")


def test_days_and_moments_are_written_as_people_here_write_them() -> None:
    since = error("legal-basis-expired", element="P", document="Nghị định", ref="1/2018/NĐ-CP", since="2025-07-01")
    moment = error("timer-past", element="t", moment="2026-01-01T01:00:00+00:00")

    assert "từ ngày 01/07/2025." in sentence(since, "vi")
    assert "08:00 ngày 01/01/2026" in sentence(moment, "vi")


def test_an_unknown_code_or_language_still_gives_a_sentence() -> None:
    assert "lạ-lùng" in sentence(error("lạ-lùng"), "fr")


def test_the_place_in_an_office_file_is_said() -> None:
    finding = error("time-missing", name="x", sheet="QT", cell="D4")

    assert sentence(finding, "vi").startswith("trang tính «QT», ô D4:")
