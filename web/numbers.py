"""Numbers in addresses: what no column can hold names nothing."""

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""The largest number of an INTEGER column, on both databases."""


class Number(IntegerConverter):
    """`<int:…>` that matches no number beyond the columns' own."""

    def __init__(self, rules: Map) -> None:
        super().__init__(rules, max=LARGEST)
