"""Procedures and scenarios for the tests of the simulation."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

from bpmn.convert import read_yaml, table_to_bpmn
from bpmn.document import Document, read_document
from bpmn.fiveclear import FiveClear
from engine.simulation import Arrivals, Measure, Pattern, Period, Result, Scenario, Spell, StepResult, simulate
from engine.worktime import ZONE, WorkCalendar

SAMPLES = sorted((Path(__file__).parents[2] / "files" / "samples").glob("*.yaml"))
CALENDAR = WorkCalendar.shipped()
MONDAY = datetime(2026, 11, 23, 8, tzinfo=ZONE)
"""A working day before a day off."""

ALONE = Scenario(MONDAY, cases=1, arrivals=Arrivals(pattern=Pattern.EVEN), work=None, officers=None, traced=1)
"""One case that meets nobody, every step done at its due."""


def read(source: bytes) -> Document:
    reading = read_document(source)
    assert reading.document is not None, reading.findings
    return reading.document


def drawn(table: FiveClear) -> Document:
    return read(table_to_bpmn(table))


def sample(number: int) -> Document:
    table = read_yaml(SAMPLES[number - 1].read_bytes()).table
    assert table is not None
    return drawn(table)


def run(source: bytes | Document, scenario: Scenario = ALONE) -> Result:
    document = read(source) if isinstance(source, bytes) else source
    return simulate(document, CALENDAR, scenario)


def busy(cases: int = 300, per_day: int = 8, **rest: object) -> Scenario:
    """Many cases whose steps take about an hour."""
    spell = Spell(20 * 60, 50 * 60, 90 * 60, Measure.WORKING)
    given = {"arrivals": Arrivals(Fraction(per_day), Period.DAY), "work": spell, "seed": 7} | rest
    return Scenario(datetime(2026, 1, 5, 7, 30, tzinfo=ZONE), cases=cases, **given)


def by_element(result: Result) -> Mapping[str, StepResult]:
    return {step.element: step for step in result.steps}


def hours(count: float) -> Spell:
    """A fixed length of working time."""
    return Spell(count * 3600, count * 3600, count * 3600, Measure.WORKING)


def later(moment: datetime, **by: float) -> datetime:
    return moment + timedelta(**by)
