"""What holds for every queueing system, whatever the numbers."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from simpy import Environment

from engine.simulation import Absence, Arrivals, Pattern, Period, Result, Scenario, Spell
from engine.simulation.chance import Chance, picked
from engine.simulation.scenario import Measure
from factories import step, table
from tests.engine.simulation.procedures import busy, by_element, drawn, hours, later, run, sample

LINE = drawn(table(step("1", position="a"), step("2", position="b"), step("3", position="a")))
ONE = drawn(table(step("1", position="a")))
SEND_BACK = {"6": {"không đồng ý": Fraction(1, 5)}}


def permits(**rest: object) -> Result:
    return run(sample(4), busy(60, 8, shares=SEND_BACK, officers=2, **rest))


@pytest.mark.parametrize("officers", [1, 2, None])
@pytest.mark.parametrize("per_day", [2, 5, 9])
def test_cases_in_progress_are_their_rate_times_their_time(officers: int | None, per_day: int) -> None:
    result = run(LINE, busy(300, per_day, officers=officers))

    assert result.lead is not None
    assert result.mean_open == pytest.approx(result.per_day * result.lead.mean / 480, rel=1e-3)


def test_steps_in_a_queue_are_their_rate_times_their_wait() -> None:
    result = run(LINE, busy(300, 5))
    days = result.done / result.per_day

    for position in result.positions:
        assert position.waiting is not None
        assert position.queue == pytest.approx(position.visits / days * position.waiting.mean / 480, rel=1e-3)


@pytest.mark.parametrize("per_day", [1, 6, 30])
def test_nobody_works_more_than_he_is_there(per_day: int) -> None:
    absences = (Absence("a", busy().start.date(), later(busy().start, days=20).date()),)
    result = run(LINE, busy(150, per_day, officers=2, absences=absences, away={"b": Fraction(1, 4)}))

    assert all(position.utilisation is not None for position in result.positions)
    assert all(0 < (position.utilisation or 0) <= 1 for position in result.positions)


def test_one_officer_with_work_by_chance_waits_as_the_theory_says() -> None:
    work = Spell(0, 30 * 60, 90 * 60, Measure.WORKING)
    mean, square = 40 * 60, (90**2 + 30**2 + 90 * 30) / 6 * 3600
    rate = 8 / (480 * 60)

    result = run(ONE, busy(8_000, 8, work=work))

    assert result.positions[0].waiting is not None
    expected = rate * square / (2 * (1 - rate * mean)) / 60  # Pollaczek and Khinchine
    assert result.positions[0].waiting.mean == pytest.approx(expected, rel=0.1)
    assert result.positions[0].utilisation == pytest.approx(rate * mean, rel=0.04)


def test_whoever_arrives_is_done_or_open() -> None:
    scenario = busy(400, 6)
    result = run(LINE, replace(scenario, until=later(scenario.start, days=30)))

    assert result.arrived == result.done + result.open
    assert 0 < result.open < result.arrived < 400
    assert sum(result.ends.values()) == result.done
    assert result.ended == later(scenario.start, days=30)


@pytest.mark.parametrize("seed", range(3))
def test_more_officers_never_make_cases_longer_on_average(seed: int) -> None:
    leads = []
    for officers in (1, 2, 3, 6, None):
        result = run(sample(4), busy(60, 10, shares=SEND_BACK, officers=officers, seed=seed))
        assert result.lead is not None
        leads.append(result.lead.mean)

    assert leads == sorted(leads, reverse=True)


def test_fewer_arrivals_and_shorter_work_never_make_cases_longer_on_average() -> None:
    def lead(per_day: int, work: float) -> float:
        result = run(LINE, busy(200, per_day, work=hours(work)))
        assert result.lead is not None
        return result.lead.mean

    assert lead(2, 1) <= lead(4, 1) <= lead(8, 1)
    assert lead(4, 0.5) <= lead(4, 1) <= lead(4, 2)


def test_the_same_seed_gives_the_same_result_and_another_one_another() -> None:
    assert permits() == permits()
    assert permits() != permits(seed=8)


def test_each_case_keeps_its_luck_when_only_the_officers_change() -> None:
    few, many = permits(), permits(capacity={"Trưởng phòng": 5})

    assert [each.visits for each in few.steps] == [each.visits for each in many.steps]
    assert by_element(few)["step_1"].work == by_element(many)["step_1"].work


def test_outcomes_come_in_their_shares() -> None:
    result = run(sample(4), busy(800, 20, shares=SEND_BACK, officers=None, work=hours(0.1)))

    assert by_element(result)["step_6"].per_case == pytest.approx(1 / (1 - 0.2), rel=0.05)
    assert by_element(result)["step_5"].visits == by_element(result)["step_6"].visits


@pytest.mark.parametrize(
    ("pattern", "sure"), [(Pattern.EVEN, pytest.approx(5, rel=0.02)), (Pattern.POISSON, pytest.approx(5, rel=0.1))]
)
def test_cases_arrive_at_their_rate(pattern: Pattern, sure: object) -> None:
    arrivals = Arrivals(Fraction(25), Period.WEEK, pattern)

    assert run(ONE, busy(500, work=hours(0), arrivals=arrivals)).per_day == sure


def test_work_grows_with_the_events_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [counted(monkeypatch, busy(cases, 30)) for cases in (200, 400)]

    assert counts[1] < 2.2 * counts[0]
    assert counts[0] < 200 * 3 * 8


def counted(monkeypatch: pytest.MonkeyPatch, scenario: Scenario) -> int:
    """How many events a simulation takes."""
    taken = 0
    original: Callable[[Environment], None] = Environment.step

    def count(env: Environment) -> None:
        nonlocal taken
        taken += 1
        original(env)

    with monkeypatch.context() as patched:
        patched.setattr(Environment, "step", count)
        run(LINE, scenario)
    return taken


def test_a_spell_lies_between_its_ends_with_its_mean() -> None:
    spell = Spell(10, 20, 60)
    draws = [spell.at(number / 10_000) for number in range(10_001)]

    assert draws[0] == 10 and draws[-1] == 60
    assert draws == sorted(draws)
    assert sum(draws) / len(draws) == pytest.approx(30, rel=1e-3)


def test_chance_depends_on_its_name_alone() -> None:
    one = Chance(3).three(1, 2, 0)
    Chance(3).three(9, 9, 9)

    assert Chance(3).three(1, 2, 0) == one
    assert all(0 <= number < 1 for number in one)
    assert len({Chance(seed).three(case, 2, turn) for seed in (1, 2) for case in (0, 1) for turn in (0, 1)}) == 8


def test_what_is_no_share_is_left_to_the_usual_way() -> None:
    ways = [(0.2, "a"), (0.3, "b")]

    assert [picked(ways, number) for number in (0.0, 0.19, 0.2, 0.49, 0.5, 0.99)] == ["a", "a", "b", "b", None, None]


def test_every_lead_time_is_given_and_sums_up_to_the_spread() -> None:
    result = run(sample(6), busy(cases=40))

    assert result.lead is not None
    assert len(result.leads) == result.done == 40
    assert list(result.leads) == sorted(result.leads)
    assert result.leads[-1] == pytest.approx(result.lead.longest, abs=0.001)
    assert "leads" not in result.as_json()
