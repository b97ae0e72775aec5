import pytest

from tests.visitors import CLERK, Website
from web import statics


def test_a_hashed_file_is_kept_for_good(website: Website) -> None:
    with website.app.test_request_context():
        address = statics.asset("app.css")

    assert address is not None
    answer = website.browser().get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    answer.close()


def test_pages_work_before_the_front_end_is_built(website: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statics, "manifest", dict)

    page = website.browser(CLERK).get("/quy-trinh/QT-TCKH-01")

    assert page.status_code == 200
    assert "<script" not in page.text
    assert "/so-do.svg" in page.text
