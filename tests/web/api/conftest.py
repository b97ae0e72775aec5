"""Programs of the people who take part in the whole path."""

import pytest

from procedures.demo.shipped import library
from tests.visitors import APPRAISER, AUTHOR, CHAIRMAN, CLERK, Program, Website

DECISION = {"plan": "122/KH-UBND/2026", "number": "77/QĐ-UBND", "signed_on": "2026-11-23"}


@pytest.fixture
def source() -> bytes:
    return library("TCKH/QT-TCKH-01.bpmn")


@pytest.fixture
def author(website: Website) -> Program:
    return website.program(AUTHOR)


@pytest.fixture
def appraiser(website: Website) -> Program:
    return website.program(APPRAISER)


@pytest.fixture
def chairman(website: Website) -> Program:
    return website.program(CHAIRMAN)


@pytest.fixture
def clerk(website: Website) -> Program:
    return website.program(CLERK)


@pytest.fixture
def draft(author: Program, source: bytes) -> str:
    """The code of a procedure with a draft."""
    author.post("/procedures", {"code": "QT-MOI", "title": "Quy trình mới", "unit": "TCKH", "kind": "tthc"})
    saved = author.put("/procedures/QT-MOI/draft", data=source, content_type="application/xml")
    assert saved.status_code == 200, saved.text
    return "QT-MOI"


@pytest.fixture
def submitted(author: Program, draft: str) -> str:
    """The code of a procedure whose first version awaits appraisal."""
    answer = author.post(f"/procedures/{draft}/submit")
    assert answer.status_code == 200, answer.text
    return draft


@pytest.fixture
def appraised(appraiser: Program, submitted: str) -> str:
    """The code of a procedure whose first version awaits recognition."""
    answer = appraiser.post(f"/procedures/{submitted}/versions/1/appraise", {"verdict": "accept"})
    assert answer.status_code == 200, answer.text
    return submitted
