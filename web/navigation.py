"""The entries of the page's navigation, as the person may use them."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from flask import request, url_for

from procedures.approval import APPRAISE, RECOGNISE
from web.identity import person
from web.languages import _
from web.present.acts import acts_of
from web.request import reading

LIBRARY = frozenset({"procedures", "comparisons", "packages", "feedback"})
DRAFTING = frozenset({"drafts", "imports", "editor", "beginnings", "reviews", "rehearsals", "simulations"})
"""The pages that an entry leads to, by their blueprints."""


@dataclass(frozen=True, slots=True)
class Entry:
    url: str
    words: str
    icon: str
    current: bool


def navigation() -> list[Entry]:
    """What leads somewhere for this person, in the order of a working day."""
    return list(_entries())


def _entries() -> Iterator[Entry]:
    with reading() as session:
        acts = acts_of(session, person())
    yield _entry("worklist.index", _("Hộp việc"), "inbox", {"worklist", "tasks"})
    yield _entry("cases.index", _("Hồ sơ"), "folder", {"cases", "openings"})
    yield _entry("procedures.index", _("Kho quy trình"), "book", LIBRARY)
    if person().positions:
        yield _entry("drafts.index", _("Soạn thảo"), "pen", DRAFTING)
    if APPRAISE in acts:
        yield _entry("appraisals.index", _("Thẩm định"), "scale", {"appraisals"})
    if RECOGNISE in acts:
        yield _entry("recognitions.new", _("Công nhận"), "seal", {"recognitions"})


def _entry(endpoint: str, words: str, icon: str, blueprints: Set[str]) -> Entry:
    return Entry(url_for(endpoint), words, icon, request.blueprint in blueprints)
