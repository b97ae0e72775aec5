"""Excel sheets as grids, read from the XML row by row: merged cells, dates, formulas without value, hidden columns.

Source: ECMA-376 part 1, SpreadsheetML (18.3 worksheets, 18.8 styles).
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO

from lxml import etree

from bpmn.errors import Unreadable
from bpmn.findings import Clear, Finding
from bpmn.office.grid import MAX_COLUMNS, MAX_ROWS, Cell, Grid, OfficeFile
from bpmn.office.parts import clean, part, relations
from bpmn.office.places import spotted
from bpmn.office.sheet_texts import Look, Runs, in_look, looks_of, plain_text, runs_of, shared_texts
from bpmn.office.sheet_xml import local, named
from bpmn.verdicts import reject

WORKBOOK = "xl/workbook.xml"
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
EPOCH = datetime(1899, 12, 30)  # a sheet's dates have no zone
WORDED = frozenset({"inlineStr", "s", "str", "b", "d"})
ISO_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T[\d:.]+Z?)?")
MAX_AREA = 200_000  # cells below all merged ones together
MAX_SERIAL = 2_958_465
MAX_HOURS = 1_000  # days that a time of day may be


def read_sheets(data: bytes) -> OfficeFile:
    """The sheets of a .xlsx. Raises `Unreadable`."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        workbook = part(package, WORKBOOK)
        if workbook is None or local(workbook) != "workbook":
            raise Unreadable([reject("office-part", member=WORKBOOK)])
        targets = relations(package, WORKBOOK)
        texts = shared_texts(part(package, "xl/sharedStrings.xml"))
        looks = looks_of(part(package, "xl/styles.xml"))
        file = OfficeFile()
        for found in workbook.iter():
            member = targets.get(relation(found)) if local(found) == "sheet" else None
            if member is None or not member.startswith("xl/worksheets/"):
                continue
            sheet = Sheet(found.get("name", ""), member, texts, looks)
            sheet.read(part(package, member), notes(package, member))
            invisible = found.get("state") not in VISIBLE
            hidden, folded = frozenset(sheet.hidden), frozenset(sheet.folded)
            grid = Grid(sheet.name, tuple(sheet.merged()), hidden, invisible, folded)
            file = OfficeFile((*file.blocks, grid), (*file.findings, *sheet.findings))
        return file


VISIBLE = (None, "visible")


def relation(element: etree._Element) -> str:
    """The id of the relation that an element names, in either flavour of the format."""
    return next((str(text) for key, text in element.attrib.items() if str(key).endswith("}id")), "")


def notes(package: zipfile.ZipFile, member: str) -> dict[str, str]:
    """The comments of a sheet by cell."""
    found: dict[str, str] = {}
    for target in relations(package, member).values():
        root = part(package, target) if "comments" in target and target.endswith(".xml") else None
        for comment in root.iter() if root is not None else ():
            if local(comment) == "comment":
                found[comment.get("ref", "")] = clean(plain_text(comment))
    return found


