"""A procedure taken over by another unit: its own people become the other unit's, where that has the same position."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bpmn.fiveclear import FiveClear, Performer, Step
from bpmn.organisation import Organisation, OrgPosition, OrgUnit

Moving = Callable[[Performer, Step], Performer]


@dataclass(frozen=True, slots=True)
class Taking:
    """From which unit to which. `giver` is None for a unit that this town does not have."""

    town: Organisation
    giver: OrgUnit | None
    taker: OrgUnit
    giver_name: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """What became of a performer: `position` as written, `became` the taker's position, None where it has none."""

    position: str
    became: str | None
    steps: tuple[str, ...]


def taken_over(table: FiveClear, taking: Taking) -> tuple[FiveClear, Sequence[Seat]]:
    """Return the table with the taker's people, and what became of each performer of the giver.

    Performers of third units stay. Named persons of the giver are left out: they work elsewhere.
    """
    told: dict[tuple[str, str | None], list[str]] = {}

    def moved(performer: Performer, step: Step) -> Performer:
        if not _of_giver(performer, taking):
            return performer
        found = _same_seat(performer, taking)
        told.setdefault((performer.position, found.name if found else None), []).append(step.step_no)
        if found is None:
            return replace(performer, person=None)
        position = performer.position if _means(performer.position, found, taking) else found.name
        return replace(performer, position=position, unit=taking.taker.name, person=None)

    steps = tuple(_with_people(step, moved) for step in table.steps)
    seats = [Seat(position, became, tuple(numbers)) for (position, became), numbers in told.items()]
    return replace(table, steps=steps), seats


def _with_people(step: Step, moved: Moving) -> Step:
    lead = moved(step.performer, step) if step.performer else None
    return replace(step, performer=lead, co_performers=tuple(moved(each, step) for each in step.co_performers))


def _of_giver(performer: Performer, taking: Taking) -> bool:
    """Whether a performer belongs to the giver: by the town's units, or by the name of a unit of elsewhere."""
    if taking.giver is None:
        return performer.unit is None or performer.unit == taking.giver_name
    place = taking.town.resolve(performer, taking.giver.code)
    if place is None:
        return performer.unit is None
    return place.unit_code in (taking.giver.code, taking.giver.parent)


def _same_seat(performer: Performer, taking: Taking) -> OrgPosition | None:
    """The taker's position of the same name; the head where the giver's head is meant."""
    holder = _holding(taking)
    place = taking.town.resolve(performer, taking.giver.code) if taking.giver else None
    slug = place.slug if place else OrgPosition(performer.position).slug
    found = next((position for position in holder.positions if position.slug == slug), None)
    if found is not None or taking.giver is None or place is None:
        return found
    giver = taking.town.unit(place.unit_code)
    heads = [position.slug for position in giver.positions if position.head] if giver else []
    return next((position for position in holder.positions if position.head and slug in heads), None)


def _means(written: str, found: OrgPosition, taking: Taking) -> bool:
    """Whether the words of the table still name the position, such as "Lãnh đạo phòng"."""
    place = taking.town.resolve(Performer(written, taking.taker.name), taking.taker.code)
    return place is not None and place.slug == found.slug


def _holding(taking: Taking) -> OrgUnit:
    """The unit that has the taker's positions: a desk has those of its parent."""
    parent = taking.town.unit(taking.taker.parent) if taking.taker.parent else None
    return parent or taking.taker
