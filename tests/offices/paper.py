"""A table on paper before it is a file: rows of texts, merged areas, and what stands around it."""

from dataclasses import dataclass, field

Area = tuple[int, int, int, int]
"""Top, left, bottom, right; counted from 0."""
Place = tuple[int, int]


@dataclass
class Line:
    """One row by fields. `kind`: step | section | total. `merged` fields go on from the row above."""

    texts: dict[str, str]
    kind: str = "step"
    merged: set[str] = field(default_factory=set)


@dataclass
class Paper:
    """`values` are cells that are no text in a sheet; `hidden` columns, `folded` rows; `header` rows of the header."""

    rows: list[list[str]]
    header: int = 1
    above: int = 0
    merges: list[Area] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    comments: dict[Place, str] = field(default_factory=dict)
    values: dict[Place, object] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    folded: set[int] = field(default_factory=set)

    @property
    def cells(self) -> list[str]:
        """The texts of all cells of the table below its header."""
        first = self.above + self.header
        spans = {(row, column) for area in self.merges for row, column in covered(area)}
        return [
            text
            for row, texts in enumerate(self.rows)
            for column, text in enumerate(texts)
            if row >= first and text and (row, column) not in spans
        ]


def covered(area: Area) -> list[Place]:
    """All places of an area but its corner."""
    top, left, bottom, right = area
    return [
        (row, column)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    ]
