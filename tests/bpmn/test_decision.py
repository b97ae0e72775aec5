"""Decision tables are read as hostile input; what could not be run is refused."""

import pytest

from bpmn.check import check

TABLE = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x"><decision id="D">'
    "<decisionTable><input><inputExpression><text>{}</text></inputExpression></input>"
    '<output name="muc"/>'
    "<rule><inputEntry><text>{}</text></inputEntry><outputEntry><text>{}</text></outputEntry></rule>"
    "</decisionTable></decision></definitions>"
)
CODE = "__import__('os').system('true')"


@pytest.mark.parametrize("cells", [(CODE, "1", "1"), ("a", CODE, "1"), ("a", "1", CODE)])
def test_code_in_any_cell_is_refused_and_the_draft_may_be_kept(cells: tuple[str, str, str]) -> None:
    report = check(TABLE.format(*cells).encode(), "x.dmn")

    assert {(finding.code, finding.element) for finding in report.findings} == {("script-forbidden", "D")}
    assert not report.rejected


@pytest.mark.parametrize("entry", ["-", "&gt; 5", "[1..3]", '"a","b"', "not(3)", ""])
def test_the_cells_of_a_plain_table_are_harmless(entry: str) -> None:
    report = check(TABLE.format("so_tien", entry, '"đạt"').encode(), "x.dmn")

    assert report.ok


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', "xml-dtd"),
        (b"<html/>", "bpmn-root"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "bpmn-namespace"),
        (b"x", "xml-syntax"),
    ],
)
def test_what_is_no_decision_table_is_refused(data: bytes, code: str) -> None:
    report = check(data, "x.dmn")

    assert report.rejected
    assert [finding.code for finding in report.findings] == [code]


@pytest.mark.parametrize(("entry", "code"), [("5 +", "decision-cell"), ("[1..", "decision-cell"), ("date(2020)", None)])
def test_a_cell_that_is_not_understood_is_told_at_its_decision(entry: str, code: str | None) -> None:
    report = check(TABLE.format("so_tien", entry, "1").encode(), "x.dmn")

    assert not report.ok
    assert {finding.element for finding in report.findings} == {"D"}
    assert code is None or {finding.code for finding in report.findings} == {code}
