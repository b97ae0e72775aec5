"""Chance that depends on nothing but its name: the same case meets the same luck whatever else changes.

So two scenarios that differ in one assumption are compared with common random numbers, and a seed gives the same
result on every machine.
"""

from collections.abc import Sequence
from hashlib import blake2b
from math import log
from struct import Struct
from typing import TypeVar

Way = TypeVar("Way")
NAMED = Struct("<qqq").pack
THREE = Struct("<QQQ").unpack
WHOLE = 2.0**64
ARRIVAL, AWAY = -1, -2  # what is drawn besides the visits of elements


class Chance:
    """A source of numbers between 0 and 1."""

    def __init__(self, seed: int) -> None:
        self._key = str(seed).encode()[:64]

    def three(self, case: int, what: int, turn: int) -> tuple[float, float, float]:
        """Three numbers for the `turn`th time that a case meets something."""
        first, second, third = THREE(blake2b(NAMED(case, what, turn), digest_size=24, key=self._key).digest())
        return first / WHOLE, second / WHOLE, third / WHOLE

    def gap(self, case: int, mean: float) -> float:
        """An exponentially distributed gap before the arrival of a case."""
        return -mean * log(1 - self.three(case, ARRIVAL, 0)[0])


def picked(ways: Sequence[tuple[float, Way]], number: float) -> Way | None:
    """The way in whose part of the interval from 0 to 1 the number lies; None in the rest."""
    for share, way in ways:
        if number < share:
            return way
        number -= share
    return None
