"""Numbers of rows after rows came, went or moved, and the ways that name them.

A table numbered 1, 2, 3 … is numbered so again; in any other a new row takes the number before it with a letter, and
all others keep theirs: officials know their steps by them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, product
from string import ascii_lowercase

from bpmn.fiveclear import Branch, FiveClear, Step

MARK = "\0"
"""Begins the number of a row that has none yet."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows before the edit: ids by number, in their order; whether they were numbered 1, 2, 3 …"""

    ids: Mapping[str, str]
    plain: bool

    @classmethod
    def of(cls, table: FiveClear) -> "Rows":
        """The rows of a table; of two with one number the first is meant."""
        ids = {step.step_no: step.id or "" for step in reversed(table.steps)}
        numbers = [step.step_no for step in table.steps]
        ordered = {number: ids[number] for number in dict.fromkeys(numbers)}
        return cls(ordered, numbers == [str(at) for at in range(1, len(numbers) + 1)])


def provisional(row: Step) -> str:
    """The number of a new row until it gets one; a way can name it."""
    return MARK + (row.id or "")


def fresh_id(table: FiveClear, wanted: str | None) -> str:
    """An id that no row has: the wanted one where it is free."""
    taken = {step.id for step in table.steps}
    if wanted is not None and wanted not in taken:
        return wanted
    return next(name for at in count(1) if (name := f"step_new_{at}") not in taken)


def renumbered(table: FiveClear, before: Rows) -> FiveClear:
    """The table with every row numbered, and every way leading where it led.

    A way to a row that is gone leads to the row that stood behind it, or to the end; a way out of it is gone.
    """
    rows = plainly(table.steps) if before.plain else lettered(table.steps)
    now = {row.id or "": row.step_no for row in rows}
    ways = (led(way, before, now) for way in table.branches)
    return replace(table, steps=rows, branches=tuple(way for way in ways if way is not None))


def led(way: Branch, before: Rows, now: Mapping[str, str]) -> Branch | None:
    """The way with the numbers of today, or None where its row is gone."""
    source = row_of(way.at, before)
    if source is not None and source not in now:
        return None
    goto = way.goto if row_of(way.goto, before) is None else leading(way.goto, before, now)
    return replace(way, at=way.at if source is None else now[source], goto=goto)


def row_of(number: str, before: Rows) -> str | None:
    """The id of the row that a number names, or None for an ending, a rule of the clock, or nothing known."""
    return number.removeprefix(MARK) if number.startswith(MARK) else before.ids.get(number)


def leading(number: str, before: Rows, now: Mapping[str, str]) -> str:
    """The number today of a row, or of the first behind it that is left."""
    numbers = [*before.ids]
    following = numbers[numbers.index(number) :] if number in before.ids else [number]
    left = (now.get(row_of(each, before) or "") for each in following)
    return next((each for each in left if each is not None), "end_1")


def plainly(rows: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(replace(row, step_no=str(at)) for at, row in enumerate(rows, 1))


def lettered(rows: tuple[Step, ...]) -> tuple[Step, ...]:
    """New rows take the number of the row before them with a letter that is free."""
    taken = {row.step_no for row in rows}
    found: list[Step] = []
    for row in rows:
        number = row.step_no
        if number.startswith(MARK):
            stem = found[-1].step_no.rstrip(ascii_lowercase) if found else "0"
            number = next(name for name in names(stem) if name not in taken)
            taken.add(number)
        found.append(replace(row, step_no=number))
    return tuple(found)


def names(stem: str) -> Iterator[str]:
    """`4a`, `4b` … `4z`, `4aa` …"""
    return (stem + "".join(letters) for size in count(1) for letters in product(ascii_lowercase, repeat=size))
