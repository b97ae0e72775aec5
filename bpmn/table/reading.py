"""What reading a table gives: the table or none, the findings, and how the columns were understood."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from bpmn.errors import MappingError
from bpmn.findings import Finding
from bpmn.fiveclear import MINUTES, FiveClear, TimeUnit

BARE_UNITS = (*MINUTES, TimeUnit.CALENDAR_DAY)
MOST = 100_000  # tables, rows and columns of a mapping
FIELDS = (
    *("number", "name", "performer", "unit", "co", "duration", "result", "output", "forms", "responsibility", "branch"),
    *("note", "authority", "product", "time_unit", "amount", "mark"),
)
"""What a column of an Office table may hold; `result` is forms and outputs together, `co` who supports.

A column of `mark` is headed by a performer and marks his steps, one of `amount` by a unit of its numbers ("Giờ"): only
such columns may be several.  `time_unit` names the unit of the number in the column of times.
"""
SEVERAL = frozenset({"mark", "amount"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an Office table. `column` counts from 0; `field` is None where nothing fits; `confidence` 0 to 1."""

    column: int
    header: str
    field: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How a table was understood: a person may correct it and have the file read again with it.

    `table` counts the tables of a document, or the sheets, from 0; `header_rows` are row numbers from 0; `unit` is the
    unit of times that name none.  `turned`: the steps are the columns of the file's table, and rows and columns are
    counted after it was turned.  `joined` are the tables that go on with the steps of this one.
    """

    table: int
    columns: tuple[Column, ...]
    header_rows: tuple[int, ...]
    unit: TimeUnit | None = None
    sheet: str | None = None
    turned: bool = False
    joined: tuple[int, ...] = ()

    def field_of(self, column: int) -> str | None:
        """The field that a column holds."""
        return next((found.field for found in self.columns if found.column == column), None)

    def as_json(self) -> str:
        """The mapping as a JSON object, for a person to correct."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "TableMapping":
        """The mapping of `as_json`, corrected or not. Raises `MappingError`."""
        try:
            values = json.loads(text)
        except (ValueError, RecursionError) as failure:
            raise MappingError("mapping-syntax") from failure
        if not isinstance(values, dict):
            raise MappingError("mapping-syntax")
        columns = tuple(column_of(each) for each in listed(values, "columns"))
        fields = [column.field for column in columns if column.field]
        doubled = next((name for name in fields if name not in SEVERAL and fields.count(name) > 1), None)
        if doubled is not None:
            raise MappingError("mapping-field-twice", field=doubled)
        rows = tuple(whole(row, "header_rows") for row in listed(values, "header_rows"))
        joined = tuple(whole(table, "joined") for table in listed(values, "joined"))
        table, sheet = whole(values.get("table"), "table"), worded(values, "sheet")
        return cls(table, columns, rows, unit_of(values), sheet, flagged(values, "turned"), joined)


def column_of(values: object) -> Column:
    """A column of the JSON. Raises `MappingError`."""
    if not isinstance(values, dict):
        raise MappingError("mapping-syntax", key="columns")
    name, confidence = worded(values, "field"), values.get("confidence", 1.0)
    if name is not None and name not in FIELDS:
        raise MappingError("mapping-field", field=name[:40], known=list(FIELDS))
    sure = min(max(float(confidence), 0.0), 1.0) if isinstance(confidence, int | float) else 0.0
    return Column(whole(values.get("column"), "column"), worded(values, "header") or "", name, sure)


def listed(values: Mapping[str, object], key: str) -> Sequence[object]:
    found = values.get(key, [])
    if not isinstance(found, list):
        raise MappingError("mapping-syntax", key=key)
    return found


def whole(value: object, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < MOST:
        raise MappingError("mapping-number", key=key)
    return value


def flagged(values: Mapping[str, object], key: str) -> bool:
    found = values.get(key, False)
    if not isinstance(found, bool):
        raise MappingError("mapping-syntax", key=key)
    return found


def worded(values: Mapping[str, object], key: str) -> str | None:
    found = values.get(key)
    if found is not None and not isinstance(found, str):
        raise MappingError("mapping-syntax", key=key)
    return found or None


def unit_of(values: Mapping[str, object]) -> TimeUnit | None:
    """The unit of bare times. Raises `MappingError` for one that no number alone can have."""
    name = worded(values, "unit")
    known = [unit.value for unit in BARE_UNITS]
    if name is not None and name not in known:
        raise MappingError("mapping-unit", unit=name[:40], known=known)
    return None if name is None else TimeUnit(name)


@dataclass(frozen=True, slots=True)
class TableReading:
    """`table` is None exactly when no step was read; the findings say why."""

    table: FiveClear | None
    findings: Sequence[Finding] = field(default=())
    mapping: TableMapping | None = None
