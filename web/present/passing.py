"""What leaders let pass of a draft as it is, and what this officer may let pass."""

from sqlalchemy.orm import Session

from procedures.evidence import judged_by
from procedures.model.version import Stage, Version
from procedures.model.version_editor import VersionEditor
from procedures.queries.people import Person, name_of
from procedures.queries.waivers import waivers
from web.present.findings import Passed


def passed_of(session: Session, version: Version, *, by: Person) -> Passed:
    """Return the waivers of a version's content, and which errors the officer may waive.

    Those that the profile leaves to leaders, unless he edited the draft himself.
    """
    given = waivers(session, version)
    who = {officer: name_of(session, officer) for officer in {each.officer_id for each in given}}
    waived = {(each.code, each.element): (who[each.officer_id], each.reason) for each in given}
    judged = judged_by(version.evidence)
    free = by.leader and version.stage == Stage.DRAFT
    may = free and session.get(VersionEditor, (version.id, by.officer.id)) is None
    return Passed(waived, lambda finding: may and judged.may_be_waived(finding))
