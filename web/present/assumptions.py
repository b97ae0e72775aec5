"""What a simulation may be told about a procedure: its positions, its branches, and how they are filled in."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from bpmn.document import Document
from bpmn.elements import Process
from bpmn.outcomes import outcomes_of
from engine.normal_way import CHOOSING, expression_of, normal_document
from engine.simulation import Arrivals, Scenario, Spell, simulate
from engine.spiff import compile_document
from engine.virtual import PEOPLE, label, silences
from engine.virtual import performer_of as performer_text
from engine.worktime import WorkCalendar
from procedures.performers import performer_of
from procedures.queries.people import everybody, organisation
from web.languages import _

MOST_CASES, USUAL_CASES = 2_000, 300
MOST_OFFICERS, MOST_A_DAY, LARGEST_SEED = 999, 1_000, 999_999
USUAL_WORK = 10  # percent of a step's limit
NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Desk:
    """A position with its field of the form and how many officers are supposed."""

    field: str
    position: str
    officers: int


@dataclass(frozen=True, slots=True)
class Option:
    """One way out with its field and its share in percent; `name` is what the scenario calls it."""

    field: str
    name: str
    words: str
    percent: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A step or gateway with the ways that are not the usual one."""

    element: str
    words: str
    options: Sequence[Option]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """A filled-in form."""

    cases: int
    per_day: Fraction
    seed: int
    work: int
    desks: Sequence[Desk]
    branches: Sequence[Branch]

    @property
    def rate(self) -> str:
        """Cases a day as the form shows them."""
        return f"{float(self.per_day):g}".replace(".", ",")

    def scenario(self, start: datetime) -> Scenario:
        """What to simulate. Raises BadScenario where shares are more than all."""
        low, mode, high = (Fraction(self.work, 100) * part for part in (Fraction(1, 2), 1, 3))
        return Scenario(
            start,
            cases=self.cases,
            arrivals=Arrivals(self.per_day),
            seed=self.seed,
            work=Spell(float(low), float(mode), float(high)),
            capacity={desk.position: desk.officers for desk in self.desks},
            shares={branch.element: shares for branch in self.branches if (shares := shares_of(branch))},
        )


def shares_of(branch: Branch) -> dict[str, Fraction]:
    return {option.name: Fraction(option.percent, 100) for option in branch.options if option.percent}


def assumptions(
    session: Session, document: Document, owner: str, calendar: WorkCalendar, *, form: Mapping[str, str], at: datetime
) -> Assumptions:
    """Return the form as filled in; what is not or cannot be read is as usual, officers as the directory has them.

    Raises Uncompilable for what cannot be simulated.
    """
    held = officers_by_position(session, document, owner, at=at)
    positions = simulate(document, calendar, Scenario(at, cases=1)).positions
    desks = [
        Desk(f"o.{n}", each.position, whole(form, f"o.{n}", held.get(each.position) or 1, most=MOST_OFFICERS))
        for n, each in enumerate(positions)
    ]
    return Assumptions(
        cases=whole(form, "cases", USUAL_CASES, most=MOST_CASES),
        per_day=figure(form, "per_day", Fraction(3)),
        seed=whole(form, "seed", 1, most=LARGEST_SEED),
        work=whole(form, "work", USUAL_WORK, most=100),
        desks=desks,
        branches=[filled(branch, form) for branch in branches_of(document)],
    )


def officers_by_position(session: Session, document: Document, owner: str, *, at: datetime) -> Mapping[str, int]:
    """How many officers of the town hold each position that the document names today."""
    town = organisation(session, at=at)
    held = Counter(group for each in everybody(session, at=at) for group in each.actor.groups)
    found: dict[str, int] = {}
    for process in document.processes.values():
        for node in process.nodes.values():
            performer = performer_of(node, process) if node.tag in PEOPLE else None
            place = town.resolve(performer, owner) if performer is not None else None
            if place is not None:
                found[performer_text(node, process)] = held[place.group]
    return found


def branches_of(document: Document) -> Iterator[Branch]:
    """Where cases may part, with ways at none; fields by their place in the file."""
    compiled = compile_document(normal_document(document), sha256="")
    quiet = silences(compiled)
    for process in document.processes.values():
        known = outcomes_of(process)
        for node in process.nodes.values():
            if node.tag in PEOPLE:
                names = [*known.get(node.id, ()), *(name for _event, name in quiet.get(node.id, ()))]
                ways = [(name, name) for name in dict.fromkeys(names)]
                words = f"{label(node)}. {node.name}"
            else:
                ways, words = ways_of(process, node.id), node.name or _("Cổng rẽ nhánh")
            if ways:
                yield Branch(node.id, words, [Option(f"n.{node.id}.{n}", *way, 0) for n, way in enumerate(ways)])


def ways_of(process: Process, element: str) -> list[tuple[str, str]]:
    """The ways of a gateway that asks for variables, by flow id, in words."""
    node = process.nodes[element]
    if node.tag not in CHOOSING:
        return []
    found = []
    for flow in (process.flows[name] for name in node.outgoing):
        read = expression_of(flow)
        if read is not None and read.names and flow.id != node.default:
            found.append((flow.id, flow.name or flow.condition or flow.id))
    return found


def filled(branch: Branch, form: Mapping[str, str]) -> Branch:
    options = [
        Option(each.field, each.name, each.words, whole(form, each.field, 0, least=0, most=100))
        for each in branch.options
    ]
    return Branch(branch.element, branch.words, options)


def whole(form: Mapping[str, str], name: str, usual: int, *, least: int = 1, most: int) -> int:
    """A whole number of the form within its bounds."""
    text = form.get(name, "").strip()
    return min(most, max(least, int(text[:9]))) if text.isascii() and text.isdecimal() else usual


def figure(form: Mapping[str, str], name: str, usual: Fraction) -> Fraction:
    """A number of the form, a comma before its fraction."""
    text = form.get(name, "").strip()
    if NUMBER.fullmatch(text) is None:
        return usual
    return min(Fraction(MOST_A_DAY), max(Fraction(1, 100), Fraction(text.replace(",", "."))))
