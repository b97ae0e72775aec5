"""From rows to steps: performers, times, forms and notes understood; nothing that was written is dropped."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bpmn.findings import Clear, Finding, Severity
from bpmn.fiveclear import Duration, Performer, Step, TimeUnit
from bpmn.folding import search_key
from bpmn.office.grid import Cell
from bpmn.office.places import spotted
from bpmn.reading.branches import Clause, positive, tell
from bpmn.reading.durations import Time, date_as_fraction, is_bare, is_ditto, read_time
from bpmn.reading.performers import Performers, read_performers, spelled
from bpmn.reading.results import forms_and_outputs
from bpmn.reading.rows import PARALLEL, Row
from bpmn.reading.tasks import heading, task_name
from bpmn.table.identifiers import slug

UNIT_WORDS: Mapping[TimeUnit, str] = {
    TimeUnit.WORKING_MINUTE: "phút",
    TimeUnit.WORKING_HOUR: "giờ làm việc",
    TimeUnit.HALF_DAY: "buổi",
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.CALENDAR_DAY: "ngày",
}


@dataclass(frozen=True)
class Context:
    """What the whole table says about its cells. `day` is the unit of a bare "ngày", `bare` that of a bare number.

    `guessed`: no header says the unit of bare numbers, only the total or the limit.
    """

    day: TimeUnit
    bare: TimeUnit | None
    year: int | None
    citizen: bool
    guessed: bool = False


@dataclass(frozen=True)
class Draft:
    """A step before its branches are resolved."""

    step: Step
    row: Row
    clauses: tuple[Clause, ...] = ()


@dataclass
class Reader:
    """Reads rows from top to bottom, remembering what "như trên" and a person's name refer to."""

    context: Context
    findings: list[Finding] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)
    people: dict[str, Performer] = field(default_factory=dict)

    def draft(self, row: Row, number: str) -> Draft:
        row = self.with_dittos(row)
        told = tell(row.text("name"), citizen=self.context.citizen)
        name = task_name(told.name, row.label)
        forms, output = self.results(row)
        performers = self.performers(row, number)
        time = self.time(row, number)
        clauses = told.clauses + tuple(self.elsewhere(row))
        if told.cutoff:
            self.findings.append(
                spotted("cutoff-in-text", place(row, "name"), clear=Clear.TIME, element=number, name=name)
            )
        if not name:
            self.findings.append(missing_name(row, number))
        step = Step(
            step_no=number,
            name=name,
            performer=performers.lead,
            co_performers=performers.supporting,
            duration=None if time is None else time.duration,
            counted=time is None or time.counted,
            output=output,
            forms=forms,
            responsibility=row.text("responsibility") or None,
            parallel_group=slug(heading(row.label)) or "g" if PARALLEL.search(search_key(row.label or "")) else None,
            phase=heading(row.label) if row.label and not name.startswith(heading(row.label)) else None,
            type="decision" if any(not positive(clause) and clause.goto != "next" for clause in clauses) else None,
            description=self.description(row, name),
            note=self.note(row, time) or None,
            authority=row.text("authority") or None,
            product=row.text("product") or None,
            extra=as_written(row, performers),
        )
        return Draft(step, row, clauses)

    def with_dittos(self, row: Row) -> Row:
        """The row with "nt" and "như trên" replaced by what stands above."""
        texts = dict(row.texts)
        for name, text in row.texts.items():
            if is_ditto(text) and name in self.last:
                texts[name] = self.last[name]
        self.last |= {name: text for name, text in texts.items() if text and not is_ditto(text)}
        return replace(row, texts=texts)

    def performers(self, row: Row, number: str) -> Performers:
        """Lead and supporting performers of the performer, unit and co-performer columns."""
        found = read_performers(row.text("performer"), self.people)
        helpers = read_performers(row.text("co"), self.people).all
        unit = row.text("unit").replace("\n", " ")
        if found.lead is None and unit:
            found = read_performers(unit)
        elif found.lead is not None and unit and found.lead.unit is None:
            found = replace(found, lead=replace(found.lead, unit=unit))
        known = [self.introduced(performer, row, number) for performer in (*found.all, *helpers)]
        return Performers(known[0], tuple(known[1:])) if known else Performers()

    def introduced(self, performer: Performer, row: Row, number: str) -> Performer:
        """A person named without position has the position that an earlier cell gave."""
        if performer.person is None:
            return performer
        key = search_key(performer.person)
        if performer.position:
            self.people.setdefault(key, performer)
            return performer
        known = self.people.get(key)
        if known is not None:
            return known
        self.findings.append(
            spotted("person-without-position", place(row, "performer"), clear=Clear.PERFORMER, element=number)
        )
        return replace(performer, position=performer.person)

    def time(self, row: Row, number: str) -> Time | None:
        """The time of a row."""
        cell, text = row.cells.get("duration"), row.text("duration")
        if cell is not None and cell.kind == "date" and text == cell.text:
            text = self.from_date(cell, number) or text
        if not text:
            return None
        context = self.context
        time = read_time(text, day=context.day, bare=context.bare, year=context.year)
        where = place(row, "duration")
        if time is None and any(map(str.isalnum, text)):
            self.findings.append(spotted("time-unclear", where, clear=Clear.TIME, element=number, text=text))
        elif time is not None and (not time.sure or (context.guessed and is_bare(text))):
            self.findings.append(spotted("time-assumed", where, clear=Clear.TIME, element=number, text=text))
        return time

    def from_date(self, cell: Cell, number: str) -> str | None:
        """A fraction that a sheet took for a date."""
        fraction = date_as_fraction(cell.text)
        if fraction is not None:
            self.findings.append(spotted("excel-date", cell.place, clear=Clear.TIME, element=number, read_as=fraction))
        return fraction

    def results(self, row: Row) -> tuple[tuple[str, ...], str | None]:
        """Forms and outputs of all columns that hold them."""
        forms, output = forms_and_outputs("\n".join(filter(None, (row.text("result"), row.text("output")))))
        more, _ = forms_and_outputs(row.text("forms"), forms_only=True)
        return tuple(dict.fromkeys((*forms, *more))), output

    def elsewhere(self, row: Row) -> list[Clause]:
        """The clauses of the branch and note columns, and of a responsibility such as "quá hạn coi như đồng ý"."""
        texts = (row.text("branch"), row.text("note"), *row.extra_lines)
        found = [clause for text in texts for clause in tell(text, citizen=self.context.citizen, named=False).clauses]
        answered = tell(row.text("responsibility"), citizen=self.context.citizen).clauses
        return found + [clause for clause in answered if clause.goto == "next"]

    def description(self, row: Row, name: str) -> str | None:
        """The cell as written, where it says more than the name; and what explains it."""
        written = row.text("name")
        parts = (
            []
            if search_key(written).strip(" .:;-+") == search_key(name.removeprefix(f"{heading(row.label)}: "))
            else [written]
        )
        return "\n".join([*parts, *row.extra_lines]) or None

    def note(self, row: Row, time: Time | None) -> str:
        """What has no field: notes, unknown columns under their headers, comments, a time that was not understood."""
        parts = [row.text("note"), unclaimed(row.text("branch"), citizen=self.context.citizen)]
        parts += [f"{header}: {cell.text}" if header else cell.text for header, cell in row.loose if cell.text]
        parts += [f"[{comment}]" for comment in row.comments]
        if time is None and row.text("duration") and not is_ditto(row.text("duration")):
            parts.append(row.text("duration"))
        return "\n".join(part for part in parts if part)


