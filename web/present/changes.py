"""Differences of two versions in the words of the five clears, in Vietnamese and English, for pages and terminals."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import groupby

from bpmn.compare import Change
from web.present.change_words import FIELDS, TARGETS, UNITS, WORDS

DAY = 480  # working minutes
FLOWING = frozenset(
    {"step-added", "step-removed", "step-split", "steps-merged", "step-moved", "branch-added", "branch-removed"}
)
COUNTING = frozenset({"counted", "optional", "parallel_group", "multi_instance", "goto", "type"})
"""Changes that may change the total beside those of a step's time."""
FIRST = ("time", "time_text", "performer", "co_performers", "name")
QUOTED = 120
"""Letters of a long text that are quoted."""


def sentences(changes: Sequence[Change], language: str = "vi") -> list[str]:
    """One line for the head, for each step and for each branch, then totals, drawing and what no table shows.

    The total stands in the line of the step whose time changed it, if it is one step alone.
    """
    said = Speaker(language)
    cause = cause_of(changes)
    total = next((change for change in changes if change.kind == "total-changed"), None)
    found: list[str] = []
    for (kind, no, element), group in groupby(changes, key=together):
        lines = list(said.group(kind, no, list(group)))
        if cause is not None and kind == "total-changed":
            continue
        if total is not None and cause is not None and (kind, no, element) == together(cause):
            lines[-1] += f"; {said.total(total, beside_step=True)}"
        found += lines
    return found


def cause_of(changes: Sequence[Change]) -> Change | None:
    """The one change of time from which another total comes; None where anything else may have part in it."""
    timed = [change for change in changes if change.field == "time" and change.kind == "step-changed"]
    others = any(change.kind in FLOWING or change.field in COUNTING for change in changes)
    return timed[0] if len(timed) == 1 and not others else None


def together(change: Change) -> tuple[str, str | None, str | None]:
    """What is told in one line: the fields of one step or branch, and all that lies outside the table."""
    if change.kind.startswith("element-"):
        return "element", None, None
    return change.kind, change.no, change.element


