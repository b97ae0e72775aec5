"""What protects every answer and every write, on every route of the application."""

import hashlib
import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from engine.database import Database
from engine.errors import Busy
from procedures.model import Holding, Officer
from tests.visitors import CHAIRMAN, CLERK, NOW, Website
from tests.visitors import website as open_website
from tests.web.scene import DECISION, QUERIES, Things, arguments, body, form, set_scene
from web.limits import limiter
from web.settings import Settings

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


KEPT = {"static": "public, max-age=3600", "procedures.small": "private, no-cache"}
"""What a browser may keep, and how."""


def rules(website: Website, methods: set[str]) -> Iterator[tuple[Rule, str]]:
    for rule in website.app.url_map.iter_rules():
        yield from ((rule, method) for method in sorted((rule.methods or set()) & methods))


def address(website: Website, rule: Rule, method: str, things: Things) -> str:
    known = arguments(rule.rule, things)
    adapter = website.app.url_map.bind("localhost")
    built = adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments}, method=method)
    return built + QUERIES.get(rule.rule, "")


def is_page(rule: Rule) -> bool:
    return not rule.rule.startswith("/api/")


@pytest.fixture
def own(website: Website) -> Things:
    return set_scene(website.database)["own"]


@pytest.mark.parametrize("login", [None, CHAIRMAN], ids=["stranger", "chairman"])
def test_every_answer_carries_the_headers(website: Website, own: Things, login: str | None) -> None:
    browser = website.browser(login)

    for rule, method in rules(website, {"GET"}):
        answer = browser.get(address(website, rule, method, own))
        headers = answer.headers
        page = answer.mimetype == "text/html"
        assert headers["X-Content-Type-Options"] == "nosniff", rule
        assert headers["Referrer-Policy"] == "same-origin", rule
        assert headers["X-Frame-Options"] == "DENY", rule
        assert headers["Content-Security-Policy"] == POLICY if page else "sandbox" in headers["Content-Security-Policy"]
        kept = KEPT.get(rule.endpoint, "no-store")
        assert headers["Cache-Control"] == (kept if answer.status_code == 200 else "no-store"), rule
        answer.close()


def test_over_https_cookies_and_connections_stay_there(website: Website, tmp_path) -> None:
    secure = open_website(tmp_path / "town.db", Settings(secret_key="test" * 10, https=True))

    answer = secure.app.test_client().get("/dang-nhap", base_url="https://localhost")

    cookies = answer.headers.getlist("Set-Cookie")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert cookies
    assert all(cookie.startswith("__Host-") and "Secure" in cookie and "HttpOnly" in cookie for cookie in cookies)


def test_no_page_write_happens_without_our_forms_token(website: Website, own: Things) -> None:
    browser = website.browser(CHAIRMAN)

    answers = {
        rule.rule: browser.client.post(address(website, rule, method, own), data=form(rule.rule, own)).status_code
        for rule, method in rules(website, UNSAFE)
        if is_page(rule)
    }

    assert len(answers) > 12
    assert set(answers.values()) == {403}


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
    ids=str,
)
def test_no_write_comes_from_another_site(website: Website, own: Things, headers: dict[str, str]) -> None:
    browser, program = website.browser(CHAIRMAN), website.program(CHAIRMAN)

    for rule, method in rules(website, UNSAFE):
        where = address(website, rule, method, own)
        if is_page(rule):
            answer = browser.post(where, form(rule.rule, own), headers=headers)
        else:
            rest = body(rule.rule, own)
            answer = program.open(method, where, **rest | {"headers": rest.get("headers", {}) | headers})
        assert answer.status_code == 403, rule


def test_reading_writes_nothing(website: Website, own: Things) -> None:
    browser, program = website.browser(CHAIRMAN), website.program(CHAIRMAN)
    before = contents(website)

    for rule, method in rules(website, {"GET"}):
        where = address(website, rule, method, own)
        for _ in range(2):
            (browser.get(where) if is_page(rule) else program.open("GET", where)).close()

    assert contents(website) == before


