"""Parallel edges in one gap: each gets a track of its own, so that no two run over each other."""

from collections import defaultdict
from dataclasses import dataclass, field
from heapq import heappop, heappush

from bpmn.layout.grid import Grid, Meeting, Route


@dataclass(slots=True, eq=False)
class Stretch:
    """One edge in one gap. `before` and `after`: where it is met from the upper or left, lower or right side."""

    edge: str
    index: int
    low: float
    high: float
    before: set[Meeting]
    after: set[Meeting]
    track: int = 0
    placed: bool = False


Gap = tuple[str, int]


@dataclass(slots=True)
class Tracks:
    """`of` gives the track of an edge's line, `count` the number of tracks of a gap."""

    of: dict[tuple[str, int], int] = field(default_factory=dict)
    count: dict[Gap, int] = field(default_factory=dict)


def assign_tracks(grid: Grid, routes: dict[str, Route]) -> Tracks:
    """Return the tracks: the first that is free and keeps the order of edges that meet on one row or column."""
    gaps: dict[Gap, list[Stretch]] = defaultdict(list)
    for edge, route in routes.items():
        for index, line in enumerate(route.lines):
            if grid.is_gap(line.axis, line.at):
                stretch = Stretch(edge, index, *route.extent(index), *grid.meetings(route, index))
                gaps[line.axis, line.at].append(stretch)
    tracks = Tracks()
    for gap, stretches in gaps.items():
        _share_out(stretches)
        tracks.count[gap] = 1 + max(stretch.track for stretch in stretches)
        tracks.of |= {(stretch.edge, stretch.index): stretch.track for stretch in stretches}
    return tracks


def _share_out(stretches: list[Stretch]) -> None:
    """Nest the stretches: those met from above close to above, the short ones innermost.

    Where the rules contradict each other (two edges that swap their rows), the nesting alone decides.
    """
    order = sorted(stretches, key=_nesting)
    rules = _rules(order)
    followers: dict[Stretch, list[int]] = defaultdict(list)
    open_rules = [len(rules[stretch]) for stretch in order]
    for number, stretch in enumerate(order):
        for other in rules[stretch]:
            followers[other].append(number)
    ready = [number for number, count in enumerate(open_rules) if not count]
    waiting = dict.fromkeys(range(len(order)))
    placed: list[Stretch] = []
    while waiting:
        number = heappop(ready) if ready else next(iter(waiting))
        if number not in waiting:
            continue
        del waiting[number]
        _settle(order[number], placed, rules[order[number]])
        placed.append(order[number])
        for follower in followers[order[number]]:
            open_rules[follower] -= 1
            if not open_rules[follower]:
                heappush(ready, follower)


def _settle(stretch: Stretch, placed: list[Stretch], before: set[Stretch]) -> None:
    """Give a stretch the first track behind those that must lie before it, and free along its length."""
    least = max((other.track + 1 for other in before if other.placed), default=0)
    low, high = stretch.low, stretch.high
    taken = {other.track for other in placed if other.low <= high and low <= other.high}
    stretch.track = next(track for track in range(least, least + len(taken) + 1) if track not in taken)
    stretch.placed = True


def _nesting(stretch: Stretch) -> tuple[int, float]:
    side = len(stretch.after) - len(stretch.before)
    length = stretch.high - stretch.low
    return side, length if side <= 0 else -length


def _rules(stretches: list[Stretch]) -> dict[Stretch, set[Stretch]]:
    """Return for each stretch those that must lie before it: they leave upwards where it leaves downwards."""
    met: dict[Meeting, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        for meeting in stretch.before:
            met[meeting].append(stretch)
    return {
        stretch: {other for meeting in stretch.after for other in met[meeting]} - {stretch} for stretch in stretches
    }
