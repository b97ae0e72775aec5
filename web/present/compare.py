"""The page that sets two versions side by side: sentences, rows of the five clears, marked diagrams."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from bpmn.compare import Change, Marks, compare, marks
from bpmn.compare import Version as Content
from bpmn.convert import bpmn_to_table
from bpmn.document import read_document
from bpmn.draw import draw
from bpmn.errors import Unreadable
from engine.errors import NotFound
from procedures.access import visible_procedure, visible_version
from procedures.model.procedure import Procedure
from procedures.model.version import Stage, Version
from procedures.queries.people import Person
from procedures.queries.versions import versions_of
from web.languages import _, _l, language
from web.present.changes import sentences
from web.present.compare_rows import Block, blocks

MARK_WORDS = {"added": _l("thêm"), "removed": _l("bỏ"), "changed": _l("sửa"), "moved": _l("dời")}
MARKS = tuple(MARK_WORDS)


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything that the page shows. `old` and `new` are None where there is only one version to see."""

    procedure: Procedure
    versions: Sequence[Version]
    old: Version | None = None
    new: Version | None = None
    lines: Sequence[str] = ()
    blocks: Sequence[Block] = ()
    pictures: tuple[Markup, Markup] | None = None
    count: Mapping[str, int] | None = None

    @property
    def drawn(self) -> bool:
        """Whether anything is marked in the diagrams."""
        return any(self.count.values()) if self.count else False


def compared(session: Session, code: str, ends: tuple[int | None, int | None], *, by: Person) -> Compared:
    """Return two versions of a procedure side by side.

    Without numbers the newest stands beside the one in force, or the one before.  Raises `NotFound` also for a version
    that the viewer may not see.
    """
    procedure = visible_procedure(session, code, by)
    versions = versions_of(session, procedure, by)
    numbers = chosen(versions, ends)
    if numbers is None:
        return Compared(procedure, versions)
    old, new = (visible_version(session, code, number, by) for number in numbers)
    before, after = content(old), content(new)
    changes = compare(before, after)
    marked = marks(before, after, changes)
    rows = blocks(before, after, changes, partners=marked.partners)
    return Compared(
        procedure=procedure,
        versions=versions,
        old=old,
        new=new,
        lines=sentences(changes, language()),
        blocks=rows,
        pictures=(picture(before, marked.old, old), picture(after, marked.new, new)),
        count=counted(rows, marked, changes),
    )


def chosen(versions: Sequence[Version], ends: tuple[int | None, int | None]) -> tuple[int, int] | None:
    """The numbers of the two versions, the older first unless asked otherwise; None where there is only one."""
    known = [version.number for version in versions]
    for number in ends:
        if number is not None and number not in known:
            raise NotFound(version=number)
    new = ends[1] if ends[1] is not None else next((number for number in known if number != ends[0]), None)
    old = ends[0] if ends[0] is not None else beside(versions, new)
    return None if old is None or new is None or len(known) < 2 else (old, new)


def beside(versions: Sequence[Version], new: int | None) -> int | None:
    """What a version is compared with by itself: the one in force, else the newest before it, else any other."""
    others = [version for version in versions if version.number != new]
    force = next((version.number for version in others if version.stage == Stage.IN_FORCE), None)
    before = next((version.number for version in others if new is not None and version.number < new), None)
    return force or before or next((version.number for version in others), None)


def content(version: Version) -> Content:
    read = read_document(version.source.encode())
    if read.document is None or not read.document.processes:
        raise Unreadable(read.findings)
    return Content(bpmn_to_table(read.document), read.document)


def picture(version: Content, marked: Mapping[str, str], row: Version) -> Markup:
    """A diagram with its marks, to stand in the page: it is our own drawing, of shapes and escaped texts only."""
    title = _("Sơ đồ bản %(n)s, có đánh dấu thay đổi", n=row.number)
    words = {mark: str(MARK_WORDS[mark]) for mark in MARKS}
    return Markup(draw(version.document.root, highlights=marked, title=title, words=words))  # noqa: S704  # see above


def counted(rows: Sequence[Block], marked: Marks, changes: Sequence[Change]) -> Mapping[str, int]:
    """How many steps came, went, changed or moved; a diagram alone may differ in ways and events."""
    steps = Counter(row.mark for row in rows if row.step)
    drawn = Counter([*marked.new.values(), *(mark for mark in marked.old.values() if mark == "removed")])
    return {mark: steps[mark] for mark in MARKS} | {"drawn": sum(drawn.values()), "all": len(changes)}