class Speaker:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.words, self.fields, self.units = WORDS[language], FIELDS[language], UNITS[language]
        self.targets = TARGETS[language]

    def group(self, kind: str, no: str | None, changes: Sequence[Change]) -> Iterator[str]:
        if kind == "element":
            named = ", ".join(dict.fromkeys(change.element or "definitions" for change in changes))
            yield self.words["element"].format(count=len(changes), elements=named)
        elif kind == "steps-renumbered":
            said = "; ".join(self.renumbered(change) for change in changes)
            yield said[:1].upper() + said[1:]
        elif kind in ("step-changed", "branch-changed", "head-changed"):
            said = "; ".join(self.changed(change) for change in sorted(changes, key=rank))
            yield self.words[kind].format(no=no or "", said=said)
        else:
            yield from (self.one(change) for change in changes)

    def changed(self, change: Change) -> str:
        name = change.field or ""
        label = self.fields.get(name) or name.removeprefix("extra.")
        old, new = self.value(change.old), self.value(change.new)
        if name == "time_text":
            old, new = written(change.old), written(change.new)
        elif name == "time" and number(change.old) and number(change.new):
            return self.longer(change.old, change.new)
        elif name == "goto":
            old, new = self.target(str(change.old)), self.target(str(change.new))
        elif name == "performer" and same_unit(change.old, change.new):
            old, new = (position(value) for value in (change.old, change.new))
        pattern = self.words["added" if change.old is None else "dropped" if change.new is None else "became"]
        return pattern.format(field=label, old=old, new=new)

    def longer(self, old: object, new: object) -> str:
        """One time and the other, the unit once where it is the same: `2 → 3 ngày làm việc`."""
        one, other = self.value(old), self.value(new)
        if isinstance(old, dict) and isinstance(new, dict) and old.get("unit") == new.get("unit"):
            one = self.decimal(number(old))
        return f"{one} → {other}"

    def renumbered(self, change: Change) -> str:
        old, new = (
            [self.value(each) for each in (value if isinstance(value, list) else [value])]
            for value in (change.old, change.new)
        )
        if len(old) == 1:
            return self.words["step-renumbered"].format(old=old[0], new=new[0])
        return self.words["steps-renumbered"].format(old=f"{old[0]}–{old[-1]}", new=f"{new[0]}–{new[-1]}")

    def one(self, change: Change) -> str:
        if change.kind == "total-changed":
            return self.total(change)
        if change.kind == "step-moved":
            return self.moved(change)
        facts = {
            "no": change.no or "",
            "field": self.fields.get(change.field or "", change.field or ""),
            "old": self.listed(change.old) if change.kind == "steps-merged" else self.value(change.old),
            "new": self.listed(change.new) if change.kind == "step-split" else self.value(change.new),
        }
        return self.words[change.kind].format(**facts)

    def moved(self, change: Change) -> str:
        """Where a step went, in the old numbers, and its new number."""
        old, new = (value if isinstance(value, dict) else {"no": change.no} for value in (change.old, change.new))
        way = next((key for key in ("before", "after") if key in new), "no")
        said = self.words[f"moved-{way}"].format(no=old.get("no"), step=new.get(way))
        now = self.words["moved-now"].format(no=new.get("no")) if new.get("no") != old.get("no") else ""
        return said + now

    def listed(self, steps: object) -> str:
        """Steps with their times: what a step was divided into, or made of."""
        parts = [self.timed(step) for step in steps] if isinstance(steps, list) else [self.value(steps)]
        return self.words["and"].join(["; ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)

    def timed(self, step: object) -> str:
        time = step.get("duration") if isinstance(step, dict) else None
        return f"{self.value(step)}, {self.value(time)}" if time else self.value(step)

    def total(self, change: Change, *, beside_step: bool = False) -> str:
        """`tổng 12/15 ngày` beside a step, with the old total in a line of its own."""
        old, new = (value if isinstance(value, dict) else {} for value in (change.old, change.new))
        was, now = (self.amount(each.get("minutes"), each.get("days")) for each in (old, new))
        limit = self.amount(new.get("limit_minutes"), new.get("limit_days"))
        said = self.over(now, limit)
        if beside_step and limit is not None:
            return self.words["total-beside"].format(total=said)
        before = self.joined(was, drop=now is not None and was is not None and was[1] == now[1])
        pattern = self.words["total-beside" if beside_step else "total-changed"]
        return pattern.format(total=f"{before} → {said}")

    def over(self, time: tuple[float, str] | None, limit: tuple[float, str] | None) -> str:
        if limit is None:
            return self.joined(time)
        return f"{self.joined(time, drop=time is not None and time[1] == limit[1])}/{self.joined(limit)}"

    def joined(self, time: tuple[float, str] | None, *, drop: bool = False) -> str:
        """A number with its unit, or without where the unit follows."""
        if time is None:
            return "–"
        return self.decimal(time[0]) if drop else f"{self.decimal(time[0])} {self.units[time[1]]}"

    def amount(self, minutes: object, days: object) -> tuple[float, str] | None:
        if isinstance(days, int | float):
            return float(days), "calendar_day"
        if not isinstance(minutes, int):
            return None
        return (minutes / DAY, "working_day") if minutes >= DAY else (minutes / 60, "working_hour")

    def decimal(self, value: object) -> str:
        text = str(value)
        with suppress(ValueError, ZeroDivisionError):
            text = f"{float(Fraction(text)):.2f}".rstrip("0").rstrip(".")
        return text.replace(".", self.words["comma"])

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
            return f"{value['step_no']} ({self.value(value.get('name') or self.words['nameless'])})"
        if "goto" in value:
            return f"«{value.get('condition', '')}» → {self.target(str(value['goto']))}"
        if value.get("unit") in self.units:
            return self.duration(value)
        if "position" in value:
            return ", ".join(str(value[key]) for key in ("position", "unit") if value.get(key))
        if value.get("name"):
            return self.document(value)
        said = [(self.fields.get(key, key), self.value(item)) for key, item in value.items()]
        return said[0][1] if len(said) == 1 else ", ".join(f"{key}: {text}" for key, text in said)

    def target(self, goto: str) -> str:
        """Where a branch leads: a step, an ending, a wait, another procedure."""
        code = goto.removeprefix("call:")
        if code != goto:
            return self.targets["call"].format(code=code)
        return self.targets.get(goto) or self.targets["step"].format(no=goto)

    def document(self, value: Mapping[str, object]) -> str:
        """An input or output: `Giấy đề nghị (bản chính, 2)`."""
        rest = [(key, item) for key, item in value.items() if key != "name" and (key, item) != ("qty", 1)]
        known = [self.words.get(f"{key}-{item}") or self.value(item) for key, item in rest]
        return f"{self.value(value['name'])} ({', '.join(known)})" if known else self.value(value["name"])

    def duration(self, value: Mapping[str, object]) -> str:
        unit = self.units[str(value["unit"])]
        if not number(value):
            return str(value.get("text") or value.get("date") or unit)
        return f"{self.decimal(value['value'])} {unit}"


def rank(change: Change) -> int:
    """Time first, then who: what is asked first of a step that changed."""
    return FIRST.index(change.field) if change.field in FIRST else len(FIRST)


def number(time: object) -> object:
    """How much a time is; None for one that has no amount, such as a date."""
    found = time.get("value") if isinstance(time, dict) else None
    return None if found in (None, 0, "0") else found


def same_unit(old: object, new: object) -> bool:
    return isinstance(old, dict) and isinstance(new, dict) and old.get("unit") == new.get("unit")


def position(performer: object) -> str:
    return str(performer.get("position", "")) if isinstance(performer, dict) else ""


def written(time: object) -> str:
    """A time as its table writes it."""
    return f"«{time.get('text', '') if isinstance(time, dict) else time}»"
