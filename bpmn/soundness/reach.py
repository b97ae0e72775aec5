"""From where a token can come to an inclusive join: the same reckoning as that of the engine, which waits while some
token can still come to a flow that has none, and to none that has one (BPMN 2.0.2, table 13.2)."""

from collections import defaultdict

from bpmn.soundness.net import Net


def signatures(net: Net) -> list[int]:
    """For each place the ways into inclusive joins that a token there can come to without passing that join.

    A bit for each way in, over all joins.
    """
    found = [0] * len(net.labels)
    before = backward(net)
    bit = 1
    for number in joins(net):
        for place in net.inclusives[number].ins:
            for seen in sources(place, before, without=number):
                found[seen] |= bit
            bit <<= 1
    return found


def joins(net: Net) -> list[int]:
    return [number for number, gateway in net.inclusives.items() if len(gateway.ins) > 1]


def backward(net: Net) -> dict[int, list[tuple[int, int]]]:
    """For each place those before it, each with the inclusive gateway between (0 for none)."""
    before: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for transition in net.transitions.values():
        for later in transition.post:
            before[later] += ((place, 0) for place in transition.pre)
    for earlier, later in net.drawn:
        before[later].append((earlier, 0))
    for number, gateway in net.inclusives.items():
        for way in gateway.exits:
            before[way.place] += ((place, number) for place in gateway.ins)
    return before


def sources(place: int, before: dict[int, list[tuple[int, int]]], *, without: int) -> set[int]:
    seen = {place}
    waiting = [place]
    while waiting:
        for earlier, gateway in before[waiting.pop()]:
            if gateway != without and earlier not in seen:
                seen.add(earlier)
                waiting.append(earlier)
    return seen
