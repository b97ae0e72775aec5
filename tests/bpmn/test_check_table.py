"""A table goes through the same rules as its diagram, and is told in its own words."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.check import check, report_as_json
from bpmn.findings import Clear, FileReport, Severity

SAMPLES = Path(__file__).parent.parent / "files" / "samples"
PATHS = {
    "01_xay_dung_cong_nhan_quy_trinh_5_ro": 412 * 60,
    "02_bao_cao_nguyen_nhan_tru_diem_cchc": 140 * 60,
    "03_dang_ky_khai_sinh": 6 * 60,
    "04_cap_phep_xay_dung_nha_o_rieng_le": 15.0,
    "05_giai_quyet_van_ban_den": 48 * 60,
    "06_dang_ky_ho_kinh_doanh": 24 * 60,
    "07_xet_khen_thuong_cuoi_nam": 200 * 60,
    "08_tro_cap_xa_hoi_hang_thang": 176 * 60,
}
"""The `computed_totals` of the samples: working minutes, calendar days for the fourth."""

PERMIT = (SAMPLES / "04_cap_phep_xay_dung_nha_o_rieng_le.yaml").read_bytes()


def permit(old: str = "", new: str = "") -> FileReport:
    text = PERMIT.decode()
    assert old in text
    return check(text.replace(old, new, 1).encode(), "04.yaml")


@pytest.mark.parametrize("name", PATHS)
def test_a_sample_has_its_path_and_no_error_about_time_structure_or_file(name: str) -> None:
    report = check((SAMPLES / f"{name}.yaml").read_bytes(), f"{name}.yaml")

    assert report.time is not None
    assert (report.time.path_minutes or report.time.path_days) == PATHS[name]
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    assert [finding for finding in errors if finding.clear in (Clear.TIME, Clear.PROCESS, Clear.FILE)] == []


def test_steps_are_told_by_their_number() -> None:
    report = permit("    position: Lãnh đạo phòng\n    unit: Phòng Tài nguyên và Môi trường\n", "    person: A\n")

    assert ("performer-missing", "4b", None) in {(one.code, one.element, one.line) for one in report.findings}
    assert report.time is not None
    assert report.time.critical_path == ["1", "2", "3", "4b", "5", "6", "7", "8", "9", "10"]


def test_a_wrong_total_is_told_with_both_numbers() -> None:
    report = permit(
        "computed_totals:", "stated_total: {text: 16 ngày, value: 16, unit: calendar_day}\ncomputed_totals:"
    )

    (finding,) = [finding for finding in report.findings if finding.code == "total-mismatch"]
    assert (finding.facts["stated_days"], finding.facts["path_days"]) == (16, 15)


def test_what_stands_wrong_in_the_text_keeps_its_line() -> None:
    report = permit("goto: '5'", "goto: '55'")

    assert [(one.code, one.element, one.line) for one in report.findings if one.code == "branch-dangling"] == [
        ("branch-dangling", "3", 214)
    ]


def test_a_table_that_is_none_is_refused() -> None:
    assert [finding.code for finding in check(b"a: [", "x.yaml").findings] == ["yaml-syntax"]
    assert check(b"{}", "x.json").rejected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PERMIT) - 1), st.binary(max_size=6)), min_size=1, max_size=4))
def test_a_table_with_any_bytes_changed_gives_a_report(changes: list[tuple[int, bytes]]) -> None:
    data = PERMIT
    for position, piece in changes:
        data = data[:position] + piece + data[position + len(piece) :]

    json.dumps(report_as_json(check(data, "x.yaml"), "vi"))


LINES = PERMIT.split(b"\n")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, len(LINES) - 1), max_size=40))
def test_a_table_with_any_lines_left_out_gives_a_report(missing: list[int]) -> None:
    data = b"\n".join(line for number, line in enumerate(LINES) if number not in missing)

    json.dumps(report_as_json(check(data, "x.yaml"), "vi"))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("04_cap_phep_xay_dung_nha_o_rieng_le.docx", 15.0),
        ("06_dang_ky_ho_kinh_doanh.xlsx", 24 * 60),
        ("01_xay_dung_cong_nhan_quy_trinh_5_ro.docx", 412 * 60),
    ],
)
def test_an_office_file_has_the_path_of_its_table(name: str, path: float) -> None:
    report = check((SAMPLES / name).read_bytes(), name)

    assert report.time is not None
    assert (report.time.path_minutes or report.time.path_days) == path
    assert not report.rejected


def test_an_office_file_without_responsibilities_is_told_once_a_step() -> None:
    name = "04_cap_phep_xay_dung_nha_o_rieng_le.docx"

    report = check((SAMPLES / name).read_bytes(), name)

    steps = [finding.element for finding in report.findings if finding.code == "responsibility-missing"]
    assert len(steps) == len(set(steps)) == 12
