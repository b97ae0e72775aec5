"""A file that was brought, understood: by a corrected mapping, by its unit's habits, or by its own words alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from bpmn.convert import TableMapping, TableReading, table_to_bpmn
from bpmn.document import read_document
from bpmn.findings import Finding
from bpmn.foreign import UNSAID, ProcessChoice, Wanted, adopt, first_choice, process_choices
from bpmn.office import OFFICE_ENDINGS, read_office
from bpmn.office.grid import OfficeFile
from bpmn.reading.headers import header_key
from bpmn.reading.outline import Outline, by_habit, first_guess, guess, outline, with_fields
from bpmn.reading.recognise import read_blocks
from procedures.commands.import_habits import Habits
from procedures.errors import Unclear
from procedures.evidence import Gate
from procedures.uploads import DIAGRAMS, Upload, of_source, read_upload


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a diagram is read: the processes that could be the procedure, what was said or is proposed, and whether its
    times leave open which days they count."""

    choices: Sequence[ProcessChoice]
    wanted: Wanted
    open_days: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file says. `upload` is None where no step was read yet; `doubts` then say why.

    Only diagrams are `drawn`. Only Office files have an `outline`, the `mapping` by which they were read, the `guess`
    of the reader alone, and `found`: the reader itself recognised the table under this header.
    """

    upload: Upload | None
    doubts: Sequence[Finding]
    outline: Outline | None = None
    mapping: TableMapping | None = None
    guess: TableMapping | None = None
    found: bool = False
    drawn: Drawn | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the reader alone makes of a table: `mapping`, `found` or only guessed; and the `reading` that is used."""

    mapping: TableMapping | None
    found: bool
    reading: TableReading


@dataclass(frozen=True, slots=True)
class Sought:
    """What a person asks of a file's tables beyond the columns: another table, or the table turned.

    `header` are the rows of its header, None for those that the words name.
    """

    table: int
    on_side: bool = False
    header: tuple[int, ...] | None = None


def understand(
    data: bytes,
    name: str,
    gate: Gate,
    *,
    mapping: TableMapping | None = None,
    habits: Habits | None = None,
    wanted: Wanted = UNSAID,
) -> Understood:
    """Read a file by the ending of its name. Raises `Unclear` for one that is unusable, or offers nothing to read."""
    ending = PurePath(name).suffix.lower()
    if ending in DIAGRAMS:
        drawn = drawn_as(data, wanted)
        upload = read_upload(data, name, gate, drawn.wanted)
        return Understood(upload, upload.doubts, drawn=drawn)
    if ending.lstrip(".") not in OFFICE_ENDINGS:
        upload = read_upload(data, name, gate)
        return Understood(upload, upload.doubts)
    file = opened(data, ending)
    opinion = first_reading(file, habits or Habits()) if mapping is None else corrected(file, mapping)
    own, reading = opinion.mapping, opinion.reading
    if any(finding.reject for finding in reading.findings):
        raise Unclear(reading.findings)
    used = reading.mapping or own
    seen = outline(file, used) if used is not None else None
    if used is None or seen is None:
        raise Unclear(reading.findings)
    if reading.table is None:
        return Understood(None, reading.findings, seen, used, own, opinion.found)
    upload = of_source(table_to_bpmn(reading.table), gate, reading.findings)
    whole = replace(upload, reading=reading, ending=ending)
    return Understood(whole, reading.findings, seen, used, own, opinion.found)


def drawn_as(data: bytes, wanted: Wanted) -> Drawn:
    """How a diagram is read when this is said of it; of several processes one is proposed where none is named."""
    document = read_document(data).document
    if document is None:
        return Drawn((), UNSAID, open_days=False)
    choices = process_choices(document)
    known = {choice.id for choice in choices}
    if wanted.process not in known:
        wanted = replace(wanted, process=first_choice(choices, document) if choices else "")
    asked = adopt(document, replace(wanted, days=None)).findings
    return Drawn(choices, wanted, any(finding.code == "foreign-days" for finding in asked))


def opened(data: bytes, ending: str) -> OfficeFile:
    """The blocks of an Office file. Raises `Unclear` for an unusable one."""
    file = read_office(data, ending.lstrip("."))
    if any(finding.reject for finding in file.findings):
        raise Unclear(file.findings)
    return file


def first_reading(file: OfficeFile, habits: Habits) -> Opinion:
    """The reader's own mapping, and the reading by it as far as the unit's habits do not say otherwise."""
    reading = read_blocks(file)
    own = reading.mapping
    if own is None:
        known = by_habit(file, habits.fields)
        if known is None:
            return Opinion(first_guess(file), found=False, reading=reading)
        alone = guess(file, known.table, header=known.header_rows)
        return Opinion(alone, found=False, reading=read_blocks(file, mapping=used_to(known, habits)))
    said = used_to(own, habits)
    return Opinion(own, found=True, reading=reading if said == own else read_blocks(file, mapping=said))


def used_to(mapping: TableMapping, habits: Habits) -> TableMapping:
    """A mapping as a unit is used to mean it."""
    said = with_fields(mapping, habits.fields)
    times = (header_key(column.header) for column in said.columns if column.field == "duration")
    unit = next((habits.units[header] for header in times if header in habits.units), None)
    return replace(said, unit=unit or said.unit)


def corrected(file: OfficeFile, mapping: TableMapping) -> Opinion:
    """The reader's own mapping of the same table under the same header, and the reading by the corrected one."""
    reading = read_blocks(file, mapping=mapping)
    own = read_blocks(file, table=mapping.table).mapping
    found = own is not None and (own.turned, own.header_rows) == (mapping.turned, mapping.header_rows)
    if not found and mapping.table < len(file.grids):
        own = guess(file, mapping.table, on_side=mapping.turned, header=mapping.header_rows)
    whole = reading if reading.mapping is not None else replace(reading, mapping=mapping)
    return Opinion(own, found=found, reading=whole)


def anew(data: bytes, name: str, sought: Sought, *, habits: Habits | None = None) -> TableMapping | None:
    """The mapping of another table of an Office file, or of the same one seen otherwise; None where it is not there."""
    ending = PurePath(name).suffix.lower()
    file = opened(data, ending)
    own = None if sought.on_side or sought.header is not None else read_blocks(file, table=sought.table).mapping
    if own is None or own.turned:
        if not 0 <= sought.table < len(file.grids):
            return own
        own = guess(file, sought.table, on_side=sought.on_side, header=sought.header)
    return used_to(own, habits or Habits())
