"""`namro simulate FILE`: many cases of a procedure on the working calendar, without a database."""

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import click

from engine.simulation import Arrivals, Pattern, Result, Scenario, simulate, usual_start
from engine.worktime import WorkCalendar
from web.cli.assumptions import (
    absence,
    absences,
    arrivals,
    certain_spell,
    named_option,
    outcome,
    own_spell,
    people,
    plain_option,
    spell,
    whole,
)
from web.cli.files import moment_option
from web.cli.output import LANGUAGE, language_option, say, show, show_json
from web.cli.simulation_text import as_text
from web.cli.sources import Procedure, read_procedure

USUAL_SPELL = "5%..10%..30%"
QUIET = 1.0  # seconds without a word


@click.command("simulate")
@click.argument("file", metavar="TỆP")
@click.option("--cases", type=click.IntRange(1), default=1_000, show_default=True, help="Số hồ sơ.")
@click.option(
    "--arrivals",
    "coming",
    default="1/ngày",
    show_default=True,
    callback=plain_option(arrivals),
    metavar="SỐ/KỲ",
    help="Hồ sơ đến: 12/ngày, 3/tuần, 40/tháng, 200/năm, 2/giờ (giờ làm việc).",
)
@click.option("--even", is_flag=True, help="Hồ sơ đến đều nhau, không ngẫu nhiên.")
@click.option("--start", callback=moment_option, help="Thời điểm bắt đầu (ISO 8601); mặc định đầu năm đã có lịch.")
@click.option("--until", callback=moment_option, help="Chỉ theo dõi đến thời điểm này.")
@click.option("--seed", type=int, default=1, show_default=True, help="Hạt giống: cùng số thì cùng kết quả.")
@click.option(
    "--share",
    "shares",
    multiple=True,
    callback=named_option(outcome),
    metavar="BƯỚC=KẾT-QUẢ:0,2",
    help="Tỷ lệ kết quả của bước, hoặc nhánh của cổng.",
)
@click.option(
    "--work",
    default=USUAL_SPELL,
    show_default=True,
    callback=plain_option(spell),
    help="Thời gian làm thật so với hạn của bước (ít nhất..thường gặp..nhiều nhất); «hạn»: dùng hết hạn.",
)
@click.option(
    "--step",
    "works",
    multiple=True,
    callback=named_option(own_spell),
    metavar="BƯỚC=1 giờ..2 giờ..4 giờ",
    help="Thời gian làm thật của một bước.",
)
@click.option(
    "--delay",
    "delays",
    multiple=True,
    callback=named_option(certain_spell),
    metavar="NƠI-CHỜ=3 ngày",
    help="Chờ công dân, cơ quan khác hoặc quy trình khác bao lâu (ngày: ngày lịch).",
)
@click.option("--instances", multiple=True, callback=named_option(whole), metavar="BƯỚC=N", help="Số lần của bước lặp.")
@click.option(
    "--officers",
    default="1",
    show_default=True,
    callback=plain_option(people),
    help="Số người của mỗi vị trí; *: đủ người.",
)
@click.option(
    "--capacity", multiple=True, callback=named_option(people), metavar="VỊ-TRÍ=N", help="Số người của một vị trí."
)
@click.option(
    "--absence",
    "away",
    multiple=True,
    callback=named_option(absence),
    metavar="VỊ-TRÍ=2026-12-01..2026-12-05:1",
    help="Vắng mặt theo ngày, hoặc theo tỷ lệ: VỊ-TRÍ=10%.",
)
@click.option("--trace", type=click.IntRange(0), default=0, help="Ghi từng lượt của bấy nhiêu hồ sơ đầu (json).")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Dạng kết quả.")
@language_option
def simulate_file(file: str, form: str, **given: Any) -> int:  # what the options above read, by their names
    """Mô phỏng nhiều hồ sơ của một quy trình trên lịch làm việc: thời gian, quá hạn, tải và chỗ nghẽn.

    Các giả định và mặc định được giải thích trong docs/simulation.md.
    """
    calendar = WorkCalendar.shipped()
    scenario = scenario_of(given, calendar)
    procedure = read_procedure(file)
    result = simulate(procedure.document, calendar, scenario, progress=Progress(scenario.cases))
    write(result, scenario, procedure, form=form)
    return 0


def scenario_of(given: Mapping[str, Any], calendar: WorkCalendar) -> Scenario:
    """The scenario that the options describe. Raises BadScenario."""
    coming: Arrivals = given["coming"]
    away = given["away"]
    return Scenario(
        given["start"] or usual_start(calendar),
        cases=given["cases"],
        arrivals=replace(coming, pattern=Pattern.EVEN) if given["even"] else coming,
        until=given["until"],
        seed=given["seed"],
        shares=together(given["shares"]),
        work=given["work"],
        works=dict(given["works"]),
        delays=dict(given["delays"]),
        instances=dict(given["instances"]),
        officers=given["officers"],
        capacity=dict(given["capacity"]),
        absences=absences(away),
        away={position: found for position, found in away if isinstance(found, Fraction)},
        traced=given["trace"],
    )


def write(result: Result, scenario: Scenario, procedure: Procedure, *, form: str) -> None:
    if form == "json":
        show_json({"scenario": scenario.as_json(), **result.as_json()})
    else:
        show(as_text(result, scenario, procedure, language=LANGUAGE.get()))


def together(shares: Sequence[tuple[str, tuple[str, Fraction]]]) -> Mapping[str, Mapping[str, Fraction]]:
    """The shares of each step, given one by one."""
    found: dict[str, dict[str, Fraction]] = {}
    for step, (name, part) in shares:
        found.setdefault(step, {})[name] = part
    return found


class Progress:
    """Says on stderr how far a simulation is that takes longer than a moment."""

    def __init__(self, cases: int) -> None:
        self.cases = cases
        self.said_at = time.monotonic()

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now - self.said_at >= QUIET and sys.stderr is not None:
            self.said_at = now
            say("simulating", done=done, cases=self.cases)
