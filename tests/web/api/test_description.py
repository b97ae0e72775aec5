from tests.visitors import Program, Website


def test_the_description_is_openapi_31_and_names_every_path(website: Website) -> None:
    described = website.browser().get("/api/openapi.json").json

    rules = {rule.rule for rule in website.app.url_map.iter_rules() if rule.rule.startswith("/api/v1")}
    assert described["openapi"] == "3.1.0"
    assert len([path for path in described["paths"] if path.startswith("/api/v1")]) == len(rules)
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_a_stranger_learns_nothing_but_how_to_sign_in(website: Website) -> None:
    answer = website.app.test_client().get("/api/v1/tasks/1")

    assert (answer.status_code, answer.json["code"]) == (401, "not-signed-in")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_unknown_address_is_a_problem_document(clerk: Program) -> None:
    answer = clerk.get("/nothing")

    assert (answer.status_code, answer.mimetype, answer.json["code"]) == (404, "application/problem+json", "not-found")


def test_a_body_that_is_no_json_is_a_problem_document(clerk: Program) -> None:
    answer = clerk.post("/instances", data="{", content_type="application/json")

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_the_gate_answers_as_the_command_does(clerk: Program, source: bytes) -> None:
    sent = clerk.post("/check", data=source, content_type="application/xml")

    (report,) = sent.json["files"]
    assert set(report) == {"file", "ok", "not_run", "findings", "time"}
    assert report["ok"]


def test_the_calendar_knows_days_off_and_make_up_days(clerk: Program) -> None:
    days = clerk.get("/calendar?from=2026-08-22&until=2026-08-31").json["days"]

    assert (days[0]["day"], days[0]["working"]) == ("2026-08-22", True)
    assert (days[-1]["day"], days[-1]["working"]) == ("2026-08-31", False)


def test_a_plan_tells_its_windows_and_what_it_demands(clerk: Program) -> None:
    plan = clerk.get("/plans/2026").json

    assert (plan["recognition_from"], plan["recognition_until"]) == ("2026-10-01", "2026-12-31")
    assert plan["obligations"]
    assert clerk.get("/plans/1999").status_code == 404


def test_health_says_that_the_database_answers(website: Website) -> None:
    answer = website.browser().get("/healthz").json

    assert (answer["ok"], answer["calendar_loaded"]) == (True, True)
    assert answer["warnings"] == [{"code": "calendar-missing", "facts": {"year": 2027}}]


def test_the_figures_are_for_administrators(website: Website, clerk: Program) -> None:
    assert clerk.open("GET", "/metrics").status_code == 403
    assert b"process_" in website.program("vp.chuyen-vien-cntt").open("GET", "/metrics").data
