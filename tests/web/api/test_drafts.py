"""What can be done about a draft's findings: mend them, or let a leader waive one."""

import pytest

from tests.visitors import CHAIRMAN, Program, Website

XML = "application/xml"
FIX = {"code": "supporter-responsibility-missing", "element": "step_4"}
MATCH = {"If-Match": '"1"'}


def codes(answer) -> set[tuple[str, str]]:
    return {(found["code"], found["element"]) for found in answer.json["findings"]}


def test_a_finding_is_mended_and_gone(author: Program, draft: str) -> None:
    answer = author.post(f"/procedures/{draft}/draft/fix", FIX, headers=MATCH)

    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert (FIX["code"], FIX["element"]) not in codes(answer)


def test_all_findings_of_a_kind_are_mended_at_once(author: Program, draft: str, source: bytes) -> None:
    silent = source.replace(b"<namro:responsibility>", b"<namro:note>").replace(
        b"</namro:responsibility>", b"</namro:note>"
    )
    saved = author.put(f"/procedures/{draft}/draft", data=silent, content_type=XML, headers=MATCH)
    missing = [found for found in saved.json["findings"] if found["code"] == "responsibility-missing"]
    assert len(missing) > 2
    assert all(found["fixable"] for found in missing)

    answer = author.post(
        f"/procedures/{draft}/draft/fix", {"code": "responsibility-missing"}, headers={"If-Match": '"2"'}
    )

    assert "responsibility-missing" not in {code for code, _ in codes(answer)}


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (FIX, {}, 428, "if-match-missing"),
        (FIX, {"If-Match": '"7"'}, 412, "stale"),
        ({"code": "legal-basis-expired"}, MATCH, 422, "no-fix"),
        ({"code": "deadlock", "element": "x"}, MATCH, 422, "no-fix"),
        ({"element": "x"}, MATCH, 422, "invalid"),
    ],
)
def test_a_fix_is_refused(author: Program, draft: str, body, headers, status: int, code: str) -> None:
    answer = author.post(f"/procedures/{draft}/draft/fix", body, headers=headers)

    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_leader_lets_an_error_pass_and_the_draft_is_submitted(
    website: Website, author: Program, draft: str, source: bytes
) -> None:
    stated = b'<namro:statedTotal text="9" value="9" unit="working_day"/></namro:procedure>'
    saved = author.put(
        f"/procedures/{draft}/draft",
        data=source.replace(b"</namro:procedure>", stated),
        content_type=XML,
        headers=MATCH,
    )
    (error,) = [found for found in saved.json["findings"] if found["severity"] == "error"]
    body = {"code": error["code"], "element": error["element"], "reason": "Quyết định công bố ghi như vậy."}
    assert author.post(f"/procedures/{draft}/submit").status_code == 422

    refused = author.post(f"/procedures/{draft}/draft/waivers", body)
    given = website.program(CHAIRMAN).post(f"/procedures/{draft}/draft/waivers", body)

    assert (refused.status_code, given.status_code) == (403, 201)
    assert given.json["reason"] == body["reason"]
    assert author.post(f"/procedures/{draft}/submit").status_code == 200


def test_a_caller_of_the_gate_chooses_the_clears(author: Program, source: bytes) -> None:
    five = author.post("/check", data=source, content_type=XML).json["files"][0]
    six = author.post("/check?profile=6-ro", data=source, content_type=XML).json["files"][0]
    none = author.post("/check?profile=9-ro", data=source, content_type=XML)

    assert "authority-missing" not in {found["code"] for found in five["findings"]}
    assert "authority-missing" in {found["code"] for found in six["findings"]}
    assert five["not_run"] == []
    assert (none.status_code, none.json["code"]) == (422, "profile-unusable")
