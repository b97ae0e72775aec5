"""`namro calendar`: loading a file, what it refuses, and the deadlines that follow."""

from pathlib import Path

import pytest
from sqlalchemy import select

from engine.calendar import calendar_of
from engine.database import Database
from engine.model import CalendarLoad
from tests.town import found
from web.cli.main import run

Captured = pytest.CaptureFixture[str]
GOOD = """
years:
  2027:
    source: TB 9/TB-BNV
    days_off:
    - {date: 2027-02-08, name: Tết Đinh Mùi}
    makeup_workdays: []
units:
  VP:
    hours:
    - {weekday: sat, from: 2027-01-01, reception: [["07:30", "11:00"]], source: QĐ 14/2010/QĐ-TTg}
"""
BAD = """
years:
  2028: {source: TB 9, makeup_workdays: [{date: 2028-01-08, note: làm bù}]}
hours:
- {from: 2028-01-01, sessions: [["07:00", "12:00"], ["11:30", 17:00]]}
units:
  KHONG-CO: {days_off: [{date: 2028-01-05, name: x}]}
"""


@pytest.fixture
def town(database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("NAMRO_DATABASE_URL", database_url)
    monkeypatch.setenv("NAMRO_DATA_DIR", str(tmp_path / "data"))
    return found(database)


def write(folder: Path, content: str) -> str:
    file = folder / "lich.yaml"
    file.write_text(content, encoding="utf-8")
    return str(file)


def test_a_calendar_is_loaded_once(town: Database, tmp_path: Path, capsys: Captured) -> None:
    codes = [run(["calendar", "load", write(tmp_path, GOOD)]) for _ in range(2)]

    said = capsys.readouterr().err
    with town.reading() as session:
        loads = session.scalars(select(CalendarLoad).order_by(CalendarLoad.id)).all()
        assert calendar_of(session).days.sources[2027] == "TB 9/TB-BNV"
    assert codes == [0, 0]
    assert [load.document for load in loads] == ["", "lich.yaml"]
    assert all(load.finished_at for load in loads)
    assert "không có gì thay đổi" in said


def test_everything_that_is_wrong_is_said_at_once_in_vietnamese(
    town: Database, tmp_path: Path, capsys: Captured
) -> None:
    code = run(["calendar", "load", write(tmp_path, BAD)])

    said = capsys.readouterr().err
    assert code == 1
    for words in ("khi chưa có lịch năm 2027", "chồng nhau", "Không có đơn vị KHONG-CO", "không hoán đổi"):
        assert words in said


@pytest.mark.parametrize("content", ["[]", "years: 5", "{", "years: {2027: {days_off: [{date: hôm qua, name: x}]}}"])
def test_what_is_no_calendar_is_said_to_be_none(town: Database, tmp_path: Path, content: str, capsys: Captured) -> None:
    assert run(["calendar", "load", write(tmp_path, content)]) == 1
    assert "không phải tệp lịch" in capsys.readouterr().err


def test_the_state_of_the_calendar_is_told(town: Database, tmp_path: Path, capsys: Captured) -> None:
    run(["calendar", "load", write(tmp_path, GOOD)])
    run(["calendar", "recount"])

    run(["calendar", "status"])

    out = capsys.readouterr().out
    assert "2026, 2027" in out
    assert "lich.yaml" in out
