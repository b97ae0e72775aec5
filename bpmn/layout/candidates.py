"""The routes worth trying between two ends, by their number of bends; the last ones always exist."""

from collections.abc import Iterator
from dataclasses import replace

from bpmn.layout.grid import End, Grid, Line, Route


def candidates(grid: Grid, start: End, end: End) -> Iterator[Route]:
    """Return the routes from one port to another, those with fewer bends first."""
    level = start.side in {"left", "right"}, end.side in {"left", "right"}
    shapes = {
        (True, True): _level_level,
        (True, False): _level_upright,
        (False, True): _upright_level,
        (False, False): _upright_upright,
    }
    for lines in shapes[level](grid, start, end):
        yield Route(start, lines, end)


def to_pool(grid: Grid, start: End, end: End) -> Iterator[Route]:
    """Return the routes from a node or pool straight up or down to the border of a pool, wherever they meet it."""
    first = Line("v", start.x, start.offset)
    yield Route(start, (first,), replace(end, x=start.x, offset=start.offset))
    for level in grid.reach(start):
        for gap in (start.x - 1, start.x + 1):
            yield Route(start, (first, Line("h", level), Line("v", gap)), replace(end, x=gap))


def _beside(end: End) -> int:
    """Return the gap that a level line meets first."""
    return end.x + (1 if end.side == "right" else -1)


def _level_level(grid: Grid, start: End, end: End) -> Iterator[tuple[Line, ...]]:
    first, last = Line("h", start.y), Line("h", end.y)
    if start.y == end.y:
        yield (first,)
    else:
        for gap in {_beside(start): 0, _beside(end): 0}:
            yield first, Line("v", gap), last
    for level in _levels(start, end):
        if grid.is_gap("h", level):
            yield first, Line("v", _beside(start)), Line("h", level), Line("v", _beside(end)), last


def _levels(start: End, end: End) -> list[int]:
    """Return the gaps above and below both ends, the nearest to the straight way first."""
    return list({start.y - 1: 0, start.y + 1: 0, end.y - 1: 0, end.y + 1: 0})


def _level_upright(grid: Grid, start: End, end: End) -> Iterator[tuple[Line, ...]]:
    first, last = Line("h", start.y), Line("v", end.x, end.offset)
    yield first, last
    for level in grid.reach(end):
        yield first, Line("v", _beside(start)), Line("h", level), last


def _upright_level(grid: Grid, start: End, end: End) -> Iterator[tuple[Line, ...]]:
    first, last = Line("v", start.x, start.offset), Line("h", end.y)
    yield first, last
    for level in grid.reach(start):
        yield first, Line("h", level), Line("v", _beside(end)), last


def _upright_upright(grid: Grid, start: End, end: End) -> Iterator[tuple[Line, ...]]:
    first, last = Line("v", start.x, start.offset), Line("v", end.x, end.offset)
    if start.x == end.x and start.offset == end.offset:
        yield (first,)
    out, into = grid.reach(start), grid.reach(end)
    there_and_back = start.x == end.x and start.offset == end.offset
    for level in out:
        if level in into and not there_and_back:
            yield first, Line("h", level), last
    for gap in dict.fromkeys((end.x - 1, end.x + 1, start.x + 1, start.x - 1)):
        for level in out[:2]:
            for other in into[:2]:
                if level != other:
                    yield first, Line("h", level), Line("v", gap), Line("h", other), last
