"""The five-clear table as plain values (`five-clear/1`), as YAML and JSON hold them.

Nothing is dropped but the keys of DROPPED: a key that the format does not know, and a known key that says explicitly
what is meant anyway (`statutory_limit: null`), stays in `extra`.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from bpmn.dialect.numbers import number, plain_number
from bpmn.dialect.steps import UNKNOWN_UNIT
from bpmn.fiveclear import Branch, Duration, FiveClear, Performer, Step, TimeUnit

SCHEMA = "five-clear/1"
DROPPED = frozenset({"schema", "source", "computed_totals", "office_files", "seeded_defects", "as_written"})

HEAD = (
    ("title", "title"),
    ("code", "code"),
    ("national_code", "national_code"),
    ("kind", "kind"),
    ("level", "level"),
    ("field", "field_of_work"),
    ("trigger", "trigger"),
    ("recurrence", "recurrence"),
    ("statutory_limit", "statutory_limit"),
    ("stated_total", "stated_total"),
)
"""Keys of the head with the fields that hold their value as it is."""

UNIT_PLACE = 5  # the unit is written before the sixth key
HEAD_LISTS = (("legal_basis", "legal_basis"), ("windows", "windows"), ("inputs", "inputs"), ("outputs", "outputs"))
STEP = (
    ("name", "name"),
    ("description", "description"),
    ("output", "output"),
    ("responsibility", "responsibility"),
    ("type", "type"),
    ("parallel_group", "parallel_group"),
    ("multi_instance", "multi_instance"),
    ("phase", "phase"),
    ("authority", "authority"),
    ("product", "product"),
    ("different_from", "different_from"),
    ("same_as", "same_as"),
    ("act", "act"),
    ("note", "note"),
)
BRANCH = (("at", "at"), ("condition", "condition"), ("goto", "goto"), ("form", "form"), ("note", "note"))
NO_VALUE = "no_value"
"""Key of `Duration.extra` that says: the time states no value, although its unit would have one."""
NO_CLOCK = "no_clock"
"""Key of `Branch.extra` that says: the branch does not name its clock, which goes on."""


def plain_table(table: FiveClear) -> dict[str, object]:
    """The table as plain mappings, lists, texts and numbers; keys in the order of the format."""
    values: dict[str, object] = {"schema": SCHEMA} | present(table, HEAD[:UNIT_PLACE])
    extra = dict(table.extra)
    unit = {"code": table.unit_code, "name": table.unit_name}
    unit_extra = extra.pop("unit", None)
    if any(unit.values()) or isinstance(unit_extra, Mapping):
        more = unit_extra if isinstance(unit_extra, Mapping) else {}
        values["unit"] = {key: value for key, value in unit.items() if value is not None} | dict(more)
    values |= present(table, HEAD[UNIT_PLACE:])
    values |= {key: list(getattr(table, name)) for key, name in HEAD_LISTS if getattr(table, name)}
    values["steps"] = [plain_step(step) for step in table.steps]
    if table.branches:
        values["branches"] = [plain_branch(branch) for branch in table.branches]
    return values | unless_present(extra, values)


def present(holder: object, keys: Iterable[tuple[str, str]]) -> dict[str, object]:
    """The fields that are not None, under their keys."""
    return {key: getattr(holder, name) for key, name in keys if getattr(holder, name) is not None}


def unless_present(extra: Mapping[str, object], values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in extra.items() if key not in values}


def plain_step(step: Step) -> dict[str, object]:
    values: dict[str, object] = {"step_no": step.step_no}
    if step.id is not None:
        values["id"] = step.id
    values |= present(step, STEP)
    if step.performer is not None or step.co_performers:
        values["performer"] = plain_performers(step)
    if step.duration is not None:
        values["duration"] = plain_duration(step.duration)
    if step.forms:
        values["forms"] = list(step.forms)
    if step.optional:
        values["optional"] = True
    if not step.counted:
        values["counted"] = False
    return values | unless_present(step.extra, values)


def plain_performers(step: Step) -> dict[str, object]:
    """The lead with the supporting ones inside, as the format has it."""
    values = {} if step.performer is None else plain_performer(step.performer)
    if step.co_performers:
        values["co_performers"] = [plain_performer(performer) for performer in step.co_performers]
    return values


def plain_performer(performer: Performer) -> dict[str, object]:
    keys = ("unit", "person", "responsibility", "substitute")
    values: dict[str, object] = {"position": performer.position}
    values |= present(performer, [(key, key) for key in keys])
    return values | unless_present(performer.extra, values)


def plain_duration(duration: Duration) -> dict[str, object]:
    extra = {key: value for key, value in duration.extra.items() if key not in (NO_VALUE, UNKNOWN_UNIT)}
    values: dict[str, object] = {"text": duration.text}
    if duration.value or (duration.unit is TimeUnit.NOT_COUNTED and not silent(duration)):
        values["value"] = plain_number(duration.value)
    values["unit"] = duration.extra.get(UNKNOWN_UNIT, duration.unit.value)
    values |= present(duration, [("date", "date"), ("shared_block", "shared_block")])
    return values | unless_present(extra, values)


def silent(duration: Duration) -> bool:
    """Whether a time without value leaves the key out or says something else there."""
    return bool({NO_VALUE, "value", UNKNOWN_UNIT} & set(duration.extra))


def plain_branch(branch: Branch) -> dict[str, object]:
    values = present(branch, BRANCH)
    if branch.clock != "continue" or NO_CLOCK not in branch.extra:
        values["clock"] = branch.clock
    extra = {key: value for key, value in branch.extra.items() if key != NO_CLOCK}
    return values | unless_present(extra, values)


def table_from_plain(values: Mapping[str, object]) -> FiveClear:
    """The table that plain values mean. Their shape was checked before (`bpmn.table.shape`)."""
    unit = mapping(values.get("unit"))
    extra = left_over(values, [key for key, _ in (*HEAD, *HEAD_LISTS)] + ["unit", "steps", "branches"])
    more = {key: value for key, value in unit.items() if key not in ("code", "name") or value is None}
    if more:
        extra["unit"] = more
    return FiveClear(
        title=str(values.get("title") or ""),
        code=text(values, "code"),
        national_code=text(values, "national_code"),
        kind=text(values, "kind"),
        level=text(values, "level"),
        unit_code=text(unit, "code"),
        unit_name=text(unit, "name"),
        field_of_work=text(values, "field"),
        trigger=text(values, "trigger"),
        recurrence=values.get("recurrence"),
        statutory_limit=mapping(values.get("statutory_limit"), whole="text") or None,
        stated_total=mapping(values.get("stated_total"), whole="text") or None,
        legal_basis=tuple(listed(values.get("legal_basis"))),
        windows=items(values, "windows"),
        inputs=items(values, "inputs"),
        outputs=items(values, "outputs"),
        steps=tuple(step_from_plain(mapping(item)) for item in listed(values.get("steps"))),
        branches=tuple(branch_from_plain(mapping(item)) for item in listed(values.get("branches"))),
        extra=extra,
    )


def step_from_plain(values: Mapping[str, object]) -> Step:
    lead = mapping(values.get("performer"))
    duration = mapping(values.get("duration"))
    known = [key for key, _ in STEP] + ["step_no", "id", "performer", "duration", "forms"]
    extra = left_over(values, known)
    for key, meant in (("optional", True), ("counted", False)):
        if extra.get(key) is meant:
            del extra[key]
    return Step(
        step_no=str(values.get("step_no") or ""),
        name=str(values.get("name") or ""),
        id=text(values, "id"),
        description=text(values, "description"),
        performer=performer_from_plain(lead) if lead.get("position") is not None else None,
        co_performers=tuple(performer_from_plain(mapping(item)) for item in listed(lead.get("co_performers"))),
        duration=duration_from_plain(duration) if duration else None,
        output=text(values, "output"),
        forms=tuple(str(form) for form in listed(values.get("forms"))),
        responsibility=text(values, "responsibility"),
        type=text(values, "type"),
        parallel_group=text(values, "parallel_group"),
        multi_instance=mapping(values.get("multi_instance")) or None,
        phase=text(values, "phase"),
        authority=text(values, "authority"),
        product=text(values, "product"),
        different_from=text(values, "different_from"),
        same_as=text(values, "same_as"),
        act=text(values, "act"),
        note=text(values, "note"),
        optional=values.get("optional") is True,
        counted=values.get("counted") is not False,
        extra=extra,
    )


def performer_from_plain(values: Mapping[str, object]) -> Performer:
    return Performer(
        position=str(values.get("position") or ""),
        unit=text(values, "unit"),
        person=text(values, "person"),
        responsibility=text(values, "responsibility"),
        substitute=text(values, "substitute"),
        extra=left_over(values, ("position", "unit", "person", "responsibility", "substitute", "co_performers")),
    )


def duration_from_plain(values: Mapping[str, object]) -> Duration:
    """A time; a unit that is none of ours counts nothing and keeps its name."""
    extra = left_over(values, ("text", "value", "unit", "date", "shared_block"))
    unit = text(values, "unit") or TimeUnit.NOT_COUNTED.value
    if unit not in set(TimeUnit):
        extra[UNKNOWN_UNIT] = unit
        unit = TimeUnit.NOT_COUNTED.value
    value = number(values.get("value"))
    if "value" in values and (value is None or (value == 0 and unit != TimeUnit.NOT_COUNTED)):
        extra["value"] = values["value"]
    if "value" not in values and unit == TimeUnit.NOT_COUNTED:
        extra[NO_VALUE] = True
    return Duration(
        text=str(values.get("text") or ""),
        unit=TimeUnit(unit),
        value=value or Fraction(0),
        date=text(values, "date"),
        shared_block=text(values, "shared_block"),
        extra=extra,
    )


def branch_from_plain(values: Mapping[str, object]) -> Branch:
    extra = left_over(values, [key for key, _ in BRANCH] + ["clock"])
    if "clock" not in values:
        extra[NO_CLOCK] = True
    return Branch(
        at=str(values.get("at") or ""),
        condition=str(values.get("condition") or ""),
        goto=str(values.get("goto") or ""),
        clock=text(values, "clock") or "continue",
        form=text(values, "form"),
        note=text(values, "note"),
        extra=extra,
    )


def left_over(values: Mapping[str, object], known: Sequence[str]) -> dict[str, object]:
    """What the fields do not hold: unknown keys, and known ones whose value says nothing."""
    return {
        key: value
        for key, value in values.items()
        if key not in DROPPED and (key not in known or value is None or value in ([], {}))
    }


def text(values: Mapping[str, object], key: str) -> str | None:
    value = values.get(key)
    return None if value is None else str(value)


def mapping(value: object, *, whole: str | None = None) -> dict[str, object]:
    """A mapping; a bare text stands under the key `whole` where one is given."""
    if whole is not None and isinstance(value, str):
        return {whole: value}
    return {str(key): item for key, item in value.items()} if isinstance(value, Mapping) else {}


def items(values: Mapping[str, object], key: str) -> tuple[dict[str, object], ...]:
    """A list of mappings; a bare text is a name."""
    return tuple(mapping(item, whole="name") for item in listed(values.get(key)))


def listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
