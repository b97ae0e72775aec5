"""From a file to a draft in steps that a person sees: brought, understood, corrected, saved."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from werkzeug.datastructures import MultiDict

from bpmn.convert import TableMapping
from bpmn.fiveclear import TimeUnit
from bpmn.folding import normal
from bpmn.foreign import Wanted
from bpmn.table.reading import BARE_UNITS, FIELDS, SEVERAL
from procedures.commands.bring_file import (
    Brought,
    aim,
    bring_file,
    brought_file,
    let_go,
    note_reading,
    procedure_of,
)
from procedures.commands.create_procedure import NewProcedure
from procedures.commands.import_habits import Habits, forget, habits_of, learn
from procedures.drafting import answer_for_all
from procedures.errors import Unclear
from procedures.model.import_file import ImportFile
from procedures.model.procedure import Procedure
from procedures.queries.people import Person
from procedures.understanding import Sought, Understood, anew, understand
from procedures.uploads import Upload, edited
from web.request import now, reading, transaction
from web.submitting import import_procedure, replace_draft
from web.uploads import town_today

ANSWERS = ("code", "title", "unit", "kind", "answers_for_own")
NOTHING_SAID = {"code": "", "title": "", "kind": ""}
DRAWN = ("process", "days")
"""What is asked of a diagram: which of its processes, and which days its times count."""
GENERIC = re.compile(
    r"(?:(?:main )?process|proceso|prozess|diagram|page|pool|collaboration|sid|id)(?:[ _-]?[\w-]*\d[\w-]*)?",
    re.IGNORECASE,
)
"""Names that tools give a process of which nobody said a name: `Process_0k3x`, `Main Process`."""
DAYS = (TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY)
UNSAID = TimeUnit.CALENDAR_DAY  # what a day is taken for until somebody says; the page shows it as chosen


@dataclass(frozen=True, slots=True)
class Import:
    """A file on its way to a draft. `procedure` is the one whose draft it changes, None for a new one."""

    file: ImportFile
    procedure: Procedure | None
    habits: Habits
    understood: Understood

    @property
    def unit(self) -> str:
        """The code of the unit that it is for."""
        return self.procedure.unit.code if self.procedure else str(self.file.answers.get("unit", ""))

    @property
    def upload(self) -> Upload:
        """What was read. Raises `Unclear` where no step was."""
        if self.understood.upload is None:
            raise Unclear(self.understood.doubts)
        return self.understood.upload


def take(brought: Brought, *, by: Person) -> int:
    """Keep a file that can be read in some way; return its number. Raises `Unclear` for any other, nothing is kept."""
    with reading() as session:
        habits = habits_of(session, brought.answers.get("unit", ""))
    understand(brought.data, brought.name, town_today(), habits=habits)
    with transaction() as session:
        return bring_file(session, brought, by=by, at=now()).id


def opened(file_id: int, *, by: Person) -> Import:
    """Return an officer's file as it is understood now. Raises `NotFound`."""
    with reading() as session:
        file = brought_file(session, file_id, by=by, at=now())
        procedure = procedure_of(session, file)
        unit = procedure.unit.code if procedure else str(file.answers.get("unit", ""))
        habits = habits_of(session, unit)
    return Import(file, procedure, habits, understood(file, habits))


def understood(file: ImportFile, habits: Habits) -> Understood:
    """What a file says by its corrected mapping; by its own words where nothing can be read by that."""
    mapping = TableMapping.from_json(file.mapping) if file.mapping else None
    try:
        return understand(
            file.data, file.name, town_today(), mapping=mapping, habits=habits, wanted=diagram_wanted(file.answers)
        )
    except Unclear:
        if mapping is None:
            raise
        return understand(file.data, file.name, town_today(), habits=habits)


def proposed_title(brought: Import) -> str:
    """The title that a file gives itself; a name that a tool gave its process is no better than the file's own."""
    upload = brought.understood.upload
    said = upload.table.title if upload is not None else ""
    if brought.understood.drawn is None or (said and GENERIC.fullmatch(said) is None):
        return said
    words = normal(PurePath(brought.file.name).stem.replace("_", " ").replace("-", " "))
    return words[:1].upper() + words[1:]


def diagram_wanted(said: Mapping[str, str]) -> Wanted:
    """How a diagram is to be read, from what was answered on its page."""
    days = str(said.get("days", ""))
    return Wanted(str(said.get("process", "")), TimeUnit(days) if days in DAYS else None)


def asked_of_diagram(brought: Import, form: MultiDict[str, str]) -> bool:
    """Whether a form asks for another reading of a diagram than the one that is shown."""
    drawn = brought.understood.drawn
    return drawn is not None and any(
        name in form and form[name] != shown
        for name, shown in (("process", drawn.wanted.process), ("days", drawn.wanted.days or UNSAID))
    )


