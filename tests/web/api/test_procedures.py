import json

import pytest

from bpmn.convert import read_json, read_yaml
from tests.visitors import Program

XML = "application/xml"


def test_a_procedure_is_opened_under_its_code(author: Program) -> None:
    body = {"code": "QT-MOI", "title": "Quy trình mới", "unit": "TCKH", "kind": "tthc"}

    first, second = author.post("/procedures", body), author.post("/procedures", body)

    assert (first.status_code, first.json) == (201, body)
    assert (second.status_code, second.json["code"]) == (409, "conflict")


def test_the_catalogue_is_found_without_marks(author: Program) -> None:
    found = author.get("/procedures?q=dang ky thanh lap&stage=in_force").json

    assert [version["code"] for version in found["versions"]] == ["QT-TCKH-01"]
    assert (found["page"], found["pages"], found["count"]) == (1, 1, 1)


def test_a_draft_comes_back_as_it_was_saved(author: Program, draft: str) -> None:
    answer = author.get(f"/procedures/{draft}/draft")

    assert answer.mimetype == XML
    assert answer.headers["ETag"] == '"1"'
    assert b"namro:procedure" in answer.data


@pytest.mark.parametrize(("kind", "read"), [("application/yaml", read_yaml), ("application/json", read_json)])
def test_a_draft_is_read_and_written_as_a_table(author: Program, draft: str, kind: str, read) -> None:
    table = author.get(f"/procedures/{draft}/draft", headers={"Accept": kind})

    saved = author.put(
        f"/procedures/{draft}/draft", data=table.data, content_type=kind, headers={"If-Match": table.headers["ETag"]}
    )

    again = author.get(f"/procedures/{draft}/draft", headers={"Accept": kind})
    assert saved.status_code == 200, saved.text
    assert saved.json["revision"] == 2
    assert read(again.data).table == read(table.data).table


def test_a_draft_is_not_overwritten_blindly(author: Program, draft: str, source: bytes) -> None:
    path = f"/procedures/{draft}/draft"

    blind = author.put(path, data=source, content_type=XML)
    stale = author.put(path, data=source, content_type=XML, headers={"If-Match": '"7"'})
    right = author.put(path, data=source, content_type=XML, headers={"If-Match": '"1"'})

    assert (blind.status_code, blind.json["code"]) == (428, "if-match-missing")
    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    assert (right.status_code, right.headers["ETag"]) == (200, '"2"')


def test_what_was_submitted_is_no_draft_any_more(author: Program, submitted: str, source: bytes) -> None:
    answer = author.put(f"/procedures/{submitted}/draft", data=source, content_type=XML, headers={"If-Match": '"1"'})

    assert (answer.status_code, answer.json["code"]) == (409, "not-a-draft")


def test_an_unusable_file_is_refused_with_its_findings(author: Program, draft: str) -> None:
    answer = author.put(
        f"/procedures/{draft}/draft",
        data=b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        content_type=XML,
        headers={"If-Match": '"1"'},
    )

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.json["findings"][0]["code"]
    assert author.get(f"/procedures/{draft}/draft").headers["ETag"] == '"1"'


def test_an_unknown_kind_of_content_is_refused(author: Program, draft: str) -> None:
    answer = author.put(f"/procedures/{draft}/draft", data=b"x", content_type="text/html")

    assert (answer.status_code, answer.json["code"]) == (415, "unsupported-type")


def test_the_gate_bars_an_unclear_draft(author: Program, draft: str) -> None:
    table = json.loads(author.get(f"/procedures/{draft}/draft", headers={"Accept": "application/json"}).data)
    del table["steps"][1]["performer"]
    author.put(
        f"/procedures/{draft}/draft",
        data=json.dumps(table),
        content_type="application/json",
        headers={"If-Match": '"1"'},
    )

    answer = author.post(f"/procedures/{draft}/submit")

    assert (answer.status_code, answer.json["code"]) == (422, "unclear")
    assert any(finding["clear"] == "performer" for finding in answer.json["findings"])


def test_a_returned_version_is_a_draft_again(author: Program, appraiser: Program, submitted: str) -> None:
    path = f"/procedures/{submitted}/versions/1/appraise"

    without = appraiser.post(path, {"verdict": "return"})
    returned = appraiser.post(path, {"verdict": "return", "reason": "Bước 2 chưa rõ kết quả"})

    assert (without.status_code, without.json["facts"]) == (422, {"field": "reason"})
    assert (returned.status_code, returned.json["stage"]) == (200, "draft")
    assert author.get(f"/procedures/{submitted}/draft").status_code == 200


def test_who_wrote_it_does_not_appraise_it(author: Program, submitted: str) -> None:
    answer = author.post(f"/procedures/{submitted}/versions/1/appraise", {"verdict": "accept"})

    assert (answer.status_code, answer.json["code"]) == (403, "own-work")
    assert "soạn" in answer.json["detail"]


def test_an_appraisal_needs_an_open_step(appraiser: Program, appraised: str) -> None:
    answer = appraiser.post(f"/procedures/{appraised}/versions/1/appraise", {"verdict": "accept"})

    assert (answer.status_code, answer.json["code"]) == (409, "no-open-step")


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000, b"\xff", b""], ids=["lists", "maps", "bytes", ""])
def test_a_body_that_is_no_json_is_a_bad_request(author: Program, body: bytes) -> None:
    answer = author.post("/procedures", data=body, content_type="application/json")

    assert (answer.status_code, answer.json["code"]) == (400, "bad-request")


def test_texts_are_kept_composed_and_without_what_no_text_holds(author: Program) -> None:
    body = {"code": "QT-MOI", "title": "Thi\u0323 xa\u0303\u0000 ", "unit": "TCKH", "kind": "tthc"}

    assert author.post("/procedures", body).json["title"] == "Thị xã"


def test_half_a_character_in_a_table_is_a_finding(author: Program, draft: str) -> None:
    data = b'{"schema": "five-clear/1", "title": "\\ud800", "steps": [{"step_no": "1", "name": "x"}]}'

    answer = author.post("/check", data=data, content_type="application/json")

    assert [finding["code"] for finding in answer.json["files"][0]["findings"]] == ["text-encoding"]
