"""Columns that are several to one field: "x" below performers' names, and numbers below "Ngày", "Giờ", "Phút"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bpmn.folding import search_key
from bpmn.office.grid import Cell, Grid

MARK = re.compile(r"^(?:x|v|[✓✔√●○•■□▪☑+*]|ct|c|ph|p|r|a|i|r/a|a/r|th)$")
LEADING = ("ct", "r", "r/a", "a/r", "th", "x", "v")
LEAST = 2  # columns of marks


def mark_columns(grid: Grid, first: int) -> frozenset[int]:
    """The columns that hold nothing but marks; one alone is no choice among performers."""
    texts: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.row >= first and cell.text and cell.columns == 1:
            texts.setdefault(cell.column, []).append(search_key(cell.text))
    marked = frozenset(column for column, found in texts.items() if all(MARK.match(text) for text in found))
    return marked if len(marked) >= LEAST else frozenset()


UNIT_ALONE = re.compile(r"^\(?(?:so )?(?:ngay(?: lam viec)?|gio(?: lam viec)?|phut|buoi)\)?$")
BARE = re.compile(r"^(?:\d+(?:[.,]\d+)?|\d+/\d+|[½¼¾]|[-–]?)$")


def amount_columns(grid: Grid, lowest: Mapping[int, str], first: int) -> frozenset[int]:
    """The columns headed by nothing but a unit that hold nothing but numbers; one alone is a column of times."""
    headed = {column for column, text in lowest.items() if UNIT_ALONE.match(search_key(text))}
    for cell in grid.cells:
        if cell.row >= first and cell.column in headed and not BARE.match(cell.text.strip()):
            headed.discard(cell.column)
    return frozenset(headed) if len(headed) >= LEAST else frozenset()


def amounts_together(amounts: Sequence[tuple[str, Cell]]) -> Mapping[str, Cell]:
    """The time that numbers under their units make: `1` below "Ngày" and `4` below "Giờ" → `1 ngày 4 giờ`."""
    told = [f"{cell.text} {header.lower().strip(' ()')}" for header, cell in amounts if cell.text.strip("0-– ")]
    return {"duration": replace(amounts[0][1], text=" ".join(told), kind="text")} if told else {}


def marked_performers(marks: Sequence[tuple[str, Cell]]) -> Mapping[str, Cell]:
    """The performer cell that a row's marks stand for, the leading ones first; nothing without marks."""
    if not marks:
        return {}
    letters = {search_key(cell.text) for _, cell in marks}
    order = LEADING if letters & set(LEADING) else (*LEADING, "c", "a")
    ranked = sorted(marks, key=lambda mark: place_in(search_key(mark[1].text), order))
    text = "\n".join(header for header, _ in ranked)
    return {"performer": replace(ranked[0][1], text=text)}


def place_in(letter: str, order: Sequence[str]) -> int:
    return order.index(letter) if letter in order else len(order)
