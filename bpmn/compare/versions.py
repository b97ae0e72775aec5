"""Two versions of a procedure, whatever files they come from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bpmn.compare.change import Change
from bpmn.compare.matching import matched
from bpmn.compare.numbers import Numbers
from bpmn.compare.outside import Seen, outside_changes, same_order
from bpmn.compare.rows import compare_tables
from bpmn.document import Document
from bpmn.examine import main_process, times_of
from bpmn.fiveclear import FiveClear
from bpmn.summary import summarise

FLOWING = frozenset(
    {"performer", "time", "parallel_group", "multi_instance", "type", "step_no", "optional", "counted", "note", "name"}
)
"""Fields of a step that show in lanes, gateways, timers or the names of waits."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version as table and diagram; `drawn` says that the diagram is what was written and not made from the table."""

    table: FiveClear
    document: Document
    drawn: bool = True


def compare(old: Version, new: Version) -> tuple[Change, ...]:
    """All differences: of the table, of its total time, and, of two diagrams, of what no table shows.

    Empty only where both say the same.
    """
    found = list(compare_tables(old.table, new.table))
    found += total_changes(old, new)
    if old.drawn and new.drawn:
        found += outside_changes(old.document.root, new.document.root, seen(old.table, new.table, found))
        if not found and not same_order(old.document.root, new.document.root):
            found.append(Change("order-changed"))
    return tuple(found)


def numbers_of(old: Version, new: Version) -> Numbers:
    """The new numbers of the steps that stand in both versions."""
    return Numbers.of(old.table.steps, new.table.steps, matched(old.table.steps, new.table.steps))


def seen(old: FiveClear, new: FiveClear, changes: Sequence[Change]) -> Seen:
    """What the differences of the tables account for in the diagrams."""
    steps = frozenset(step.id for table in (old, new) for step in table.steps if step.id is not None)
    return Seen(
        steps=steps,
        loops=frozenset(change.element for change in changes if change.field == "multi_instance" and change.element),
        structure=any(is_structure(change) for change in changes),
        head=any(change.field in ("title", "unit_name") for change in changes),
    )


def is_structure(change: Change) -> bool:
    if change.kind == "step-changed":
        return change.field in FLOWING
    return change.kind.startswith(("step", "branch"))


def total_changes(old: Version, new: Version) -> Iterator[Change]:
    """The longest path in its family of time, with the limit that it has to keep."""
    before, after = (total(version.document) for version in (old, new))
    if before["minutes"] != after["minutes"] or before["days"] != after["days"]:
        yield Change("total-changed", old=before, new=after)


def total(document: Document) -> dict[str, object]:
    if not document.processes:
        return dict.fromkeys(("minutes", "days", "limit_minutes", "limit_days"))
    main = main_process(document)
    time = summarise(main, times_of(document)[main.id])
    return {
        "minutes": time.path_minutes,
        "days": time.path_days,
        "limit_minutes": time.limit_minutes,
        "limit_days": time.limit_days,
    }
