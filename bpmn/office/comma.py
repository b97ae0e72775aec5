"""CSV files as a grid: the separator is found, the encoding too."""

import csv
import io

from bpmn.findings import Clear, Finding
from bpmn.office.grid import MAX_COLUMNS, MAX_ROWS, Cell, Grid, OfficeFile, address
from bpmn.office.parts import clean
from bpmn.verdicts import reject, warning

MAX_BYTES = 5 * 1024 * 1024
SEPARATORS = (";", "\t", ",", "|")
LEGACY = "cp1258"
LOOK = 20_000  # characters that show the separator


def read_csv(data: bytes) -> OfficeFile:
    """The rows of a CSV file. Texts in an old Vietnamese code page are read with a warning."""
    if not data.strip():
        return OfficeFile(findings=(reject("file-empty"),))
    if len(data) > MAX_BYTES:
        return OfficeFile(findings=(reject("limit-size", bytes=len(data), limit=MAX_BYTES),))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")) or (b"\0" in data[:4] and wide(data) is None):
        return OfficeFile(findings=(reject("file-type", ending="csv", found="binary"),))
    text, findings = decoded(data)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator(text)))
    except csv.Error as failure:
        return OfficeFile(findings=(reject("csv-syntax", reason=str(failure)[:200]),))
    if len(rows) > MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
        return OfficeFile(findings=(reject("limit-rows", rows=len(rows), limit=MAX_ROWS),))
    return OfficeFile((Grid("csv", tuple(cells(rows))),), tuple(findings))


WIDE = (b"\xff\xfe", b"\xfe\xff")


def decoded(data: bytes) -> tuple[str, list[Finding]]:
    if (encoding := wide(data)) is not None:
        return data.decode(encoding, errors="replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        return data.decode(LEGACY, errors="replace"), [
            warning("text-encoding", clear=Clear.FILE, line=line, assumed=LEGACY)
        ]


def wide(data: bytes) -> str | None:
    """The two-byte encoding of a text, by its mark, or by the zeros that its digits and line ends have."""
    if data[:2] in WIDE:
        return "utf-16"
    pairs = {data[at : at + 2] for at in range(0, min(len(data), LOOK) - 1, 2)}
    if len(data) % 2 == 0 and b"\n\0" in pairs and not any(byte == 0 for byte in data[0:LOOK:2]):
        return "utf-16-le"
    if len(data) % 2 == 0 and b"\0\n" in pairs and not any(byte == 0 for byte in data[1:LOOK:2]):
        return "utf-16-be"
    return None


def separator(text: str) -> str:
    """The separator that splits the first rows into the most equal columns, quotes and lines within them respected."""
    return max(SEPARATORS, key=lambda mark: evenness(text[:LOOK], mark))


def evenness(text: str, mark: str) -> tuple[float, int]:
    """How even the rows with several columns are, and their width; a quote left in a cell speaks against a mark."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))[:60]
    except csv.Error:
        return 0, 0
    wide = [row for row in rows if len(row) > 1]
    widths = [len(row) for row in wide]
    common = max(widths, key=widths.count, default=0)
    torn = sum(1 for row in wide if any('"' in cell for cell in row))
    even = (widths.count(common) - torn) / max(len(wide), 1) * min(widths.count(common), ENOUGH)
    return even, common


ENOUGH = 5  # rows that show a separator


def cells(rows: list[list[str]]) -> list[Cell]:
    """The filled cells; an apostrophe that guards against formulas is taken off."""
    found = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            guarded = value[:1] == "'" and value[1:2] in ("=", "+", "-", "@", "'")
            text = clean(value[1:] if guarded else value)
            if text:
                found.append(Cell(row, column, text, {"cell": address(row, column), "line": row + 1}))
    return found
