"""The gate as a whole: the corpus of bad input, the shape of a report, and no exception for any bytes."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.check import check, report_as_json, report_as_text
from bpmn.directory import read_directory
from bpmn.findings import FileReport, Finding, Severity
from tests.bpmn.models import END, START, file_of, flow, task

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "files" / "badinput"
TOWN = read_directory((ROOT.parent / "procedures" / "data" / "town.yaml").read_text("utf-8"))
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ROWS = list(csv.DictReader((CORPUS / "MANIFEST.csv").read_text("utf-8").splitlines()))
MADE = {"size/tasks-10000.bpmn"}

LACKING = {"step-name-missing", "performer-missing", "time-missing", "responsibility-missing"}
"""What a file lacks of the five clears; the corpus is about other faults."""

FAMILIES = {
    "BPMN_IMPORT": {"bpmn-import"},
    "BPMN_NO_PROCESS": {"bpmn-no-process"},
    "BPMN_NS": {"bpmn-namespace"},
    "BPMN_ROOT": {"bpmn-root"},
    "BPMN_RULE": {"flow-crosses-border"},
    "CALL_CYCLE": {"call-cycle"},
    "DEADLOCK": {"deadlock"},
    "DI_BOUNDS": {"di-bounds"},
    "EXPR_LIMIT": {"expression-limit"},
    "EXPR_SYNTAX": {"expression-syntax"},
    "EXPR_TYPE": {"expression-type"},
    "EXT_IGNORED": {"extension-ignored"},
    "ID_DUP": {"id-duplicate"},
    "ID_MISSING": {"id-missing"},
    "ID_SYNTAX": {"id-syntax"},
    "LIMIT_COMPLEXITY": {"limit-complexity"},
    "LIMIT_DEPTH": {"limit-depth"},
    "LIMIT_ELEMENTS": {"limit-elements"},
    "LIMIT_MI": {"limit-multi"},
    "LIMIT_SIZE": {"limit-size", "limit-comment"},
    "LIMIT_TEXT": {"limit-text"},
    "LIVELOCK": {"livelock"},
    "MANY_STARTS": {"many-starts"},
    "NOT_EXECUTABLE": {"not-executable"},
    "NO_CONDITION": {"no-condition"},
    "NO_DEFAULT": {"no-default"},
    "NO_OUTGOING": {"no-outgoing"},
    "REF_MISSING": {"ref-missing"},
    "REF_TYPE": {"ref-type"},
    "ROLE_FORBIDDEN": {"performer-forbidden"},
    "ROLE_UNKNOWN": {"performer-unknown"},
    "SCRIPT_FORBIDDEN": {"script-forbidden"},
    "SOD_SAME_ROLE": {"duties-not-separate"},
    "TEXT_BIDI": {"text-bidi"},
    "TEXT_CONTROL": {"text-control"},
    "TIMER_CALENDAR": {"timer-calendar"},
    "TIMER_PAST": {"timer-past"},
    "TIMER_RANGE": {"timer-range"},
    "TIMER_SYNTAX": {"timer-syntax", "timer-missing"},
    "UNREACHABLE": {"unreachable"},
    "UNSUPPORTED": {"element-unsupported"},
    "VAR_RESERVED": {"variable-reserved"},
    "XML_CHAR": {"xml-char"},
    "XML_DTD": {"xml-dtd"},
    "XML_EMPTY": {"xml-empty"},
    "XML_ENCODING": {"xml-encoding"},
    "XML_FOREIGN": {"xml-foreign"},
    "XML_PI": {"xml-pi"},
    "XML_SYNTAX": {"xml-syntax"},
}


def examined(row: dict[str, str]) -> FileReport:
    town = TOWN if "/role-" in row["file"] else None
    return check((CORPUS / row["file"]).read_bytes(), row["file"], directory=town, at=AT)


def told(report: FileReport) -> list[Finding]:
    return [finding for finding in report.findings if finding.code not in LACKING]


@pytest.mark.parametrize("row", [row for row in ROWS if row["file"] not in MADE], ids=lambda row: row["file"])
def test_each_file_of_the_corpus_behaves_as_its_manifest_says(row: dict[str, str]) -> None:
    report = examined(row)

    errors = [finding for finding in told(report) if finding.severity is Severity.ERROR]
    assert report.rejected == (row["expect"] == "reject")
    assert bool(errors) == (row["expect"] in ("reject", "publish-reject"))
    if row["code"]:
        assert located(report, row)


def located(report: FileReport, row: dict[str, str]) -> bool:
    """Whether a finding of the family stands where the manifest says."""
    codes = set().union(*(FAMILIES[family] for family in row["code"].split("|")))
    found = [finding for finding in report.findings if finding.code in codes]
    place = row["locate"]
    if place == "file":
        return bool(found)
    if place == "line":
        return any(finding.line for finding in found)
    if place.startswith("line "):
        return any(finding.line == int(place[5:]) for finding in found)
    return any(finding.element == place for finding in found)


def test_ten_thousand_tasks_in_a_row_are_over_the_limit() -> None:
    tasks = [f'<bpmn:userTask id="t{number}"/>' for number in range(10_000)]
    flows = [f"t{number} -> t{number + 1}" for number in range(9_999)]

    report = check(file_of(START, END, *tasks, *flows, "s -> t0", "t9999 -> e"), "x.bpmn")

    assert report.rejected
    assert {finding.code for finding in report.findings} == {"limit-elements"}


def test_every_finding_has_its_place_unless_it_concerns_the_whole_file() -> None:
    whole = {"limit-size", "limit-comment", "limit-elements", "xml-empty", "file-type"}

    for row in ROWS:
        if row["file"] not in MADE:
            for finding in examined(row).findings:
                assert finding.element or finding.line or finding.code in whole, (row["file"], finding)


def test_the_report_is_plain_json_in_the_shape_of_the_contract() -> None:
    data = file_of(START, END, task("a", "1 working_day"), task("b", "4 working_hour"), "s -> a", "a -> b", "b -> e")

    content = json.loads(json.dumps(report_as_json(check(data, "q.bpmn"), "vi")))

    assert list(content) == ["file", "ok", "not_run", "findings", "time"]
    assert (content["file"], content["ok"]) == ("q.bpmn", False)
    assert set(content["findings"][0]) == {"code", "severity", "clear", "element", "line", "message", "facts"}
    assert content["time"] == {
        "path_minutes": 720,
        "limit_minutes": None,
        "slack_minutes": None,
        "worst_minutes": 720,
        "critical_path": ["a", "b"],
    }


def test_calendar_days_are_given_as_days() -> None:
    data = file_of(START, END, task("a", "1.5 calendar_day"), "s -> a", "a -> e")

    time = report_as_json(check(data, "q.bpmn"), "vi")["time"]

    assert isinstance(time, dict)
    assert (time["path_minutes"], time["path_days"], time["worst_minutes"]) == (None, 1.5, None)


def test_rules_that_need_what_is_missing_stand_in_not_run() -> None:
    data = file_of(START, END, task("a", "1 working_day"), "s -> a", "a -> e")

    assert check(data, "q.bpmn").not_run == (
        "legal-basis-expired",
        "performer-ambiguous",
        "performer-collective",
        "performer-unknown",
        "performer-vacant",
        "substitute-missing",
        "substitute-unknown",
        "timer-past",
    )
    assert check(data, "q.bpmn", directory=TOWN, at=AT).not_run == ()


def test_errors_come_first_and_the_text_has_a_line_for_each() -> None:
    report = check(file_of(START, END, '<bpmn:userTask id="a"/>', "s -> a", "a -> e"), "q.bpmn")

    gravities = [finding.severity for finding in report.findings]
    assert gravities == sorted(gravities, key=[Severity.ERROR, Severity.WARNING, Severity.INFO].index)
    lines = report_as_text(report, "vi").splitlines()
    assert len(lines) == len(report.findings)
    assert lines[0].startswith("q.bpmn:5: error ")
    assert "Phần tử «a»" in lines[0]


def test_a_file_of_another_kind_is_refused_by_its_ending() -> None:
    report = check(b"x", "báo cáo.exe")

    assert [(finding.code, finding.facts["ending"]) for finding in report.findings] == [("file-type", ".exe")]
    assert report.rejected


def test_every_process_of_a_file_is_examined_and_the_main_one_is_timed() -> None:
    other = '<bpmn:process id="Q"><bpmn:startEvent id="q1"/><bpmn:endEvent id="q2"/><bpmn:userTask id="lost"/>'
    rest = other + flow("q1 -> q2") + "</bpmn:process>"

    report = check(file_of(START, END, task("a", "1 working_day"), "s -> a", "a -> e", rest=rest), "q.bpmn")

    assert ("unreachable", "lost") in {(finding.code, finding.element) for finding in report.findings}
    assert report.time is not None
    assert report.time.path_minutes == 480


VALID = (CORPUS / "ok" / "ok-xor-default.bpmn").read_bytes()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.binary(max_size=8)), min_size=1, max_size=5))
def test_a_file_with_any_bytes_changed_gives_a_report(changes: list[tuple[int, bytes]]) -> None:
    data = VALID
    for position, piece in changes:
        data = data[:position] + piece + data[position + len(piece) :]

    report = check(data, "x.bpmn", directory=TOWN, at=AT)

    assert report.rejected == (report.time is None)
    json.dumps(report_as_json(report, "vi"))


LINES = VALID.split(b"\n")
PARTS = st.sampled_from([part for line in LINES for part in line.replace(b"><", b">\n<").split(b"\n")])


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS, max_size=30))
def test_a_file_with_any_elements_shuffled_gives_a_report(parts: list[bytes]) -> None:
    data = b"\n".join([*LINES[:3], *parts, b"</bpmn:process></bpmn:definitions>"])

    report = check(data, "x.bpmn", at=AT)

    assert report.rejected == (report.time is None)
