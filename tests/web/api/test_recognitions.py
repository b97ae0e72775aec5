from tests.visitors import Program
from tests.web.api.conftest import DECISION


def test_each_version_is_recognised_by_itself(chairman: Program, author: Program, appraised: str) -> None:
    versions = [{"code": appraised, "number": 1}, {"code": "QT-KHONG-CO", "number": 1}]

    answer = chairman.post("/recognitions", {"versions": versions, **DECISION})

    assert answer.status_code == 200
    assert [(item["code"], item["recognised"], item["error"]) for item in answer.json["items"]] == [
        (appraised, True, None),
        ("QT-KHONG-CO", False, "not-found"),
    ]
    shown = author.get(f"/procedures/{appraised}").json
    assert (shown["stage"], shown["decision"]) == ("in_force", "77/QĐ-UBND")


def test_a_number_is_given_back_when_nothing_was_recognised(chairman: Program, appraised: str) -> None:
    chairman.post("/recognitions", {"versions": [{"code": "QT-KHONG-CO", "number": 1}], **DECISION})

    answer = chairman.post("/recognitions", {"versions": [{"code": appraised, "number": 1}], **DECISION})

    assert answer.json["items"][0]["recognised"]


def test_a_number_is_used_once(chairman: Program, appraised: str) -> None:
    body = {"versions": [{"code": appraised, "number": 1}], **DECISION}
    chairman.post("/recognitions", body)

    answer = chairman.post("/recognitions", body)

    assert (answer.status_code, answer.json["code"]) == (409, "number-taken")


def test_only_the_leadership_recognises(author: Program, appraised: str) -> None:
    answer = author.post("/recognitions", {"versions": [{"code": appraised, "number": 1}], **DECISION})

    assert (answer.status_code, answer.json["code"]) == (403, "not-allowed")
