"""What stands in a column: numbers, times, performers, sentences."""

import re

from bpmn.fiveclear import TimeUnit
from bpmn.folding import search_key
from bpmn.office.grid import Cell, Grid
from bpmn.reading.durations import is_ditto, read_time
from bpmn.reading.performers import is_title

NEVER = -2.0  # outweighs any header
MAX_LOOK = 80  # rows that show what a column holds
NUMBER = re.compile(
    r"^(?:buoc|b|bc)?\s*[.:]?\s*(?P<number>\d{1,3}(?:[.\-]\d{1,2}){0,2}\s*[a-zđ]?(?:\.\d{1,2})?)\s*[.):]?$",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"^(?:bước|buoc|b)\s*\.?\s*(?P<number>\d{1,3}(?:\.\d{1,2}){0,2}[a-zđ]?)\s*[.:)\-–]*\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
LISTED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,2}[a-zđ]?)\s*[.)](?!\d)\s*(?P<rest>\S.*)$", re.DOTALL)
ROMAN = re.compile(r"^(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})\s*[.)]?$")


def content_score(grid: Grid, column: int, field: str, first: int) -> float:
    """How much what stands in a column speaks for a field: between -0.4 and 0.4, or `NEVER`."""
    texts = [
        cell.text
        for row in range(first, min(grid.rows, first + MAX_LOOK))
        if (cell := origin(grid, row, column)) and cell.text
    ][:60]
    if not texts or field not in SPEAKS:
        return 0.0
    fits = sum(1 for text in texts if SPEAKS[field](text)) / len(texts)
    if field == "name" and len(texts) > 1 and all(is_number(text) and not NUMBERED.match(text) for text in texts):
        return NEVER
    return 0.8 * fits - 0.4 if field in ("number", "duration") else 0.4 * fits


def origin(grid: Grid, row: int, column: int) -> Cell | None:
    """The cell that starts at a place."""
    cell = grid.at(row, column)
    return cell if cell is not None and (cell.row, cell.column) == (row, column) else None


def is_number(text: str) -> bool:
    plain = search_key(text)
    return NUMBER.match(plain) is not None or ROMAN.match(text.strip()) is not None or NUMBERED.match(text) is not None


def is_time(text: str) -> bool:
    short = len(text) < 90
    return short and (
        is_ditto(text) or read_time(text, day=TimeUnit.CALENDAR_DAY, bare=TimeUnit.WORKING_DAY) is not None
    )


def is_performer(text: str) -> bool:
    plain = search_key(text)
    unit = re.match(
        r"[-(\s]*(?:phong|ubnd|uy ban|bo phan|van phong|dc |d/c|trung tam|so |chi cuc|chi nhanh|cong an)", plain
    )
    return len(text) < 160 and (is_title(re.sub(r"^[-+*\s]+", "", text)) or unit is not None)


def is_sentence(text: str) -> bool:
    return len(text.split()) >= 3 and not is_time(text)


SPEAKS = {
    "number": is_number,
    "duration": is_time,
    "performer": is_performer,
    "unit": is_performer,
    "name": is_sentence,
}
