"""Sets of values that a condition leaves to one variable: numbers, texts, or a few choices."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import inf

Bound = Fraction | float
"""An end of an interval; infinite ones are floats."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Intervals in order, each `(low, low included, high, high included)`."""

    parts: tuple[tuple[Bound, bool, Bound, bool], ...]

    def meet(self, other: "Numbers") -> "Numbers":
        found = [narrowed(one, two) for one in self.parts for two in other.parts]
        return Numbers(tuple(part for part in found if part is not None))

    def witness(self) -> Fraction | None:
        """A value of the set, a whole number where there is one; None where it is empty."""
        candidates = [value for part in self.parts for value in inside(part)]
        return min(candidates, key=lambda value: (value.denominator != 1, abs(value), value), default=None)


def narrowed(
    one: tuple[Bound, bool, Bound, bool], other: tuple[Bound, bool, Bound, bool]
) -> tuple[Bound, bool, Bound, bool] | None:
    low, low_in = max((one[0], not one[1]), (other[0], not other[1]))
    high, high_in = min((one[2], one[3]), (other[2], other[3]))
    if low > high or (low == high and (low_in or not high_in)):
        return None
    return low, not low_in, high, high_in


def inside(part: tuple[Bound, bool, Bound, bool]) -> Iterable[Fraction]:
    """Values of an interval: its ends where they belong to it, the next whole numbers, the middle."""
    low, low_in, high, high_in = part
    if isinstance(low, float) and isinstance(high, float):
        return [Fraction(0)]
    first = Fraction(high) - 1 if isinstance(low, float) else Fraction(low)
    last = Fraction(low) + 1 if isinstance(high, float) else Fraction(high)
    near = [first, last, Fraction(first.__floor__() + 1), Fraction(last.__ceil__() - 1), (first + last) / 2]
    return [
        value
        for value in near
        if (low < value or (low_in and low == value)) and (value < high or (high_in and value == high))
    ]


@dataclass(frozen=True, slots=True)
class Texts:
    """The `members`, or, where `others` is true, every text but those."""

    members: frozenset[str]
    others: bool = False

    def meet(self, other: "Texts") -> "Texts":
        if self.others and other.others:
            return Texts(self.members | other.members, True)
        if self.others or other.others:
            listed, left_out = (other, self) if self.others else (self, other)
            return Texts(listed.members - left_out.members)
        return Texts(self.members & other.members)


@dataclass(frozen=True, slots=True)
class Choices:
    """Some of few values of one `kind`, such as true and false."""

    kind: str
    members: frozenset[object]

    def meet(self, other: "Choices") -> "Choices":
        return Choices(self.kind, self.members & other.members)


Domain = Numbers | Texts | Choices
EVERY = Numbers(((-inf, False, inf, False),))


def compared(sign: str, value: Fraction) -> Numbers:
    """The numbers x for which `x sign value` holds; `sign` is == != < <= > or >=."""
    below: tuple[Bound, bool, Bound, bool] = (-inf, False, value, sign == "<=")
    above: tuple[Bound, bool, Bound, bool] = (value, sign == ">=", inf, False)
    match sign:
        case "==":
            return Numbers(((value, True, value, True),))
        case "!=":
            return Numbers((below, above))
        case "<" | "<=":
            return Numbers((below,))
    return Numbers((above,))


def empty(domain: Domain) -> bool:
    match domain:
        case Numbers(parts):
            return not parts
        case Texts(members, others):
            return not members and not others
    return not domain.members


def met(one: Domain, other: Domain) -> Domain | None:
    """What lies in both; None for values of different kinds, of which nothing is known."""
    match one, other:
        case (Numbers(), Numbers()):
            return one.meet(other)
        case (Texts(), Texts()):
            return one.meet(other)
        case (Choices(), Choices()) if one.kind == other.kind:
            return one.meet(other)
    return None
