"""Recognise several versions under one decision: one transaction a version, the number reserved before."""

from collections.abc import Sequence
from dataclasses import dataclass

from bpmn.errors import BpmnError
from engine.errors import Refused
from procedures.commands.recognise import (
    NewDecision,
    drop_empty_decision,
    recognise_version,
    reserve_decision,
)
from procedures.queries.people import Person
from web.request import now, transaction


@dataclass(frozen=True, slots=True)
class Chosen:
    """One version that is to be recognised."""

    code: str
    number: int


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one version: `refusal` is None where it is in force now."""

    chosen: Chosen
    refusal: Refused | BpmnError | None = None

    @property
    def recognised(self) -> bool:
        return self.refusal is None


def recognise_all(new: NewDecision, chosen: Sequence[Chosen], *, by: Person) -> Sequence[Item]:
    """Reserve the decision, recognise each version by itself, and give the number back when none succeeded.

    Raises what reserving raises; what a single version refuses stands in its item.
    """
    with transaction() as session:
        decision = reserve_decision(session, new, by=by, at=now())
    items = [_recognise(decision.id, each, by) for each in chosen]
    if not any(item.recognised for item in items):
        with transaction() as session:
            drop_empty_decision(session, decision.id)
    return items


def _recognise(decision_id: int, chosen: Chosen, by: Person) -> Item:
    try:
        with transaction() as session:
            recognise_version(session, decision_id, chosen.code, chosen.number, by=by, at=now())
    except (Refused, BpmnError) as refusal:
        return Item(chosen, refusal)
    return Item(chosen)
