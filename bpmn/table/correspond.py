"""Which spot and way of one table's graph is which of another's, given that kept steps have one id in both."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from bpmn.table.graph import Graph, Run, Spot, Way

Item = TypeVar("Item")
Key = tuple[Hashable, ...]


def paired_spots(old: Graph, new: Graph) -> dict[str, str]:
    """The old spot of each new spot that was there before.

    A timer, wait or call is known by its branch, and where the branch's text was changed by its step.
    """
    names = paired_runs(old, new)
    before, after = spot_keys(old, {run.split: run.split for run in old.runs}), spot_keys(new, names)
    found: dict[str, str] = {}
    for shorten in (False, True):
        pair(before, after, found, shorten=shorten)
    return found


def pair(before: Mapping[str, Key], after: Mapping[str, Key], found: dict[str, str], *, shorten: bool) -> None:
    waiting: dict[Key, deque[str]] = defaultdict(deque)
    for spot, key in before.items():
        if spot not in found.values():
            waiting[shortened(key, shorten)].append(spot)
    for spot, key in after.items():
        if spot not in found and waiting[shortened(key, shorten)]:
            found[spot] = waiting[shortened(key, shorten)].popleft()


def shortened(key: Key, shorten: bool) -> Key:
    """A key without the branch's text, which stands last where there is one."""
    return key[:-1] if shorten and key[0] in ("silence", "aside") else key


def paired_runs(old: Graph, new: Graph) -> dict[str, str]:
    """For the split of each new parallel group that of the old one with which it shares most steps."""
    free = [run for run in old.runs if run.parallel]
    found: dict[str, str] = {}
    for run in new.runs:
        if not run.parallel:
            continue
        best = max(free, key=lambda other: shared(run, other), default=None)
        if best is not None and shared(run, best):
            free.remove(best)
            found[run.split] = best.split
        else:
            found[run.split] = f"new {run.split}"
    return found


def shared(run: Run, other: Run) -> int:
    return len({step.id for step in run.steps} & {step.id for step in other.steps})


def spot_keys(graph: Graph, names: Mapping[str, str]) -> dict[str, Key]:
    """What each spot is for. `names` gives the name of each parallel group by its split."""
    keys: dict[str, Key] = {spot.id: key_of(graph, spot) for spot in graph.spots.values()}
    keys[next(iter(graph.spots))] = ("start",)
    keys[graph.end] = ("end", "end_1")
    keys |= {gateway: ("branch", step) for step, gateway in graph.gateways.items()}
    keys |= {gateway: ("merge", step) for step, gateway in graph.merges.items()}
    for run in graph.runs:
        if run.parallel:
            name = names[run.split]
            keys |= {run.entry: ("again", name)} if run.entry != run.split else {}
            keys |= {run.split: ("split", name), run.exit: ("join", name)}
    return keys


def key_of(graph: Graph, spot: Spot) -> Key:
    if spot.attached_to is not None:
        return "silence", spot.attached_to, texts(graph.going[spot.id])
    if spot.at is not None and spot.goto is not None:
        return "aside", spot.tag, graph.step_ids[spot.at], spot.goto, texts(graph.coming[spot.id])
    return spot.tag, spot.goto or spot.id


def texts(ways: Iterable[Way]) -> str | None:
    return next((way.branch.condition for way in ways if way.branch), None)


def paired_ways(old: Graph, new: Graph, spots: Mapping[str, str]) -> dict[str, Way]:
    """The old way of each new way: with the same ends and text, else from the same source, else the text changed."""

    def place(spot: str) -> str:
        return spots.get(spot, f"new {spot}")

    def exact(way: Way, ends: Callable[[str], str], graph: Graph) -> Key:
        return ends(way.source), ends(way.target), text(way)

    def moved(way: Way, ends: Callable[[str], str], graph: Graph) -> Key | None:
        single = way.branch or len([other for other in graph.going[way.source] if not other.branch]) == 1
        return (ends(way.source), text(way)) if single else None

    def renamed(way: Way, ends: Callable[[str], str], graph: Graph) -> Key | None:
        return (ends(way.source), ends(way.target)) if way.branch else None

    found: dict[str, Way] = {}
    for sign in (exact, moved, renamed):
        waiting: dict[Key | None, deque[Way]] = defaultdict(deque)
        taken = {way.id for way in found.values()}
        for way in old.ways:
            if way.id not in taken:
                waiting[sign(way, str, old)].append(way)
        for way in new.ways:
            key = sign(way, place, new)
            if way.id not in found and key is not None and waiting[key]:
                found[way.id] = waiting[key].popleft()
    return found


def text(way: Way) -> str | None:
    return way.branch.condition if way.branch else None
