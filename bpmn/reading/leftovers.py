"""Words of the table's cells that nothing holds: whatever was not understood is kept and named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bpmn.findings import Clear, Finding
from bpmn.fiveclear import FiveClear
from bpmn.folding import search_key
from bpmn.office.grid import Cell
from bpmn.office.places import spotted
from bpmn.reading.durations import is_ditto
from bpmn.reading.performers import spelled
from bpmn.table.yaml_codec import write_json

WORD = re.compile(r"[^\W\d_]{2,}")
UNDERSTOOD = frozenset(
    {
        "buoc",
        "tong",
        "cong",
        "thoi",
        "gian",
        "so",
        "nt",
        "nhu",
        "tren",
        "dong",
        "chi",
        "thuc",
        "hien",
        "song",
        "hoac",
        "va",
    }
)
"""Words whose meaning is kept in a field although the word is not: numbers, totals, "as above", "in parallel"."""


def with_leftovers(table: FiveClear, cells: Sequence[Cell]) -> tuple[FiveClear, list[Finding]]:
    """The table with the texts of all cells of which a word is lost, and a finding for each."""
    kept = words(write_json(table).decode().replace("\\n", " "))
    lost = [cell for cell in cells if cell.text and not is_ditto(cell.text) and missing(cell.text, kept)]
    if not lost:
        return table, []
    findings = [spotted("cell-left-over", cell.place, clear=Clear.FILE, text=cell.text) for cell in lost]
    return replace(table, extra=dict(table.extra) | {"left_over": [cell.text for cell in lost]}), findings


def says_more(text: str) -> bool:
    """Whether a label has a word beyond those that are understood."""
    return bool(words(text) - UNDERSTOOD)


def missing(text: str, kept: set[str]) -> set[str]:
    """The words of a text that stand nowhere, spelled out or not."""
    return min(words(text) - kept, words(spelled(text)) - kept, key=len) - UNDERSTOOD


def words(text: str) -> set[str]:
    return set(WORD.findall(search_key(text)))
