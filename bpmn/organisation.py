"""Who is meant: a performer as a table writes it, found in an organisation.

Offices write "CC Bộ phận TN&TKQ", "Lãnh đạo phòng", "PCT UBND thị xã phụ trách"; a town has units and positions.
"""

import re
from dataclasses import dataclass

from bpmn.fiveclear import Performer
from bpmn.folding import search_key
from bpmn.naming import OFFICE, all_words, folded_name, telling_words

WARD = "ward"
LEADERSHIP = "leadership"
ANY_WARD = "{phuong_xa}"
"""Stands for the ward of the case, where a table says "UBND phường/xã"."""


@dataclass(frozen=True, slots=True)
class OrgPosition:
    """`held`: somebody holds it today. `substituted`: somebody else can stand in for the holder."""

    name: str
    head: bool = False
    held: bool = True
    substituted: bool = True

    @property
    def slug(self) -> str:
        """The position's name as an identifier: "Trưởng phòng" is `truong-phong`.

        What stands in brackets is left out.
        """
        return re.sub(r"[^a-z0-9]+", "-", search_key(_bare(self.name))).strip("-")


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """A unit; a desk (`parent` set) has the positions of its parent."""

    code: str
    name: str
    kind: str = "department"
    parent: str | None = None
    positions: tuple[OrgPosition, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """The one accountable position of a step. `unit_code` is `{phuong_xa}` where the case decides the ward."""

    unit_code: str
    unit: str
    position: str
    slug: str
    held: bool = True
    substituted: bool = True

    @property
    def group(self) -> str:
        """The key under which the engine knows the position's holders."""
        return f"{self.unit_code}/{self.slug}"


LEADERS = frozenset({"lanh dao", "thu truong", "truong don vi", "nguoi dung dau", "truong phong ban"})
GENERIC_WARD = re.compile(r"\b(phuong|xa)\b")


@dataclass(frozen=True, slots=True)
class Organisation:
    """The units of a town and their positions, as they are on one day, and the codes of its procedures in force."""

    units: tuple[OrgUnit, ...]
    procedures: frozenset[str] = frozenset()

    def unit(self, code: str) -> OrgUnit | None:
        return next((unit for unit in self.units if unit.code == code), None)

    def resolve(self, performer: Performer, owner: str | None) -> Place | None:
        """Return the position that a performer means, or None. `owner` is the code of the procedure's unit."""
        return next(iter(self.candidates(performer, owner)), None)

    def candidates(self, performer: Performer, owner: str | None) -> tuple[Place, ...]:
        """Return the positions that a performer fits equally well, in the directory's order; the first is taken."""
        written = performer.unit or ""
        unit = self._unit(written) if written else self._mentioned(performer.position)
        unit = unit or (None if written else self.unit(owner or ""))
        if unit is None:
            return ()
        wanted = telling_words(performer.position) - (frozenset() if written else telling_words(unit.name))
        if unit.parent is not None:
            wanted |= telling_words(unit.name)
            unit = self.unit(unit.parent) or unit
        return tuple(
            Place(unit.code, unit.name, position.name, position.slug, position.held, position.substituted)
            for position in _positions(unit, performer.position, wanted)
        )

    def _unit(self, written: str) -> OrgUnit | None:
        """Return the unit that a text names: by code, or by the words of its name.

        A short name means the one unit that has all its words, a long one the unit all of whose words stand in it;
        else the most alike one is taken, where half of the words are the same.
        """
        by_code = self.unit(written.strip())
        if by_code is not None:
            return by_code
        words = telling_words(written)
        likely = sorted(self.units, key=lambda unit: -_likeness(words, telling_words(unit.name)))
        if words and likely and _likeness(words, telling_words(likely[0].name)) >= ENOUGH:
            return likely[0]
        return self._whole_or_part(words) or self._council(folded_name(written))

    def _whole_or_part(self, words: frozenset[str]) -> OrgUnit | None:
        """Return the unit of a name that was shortened or drawn out; None where several would fit."""
        named = [(unit, telling_words(unit.name)) for unit in self.units if telling_words(unit.name)]
        drawn_out = sorted((len(own), unit.code) for unit, own in named if own <= words)
        if drawn_out and [size for size, _ in drawn_out].count(drawn_out[-1][0]) == 1:
            return self.unit(drawn_out[-1][1])
        shortened = [unit for unit, own in named if words and words <= own]
        return shortened[0] if len(shortened) == 1 else None

    def _council(self, folded: str) -> OrgUnit | None:
        """Return the ward of the case or the town's leadership, where a text says only "UBND …"."""
        if "ubnd" not in folded and "uy ban" not in folded:
            return None
        if GENERIC_WARD.search(folded):
            return self._any_ward()
        return next((unit for unit in self.units if unit.kind == LEADERSHIP), None)

    def _any_ward(self) -> OrgUnit | None:
        ward = next((unit for unit in self.units if unit.kind == WARD), None)
        return ward and OrgUnit(ANY_WARD, "UBND phường/xã", WARD, None, ward.positions)

    def _mentioned(self, text: str) -> OrgUnit | None:
        """Return the unit whose whole name stands in a position's text, the longest first."""
        words = telling_words(text)
        named = [unit for unit in self.units if telling_words(unit.name) and telling_words(unit.name) <= words]
        if named:
            return max(named, key=lambda unit: len(telling_words(unit.name)))
        office = next((unit for unit in self.units if OFFICE in all_words(unit.name)), None)
        if office is not None and re.search(r"\bvan phong\b", folded_name(text)):
            return office
        folded = folded_name(text)
        ward = GENERIC_WARD.search(folded) and {"dia", "chinh"} <= words and self._any_ward()
        return ward or self._council(folded)


def _positions(unit: OrgUnit, text: str, wanted: frozenset[str]) -> list[OrgPosition]:
    heads = [position for position in unit.positions if position.head][:1]
    folded = folded_name(text)
    if not wanted or any(leader in folded for leader in LEADERS):
        return heads
    deputy = "pho" in all_words(text)
    fitting = [position for position in unit.positions if ("pho" in all_words(position.name)) == deputy]
    ranks = [(_rank(wanted, telling_words(_bare(position.name))), position) for position in fitting or unit.positions]
    ranked = sorted(ranks, key=lambda pair: pair[0])
    if ranked and _fit(wanted, telling_words(_bare(ranked[0][1].name))) >= ENOUGH:
        return [position for rank, position in ranked if rank == ranked[0][0]]
    return heads if wanted <= telling_words(unit.name) else []


ENOUGH = 0.5
"""The share of words that two names must have in common to mean the same position."""


def _rank(wanted: frozenset[str], words: frozenset[str]) -> tuple[float, float]:
    return -len(wanted & words) / len(wanted), -_likeness(wanted, words)


def _fit(wanted: frozenset[str], words: frozenset[str]) -> float:
    common = len(wanted & words)
    return max(common / len(wanted), common / len(words)) if wanted and words else 0.0


def _bare(name: str) -> str:
    return name.split("(", maxsplit=1)[0]


def _likeness(wanted: frozenset[str], words: frozenset[str]) -> float:
    return len(wanted & words) / len(wanted | words) if wanted and words else 0.0