def position(reference: str | None, member: str) -> tuple[int, int]:
    """Row and column, from 0, of a reference such as `B7`. Raises `Unreadable`."""
    match = REFERENCE.fullmatch(reference or "")
    if match is None:
        raise Unreadable([reject("xlsx-ref", member=member, cell=str(reference)[:40])])
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def whole(text: str | None) -> int:
    """A column's number; 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


@dataclass
class Sheet:
    """One sheet while it is read."""

    name: str
    member: str
    texts: list[Runs]
    looks: list[Look]
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    folded: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    area: int = 0

    def read(self, root: etree._Element | None, comments: dict[str, str]) -> None:
        for found in root if root is not None else ():
            name = local(found)
            if name == "sheetData":
                self.rows(found, comments)
            elif name == "mergeCells":
                self.merges(found)
            elif name == "cols":
                self.columns(found)

    def columns(self, element: etree._Element) -> None:
        for found in element:
            if found.get("hidden") in ("1", "true"):
                first, last = whole(found.get("min")), whole(found.get("max"))
                self.hidden |= set(range(max(first, 1) - 1, min(last, MAX_COLUMNS)))

    def rows(self, element: etree._Element, comments: dict[str, str]) -> None:
        """All filled cells; rows and cells without reference follow the one before."""
        row = -1
        for found in named(element, "row"):
            written = found.get("r")
            row = int(written) - 1 if written and written.isascii() and written.isdigit() else row + 1
            column = -1
            if found.get("hidden") in ("1", "true"):
                self.folded.add(row)
            for cell in named(found, "c"):
                if cell.get("r") is None:
                    column += 1
                else:
                    at, column = position(cell.get("r"), self.member)
                    row = at
                self.cell(cell, row, column, comment=comments.get(cell.get("r", "")))

    def cell(self, element: etree._Element, row: int, column: int, *, comment: str | None) -> None:
        name = element.get("r") or ""
        place = {"sheet": self.name, "cell": name}
        text, kind = self.content(element, place)
        if not text and kind == "text" and not comment:
            return
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            raise Unreadable([reject("limit-rows", sheet=self.name, cell=name, limit=MAX_ROWS)])
        self.cells[row, column] = Cell(row, column, clean(text), place, kind=kind, comment=comment)

    def content(self, element: etree._Element, place: Mapping[str, object]) -> tuple[str, str]:
        """The text of a cell as its reader sees it, and its kind."""
        raw = next((found.text or "" for found in named(element, "v")), "")
        shape = element.get("t", "n")
        if shape == "e":
            self.findings.append(spotted("xlsx-value", place, clear=Clear.FILE, value=raw[:40]))
            return raw, "error"
        if shape in WORDED:
            return self.worded(element, raw, shape=shape, place=place), "text"
        if raw:
            return self.numeric(raw, element.get("s"), place)
        if next(named(element, "f"), None) is None:
            return "", "text"
        self.findings.append(spotted("formula-without-value", place, clear=Clear.FILE))
        return "", "formula"

    def worded(self, element: etree._Element, raw: str, *, shape: str, place: Mapping[str, object]) -> str:
        """The text of a cell that holds a text or a truth."""
        if shape == "inlineStr":
            return self.shown([run for item in named(element, "is") for run in runs_of(item)], element, place)
        if shape == "s":
            return self.shown(self.shared(raw, place), element, place)
        if shape == "b":
            return "TRUE" if raw == "1" else "FALSE"
        if shape == "d" and not ISO_DATE.fullmatch(raw):
            self.findings.append(spotted("xlsx-value", place, clear=Clear.FILE, value=raw[:40]))
        return raw

    def shown(self, runs: Runs, element: etree._Element, place: Mapping[str, object]) -> str:
        """Runs as their reader sees them; an old font is named once for each sheet."""
        text, font = in_look(runs, self.look(element.get("s")))
        if font is not None and all(finding.code != "font-legacy" for finding in self.findings):
            self.findings.append(spotted("font-legacy", place, clear=Clear.FILE, font=font))
        return text

    def look(self, style: str | None) -> Look:
        at = int(style) if style and style.isascii() and style.isdigit() else 0
        return self.looks[at] if at < len(self.looks) else Look()

    def shared(self, raw: str, place: Mapping[str, object]) -> Runs:
        at = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else -1
        if not 0 <= at < len(self.texts):
            self.findings.append(spotted("xlsx-value", place, clear=Clear.FILE, value=raw[:40]))
            return []
        return self.texts[at]

    def numeric(self, raw: str, style: str | None, place: Mapping[str, object]) -> tuple[str, str]:
        """A number as a person writes it, or a date as day/month/year."""
        try:
            number = float(raw)
        except ValueError:
            number = float("nan")
        look = Look() if style is None else self.look(style)
        dated = look.dated
        if number != number or abs(number) > 1e15 or (dated and not 0 <= number <= MAX_SERIAL):  # noqa: PLR0124
            self.findings.append(spotted("xlsx-value", place, clear=Clear.FILE, value=raw[:40]))
            return "", "error"
        if dated:
            day = EPOCH + timedelta(days=int(number))
            return f"{day.day}/{day.month}/{day.year}", "date"
        if look.timed and 0 <= number < MAX_HOURS:
            minutes = round(number * 24 * 60)
            return f"{minutes // 60}:{minutes % 60:02d}", "text"
        short = f"{number:.10f}".rstrip("0").rstrip(".")
        return f"{look.before}{short or '0'}{look.behind}", "number"

    def merges(self, element: etree._Element) -> None:
        for found in element:
            reference = found.get("ref", "")
            first, _, last = reference.partition(":")
            top, left = position(first, self.member)
            bottom, right = position(last or first, self.member)
            if bottom >= MAX_ROWS or right >= MAX_COLUMNS:
                raise Unreadable([reject("limit-rows", sheet=self.name, cell=reference, limit=MAX_ROWS)])
            self.area += (bottom - top + 1) * (right - left + 1)
            if self.area > MAX_AREA:
                raise Unreadable([reject("limit-rows", sheet=self.name, cell=reference, limit=MAX_AREA)])
            self.spans.append((top, left, bottom, right))

    def merged(self) -> list[Cell]:
        """The cells with their spans; what lies hidden under a merged cell is left out."""
        for top, left, bottom, right in self.spans:
            corner = self.cells.get((top, left))
            empty = Cell(top, left, "", {"sheet": self.name, "cell": ""})
            covered = [at for at in self.cells if top <= at[0] <= bottom and left <= at[1] <= right]
            for at in covered:
                del self.cells[at]
            self.cells[top, left] = replace(corner or empty, rows=bottom - top + 1, columns=right - left + 1)
        return [self.cells[at] for at in sorted(self.cells)]