def contents(website: Website) -> str:
    """A hash over all that the database holds."""
    connection = sqlite3.connect(website.database.url.database or "")
    dump = "\n".join(connection.iterdump())
    connection.close()
    return hashlib.sha256(dump.encode()).hexdigest()


def test_a_cookie_does_not_open_the_api(website: Website) -> None:
    assert website.browser(CLERK).get("/api/v1/tasks").status_code == 401


def test_a_token_does_not_open_pages(website: Website) -> None:
    program = website.program(CLERK)

    assert program.open("GET", "/hop-viec").location == "/dang-nhap"


def test_a_body_beyond_the_limit_is_refused(website: Website) -> None:
    answer = website.program(CLERK).post("/check", data=b" " * (25 * 1024 * 1024 + 1), content_type="application/xml")

    assert (answer.status_code, answer.json["code"]) == (413, "request-entity-too-large")


def test_guessing_links_is_slowed_down(website: Website) -> None:
    limiter.enabled = True
    limiter.reset()
    browser = website.browser()
    answers = [browser.post(f"/dang-nhap/guess-{each}").status_code for each in range(21)]
    limiter.enabled = False

    assert (answers[:20], answers[20]) == ([404] * 20, 429)


def test_a_removed_position_takes_its_rights_at_once(website: Website) -> None:
    browser = website.browser(CHAIRMAN)
    with website.database.transaction() as session:
        holdings = session.scalars(select(Holding).join(Officer).where(Officer.login == CHAIRMAN))
        for holding in holdings:
            holding.until_on = NOW.date().replace(day=1)

    assert browser.post("/cong-nhan", {"versions": "X/1", **DECISION}).status_code == 403


def test_a_database_that_has_no_turn_left_is_busy_not_broken(website: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, program = website.browser(CLERK), website.program(CLERK)
    token = browser.token()
    monkeypatch.setattr(Database, "transaction", out_of_turn)

    page = browser.client.post("/viec/1/nhan", data={"csrf_token": token})
    answer = program.post("/tasks/1/claim")

    assert (page.status_code, page.headers.get("Retry-After")) == (503, "5"), page.text
    assert (answer.status_code, answer.headers.get("Retry-After"), answer.json["code"]) == (503, "5", "busy")


def out_of_turn(database: Database, **_: object) -> None:
    raise Busy


def test_a_bug_answers_with_a_reference_and_no_trace(website: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("web.api.plans.plan_of_year", broken)

    answer = website.program(CLERK).get("/plans/2026")

    assert (answer.status_code, answer.json["code"]) == (500, "internal")
    assert answer.json["facts"]["reference"] in answer.json["detail"]
    assert "secret" not in answer.text


def test_an_office_behind_one_address_uploads_each_for_himself(website: Website) -> None:
    clerk, chairman = website.program(CLERK), website.program(CHAIRMAN)
    limiter.enabled = True
    limiter.reset()
    answers = [clerk.post("/check", data=b"", content_type="application/xml").status_code for _ in range(601)]
    other = chairman.post("/check", data=b"", content_type="application/xml").status_code
    limiter.enabled = False

    assert (set(answers[:600]), answers[600], other) == ({200}, 429, 200)


@pytest.mark.parametrize("path", ["/quy-trinh/%00", "/quy-trinh?q=%00", "/quy-trinh?%00=1", "/ho-so?q=a%00"])
def test_an_address_with_a_nul_is_refused(website: Website, path: str) -> None:
    assert website.browser(CLERK).get(path).status_code == 400


def test_a_form_with_a_nul_is_refused(website: Website) -> None:
    answer = website.browser(CHAIRMAN).post("/cong-nhan", {"versions": "QT\0/1", "number": "1", "plan": "x"})

    assert answer.status_code == 400