def unclaimed(text: str, *, citizen: bool) -> str:
    """What of a branch column's text became no branch."""
    told = tell(text, citizen=citizen, named=False)
    return "\n".join(part for part in (told.name, *told.rest) if part)


def share_blocks(drafts: list[Draft]) -> list[Draft]:
    """Make a limit that one merged cell gives to several steps a shared block, named by its first and last step."""
    holders: dict[tuple[int, int], list[str]] = {}
    for draft in drafts:
        if draft.row.shared is not None and draft.step.duration is not None:
            holders.setdefault(corner(draft.row.shared), []).append(draft.step.step_no)
    return [with_block(draft, holders) for draft in drafts]


def corner(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


def with_block(draft: Draft, holders: Mapping[tuple[int, int], list[str]]) -> Draft:
    duration, cell = draft.step.duration, draft.row.shared
    if duration is None or cell is None or duration.unit not in UNIT_WORDS:
        return draft
    numbers = holders[corner(cell)]
    if len(numbers) < 2:
        return draft
    block = f"{numbers[0]}-{numbers[-1]}"
    text = duration.text if says_unit(duration) else f"{duration.text} ({plain(duration)})"
    common = Duration(text, TimeUnit.SHARED, duration.value, shared_block=block)
    return replace(draft, step=replace(draft.step, duration=common))


def says_unit(duration: Duration) -> bool:
    """Whether the text alone gives the unit that was understood; a shared time keeps its unit only in words."""
    bare = TimeUnit.CALENDAR_DAY if duration.unit is TimeUnit.CALENDAR_DAY else TimeUnit.NOT_COUNTED
    alone = read_time(duration.text, day=bare)
    return alone is not None and alone.duration.unit is duration.unit


def plain(duration: Duration) -> str:
    return f"{float(duration.value):g} {UNIT_WORDS[duration.unit]}".replace(".", ",")


def missing_name(row: Row, number: str) -> Finding:
    return spotted("step-name-missing", place(row, "name"), clear=Clear.TASK, element=number, severity=Severity.ERROR)


def place(row: Row, name: str) -> dict[str, object]:
    """Where a finding of a row's field lies, as facts."""
    return dict((row.cells.get(name) or row.cell).place)


def as_written(row: Row, performers: Performers) -> dict[str, object]:
    """The performer cell itself, where the performers read from it do not hold all its words."""
    text = row.text("performer")
    said = " ".join(
        " ".join(filter(None, (performer.position, performer.unit, performer.person))) for performer in performers.all
    )
    words = set(search_key(spelled(text)).replace("/", " ").split())
    left = {word.strip(" .,;:()-") for word in words} - {
        word.strip(" .,;:()-") for word in search_key(said).replace("/", " ").split()
    }
    idle = {"", "va", "hoac", "dc", "d/c", "dong", "chi", "d", "c"}
    return {"performer_text": text} if text and left - idle else {}
