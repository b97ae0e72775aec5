"""Who does a step, from all that a file says of it: the lane, groups, persons, resources, named properties."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bpmn.fiveclear import Performer
from bpmn.folding import normal, search_key
from bpmn.foreign.said import Said, is_unit
from bpmn.reading.performers import is_name, is_title, split_unit
from bpmn.table.identifiers import slug

ENTRY = re.compile(r"\s*(user|group)\s*\(([^()]*)\)\s*,?", re.IGNORECASE)
COMMAS = re.compile(r"\s*[,;]\s*")
NAME = re.compile(r"[A-Z][a-z]+")
WHO = frozenset({"group", "person", "persons", "owner", "unit", "co"})


@dataclass(slots=True)
class People:
    """What was found, in the order of the file: positions, persons, helpers, the unit, each with the word it is of."""

    positions: list[tuple[str, Said]] = field(default_factory=list)
    persons: list[tuple[str, Said]] = field(default_factory=list)
    helpers: list[tuple[str, Said]] = field(default_factory=list)
    units: list[tuple[str, Said]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Performers:
    """Who does a step. `why` says of words that were understood and not taken: lane | persons | second."""

    lead: Performer | None
    others: tuple[Performer, ...] = ()
    why: tuple[tuple[Said, str], ...] = ()


def performers(lane: Performer | None, said: Sequence[Said]) -> Performers:
    """The performers of a step in this lane of which these words are said. Asks for words without expressions."""
    found = sorted_out(said)
    why: list[tuple[Said, str]] = [(word, "second") for _, word in found.units[1:]]
    found.positions = readable(found.positions, why)
    lead = leader(lane, found, why)
    known = {search_key(lead.position)} if lead else set[str]()
    others = []
    for text, _ in [*found.positions[1:], *found.helpers]:
        if search_key(text) not in known:
            known.add(search_key(text))
            others.append(performer_of(text))
    return Performers(lead, tuple(others), tuple(why))


def leader(lane: Performer | None, found: People, why: list[tuple[Said, str]]) -> Performer | None:
    """The one who leads; adds to `why` what he is not made of."""
    lead = at_work(lane, found, why)
    persons = found.persons
    if persons:
        name = persons[0][0]
        why += [(word, "persons") for _, word in persons[1:]]
        if lead is not None:
            lead = replace(lead, person=lead.person or name)
        else:
            lead = Performer("", person=name) if is_name(name) or "@" in name else performer_of(name)
    if lead is not None and found.units:
        lead = replace(lead, unit=found.units[0][0])
    return lead


def readable(positions: list[tuple[str, Said]], why: list[tuple[Said, str]]) -> list[tuple[str, Said]]:
    """The positions without keys for programs where another word of the file names somebody for people."""
    said = {word for text, word in positions if not is_key(text)}
    if not said:
        return positions
    kept = [(text, word) for text, word in positions if word in said]
    why += [(word, "lane") for _, word in positions if word not in said]
    return kept


def at_work(lane: Performer | None, found: People, why: list[tuple[Said, str]]) -> Performer | None:
    """The position: what the step itself says, unless that is only the lane's name or a key of it."""
    if not found.positions:
        return lane
    text, word = found.positions[0]
    own = performer_of(text)
    if lane is None or not lane.position:
        return own
    if slug(lane.position) == slug(text):
        return lane
    if is_unit(lane.position) and not is_unit(text):
        return replace(own, unit=own.unit or lane.position)
    if is_key(text) and not is_key(lane.position):
        why.append((word, "lane"))
        return lane
    return own


def sorted_out(said: Sequence[Said]) -> People:
    found = People()
    for word in said:
        for kind, text in entries(word):
            {"position": found.positions, "person": found.persons, "co": found.helpers, "unit": found.units}[
                kind
            ].append((text, word))
    return found


def entries(word: Said) -> Iterator[tuple[str, str]]:
    """Positions and persons that one word lists: `user(lan), group(van-thu)`, `a, b`; a title is a position."""
    if word.means == "owner" and ENTRY.match(word.value):
        for kind, names in ENTRY.findall(word.value):
            for name in filter(None, COMMAS.split(names.strip())):
                yield ("person" if kind.lower() == "user" else "position"), normal(name)
        return
    several = word.means in ("group", "persons", "co") or (word.means == "owner" and "," in word.value)
    for name in filter(None, COMMAS.split(word.value.strip()) if several else [word.value]):
        yield kind_of(normal(name), word.means), normal(name)


def kind_of(name: str, means: str) -> str:
    if means in ("co", "unit"):
        return means
    if means in ("person", "persons"):
        return "position" if is_title(name) and not is_name(name) else "person"
    return "person" if is_name(name) and not is_title(name) else "position"


def performer_of(text: str) -> Performer:
    """A position as it is written, with its unit apart where the text names one."""
    position, unit = split_unit(text) if " " in text else (text, None)
    return Performer(position or text, unit)


def is_key(text: str) -> bool:
    """Whether a text is a name for programs: one word without marks that is not written as a name is."""
    return " " not in text and text.isascii() and NAME.fullmatch(text) is None
