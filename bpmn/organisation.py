"""Who is meant: a performer as a table writes it, found in an organisation.

Offices write "CC Bộ phận TN&TKQ", "Lãnh đạo phòng", "PCT UBND thị xã phụ trách"; a town has units and positions.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bpmn.fiveclear import Performer
from bpmn.folding import search_key

WARD = "ward"
LEADERSHIP = "leadership"
ANY_WARD = "{phuong_xa}"
"""Stands for the ward of the case, where a table says "UBND phường/xã"."""


@dataclass(frozen=True, slots=True)
class OrgPosition:
    name: str
    head: bool = False
    held: bool = True

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

    @property
    def group(self) -> str:
        """The key under which the engine knows the position's holders."""
        return f"{self.unit_code}/{self.slug}"


ABBREVIATIONS: Mapping[str, str] = {
    "cc": "cong chuc",
    "vc": "vien chuc",
    "cv": "chuyen vien",
    "ld": "lanh dao",
    "tp": "truong phong",
    "ptp": "pho truong phong",
    "ct": "chu tich",
    "pct": "pho chu tich",
    "vp": "van phong",
    "cvp": "chanh van phong",
    "qh": "quy hoach",
    "qldt": "quan ly do thi",
    "tn&mt": "tai nguyen moi truong",
    "tnmt": "tai nguyen moi truong",
    "tn&tkq": "tiep nhan tra ket qua",
    "tntkq": "tiep nhan tra ket qua",
    "1 cua": "mot cua",
    "tckh": "tai chinh ke hoach",
    "tc-kh": "tai chinh ke hoach",
    "vhtt": "van hoa thong tin",
    "vh-tt": "van hoa thong tin",
    "gddt": "giao duc dao tao",
    "gd&dt": "giao duc dao tao",
    "ld-tb&xh": "lao dong thuong binh xa hoi",
    "ldtbxh": "lao dong thuong binh xa hoi",
    "ld-tbxh": "lao dong thuong binh xa hoi",
    "ldtb&xh": "lao dong thuong binh xa hoi",
    "tdkt": "thi dua khen thuong",
    "cchc": "cai cach hanh chinh",
    "dkkd": "dang ky kinh doanh",
    "btxh": "bao tro xa hoi",
    "cntt": "cong nghe thong tin",
}
NOISE = frozenset(
    [
        "dai",
        "dien",
        "va",
        "cua",
        "cac",
        "phu",
        "trach",
        "thuoc",
        "tai",
        "hoac",
        "phong",
        "ban",
        "bo",
        "phan",
        "don",
        "vi",
        "ubnd",
        "hdnd",
        "ong",
        "ba",
    ]
)
LEADERS = frozenset({"lanh dao", "thu truong", "truong don vi", "nguoi dung dau", "truong phong ban"})
GENERIC_WARD = re.compile(r"\b(phuong|xa)\b")


@dataclass(frozen=True, slots=True)
class Organisation:
    """The units of a town and their positions, as they are on one day."""

    units: tuple[OrgUnit, ...]

    def unit(self, code: str) -> OrgUnit | None:
        return next((unit for unit in self.units if unit.code == code), None)

    def resolve(self, performer: Performer, owner: str | None) -> Place | None:
        """Return the position that a performer means, or None. `owner` is the code of the procedure's unit."""
        written = performer.unit or ""
        unit = self._unit(written) if written else self._mentioned(performer.position)
        unit = unit or (None if written else self.unit(owner or ""))
        if unit is None:
            return None
        wanted = _words(performer.position) - (frozenset() if written else _words(unit.name))
        if unit.parent is not None:
            wanted |= _words(unit.name)
            unit = self.unit(unit.parent) or unit
        position = _position(unit, performer.position, wanted)
        if position is None:
            return None
        return Place(unit.code, unit.name, position.name, position.slug, position.held)

    def _unit(self, written: str) -> OrgUnit | None:
        """Return the unit that a text names: by code, or by the words of its name."""
        by_code = self.unit(written.strip())
        if by_code is not None:
            return by_code
        folded = _folded(written)
        words = _words(written)
        named = max(self.units, key=lambda unit: _likeness(words, _words(unit.name)), default=None)
        if named is not None and words and _likeness(words, _words(named.name)) >= 0.5:
            return named
        return self._council(folded)

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
        words = _words(text)
        named = [unit for unit in self.units if _words(unit.name) and _words(unit.name) <= words]
        if named:
            return max(named, key=lambda unit: len(_words(unit.name)))
        office = next((unit for unit in self.units if {"van", "phong"} <= _all_words(unit.name)), None)
        if office is not None and re.search(r"\bvan phong\b", _folded(text)):
            return office
        folded = _folded(text)
        ward = GENERIC_WARD.search(folded) and {"dia", "chinh"} <= words and self._any_ward()
        return ward or self._council(folded)


def _position(unit: OrgUnit, text: str, wanted: frozenset[str]) -> OrgPosition | None:
    head = next((position for position in unit.positions if position.head), None)
    folded = _folded(text)
    if not wanted or any(leader in folded for leader in LEADERS):
        return head
    deputy = "pho" in _all_words(text)
    fitting = [position for position in unit.positions if ("pho" in _all_words(position.name)) == deputy]
    ranked = sorted(fitting or unit.positions, key=lambda position: _rank(wanted, _words(_bare(position.name))))
    if ranked and _fit(wanted, _words(_bare(ranked[0].name))) >= ENOUGH:
        return ranked[0]
    return head if wanted <= _words(unit.name) else None


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


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    folded = search_key(text)
    folded = re.sub(r"\b(thi xa|thanh pho|huyen)\b", " ", folded)
    for short, long in sorted(ABBREVIATIONS.items(), key=lambda pair: -len(pair[0])):
        folded = re.sub(rf"(?<![\w&]){re.escape(short)}(?![\w&])", long, folded)
    return " ".join(folded.split())


@lru_cache(maxsize=4096)
def _all_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _folded(text)))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return _all_words(text) - NOISE
