"""The worked example: a sheet with seven faults, marked, kept from everybody else, put away at the end."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bpmn.convert import bpmn_to_table
from bpmn.document import read_document
from bpmn.findings import Severity
from engine.errors import Conflict
from procedures.commands.consult import consult
from procedures.demo.shipped import example_sheet
from procedures.evidence import findings_of
from procedures.queries.catalogue import Wanted, catalogue, draft
from procedures.queries.people import person_by_login
from procedures.queries.similar import similar
from tests.visitors import AUTHOR, CHAIRMAN, NOW, Browser, Website

SAMPLE = Path(__file__).parents[2] / "files" / "samples" / "06_dang_ky_ho_kinh_doanh.xlsx"
FAULTS = {
    "time-missing",
    "performer-missing",
    "responsibility-missing",
    "total-mismatch",
    "branch-dangling",
    "step-reference-dangling",
    "decision-without-branch",
    "name-not-verb",
}
CODE = "VD-TCKH-01"
PAGE = f"/quy-trinh/{CODE}"


@pytest.fixture
def author(website: Website) -> Browser:
    """Somebody who has opened the example."""
    browser = website.browser(AUTHOR)
    browser.post("/huong-dan/vi-du")
    return browser


def listed(website: Website, login: str) -> list[str]:
    with website.database.reading() as session:
        found = catalogue(session, person_by_login(session, login, at=NOW), Wanted())
        return [version.procedure.code for version in found.versions]


def test_the_sheet_is_the_sample_but_for_seven_cells() -> None:
    sound, faulty = (load_workbook(file).worksheets[0] for file in (SAMPLE, BytesIO(example_sheet())))

    other = {
        cell.coordinate for row in sound.iter_rows() for cell in row if faulty[cell.coordinate].value != cell.value
    }

    assert len(other) == 7
    assert faulty.dimensions == sound.dimensions


def test_the_gate_tells_every_fault_of_the_example(website: Website, author: Browser) -> None:
    with website.database.reading() as session:
        version = draft(session, CODE, person_by_login(session, AUTHOR, at=NOW))

    assert {finding.code for finding in findings_of(version.evidence)} >= FAULTS


def test_what_the_guide_tells_leaves_nothing_to_mend(website: Website, author: Browser) -> None:
    with website.database.reading() as session:
        version = draft(session, CODE, person_by_login(session, AUTHOR, at=NOW))
    document = read_document(version.source.encode()).document
    assert document is not None
    row = [step.id or "" for step in bpmn_to_table(document).steps]
    written = {
        f"set:{row[1]}:time": "2 giờ",
        f"set:{row[2]}:position": "Chuyên viên đăng ký kinh doanh",
        f"set:{row[2]}:unit": "Phòng Tài chính - Kế hoạch",
        f"set:{row[4]}:responsibility": "Văn thư",
        f"set:{row[4]}:name": "Vào sổ, đóng dấu",
        f"set:{row[5]}:name": "Chuyển kết quả về một cửa",
        f"way:{row[3]}:0:condition": "không đồng ý",
        f"way:{row[3]}:0:to": row[2],
    }

    author.post(f"{PAGE}/soan/bang", {"revision": "1"} | written)
    author.post(f"{PAGE}/soan/sua-giup", {"revision": "2", "fix": "total-mismatch:"})

    with website.database.reading() as session:
        version = draft(session, CODE, person_by_login(session, AUTHOR, at=NOW))
    left = findings_of(version.evidence)
    assert [finding.code for finding in left if finding.severity == Severity.ERROR] == []
    assert {finding.code for finding in left} & FAULTS == set()


@pytest.mark.parametrize("page", [f"{PAGE}/soan", PAGE, "/soan-thao", "/quy-trinh"])
def test_every_page_says_that_it_is_an_example(author: Browser, page: str) -> None:
    said = author.text(page)

    assert "Ví dụ để tập soạn" in said or " ví dụ " in said


def test_an_example_is_neither_submitted_nor_sent_to_other_units(website: Website, author: Browser) -> None:
    submitted = author.post(f"{PAGE}/trinh", {"revision": "1"})

    assert submitted.status_code == 409
    assert "không trình" in submitted.text
    assert f'action="{PAGE}/trinh"' not in author.get(PAGE).text
    with website.database.transaction() as session, pytest.raises(Conflict):
        consult(session, CODE, 1, ["VP"], due_at=NOW, by=person_by_login(session, AUTHOR, at=NOW), at=NOW)


def test_nobody_else_is_shown_an_example(website: Website, author: Browser) -> None:
    assert CODE in listed(website, AUTHOR)
    assert CODE not in listed(website, CHAIRMAN)
    with website.database.reading() as session:
        like = similar(session, person_by_login(session, AUTHOR, at=NOW), "Ví dụ đăng ký thành lập hộ kinh doanh")
    assert CODE not in [each.version.procedure.code for each in like]


def test_an_example_is_put_away_and_the_next_has_a_code_of_its_own(website: Website, author: Browser) -> None:
    gone = author.post(f"/huong-dan/vi-du/{CODE}/bo")
    again = author.post("/huong-dan/vi-du")

    assert gone.location == "/soan-thao"
    assert listed(website, AUTHOR).count("VD-TCKH-02") == 1
    assert CODE not in listed(website, AUTHOR)
    assert again.location == "/quy-trinh/VD-TCKH-02/soan"
    assert author.get(f"{PAGE}/soan").status_code == 404
    assert "bỏ ví dụ" in author.text(PAGE)


def test_only_examples_of_ones_own_unit_are_put_away(website: Website, author: Browser) -> None:
    real = author.post("/huong-dan/vi-du/QT-TCKH-01/bo")
    foreign = website.browser(CHAIRMAN).post(f"/huong-dan/vi-du/{CODE}/bo")

    assert (real.status_code, foreign.status_code) == (409, 403)


def test_who_drafts_finds_the_example_among_the_first_steps(website: Website) -> None:
    assert 'action="/huong-dan/vi-du"' in website.browser("gddt.chuyen-vien").get("/hop-viec").text
    assert 'action="/huong-dan/vi-du"' not in website.browser(CHAIRMAN).get("/hop-viec").text
