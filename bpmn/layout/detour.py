"""The shortest level and upright way around boxes, with as many bends as it takes: for edges that no simple route fits.

Dijkstra's search on the lines beside the boxes; `BEND` makes a bend cost more than a small way round.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush

from bpmn.layout.scene import Box, Point

CLEAR = 8.0  # between a way and what it goes around
BEND = 30.0
MOST = 200_000  # places looked at
Place = tuple[int, int, int]
"""Index on the x lines, on the y lines, and the axis along which it was reached."""
Found = tuple[int, list[Point], int]


def detour(starts: Sequence[Point], ends: Sequence[Point], boxes: Sequence[Box]) -> Found | None:
    """The way from one of the starts to one of the ends: index of the start, points, index of the end."""
    mesh = Mesh([*starts, *ends], boxes)
    goals = {mesh.place(point): at for at, point in enumerate(ends)}
    queue: list[tuple[float, Place, Place | None]] = []
    for point in starts:
        for axis in (0, 1):
            heappush(queue, (0.0, (*mesh.place(point), axis), None))
    came: dict[Place, Place | None] = {}
    while queue and len(came) < MOST:
        cost, place, before = heappop(queue)
        if place in came:
            continue
        came[place] = before
        if place[:2] in goals:
            way = back(came, place)
            points = [mesh.point(each) for each in way]
            return list(starts).index(points[0]), points, goals[place[:2]]
        for length, other in mesh.next_to(place):
            if other not in came:
                heappush(queue, (cost + length, other, place))
    return None


def back(came: dict[Place, Place | None], place: Place) -> list[Place]:
    way: list[Place] = []
    here: Place | None = place
    while here is not None:
        if not way or way[-1][:2] != here[:2]:
            way.append(here)
        here = came[here]
    return way[::-1]


class Mesh:
    """The crossings of all lines beside the boxes and through the ends, and where a box lies across a line."""

    def __init__(self, points: Sequence[Point], boxes: Sequence[Box]) -> None:
        sides = [((box.x, box.right), (box.y, box.bottom)) for box in boxes]
        self.lines = tuple(
            sorted(
                {at for side in sides for at in (side[axis][0] - CLEAR, side[axis][1] + CLEAR)} | middles(points, axis)
            )
            for axis in (0, 1)
        )
        self.closed: tuple[list[list[tuple[float, float]]], ...] = tuple(
            [
                [side[axis] for side in sides if side[1 - axis][0] - 1 < at < side[1 - axis][1] + 1]
                for at in self.lines[1 - axis]
            ]
            for axis in (0, 1)
        )

    def place(self, point: Point) -> tuple[int, int]:
        return bisect_left(self.lines[0], point[0]), bisect_left(self.lines[1], point[1])

    def point(self, place: Place) -> Point:
        return self.lines[0][place[0]], self.lines[1][place[1]]

    def next_to(self, place: Place) -> Iterator[tuple[float, Place]]:
        """The crossings beside one, with the length of the way there and the cost of its bend."""
        for axis in (0, 1):
            lines = self.lines[axis]
            here = place[axis]
            for there in (here - 1, here + 1):
                if 0 <= there < len(lines) and self.open(
                    axis, place[1 - axis], lines[min(here, there)], lines[max(here, there)]
                ):
                    other = (there, place[1], 0) if axis == 0 else (place[0], there, 1)
                    yield abs(lines[there] - lines[here]) + BEND * (axis != place[2]), other

    def open(self, axis: int, line: int, low: float, high: float) -> bool:
        return not any(start < high and low < end for start, end in self.closed[axis][line])


def middles(points: Iterable[Point], axis: int) -> set[float]:
    return {point[axis] for point in points}
