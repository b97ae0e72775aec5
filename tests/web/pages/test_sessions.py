from datetime import timedelta

import pytest

from procedures.commands.sign_in import make_link
from procedures.model import Setting
from procedures.queries.people import person_by_login
from tests.visitors import CLERK, NOW, Website


@pytest.fixture
def link(website: Website) -> str:
    with website.database.transaction() as session:
        officer = person_by_login(session, CLERK, at=NOW).officer
        return f"/dang-nhap/{make_link(session, officer.id, at=NOW)}"


def test_a_link_signs_in_once(website: Website, link: str) -> None:
    first, second = website.browser(), website.browser()

    used = first.post(link)
    again = second.post(link)

    assert (used.status_code, used.location) == (303, "/")
    assert "Hộp việc" in first.text("/hop-viec")
    assert again.status_code == 404
    assert "đã dùng" in again.text


def test_looking_at_a_link_does_not_use_it_up(website: Website, link: str) -> None:
    browser = website.browser()
    browser.get(link)
    browser.get(link)

    assert browser.post(link).status_code == 303


def test_an_old_link_is_refused(website: Website, link: str) -> None:
    website.at = NOW + timedelta(hours=13)

    assert website.browser().post(link).status_code == 404


def test_the_login_cookie_is_out_of_reach(website: Website, link: str) -> None:
    cookies = [cookie for cookie in website.browser().post(link).headers.getlist("Set-Cookie") if "namro=" in cookie]

    assert len(cookies) == 1
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookies[0].split(";")}


def test_signing_out_ends_the_login_on_the_server(website: Website) -> None:
    browser = website.browser(CLERK)
    cookie = browser.client.get_cookie("namro")
    assert cookie is not None

    browser.post("/dang-xuat")
    browser.client.set_cookie("namro", cookie.value)

    assert browser.get("/hop-viec").location == "/dang-nhap"


def test_a_login_idles_out(website: Website) -> None:
    browser = website.browser(CLERK)
    website.at = NOW + timedelta(minutes=31)

    assert browser.get("/hop-viec").status_code == 303


def test_in_the_demo_one_may_become_somebody_else(website: Website) -> None:
    browser = website.browser(CLERK)
    with website.database.reading() as session:
        other = person_by_login(session, "nv.truong-phong", at=NOW).officer

    browser.post("/doi-vai", {"officer": other.id})

    assert other.name in browser.text("/hop-viec")


@pytest.mark.parametrize(
    "origin",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"base_url": "http://phuoclong.example"},
    ],
    ids=["another machine", "through a proxy", "another name"],
)
def test_from_elsewhere_nobody_becomes_somebody_else(website: Website, origin: dict[str, object]) -> None:
    browser = website.browser(CLERK)
    cookie = browser.client.get_cookie("namro")
    assert cookie is not None
    browser.client.set_cookie("namro", cookie.value, domain="phuoclong.example")
    form = {"officer": 1, "csrf_token": browser.token()}

    answer = browser.client.post("/doi-vai", data=form, **origin)

    assert answer.status_code == 403


def test_outside_a_demo_nobody_becomes_somebody_else(website: Website) -> None:
    with website.database.transaction() as session:
        session.delete(session.get_one(Setting, "demo"))
    browser = website.browser(CLERK)

    assert browser.post("/doi-vai", {"officer": 1}).status_code == 403
    assert "Đổi vai" not in browser.text("/hop-viec")


def test_the_language_is_the_persons_own_choice(website: Website) -> None:
    browser = website.browser(CLERK)

    before = browser.get("/hop-viec", headers={"Accept-Language": "en"}).text
    browser.post("/ngon-ngu", {"language": "en", "next": "/hop-viec"})

    assert 'lang="vi"' in before
    assert '<html lang="en">' in browser.get("/hop-viec").text


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_way_back_stays_here(website: Website, address: str) -> None:
    answer = website.browser(CLERK).post("/ngon-ngu", {"language": "en", "next": address})

    assert answer.location == "/"
