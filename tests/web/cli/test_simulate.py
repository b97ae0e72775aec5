"""simulate: many cases of a procedure's file, without any database."""

import json
from pathlib import Path

import pytest

from engine.simulation import Measure, Period
from web.cli.assumptions import Misread, absence, arrivals, outcome, people, spell
from web.cli.columns import bar, columns
from web.cli.main import run
from web.cli.simulate import Progress

PERMIT = Path(__file__).parents[2] / "files" / "samples" / "04_cap_phep_xay_dung_nha_o_rieng_le.yaml"
Captured = pytest.CaptureFixture[str]
FEW = ["simulate", str(PERMIT), "--cases", "20"]


def simulated(capsys: Captured, *options: str) -> dict[str, object]:
    assert run([*FEW, "--format", "json", *options]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_the_same_seed_gives_the_same_bytes(capsys: Captured) -> None:
    outputs = []
    for seed in ("3", "3", "4"):
        run([*FEW, "--format", "json", "--seed", seed, "--share", "6=không đồng ý:0,3"])
        outputs.append(capsys.readouterr().out)

    assert outputs[0] == outputs[1] != outputs[2]


def test_all_that_was_supposed_stands_beside_the_result(capsys: Captured) -> None:
    given = ("--arrivals", "12/tuần", "--capacity", "Văn thư=2", "--absence", "Văn thư=2026-12-01..2026-12-05")
    more = (
        "--absence",
        "Trưởng phòng=10%",
        "--step",
        "3=2 giờ",
        "--delay",
        "wait_1_1=3 ngày",
        "--even",
        "--trace",
        "1",
    )
    found = simulated(capsys, *given, *more)
    scenario = found["scenario"]

    assert isinstance(scenario, dict)
    assert scenario["arrivals"] == {"count": 12.0, "period": "week", "pattern": "even"}
    assert scenario["capacity"] == {"Văn thư": 2}
    assert scenario["absences"] == [{"position": "Văn thư", "first": "2026-12-01", "last": "2026-12-05", "people": 1}]
    assert scenario["away"] == {"Trưởng phòng": 0.1}
    assert scenario["works"]["3"]["low"] == 7200
    assert scenario["delays"]["wait_1_1"] == {"low": 259200, "mode": 259200, "high": 259200, "measure": "calendar"}
    assert found["done"] == 20
    assert isinstance(found["visits"], list)
    assert found["visits"][0]["opened"].startswith("2026-01-05T07:00:00+07:00")


def test_the_text_tells_lead_time_steps_positions_and_the_bottleneck(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")

    assert run([*FEW, "--arrivals", "40/ngày"]) == 0
    said = capsys.readouterr().out

    assert said.startswith("Mô phỏng: Cấp giấy phép xây dựng")
    assert "Thời gian giải quyết  trung bình" in said
    assert "3. Thẩm định" in said
    assert "Văn thư, Văn phòng HĐND và UBND thị xã" in said
    assert "Chỗ nghẽn: " in said and "quá tải" in said
    assert max(map(len, said.splitlines())) <= 140


def test_more_officers_are_asked_for_only_where_there_are_too_few(capsys: Captured) -> None:
    run([*FEW, "--arrivals", "1,4/ngày"])
    assert "Với 2 người" in " ".join(capsys.readouterr().out.split())

    run([*FEW, "--arrivals", "1/ngày"])
    assert "Số người đủ" in " ".join(capsys.readouterr().out.split())


def test_english_is_spoken_on_request(capsys: Captured) -> None:
    run([*FEW, "--lang", "en"])

    assert "Lead time" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--share", "99=x:0,1"], "99"),
        (["--share", "6=đồng ý:0,1"], "không đồng ý"),
        (["--capacity", "Giám đốc=2"], "Trưởng phòng"),
        (["--share", "6=không đồng ý"], "--share"),
        (["--share", "6=không đồng ý:120%"], "--share"),
        (["--arrivals", "nhiều"], "--arrivals"),
        (["--arrivals", "2/đời"], "--arrivals"),
        (["--work", "nhanh"], "--work"),
        (["--delay", "wait_1_1=10%"], "--delay"),
        (["--absence", "Văn thư=mai"], "--absence"),
        (["--officers", "1,5"], "--officers"),
        (["--cases", "0"], "--cases"),
    ],
)
def test_what_does_not_fit_ends_with_2_and_says_what_would(options: list[str], named: str, capsys: Captured) -> None:
    assert run([*FEW, *options]) == 2
    assert named in capsys.readouterr().err


def test_assumptions_that_contradict_each_other_are_refused(capsys: Captured) -> None:
    assert run([*FEW, "--share", "3=không đủ điều kiện:80%", "--share", "3=tiếp tục:80%"]) == 1
    assert "Giả định không hợp lệ" in capsys.readouterr().err


def test_arrivals_are_read_as_people_write_them() -> None:
    assert arrivals("2,5").count == 2.5
    assert [arrivals(f"3/{period}").period for period in ("Giờ", "ngày", "tuần", "tháng", "năm")] == list(Period)


def test_lengths_are_read_as_people_write_them() -> None:
    day = spell("1 ngày..3 ngày")
    work = spell("30 phút..1 giờ..2 giờ")

    assert day is not None and (day.mode, day.measure) == (2 * 86_400, Measure.CALENDAR)
    assert work is not None and (work.low, work.mode, work.high, work.measure) == (1800, 3600, 7200, Measure.WORKING)
    assert spell("hạn") is None
    with pytest.raises(Misread):
        spell("1 giờ..10%")


def test_outcomes_people_and_absences_are_read() -> None:
    assert outcome("nhận sau 15:00:0,5") == ("nhận sau 15:00", 0.5)
    assert people("*") is None
    assert people("3") == 3
    assert absence("10%") == pytest.approx(0.1)
    with pytest.raises(Misread):
        people("nhiều người")


def test_progress_is_told_when_a_second_has_passed(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.5, 1.2, 1.3])
    monkeypatch.setattr("web.cli.simulate.time.monotonic", lambda: next(clock))
    progress = Progress(100)
    for done in (50, 60, 70):
        progress(done)

    assert capsys.readouterr().err == "… đã xong 60/100 hồ sơ\n"


def test_a_table_fits_the_terminal() -> None:
    lines = columns(["tên", "số"], [["x" * 60, "1"], ["y", "22"]], right=frozenset({1}), width=30)

    assert max(map(len, lines)) == 30
    assert lines[2].endswith("…   1")
    assert bar(0.5, 4) == "██"


def test_every_option_is_explained(capsys: Captured) -> None:
    run(["simulate", "--help"])
    said = capsys.readouterr().out

    assert "--share" in said and "Tỷ lệ kết quả" in said
