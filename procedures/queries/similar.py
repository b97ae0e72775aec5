"""Procedures like one that somebody is about to write: by the words of titles, weighed by how rare they are."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, joinedload

from bpmn.convert import bpmn_to_table
from bpmn.document import read_document
from bpmn.folding import search_key
from procedures.access import sees_version
from procedures.model.procedure import Procedure
from procedures.model.version import Version
from procedures.queries.people import Person

SHOWN = 3
ALIKE = 0.34
"""The share of weight that two titles must have in common."""
READ = 12  # candidates whose steps are read


@dataclass(frozen=True, slots=True)
class Similar:
    """A procedure's newest version that the viewer may see, and how alike it is, 0 to 1."""

    version: Version
    share: float


def similar(
    session: Session, viewer: Person, title: str, *, steps: Sequence[str] = (), leave_out: str = ""
) -> Sequence[Similar]:
    """Return up to three procedures like a title, and like the names of its steps where there are any."""
    newest = (
        select(func.max(Version.id)).join(Version.procedure).where(sees_version(viewer)).group_by(Version.procedure_id)
    )
    titles = session.execute(
        select(Procedure.id, Procedure.title)
        .join(Version, Version.procedure_id == Procedure.id)
        .where(Version.id.in_(newest), Procedure.code != leave_out, Procedure.example.is_(False))
    ).all()
    words = {procedure: _words(text) for procedure, text in titles}
    weights = _weights(list(words.values()))
    wanted = _words(title)
    ranked = sorted(((_share(wanted, found, weights), procedure) for procedure, found in words.items()), reverse=True)
    best, least = (READ, ALIKE / 2) if steps else (SHOWN, ALIKE)
    near = {procedure: share for share, procedure in ranked[:best] if share >= least}
    unread = () if steps else (defer(Version.source), defer(Version.evidence))
    versions = session.scalars(
        select(Version)
        .join(Version.procedure)
        .where(Version.id.in_(newest), Version.procedure_id.in_(near))
        .options(joinedload(Version.procedure).joinedload(Procedure.unit), *unread)
    ).all()
    found = [Similar(version, _with_steps(near[version.procedure_id], version, steps)) for version in versions]
    nearest = sorted(found, key=lambda each: (-each.share, each.version.id))
    return [each for each in nearest if each.share >= ALIKE][:SHOWN]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", search_key(text)))


def _weights(titles: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """How much a word tells: one of every title little, a rare one much."""
    count = Counter(word for words in titles for word in words)
    return {word: math.log(1 + len(titles) / number) for word, number in count.items()}


def _share(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    rare = max(weights.values(), default=1.0)
    total = sum(weights.get(word, rare) for word in one | other)
    return sum(weights.get(word, rare) for word in one & other) / total if total else 0.0


def _with_steps(share: float, version: Version, steps: Sequence[str]) -> float:
    """The likeness of titles, raised halfway by the share of steps that both have."""
    document = read_document(version.source.encode()).document if steps else None
    if document is None:
        return share
    own = [_words(step.name) for step in bpmn_to_table(document).steps]
    wanted = [_words(name) for name in steps]
    common = sum(any(_overlap(name, other) >= 0.5 for other in own) for name in wanted)
    return share + (1 - share) * 0.5 * common / len(wanted)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
