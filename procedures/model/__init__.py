"""The tables of the standard, one a file. A test compares this list with the files."""

from procedures.model.appraisal import Appraisal, Verdict
from procedures.model.consultation import Consultation
from procedures.model.decision import Decision
from procedures.model.draft_change import DraftChange
from procedures.model.feedback import Feedback, FeedbackState
from procedures.model.holding import Holding
from procedures.model.import_file import ImportFile
from procedures.model.import_habit import ImportHabit
from procedures.model.login import Login
from procedures.model.login_link import LoginLink
from procedures.model.obligation import Obligation
from procedures.model.officer import Officer
from procedures.model.plan import Plan
from procedures.model.position import Position
from procedures.model.procedure import Procedure
from procedures.model.remark import Remark, RemarkState
from procedures.model.review import Opinion, Review
from procedures.model.setting import Setting
from procedures.model.step_seen import StepSeen
from procedures.model.term import Term
from procedures.model.token import Token
from procedures.model.trial import Trial, TrialKind
from procedures.model.unit import Unit, UnitKind
from procedures.model.version import Stage, Version
from procedures.model.version_editor import VersionEditor
from procedures.model.waiver import Waiver

__all__ = [
    "Appraisal",
    "Consultation",
    "Decision",
    "DraftChange",
    "Feedback",
    "FeedbackState",
    "Holding",
    "ImportFile",
    "ImportHabit",
    "Login",
    "LoginLink",
    "Obligation",
    "Officer",
    "Opinion",
    "Plan",
    "Position",
    "Procedure",
    "Remark",
    "RemarkState",
    "Review",
    "Setting",
    "Stage",
    "StepSeen",
    "Term",
    "Token",
    "Trial",
    "TrialKind",
    "Unit",
    "UnitKind",
    "Verdict",
    "Version",
    "VersionEditor",
    "Waiver",
]
