"""Stepping: the one package that imports SpiffWorkflow.

`compile_definition` turns a BPMN file into a `Compiled`; a `Run` is one instance of it in memory, which `dump` and
`load` take through the database.  Nothing here knows a database, a calendar or the time of day.
"""

from engine.spiff.compile import Callee, Compiled, cached, compile_definition, compile_document
from engine.spiff.errors import MoveRefused, NotWaiting, SpiffError, StateMismatch, StepFailed, StepLimit, Uncompilable
from engine.spiff.run import Run
from engine.spiff.token import Clock, Passed
from engine.spiff.waiting import PendingTimer, Waiting, WaitingFor

__all__ = [
    "Callee",
    "Clock",
    "Compiled",
    "MoveRefused",
    "NotWaiting",
    "Passed",
    "PendingTimer",
    "Run",
    "SpiffError",
    "StateMismatch",
    "StepFailed",
    "StepLimit",
    "Uncompilable",
    "Waiting",
    "WaitingFor",
    "cached",
    "compile_definition",
    "compile_document",
]
