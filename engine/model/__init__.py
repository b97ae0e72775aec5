"""The tables of running, one a file. A test compares this list with the files."""

from engine.model.answer import Answer
from engine.model.calendar_day import CalendarDay
from engine.model.calendar_hours import CalendarHours
from engine.model.calendar_load import CalendarLoad
from engine.model.calendar_rule import CalendarRule
from engine.model.calendar_year import CalendarYear
from engine.model.counter import Counter
from engine.model.definition import Definition
from engine.model.event import Event
from engine.model.event_private import EventPrivate
from engine.model.incident import Incident
from engine.model.instance import Instance, InstanceStage
from engine.model.instance_state import InstanceState
from engine.model.pause import Pause
from engine.model.task import Task, TaskState
from engine.model.timer import Timer, TimerKind

__all__ = [
    "Answer",
    "CalendarDay",
    "CalendarHours",
    "CalendarLoad",
    "CalendarRule",
    "CalendarYear",
    "Counter",
    "Definition",
    "Event",
    "EventPrivate",
    "Incident",
    "Instance",
    "InstanceStage",
    "InstanceState",
    "Pause",
    "Task",
    "TaskState",
    "Timer",
    "TimerKind",
]
