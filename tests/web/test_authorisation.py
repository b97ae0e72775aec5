"""Who may do what: every route, by every kind of caller, on an object of his own unit and on a foreign one.

matrix.csv holds what is expected; a route without a row fails.  A stranger is led to sign in by pages (`login`) and
gets 401 of the API; what one may not see is 404, what one sees and may not do 403.
"""

import csv
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.visitors import NOW, Program, Website
from tests.visitors import website as open_website
from tests.web.scene import CALLERS, QUERIES, Things, arguments, body, form, set_scene

FILE = Path(__file__).parent / "matrix.csv"
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
REFUSED = {"login", "401", "403", "404"}
PLAIN = {"secret", "filename", "year"}
"""Parameters that name no object of a unit."""


@dataclass
class Scene:
    """The town with what the matrix asks about, the application that serves copies of it, and everybody's secrets."""

    file: Path
    website: Website
    things: Mapping[str, Things]
    logins: Mapping[str, str]
    tokens: Mapping[str, str]


@pytest.fixture(scope="module")
def scene(town_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    file = tmp_path_factory.mktemp("scene") / "scene.db"
    shutil.copy(town_file, file)
    website = open_website(file)
    things = set_scene(website.database)
    logins = {caller: website.login(login) for caller, login in CALLERS.items() if login}
    tokens = {caller: website.program(login, life=HOUR).secret for caller, login in CALLERS.items() if login}
    website.database.dispose()
    return Scene(file, website, things, logins, tokens)


HOUR = timedelta(hours=1)


def routes(website: Website) -> Mapping[tuple[str, str], Rule]:
    rules = website.app.url_map.iter_rules()
    return {(method, rule.rule): rule for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}


def test_every_route_has_its_rows(scene: Scene) -> None:
    told = {(row["method"], row["route"], row["object"]) for row in ROWS}
    known = routes(scene.website)

    sides = {key: ("own", "foreign") if rule.arguments - PLAIN else ("own",) for key, rule in known.items()}

    assert {(*key, side) for key in known for side in sides[key]} <= told
    assert {(method, route) for method, route, _ in told} == set(known)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['method']} {row['route']} {row['object']}")
def test_a_caller_may_do_what_the_matrix_says(row: Mapping[str, str], scene: Scene, tmp_path: Path) -> None:
    answers = {caller: ask(scene, row, caller, tmp_path) for caller in CALLERS}

    assert answers == {caller: row[caller] for caller in CALLERS}


def ask(scene: Scene, row: Mapping[str, str], caller: str, folder: Path) -> str:
    """Ask as a caller; what comes back is the status, or `login`. A write that is not refused works on a copy."""
    file = scene.file
    if row["method"] != "GET" and row[caller] not in REFUSED:
        file = folder / f"{caller}.db"
        shutil.copy(scene.file, file)
    if scene.website.database.url.database != str(file):
        scene.website.move_to(file)
    things, rule = scene.things[row["object"]], routes(scene.website)[row["method"], row["route"]]
    scene.website.at = NOW + (timedelta(hours=13) if caller == "expired" else timedelta(0))
    answer = send(scene, row["method"], rule, caller, things)
    scene.website.at = NOW
    answer.close()
    return "login" if answer.location == "/dang-nhap" and row["route"] != "/dang-xuat" else str(answer.status_code)


def send(scene: Scene, method: str, rule: Rule, caller: str, things: Things) -> TestResponse:
    known = arguments(rule.rule, things)
    adapter = scene.website.app.url_map.bind("localhost")
    address = adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments}, method=method)
    address += QUERIES.get(rule.rule, "")
    if rule.rule.startswith("/api/") or rule.rule in {"/healthz", "/metrics"}:
        return Program(scene.website.app.test_client(), scene.tokens.get(caller, "")).open(
            method, address, **body(rule.rule, things)
        )
    browser = scene.website.browser()
    if caller in scene.logins:
        browser.client.set_cookie("namro", scene.logins[caller])
    return browser.post(address, form(rule.rule, things)) if method == "POST" else browser.get(address)
