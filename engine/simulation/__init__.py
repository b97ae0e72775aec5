"""Simulation: many cases of a procedure on the working calendar, without a database.

`simulate(document, calendar, scenario)` gives lead times, lateness, load and queues.  What is supposed beyond the
document stands in `Scenario` and in docs/simulation.md.
"""

from engine.simulation.play import simulate, usual_start
from engine.simulation.result import Bottleneck, PositionResult, Result, Spread, StepResult, Visit
from engine.simulation.scenario import (
    USUAL_WORK,
    Absence,
    Arrivals,
    Measure,
    Pattern,
    Period,
    Scenario,
    Spell,
)

__all__ = [
    "USUAL_WORK",
    "Absence",
    "Arrivals",
    "Bottleneck",
    "Measure",
    "Pattern",
    "Period",
    "PositionResult",
    "Result",
    "Scenario",
    "Spell",
    "Spread",
    "StepResult",
    "Visit",
    "simulate",
    "usual_start",
]
