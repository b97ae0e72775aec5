"""Where a path is too long, shorter limits are proposed that fit: whole half-days where they can be."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.check import check
from bpmn.elements import Process
from bpmn.fiveclear import Duration
from bpmn.messages import sentence
from bpmn.paths import Amount, path_times
from bpmn.paths.fit import fitting, with_limits
from bpmn.paths.weights import duration_amount
from tests.bpmn.models import END, START, file_of, gateway, process_of, task

HALF = Fraction(240)


def row(*times: str) -> Process:
    tasks = [task(f"t{number}", time) for number, time in enumerate(times)]
    names = ["s", *(f"t{number}" for number in range(len(times))), "e"]
    return process_of(START, END, *tasks, *(f"{one} -> {two}" for one, two in pairwise(names)))


def sizes(found: dict[str, Duration]) -> dict[str, Fraction]:
    return {name: Fraction(duration_amount(duration).minutes) for name, duration in found.items()}


def applied(process: Process, found: dict[str, Duration]) -> int | None:
    changed = with_limits(process, {name: process.nodes[name] for name in found}, sizes(found))
    return path_times(changed).path_minutes


def test_limits_are_shortened_in_proportion_to_half_days() -> None:
    process = row("6 working_day", "4 working_day", "2 working_day")

    found = dict(fitting(process, Amount(minutes=8 * 480)))

    assert applied(process, found) == 8 * 480
    assert all(size % HALF == 0 for size in sizes(found).values())
    assert [duration.text for duration in found.values()] == [
        "4,5 ngày làm việc",
        "2,5 ngày làm việc",
        "1 ngày làm việc",
    ]


def test_only_the_branch_that_is_too_long_is_shortened() -> None:
    process = process_of(
        *(START, END, gateway("p", "parallel"), gateway("j", "parallel")),
        *(task("a", "6 working_day"), task("b", "2 working_day")),
        *("s -> p", "p -> a", "p -> b", "a -> j", "b -> j", "j -> e"),
    )

    assert set(fitting(process, Amount(minutes=3 * 480))) == {"a"}


def test_what_steps_share_is_shortened_for_all_of_them() -> None:
    process = row("6 working_day block=B", "6 working_day block=B", "2 working_day")

    found = dict(fitting(process, Amount(minutes=4 * 480)))

    assert found["t0"].value == found["t1"].value
    assert found["t0"].shared_block == "B"


def test_calendar_days_are_shortened_as_calendar_days() -> None:
    found = fitting(row("10 calendar_day", "5 calendar_day"), Amount(days=Fraction(12)))

    assert sum(duration.value for duration in found.values()) <= 12
    assert {duration.unit.value for duration in found.values()} == {"calendar_day"}


def test_what_cannot_fit_gets_no_proposal() -> None:
    assert fitting(row(*["1 working_day"] * 5), Amount(minutes=60)) == {}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=8), st.integers(1, 40))
def test_a_proposal_fits_and_lengthens_nothing(halves: list[int], limit: int) -> None:
    process = row(*(f"{number / 2:g} working_day" for number in halves))

    found = dict(fitting(process, Amount(minutes=limit * 240)))

    total = sum(halves)
    if limit >= total:
        assert found == {}
    elif found:
        length = applied(process, found)
        assert length is not None
        assert length <= limit * 240
        assert all(size < halves[int(name[1:])] * 240 for name, size in sizes(found).items())
    else:
        assert limit * 240 < len(halves) * 60


@pytest.mark.parametrize(
    ("lang", "told"), [("vi", "t0: 6 ngày làm việc → 3 ngày làm việc"), ("en", "t0: 6 working days → 3")]
)
def test_the_sentence_says_it_in_units_that_people_use(lang: str, told: str) -> None:
    head = '<namro:procedure><namro:statutoryLimit text="3 ngày" value="3" unit="working_day"/></namro:procedure>'
    extension = f"<bpmn:extensionElements>{head}</bpmn:extensionElements>"
    data = file_of(extension, START, END, task("t0", "6 working_day"), "s -> t0", "t0 -> e")

    found = next(finding for finding in check(data, "x.bpmn").findings if finding.code == "limit-exceeded")

    assert (found.facts["path_minutes"], found.facts["limit_minutes"]) == (2880, 1440)
    assert told in sentence(found, lang)
