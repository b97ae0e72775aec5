"""From the blocks of an Office file to a five-clear table, its findings and its mapping."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bpmn.dialect.numbers import plain_number
from bpmn.findings import Clear, Finding, Severity
from bpmn.fiveclear import Branch, FiveClear, TimeUnit
from bpmn.folding import search_key
from bpmn.office.grid import Cell, Grid, OfficeFile
from bpmn.office.places import spotted
from bpmn.reading.blocks import all_rows, blocks_of
from bpmn.reading.branches import apology
from bpmn.reading.choice import Choice, chosen, more_tables, told_of
from bpmn.reading.columns import working_day_meant
from bpmn.reading.durations import Time, read_time, says_working, unit_in
from bpmn.reading.heads import CODE, Around, is_citizens, read_around, texts_around
from bpmn.reading.leftovers import says_more, with_leftovers
from bpmn.reading.lines import Line, lines_of
from bpmn.reading.numbers import double_findings, numbered, section_gaps, section_labels
from bpmn.reading.parallel import with_parallel
from bpmn.reading.prose import NAME as PROSE
from bpmn.reading.resolve import resolve
from bpmn.reading.steps import Context, Draft, Reader, share_blocks
from bpmn.reading.tidied import tidied
from bpmn.table.reading import TableMapping, TableReading
from bpmn.verdicts import error, info, reject

UNIT_LINE = re.compile(
    r"(?:\bdvt|\bdon vi tinh|\bthoi gian (?:duoc )?tinh (?:bang|theo|la))(?: thoi gian)?\s*[:=]?\s*(.{1,40})"
)
BARE_UNITS = (TimeUnit.WORKING_HOUR, TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY)
MAX_STEPS = 1_000  # no diagram may hold more elements


def read_blocks(
    file: OfficeFile, *, sheet: str | None = None, table: int | None = None, mapping: TableMapping | None = None
) -> TableReading:
    """The step table of a file.

    `sheet` names a sheet, `table` counts tables or sheets from 0; `mapping` is a corrected mapping of an earlier
    reading.  Without a step table the reading has an error and no table.
    """
    findings = list(file.findings)
    if any(finding.reject for finding in findings):
        return TableReading(None, tuple(findings))
    file = tidied(file)
    choice = chosen(file, sheet=sheet, table=table, mapping=mapping)
    if choice is None:
        findings.append(error("no-step-table", clear=Clear.FILE, tables=len(file.grids)))
        return TableReading(None, tuple(findings))
    findings += told_of(choice)
    if choice.others:
        findings.append(more_tables(choice))
    if choice.grid.name == PROSE:
        findings.append(info("steps-in-text", clear=Clear.FILE))
    result, understood = read_grid(choice, findings, corrected=mapping is not None)
    if result is None and not any(finding.reject for finding in findings):
        findings.append(error("no-step-table", clear=Clear.FILE, tables=len(file.grids)))
    return TableReading(result, tuple(findings), understood)


def read_grid(choice: Choice, findings: list[Finding], *, corrected: bool) -> tuple[FiveClear | None, TableMapping]:
    """The table in a grid, or None where no step stands in it; and the mapping with the unit that was understood."""
    grid, mapping = choice.grid, choice.mapping
    lines = lines_of(grid, mapping)
    others = [choice.file.grids[at] for at in choice.others]
    blocks = [block for block in choice.file.blocks if all(block is not other for other in others)]
    before, after = texts_around(blocks, grid, min(mapping.header_rows, default=0))
    around = read_around(before)
    mapping = replace(mapping, unit=mapping.unit or unit_above(before))
    citizen = is_citizens([*before, *(cell.text for cell in grid.cells)])
    labels = section_labels(lines)
    told = blocks_of(lines, numbered=has_numbers(lines))
    rows = [row for row in all_rows(told[: MAX_STEPS + 1]) if row.cells]
    if len(rows) > MAX_STEPS or len(told) > MAX_STEPS:
        findings.append(reject("limit-rows", clear=Clear.FILE, rows=max(len(rows), len(told)), limit=MAX_STEPS))
        return None, mapping
    if not rows:
        return None, mapping
    numbers = numbered(rows, labels)
    context = context_of(grid, mapping, around, lines, citizen=citizen, corrected=corrected)
    reader = Reader(context, findings)
    drafts = share_blocks([reader.draft(row, number) for row, number in zip(rows, numbers, strict=True)])
    total = total_of(lines, context)
    drafts = with_parallel(drafts, None if total is None else total.duration)
    drafts = [with_phase(draft, labels) for draft in drafts]
    branches, faults = resolve(drafts, [label for label, _ in labels])
    findings += [*double_findings(rows, numbers), *section_gaps(labels, lines), *faults]
    findings += column_findings(grid, mapping)
    notes = [line.text for line in lines if line.kind == "note" or (line.kind == "total" and says_more(line.text))]
    notes += after
    if CODE.fullmatch(grid.name):
        around.code = around.code or grid.name
    table = assembled(drafts, branches, around, citizen=citizen)
    whole = with_notes(replace(table, stated_total=stated(total)), notes, around)
    first = max(mapping.header_rows, default=-1) + 1
    whole, lost = with_leftovers(whole, [cell for cell in grid.cells if cell.row >= first])
    findings += lost
    return whole, replace(mapping, unit=context.bare)


def unit_above(texts: Sequence[str]) -> TimeUnit | None:
    """The unit that a line above the table gives to its numbers: `ĐVT: giờ làm việc`."""
    said = [match[1] for text in texts if (match := UNIT_LINE.search(search_key(text)))]
    return unit_in(said[-1]) if said else None


def has_numbers(lines: Sequence[Line]) -> bool:
    return any(line.number is not None for line in lines)


def context_of(
    grid: Grid, mapping: TableMapping, around: Around, lines: Sequence[Line], *, citizen: bool, corrected: bool
) -> Context:
    """The units that bare times have: what the header says, else what other times, the total and the limit say.

    The unit of a corrected mapping holds, whatever they say.
    """
    totals = [cell.text for line in lines if line.kind == "total" for cell in line.whole]
    limit = str((around.limit or {}).get("text", ""))
    working = mapping.unit not in (None, TimeUnit.CALENDAR_DAY) or any(map(says_working, [*totals, limit]))
    working = working or working_day_meant(grid, mapping)
    if corrected and mapping.unit is TimeUnit.CALENDAR_DAY:
        working = False
    day = TimeUnit.WORKING_DAY if working else TimeUnit.CALENDAR_DAY
    bare = day if mapping.unit is TimeUnit.CALENDAR_DAY else mapping.unit
    guess = next((time.duration.unit for text in (*totals, limit) if (time := read_time(text, day=day))), None)
    guessed = bare is None and guess in BARE_UNITS
    return Context(day, guess if guessed else bare, around.year, citizen, guessed=guessed)


def total_of(lines: Sequence[Line], context: Context) -> Time | None:
    """The time of the total row; a formula without value says nothing."""
    for line in lines:
        if line.kind != "total":
            continue
        cells: list[Cell] = [line.cells["duration"]] if "duration" in line.cells else []
        for cell in [*cells, *line.whole]:
            time = read_time(cell.text, day=context.day, bare=context.bare if cell in cells else None)
            if time is not None and time.duration.value:
                return time
    return None


def stated(total: Time | None) -> dict[str, object] | None:
    if total is None:
        return None
    duration = total.duration
    return {"text": duration.text, "value": plain_number(duration.value), "unit": duration.unit.value}


def with_phase(draft: Draft, labels: Sequence[tuple[str, str]]) -> Draft:
    section, group = draft.row.section, draft.step.phase
    if section is None:
        return draft
    phase = f"{labels[section][1]} – {group}" if group else labels[section][1]
    return replace(draft, step=replace(draft.step, phase=phase))


def column_findings(grid: Grid, mapping: TableMapping) -> list[Finding]:
    """Columns that no field fits: their cells are kept as notes; and hidden columns and rows, which were read."""
    first = max(mapping.header_rows, default=-1) + 1
    found = []
    for column in mapping.columns:
        cell = next(
            (cell for row in range(first, grid.rows) if (cell := grid.at(row, column.column)) and cell.text), None
        )
        if cell is None:
            continue
        if column.field is None:
            found.append(spotted("column-unknown", cell.place, clear=Clear.FILE, header=column.header))
        if column.column in grid.hidden:
            found.append(
                spotted("column-hidden", cell.place, clear=Clear.FILE, severity=Severity.INFO, header=column.header)
            )
    folded = [cell for row in sorted(grid.folded) for cell in grid.starting(row)[:1] if cell.text and row >= first]
    return found + [spotted("row-hidden", cell.place, clear=Clear.FILE, severity=Severity.INFO) for cell in folded]


def assembled(drafts: Sequence[Draft], branches: Sequence[Branch], around: Around, *, citizen: bool) -> FiveClear:
    return FiveClear(
        title=around.title or (around.rest[0] if around.rest else ""),
        steps=tuple(draft.step for draft in drafts),
        branches=tuple(branches),
        code=around.code,
        national_code=around.national_code,
        kind="tthc" if citizen else "internal",
        unit_name=as_in_steps(around.unit_name, drafts),
        field_of_work=around.field_of_work,
        trigger=around.trigger,
        legal_basis=tuple(around.legal_basis),
        statutory_limit=around.limit,
        inputs=tuple({"name": name} for name in around.inputs),
        outputs=tuple({"name": name} for name in around.outputs),
    )


def as_in_steps(unit: str | None, drafts: Sequence[Draft]) -> str | None:
    """A unit that the heading writes in capitals, as a step writes it."""
    performers = (draft.step.performer for draft in drafts)
    written = (performer.unit for performer in performers if performer is not None and performer.unit)
    return next((name for name in written if unit and search_key(name) == search_key(unit)), unit)


def with_notes(table: FiveClear, notes: Sequence[str], around: Around) -> FiveClear:
    """The table with the rules that notes state, and with all texts that fit nowhere."""
    rules = []
    rest = [text for text in around.rest if search_key(text) != search_key(table.title)]
    for text in notes:
        clause = apology(text)
        if clause is None:
            rest.append(text)
        else:
            rules.append(Branch("any", clause.condition, clause.goto, form=clause.form, note=clause.note))
    extra = dict(table.extra) | ({"notes": rest} if rest else {})
    return replace(table, branches=(*table.branches, *rules), extra=extra)
