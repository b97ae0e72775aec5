"""How much of what a file tells was read: shares for each respect, and words that vanished."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bpmn.convert import write_yaml
from bpmn.fiveclear import Performer, Step, TimeUnit
from bpmn.folding import search_key
from bpmn.reading.performers import spelled
from bpmn.table.reading import TableReading
from offices.truth import Told, Written

RESPECTS = ("steps", "performers", "times", "parallel", "branches")
MEANT = frozenset(
    {
        *("buoc", "tong", "cong", "thoi", "gian", "so", "nt", "nhu", "tren", "dong", "chi", "thuc", "hien", "song"),
        *("hoac", "va", "han", "giai", "quyet", "xu", "ly"),
    }
)
"""Words that are understood and not copied: numbers of steps, labels of totals, "as above"."""


@dataclass(frozen=True)
class Share:
    """Hits of what was told; what was read too much counts as a miss."""

    hits: int = 0
    of: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.hits + other.hits, self.of + other.of)

    @property
    def part(self) -> float:
        return self.hits / self.of if self.of else 1.0


def measured(file: Written, reading: TableReading) -> Mapping[str, Share]:
    """The shares of one file."""
    steps = reading.table.steps if reading.table else ()
    found = {step.step_no: step for step in steps}
    pairs = [(told, found.get(told.number)) for told in file.truth.steps]
    ways = {(way.at, way.goto) for way in reading.table.branches if way.at != "any"} if reading.table else set()
    blocks = {told.block for told in file.truth.steps if told.block}
    return {
        "steps": Share(
            sum(same_name(told, step) for told, step in pairs), len({*found, *(t.number for t, _ in pairs)})
        ),
        "performers": Share(sum(same_people(told, step) for told, step in pairs), len(pairs)),
        "times": Share(sum(same_time(told, step) for told, step in pairs), len(pairs)),
        "parallel": groups(file.truth.steps, steps),
        "branches": Share(len(file.truth.ways & ways), len(file.truth.ways | ways)),
    } | ({"blocks": shared_blocks(blocks, steps)} if blocks else {})


def same_name(told: Told, step: Step | None) -> bool:
    if step is None:
        return False
    read, written = key(step.name), key(told.name)
    return read == written or read.endswith(f": {written}")


def key(text: str) -> str:
    return search_key(text).strip(" .,;:-+")


def same_people(told: Told, step: Step | None) -> bool:
    """The same positions in the same order, and the persons apart."""
    if step is None:
        return False
    people = [who for who in (step.performer, *step.co_performers) if who]
    persons = [who.person for who in people]
    wanted = list(told.persons) or [None] * len(told.people)
    return [words_of(whole(who)) for who in people] == [words_of(spelled(who)) for who in told.people] and (
        [search_key(person or "") for person in persons] == [search_key(person or "") for person in wanted]
    )


def whole(who: Performer) -> str:
    """Position and unit together, however they were parted."""
    unit = who.unit or ""
    return who.position if search_key(unit) in search_key(who.position) else f"{who.position} {unit}"


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", search_key(text)))


def same_time(told: Told, step: Step | None) -> bool:
    if step is None or step.duration is None:
        return step is not None and told.unit is None
    time = step.duration
    if told.unit is TimeUnit.SHARED:
        return time.unit is TimeUnit.SHARED and time.value == told.value and time.shared_block == told.block
    return (time.unit, time.value, time.date) == (told.unit, told.value, told.date)


def groups(told: Iterable[Told], steps: Iterable[Step]) -> Share:
    """Groups as sets of steps."""
    wanted = members((step.group, step.number) for step in told)
    found = members((step.parallel_group, step.step_no) for step in steps)
    return Share(len(wanted & found), len(wanted | found))


def members(pairs: Iterable[tuple[str | None, str]]) -> set[frozenset[str]]:
    named: dict[str, set[str]] = {}
    for group, number in pairs:
        if group is not None:
            named.setdefault(group, set()).add(number)
    return {frozenset(numbers) for numbers in named.values()}


def shared_blocks(blocks: set[str], steps: Iterable[Step]) -> Share:
    found = {step.duration.shared_block for step in steps if step.duration and step.duration.shared_block}
    return Share(len(blocks & found), len(blocks | found))


def vanished(file: Written, reading: TableReading) -> list[str]:
    """Words of the step table's cells that stand neither in the table nor in a finding."""
    if reading.table is None:
        return list(file.cells)
    kept = loose(write_yaml(reading.table).decode()) | {
        word for finding in reading.findings for value in finding.facts.values() for word in loose(str(value))
    }
    return [text for text in file.cells if min(loose(text) - kept, loose(spelled(clean(text))) - kept, key=len) - MEANT]


def clean(text: str) -> str:
    return " ".join(text.split())


def loose(text: str) -> set[str]:
    """The words of a text that are no mere number."""
    return set(re.findall(r"[^\W\d_]{2,}", search_key(text.replace("\\n", " ").replace("\u200b", ""))))
