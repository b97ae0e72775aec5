"""An amount of time in its two families, which never mix: working minutes and calendar days."""

from dataclasses import dataclass
from fractions import Fraction

DAY_MINUTES = 480


@dataclass(frozen=True, slots=True)
class Amount:
    """`minutes` of working time and `days` of the calendar."""

    minutes: int = 0
    days: Fraction = Fraction(0)

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.minutes + other.minutes, self.days + other.days)

    def times(self, count: int) -> "Amount":
        return Amount(self.minutes * count, self.days * count)

    @property
    def size(self) -> Fraction:
        """What two amounts are compared by: days, a working day counting as one."""
        return self.days + Fraction(self.minutes, DAY_MINUTES)


NOTHING = Amount()
