"""Numbers of the table: exact fractions inside, plain integers and decimals outside."""

import re
from fractions import Fraction

NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,18}|/0*[1-9]\d{0,17})?")


def number(value: object) -> Fraction | None:
    """The exact number that a plain value means, or None.

    Shapes: 3, 0.5, "0.5", "1/3".  A boolean, NaN, infinity and a text with an exponent are none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = str(value)
    return Fraction(text) if NUMBER.fullmatch(text) else None


def plain_number(value: Fraction) -> int | float | str:
    """An integer or a decimal where it is exact, else the fraction as text."""
    if value.denominator == 1:
        return value.numerator
    decimal = float(value)
    return decimal if Fraction(str(decimal)) == value else str(value)
