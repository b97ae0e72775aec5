"""Differences of two versions in the words of the five clears, in Vietnamese and English, for pages and terminals."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bpmn.compare import Change
from web.present.change_words import FIELDS, UNITS, WORDS

DAY = 480  # working minutes
QUOTED = 120
"""Letters of a long text that are quoted."""


def sentences(changes: Sequence[Change], language: str = "vi") -> list[str]:
    """One line for the head, for each step and for each branch, then totals, drawing and what no table shows."""
    said = Speaker(WORDS[language], FIELDS[language], UNITS[language])
    found: list[str] = []
    for (kind, no, _), group in groupby(changes, key=together):
        found += said.group(kind, no, list(group))
    return found


def together(change: Change) -> tuple[str, str | None, str | None]:
    """What is told in one line: the fields of one step or branch, and all that lies outside the table."""
    if change.kind.startswith("element-"):
        return "element", None, None
    return change.kind, change.no, change.element


class Speaker:
    """The words of one language."""

    def __init__(self, words: Mapping[str, str], fields: Mapping[str, str], units: Mapping[str, str]) -> None:
        self.words, self.fields, self.units = words, fields, units

    def group(self, kind: str, no: str | None, changes: Sequence[Change]) -> Iterator[str]:
        if kind == "element":
            named = ", ".join(dict.fromkeys(change.element or "definitions" for change in changes))
            yield self.words["element"].format(count=len(changes), elements=named)
        elif kind in ("step-changed", "branch-changed", "head-changed"):
            said = "; ".join(self.changed(change) for change in changes)
            yield self.words[kind].format(no=no or "", said=said)
        else:
            yield from (self.one(change) for change in changes)

    def changed(self, change: Change) -> str:
        name = change.field or ""
        label = self.fields.get(name) or name.removeprefix("extra.")
        if name == "time_text":
            return self.words["became"].format(field=label, old=written(change.old), new=written(change.new))
        pattern = self.words["added" if change.old is None else "dropped" if change.new is None else "became"]
        return pattern.format(field=label, old=self.value(change.old), new=self.value(change.new))

    def one(self, change: Change) -> str:
        if change.kind == "total-changed":
            return self.total(change)
        facts = {
            "no": change.no or "",
            "field": self.fields.get(change.field or "", change.field or ""),
            "old": self.value(change.old),
            "new": self.value(change.new),
        }
        if change.kind == "step-moved" and change.new is None:
            return self.words["step-first"].format(**facts)
        return self.words[change.kind].format(**facts)

    def total(self, change: Change) -> str:
        old, new = (value if isinstance(value, dict) else {} for value in (change.old, change.new))
        limit = self.amount(new.get("limit_minutes"), new.get("limit_days"))
        return self.words["total-limit" if limit else "total-changed"].format(
            old=self.amount(old.get("minutes"), old.get("days")) or "–",
            new=self.amount(new.get("minutes"), new.get("days")) or "–",
            limit=limit,
        )

    def amount(self, minutes: object, days: object) -> str:
        if isinstance(days, int | float):
            return self.counted(float(days), "calendar_day")
        if not isinstance(minutes, int):
            return ""
        whole = minutes >= DAY
        return self.counted(minutes / DAY if whole else minutes / 60, "working_day" if whole else "working_hour")

    def counted(self, value: float, unit: str) -> str:
        number = f"{value:.2f}".rstrip("0").rstrip(".")
        return f"{number.replace('.', self.words['comma'])} {self.units[unit]}"

    def value(self, value: object) -> str:
        """A fact in words: a step by its name, a branch by its condition, a time, a performer, a list."""
        match value:
            case None:
                return self.words["nothing"]
            case bool():
                return self.words["yes" if value else "no"]
            case dict():
                return self.mapping(value)
            case list():
                return "; ".join(self.value(item) for item in value) or self.words["nothing"]
        text = str(value)
        return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"

    def mapping(self, value: Mapping[str, object]) -> str:
        if "step_no" in value:
            return f"{value['step_no']} ({self.value(value.get('name'))})"
        if "goto" in value:
            return f"«{value.get('condition', '')}» → {value['goto']}"
        if value.get("unit") in self.units:
            return self.duration(value)
        if "position" in value:
            return ", ".join(str(value[key]) for key in ("position", "unit") if value.get(key))
        return ", ".join(f"{key}: {self.value(item)}" for key, item in value.items())

    def duration(self, value: Mapping[str, object]) -> str:
        number, unit = value.get("value"), self.units[str(value["unit"])]
        if number in (None, 0, "0"):
            return str(value.get("text") or value.get("date") or unit)
        return f"{str(number).replace('.', self.words['comma'])} {unit}"


def written(time: object) -> str:
    """A time as its table writes it."""
    return f"«{time.get('text', '') if isinstance(time, dict) else time}»"
