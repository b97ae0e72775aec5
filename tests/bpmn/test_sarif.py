"""Reports as SARIF 2.1.0: a run with rules and results, each with its place."""

import json

from bpmn.check import check
from bpmn.sarif import as_sarif
from tests.bpmn.models import END, START, file_of


def test_findings_become_results_with_rule_level_and_place() -> None:
    report = check(file_of(START, END, '<bpmn:userTask id="a"/>', "s -> a", "a -> e"), "quy trình.bpmn")

    content = json.loads(json.dumps(as_sarif([report], "vi", version="1.0")))

    run = content["runs"][0]
    assert content["version"] == "2.1.0"
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {finding.code for finding in report.findings}
    assert len(run["results"]) == len(report.findings)
    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == (report.findings[0].code, "error")
    place = first["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "quy%20tr%C3%ACnh.bpmn"
    assert place["physicalLocation"]["region"] == {"startLine": 5}
    assert place["logicalLocations"] == [{"name": "a", "kind": "element"}]


def test_a_finding_on_the_whole_file_has_no_region() -> None:
    content = json.loads(json.dumps(as_sarif([check(b"", "x.bpmn")], "en", version="1.0")))

    (result,) = content["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
