"""Commands that work on a town's database, on both kinds."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from engine.database import Database
from procedures.commands.sign_in import sign_in
from procedures.queries.sign_ins import bearer
from tests.town import found
from web.cli.main import run

LOGIN = "qldt.chuyen-vien-thu-ly"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def configured(database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database that the command line finds too."""
    monkeypatch.setenv("NAMRO_DATABASE_URL", database_url)
    monkeypatch.setenv("NAMRO_DATA_DIR", str(tmp_path / "data"))
    return database


def test_a_schema_of_this_release_is_current(configured: Database, capsys: Captured) -> None:
    assert run(["db", "check"]) == 0
    assert run(["db", "upgrade"]) == 0


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_nothing_runs_on_a_schema_of_another_release(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.delenv("NAMRO_DATABASE_URL", raising=False)
    monkeypatch.setenv("NAMRO_DATA_DIR", str(tmp_path))

    assert run([command]) == 1
    assert "namro db upgrade" in capsys.readouterr().err


def test_an_empty_database_is_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAMRO_DATABASE_URL", raising=False)
    monkeypatch.setenv("NAMRO_DATA_DIR", str(tmp_path))

    assert [run(["db", "check"]), run(["db", "upgrade"]), run(["db", "check"])] == [1, 0, 0]


def test_a_link_for_nobody_is_refused(configured: Database, capsys: Captured) -> None:
    code = run(["user", "link", "nobody"])

    written = capsys.readouterr()
    assert code == 1
    assert "nobody" in written.err
    assert written.out == ""


@pytest.fixture
def town(configured: Database) -> Database:
    return found(configured)


def test_a_link_signs_its_officer_in(town: Database, capsys: Captured) -> None:
    code = run(["user", "link", LOGIN])

    link = capsys.readouterr().out.strip()
    assert code == 0
    assert link.startswith("http://127.0.0.1:8000/dang-nhap/")
    with town.transaction() as session:
        assert sign_in(session, link.rpartition("/")[2], at=datetime.now(UTC))


def test_everybody_is_listed_with_login_and_position(town: Database, capsys: Captured) -> None:
    code = run(["user", "list"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert any(line.startswith(f"{LOGIN}\t") and "Phòng Quản lý đô thị" in line for line in lines)


def test_a_token_acts_for_its_officer(town: Database, capsys: Captured) -> None:
    code = run(["token", "create", LOGIN, "--days", "7"])

    secret = capsys.readouterr().out.strip()
    assert code == 0
    with town.reading() as session:
        person = bearer(session, secret, at=datetime.now(UTC))
    assert person is not None
    assert person.officer.login == LOGIN


def test_a_revoked_token_opens_nothing(town: Database, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    run(["token", "create", LOGIN])
    secret = capsys.readouterr().out.strip()
    monkeypatch.setattr("sys.stdin", StringIO(f"{secret}\nunknown\n"))

    codes = [run(["token", "revoke"]), run(["token", "revoke"])]

    assert codes == [0, 1]
    with town.reading() as session:
        assert bearer(session, secret, at=datetime.now(UTC)) is None


def test_plans_are_listed_with_windows_and_obligations(town: Database, capsys: Captured) -> None:
    code = run(["plan", "status"])

    said = capsys.readouterr().out
    assert code == 0
    assert "122/KH-UBND" in said
    assert "hạn" in said


def test_the_demo_town_is_loaded_into_an_empty_database_only(configured: Database, capsys: Captured) -> None:
    codes = [run(["demo", "load"]), run(["demo", "load"]), run(["demo", "load", "--if-empty"])]

    assert codes == [0, 1, 0]
    run(["user", "list"])
    assert LOGIN in capsys.readouterr().out


def test_without_a_plan_its_status_says_so(configured: Database, capsys: Captured) -> None:
    assert run(["plan", "status"]) == 0
    assert "Chưa có kế hoạch" in capsys.readouterr().err
