"""Limits of steps that would fit the statutory limit: shortened in proportion, to whole half-days where they can be."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from bpmn.elements import Node, Process
from bpmn.fiveclear import MINUTES, Duration, TimeUnit
from bpmn.paths.amount import Amount
from bpmn.paths.times import PathTimes, path_times
from bpmn.paths.weights import counted_budget, duration_amount

MAX_ROUNDS, MAX_STEPS = 30, 300
MANY = 100  # steps beyond which rounding is not given back, since each asks for the whole path anew
HALF_DAY, HOUR, LEAST = 240, 60, 30  # minutes
QUARTER = Fraction(1, 4)  # of a calendar day

Limits = Mapping[str, Fraction]
"""Per element: working minutes, or calendar days."""


def fitting(process: Process, limit: Amount, called: Mapping[str, PathTimes] | None = None) -> Mapping[str, Duration]:
    """New limits of the steps of a process whose longest path is above `limit`, so that it fits.

    Only steps that change are given; empty where they cannot be shortened enough. The family of `limit` is that of
    the steps; what the steps share is shortened for all of them.
    """
    calendar = bool(limit.days)
    bound = limit.days if calendar else Fraction(limit.minutes)
    steps = {node.id: node for node in process.nodes.values() if adjustable(node, calendar=calendar)}
    was = {name: size_of(node, calendar=calendar) for name, node in steps.items()}
    now = dict(was)
    for _ in range(MAX_ROUNDS if len(steps) <= MAX_STEPS else 0):
        times = path_times(with_limits(process, steps, now), called)
        length = longest(times, calendar=calendar)
        if length is None or length <= bound:
            given = grown(process, steps, was, now, bound) if len(steps) <= MANY else now
            return {} if length is None else made(process, steps, was, given)
        if not shorten(now, [name for name in times.critical_path if name in now], length, bound, steps):
            return {}
    return {}


def adjustable(node: Node, *, calendar: bool) -> bool:
    duration = counted_budget(node.step)
    if duration is None:
        return False
    amount = duration_amount(duration)
    return bool(amount.days) if calendar else amount.minutes > 0


def size_of(node: Node, *, calendar: bool) -> Fraction:
    duration = counted_budget(node.step)
    amount = Amount() if duration is None else duration_amount(duration)
    return amount.days if calendar else Fraction(amount.minutes)


def longest(times: PathTimes, *, calendar: bool) -> Fraction | None:
    if calendar:
        return times.path_days
    return None if times.path_minutes is None else Fraction(times.path_minutes)


def grain(size: Fraction, node: Node) -> Fraction:
    """The steps in which a limit is shortened: half-days, and hours or half-hours of what is short."""
    if is_calendar(node):
        return Fraction(1, 2) if size > 1 else QUARTER
    if size > HALF_DAY:
        return Fraction(HALF_DAY)
    return Fraction(HOUR if size > HOUR else LEAST)


def is_calendar(node: Node) -> bool:
    duration = counted_budget(node.step)
    return duration is not None and bool(duration_amount(duration).days)


def shorten(
    now: dict[str, Fraction], path: list[str], length: Fraction, bound: Fraction, steps: Mapping[str, Node]
) -> bool:
    """Shorten the limits on one path in proportion; whether anything became shorter."""
    changed = False
    for name in path:
        step = grain(now[name], steps[name])
        wanted = now[name] * bound / length
        fitted = max((wanted / step).__floor__() * step, min(step, now[name]))
        for member in sharing(name, steps):
            changed = changed or fitted < now[member]
            now[member] = min(fitted, now[member])
    return changed


def sharing(name: str, steps: Mapping[str, Node]) -> Iterable[str]:
    """The steps that share one limit with this one, itself included."""
    block = block_of(steps[name])
    return [name] if block is None else [other for other, node in steps.items() if block_of(node) == block]


def block_of(node: Node) -> str | None:
    duration = counted_budget(node.step)
    return None if duration is None else duration.shared_block


def grown(
    process: Process, steps: Mapping[str, Node], was: Limits, now: dict[str, Fraction], bound: Fraction
) -> Limits:
    """Give back what rounding took too much, most to those who lost most, while it still fits."""
    for name in sorted(now, key=lambda name: now[name] - was[name]):
        if now[name] == was[name]:
            continue
        trial = dict(now)
        for member in sharing(name, steps):
            trial[member] = min(was[member], now[member] + grain(was[member], steps[member]))
        times = path_times(with_limits(process, steps, trial))
        length = longest(times, calendar=is_calendar(steps[name]))
        if length is not None and length <= bound:
            now = trial
    return now


def with_limits(process: Process, steps: Mapping[str, Node], limits: Limits) -> Process:
    changed = {name: limited(node, limits[name]) for name, node in steps.items()}
    return replace(process, nodes={name: changed.get(name, node) for name, node in process.nodes.items()})


def limited(node: Node, size: Fraction) -> Node:
    if node.step is None or node.step.duration is None:
        return node
    return replace(node, step=replace(node.step, duration=shorter(node.step.duration, size)))


def shorter(duration: Duration, size: Fraction) -> Duration:
    """The duration with another size: working minutes or calendar days. A shared one keeps its block."""
    if duration_amount(duration).days:
        return written(duration, TimeUnit.CALENDAR_DAY, size)
    unit = duration.unit if duration.unit in MINUTES else TimeUnit.WORKING_DAY
    if (size / MINUTES[unit]).denominator > 2:
        unit = TimeUnit.WORKING_HOUR
    return written(duration, unit, size / MINUTES[unit])


WORDS = {
    TimeUnit.WORKING_MINUTE: "phút",
    TimeUnit.WORKING_HOUR: "giờ làm việc",
    TimeUnit.HALF_DAY: "buổi",
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.CALENDAR_DAY: "ngày",
}


def written(duration: Duration, unit: TimeUnit, value: Fraction) -> Duration:
    """A duration as a table writes it: `1,5 ngày làm việc`."""
    number = str(int(value)) if value.denominator == 1 else f"{float(value):g}".replace(".", ",")
    if duration.unit is TimeUnit.SHARED:
        return replace(duration, text=f"{number} {WORDS[unit]}", value=value)
    return replace(duration, text=f"{number} {WORDS[unit]}", unit=unit, value=value)


def made(process: Process, steps: Mapping[str, Node], was: Limits, now: Limits) -> Mapping[str, Duration]:
    """The durations that changed."""
    found = {}
    for name, node in steps.items():
        if now[name] != was[name] and node.step is not None and node.step.duration is not None:
            found[name] = shorter(node.step.duration, now[name])
    return found