def asked(brought: Import, form: MultiDict[str, str]) -> TableMapping | None:
    """The mapping that a form asks for, None where it is the one that is read by.

    Another table, or the same seen otherwise, is guessed anew; what the form says of its columns belongs to the old.
    A guess by which nothing was read yet is asked for by sending it back.
    """
    current, seen = brought.understood.mapping, brought.understood.outline
    if current is None or seen is None or "table" not in form:
        return None
    table = form.get("table", current.table, type=int)
    if table != current.table:
        return anew(brought.file.data, brought.file.name, Sought(table), habits=brought.habits)
    header = tuple(sorted(set(form.getlist("header", type=int))))
    on_side = "on_side" in form
    if not seen.is_prose and (on_side != current.turned or header != current.header_rows):
        sought = Sought(table, on_side, header if on_side == current.turned else None)
        return anew(brought.file.data, brought.file.name, sought, habits=brought.habits)
    joined = tuple(at for at in seen.goes_on if str(at) in form.getlist("joined"))
    unit = form.get("time_unit", "")
    chosen = {column.column: form.get(f"column-{column.column}", column.field or "") for column in current.columns}
    said = with_chosen(replace(current, joined=joined, unit=TimeUnit(unit) if unit in BARE_UNITS else None), chosen)
    return said if said != current or brought.understood.upload is None else None


def with_chosen(mapping: TableMapping, chosen: Mapping[int, str]) -> TableMapping:
    """The mapping with the fields that a person chose; a field that he gave to a column leaves the one it was in."""
    new = {
        column.column: chosen[column.column]
        for column in mapping.columns
        if chosen[column.column] != (column.field or "") and chosen[column.column] in ("", *FIELDS)
    }
    given: dict[str, int] = {}
    for at, name in new.items():
        given.setdefault(name, at)
    columns = []
    for column in mapping.columns:
        name = new.get(column.column, column.field or "")
        lost = name not in SEVERAL and given.get(name, column.column) != column.column
        columns.append(replace(column, field=None if lost else name or None))
    return replace(mapping, columns=tuple(columns))


def reread(brought: Import, mapping: TableMapping | None, answers: Mapping[str, str], *, by: Person) -> None:
    """Keep what was corrected and answered."""
    known = mapping.as_json() if mapping is not None else brought.file.mapping
    with transaction() as session:
        note_reading(session, brought.file.id, known, answers, by=by, at=now())


def answers_of(form: MultiDict[str, str]) -> dict[str, str]:
    """What a form says of the procedure."""
    return {name: form[name] for name in (*ANSWERS, *DRAWN) if name in form}


def start_over(brought: Import, *, by: Person) -> None:
    """Read a file by its own words again: what was corrected, and what its unit was used to, is forgotten."""
    with transaction() as session:
        forget(session, brought.unit, by=by)
        note_reading(session, brought.file.id, None, {}, by=by, at=now())


def aim_at(file_id: int, code: str | None, *, by: Person) -> None:
    """Let a file change the draft of a procedure that is there; None: let it become a new one."""
    with transaction() as session:
        aim(session, file_id, code, by=by, at=now())


def drop(file_id: int, *, by: Person) -> None:
    """Let a file go."""
    with transaction() as session:
        let_go(session, file_id, by=by, at=now())


def save_new(brought: Import, new: NewProcedure, *, own: bool, by: Person, following: int | None = None) -> str:
    """Open a procedure with what was read as its first draft; return its code.

    `own`: every performer answers for his step where nobody is named. `following`: the table of the file that is read
    next; the file is kept for it. Raises what the commands raise.
    """
    upload = edited(brought.upload.source, answer_for_all, town_today()) if own else brought.upload
    code, _number = import_procedure(new, upload, by=by)
    done(brought, new.unit, by=by, following=following)
    return code


def save_change(brought: Import, code: str, revision: int | None, *, by: Person) -> None:
    """Save what was read as an edit of a procedure's draft. Raises `Stale` and what the commands raise."""
    replace_draft(code, brought.upload, revision, by=by)
    done(brought, brought.unit, by=by)


def done(brought: Import, unit: str, *, by: Person, following: int | None = None) -> None:
    """Remember how the unit's columns were meant, and let the file go, or turn to its following table."""
    read, file = brought.understood, brought.file
    turned = None if following is None else anew(file.data, file.name, Sought(following), habits=brought.habits)
    with transaction() as session:
        if read.mapping is not None:
            own = read.guess if read.found else None
            learn(session, unit, own, read.mapping, by=by, at=now())
        if turned is not None:
            note_reading(session, file.id, turned.as_json(), {"unit": unit} | NOTHING_SAID, by=by, at=now())
        else:
            let_go(session, file.id, by=by, at=now())
