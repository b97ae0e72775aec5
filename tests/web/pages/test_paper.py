"""A version as PDF: in force with its decision, a draft as a draft, and nothing for who may not see it."""

from io import BytesIO

from pypdf import PdfReader

from tests.visitors import AUTHOR, CLERK, Website
from tests.web.pages.test_comparisons import CODE, EDITS, save_second_version

PAGE = f"/quy-trinh/{CODE}"


def first_page(website: Website, login: str, number: int) -> str:
    answer = website.browser(login).get(f"{PAGE}/ban/{number}/quy-trinh.pdf")
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    return " ".join(PdfReader(BytesIO(answer.data)).pages[0].extract_text().split())


def test_the_page_of_a_procedure_offers_its_paper(website: Website) -> None:
    assert f'href="{PAGE}/ban/1/quy-trinh.pdf"' in website.browser(CLERK).get(PAGE).text


def test_a_version_in_force_names_its_decision(website: Website) -> None:
    found = first_page(website, CLERK, 1)

    assert "ỦY BAN NHÂN DÂN THỊ XÃ PHÒNG TÀI CHÍNH - KẾ HOẠCH" in found
    assert "(Kèm theo Quyết định số " in found
    assert "DỰ THẢO" not in found


def test_a_draft_says_that_it_is_one(website: Website) -> None:
    save_second_version(website, EDITS)

    assert "DỰ THẢO – Bản 2" in first_page(website, AUTHOR, 2)


def test_who_may_not_see_a_draft_gets_no_paper_of_it(website: Website) -> None:
    save_second_version(website, EDITS)

    assert website.browser(CLERK).get(f"{PAGE}/ban/2/quy-trinh.pdf").status_code == 404


def test_the_file_is_named_by_code_and_version(website: Website) -> None:
    answer = website.browser(CLERK).get(f"{PAGE}/ban/1/quy-trinh.pdf")

    assert answer.headers["Content-Disposition"] == f"attachment; filename={CODE}-ban-1.pdf"
