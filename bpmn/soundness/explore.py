"""Walking the markings of a net: all of them, breadth first, or, where tokens never get in each other's way, only one
order of what is independent (Valmari 1990; Godefroid 1996: persistent sets with a proviso against ignoring)."""

from collections import deque
from dataclasses import dataclass, field

from bpmn.soundness.markings import Arc, Firing, Space, fired


@dataclass(slots=True)
class Walk:
    """What was seen. Markings are numbered in the order in which they were found.

    `parents`: by which firing from which marking each was first found.  `after`: the markings one firing further.
    `doubled`: marking, firing and place wherever two tokens met; nothing was followed from there.  `still`: the
    markings in which nothing can happen.  `complete`: whether nothing was left out.
    """

    markings: list[int] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    parents: list[tuple[int, Firing] | None] = field(default_factory=list)
    after: list[list[tuple[int, Firing]]] = field(default_factory=list)
    doubled: list[tuple[int, Firing, int]] = field(default_factory=list)
    still: list[int] = field(default_factory=list)
    complete: bool = True

    def note(self, marking: int, parent: tuple[int, Firing] | None) -> int:
        """The number of a marking; a new one is noted with its parent."""
        number = self.numbers.get(marking)
        if number is None:
            number = self.numbers[marking] = len(self.markings)
            self.markings.append(marking)
            self.parents.append(parent)
            self.after.append([])
        return number

    def path(self, number: int) -> list[Firing]:
        """The firings from the first marking to this one."""
        found: list[Firing] = []
        parent = self.parents[number]
        while parent is not None:
            number, firing = parent
            found.append(firing)
            parent = self.parents[number]
        return found[::-1]


AFTER_FAULT = 50_000
"""How much more is looked at once a fault was found, to find its other kinds."""


def walk_all(space: Space, limit: int) -> Walk:
    """Every marking, the nearest first, until the space has done so much work, or a little after a fault."""
    walk = Walk()
    waiting = deque([walk.note(space.start, None)])
    while waiting:
        number = waiting.popleft()
        still = True
        for arc in space.arcs(walk.markings[number]):
            still = False
            known = len(walk.markings)
            target = take(walk, number, arc)
            if target == known:
                waiting.append(target)
            elif target is None:
                limit = min(limit, space.work + AFTER_FAULT) if len(walk.doubled) == 1 else limit
            if space.work > limit:
                walk.complete = False
                return walk
        if still:
            walk.still.append(number)
    return walk


def take(walk: Walk, number: int, arc: Arc) -> int | None:
    """Note an arc; the number of the marking that it leads to, None where it is not to be gone on from."""
    if arc.doubled is not None:
        walk.doubled.append((number, arc.firing, arc.doubled))
        return None
    target = walk.note(arc.target, (number, arc.firing))
    walk.after[number].append((target, arc.firing))
    return target


def walk_free(space: Space, limit: int) -> Walk:
    """One order of what is independent: asks for a space that `is_free`.

    Every stuck marking and every full end is met, and a marking that cannot be ended is met where there is one.
    """
    walk, on_way = Walk(), {space.start}
    way = [(walk.note(space.start, None), iter(chosen_arcs(space, space.start, on_way)))]
    while way:
        number, arcs = way[-1]
        arc = next(arcs, None)
        if arc is None:
            if not walk.after[number]:
                walk.still.append(number)
            on_way.discard(walk.markings[number])
            way.pop()
            continue
        known = len(walk.markings)
        target = take(walk, number, arc)
        if target == known:
            on_way.add(arc.target)
            way.append((target, iter(chosen_arcs(space, arc.target, on_way))))
        if space.work > limit:
            walk.complete = False
            return walk
    return walk


def chosen_arcs(space: Space, marking: int, on_way: set[int]) -> list[Arc]:
    """What one choice can do, if none of it leads back to the way walked; else everything."""
    everything: list[Arc] = []
    for cluster in space.clusters(marking):
        arcs = [fired(plain, marking) for plain in cluster]
        space.work += space.cost * len(arcs)
        if all(arc.doubled is not None or arc.target not in on_way for arc in arcs):
            return arcs
        everything += arcs
    return everything
