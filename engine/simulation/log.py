"""What a simulation notes while it runs, in whole working seconds."""

from collections import Counter
from dataclasses import dataclass, field

from engine.simulation.desk import Level
from engine.simulation.place import Place
from engine.simulation.timeline import Seconds, Timeline


@dataclass(slots=True)
class PlaceLog:
    """All visits of one place. Lists hold one number a finished visit, `elapsed` also one for those withdrawn."""

    opened: int = 0
    done: int = 0
    waiting: list[int] = field(default_factory=list)
    work: list[int] = field(default_factory=list)
    elapsed: list[int] = field(default_factory=list)
    dated: int = 0  # finished visits with a due
    late: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """One visit of one case, on the timeline; `done` is None where it was withdrawn."""

    case: int
    place: Place
    opened: Seconds
    begun: Seconds | None
    due: Seconds | None
    done: Seconds | None
    outcome: str | None


class Log:
    """Notes of all cases."""

    def __init__(self, timeline: Timeline, places: int, *, started: Seconds, traced: int) -> None:
        self.timeline = timeline
        self._traced = traced
        self.places = [PlaceLog() for _ in range(places)]
        self.arrived = 0
        self.leads: list[int] = []  # working seconds of each case that is done
        self.spans: list[int] = []  # seconds of the calendar
        self.queued: list[int] = []  # working seconds that its steps waited for an officer
        self.late = self.limited = 0
        self.ends: Counter[str] = Counter()
        self.open = Level(timeline.worked(started))
        self.traced: list[Noted] = []

    def arrive(self, at: Seconds) -> None:
        self.arrived += 1
        self.open.add(1, self.timeline.worked(at))

    def leave(self, arrived: Seconds, done: Seconds, *, end: str | None, due: Seconds | None, queued: int) -> None:
        """Note that a case is done."""
        now = self.timeline.worked(done)
        self.open.add(-1, now)
        self.leads.append(now - self.timeline.worked(arrived))
        self.spans.append(done - arrived)
        self.queued.append(queued)
        self.ends[end or ""] += 1
        if due is not None:
            self.limited += 1
            self.late += done > due

    def visit(self, place: Place, *, opened: Seconds, begun: Seconds, done: Seconds, due: Seconds | None) -> int:
        """Note a finished visit; return the working seconds that it waited for an officer."""
        notes = self.places[place.index]
        worked = self.timeline.worked
        at_open, at_begin, at_end = worked(opened), worked(begun), worked(done)
        notes.done += 1
        notes.waiting.append(at_begin - at_open)
        notes.work.append(at_end - at_begin)
        notes.elapsed.append(at_end - at_open)
        if due is not None:
            notes.dated += 1
            notes.late += done > due
        return at_begin - at_open

    def withdraw(self, place: Place, *, opened: Seconds, now: Seconds) -> None:
        """Note a visit that something else ended."""
        notes = self.places[place.index]
        notes.withdrawn += 1
        notes.elapsed.append(self.timeline.worked(now) - self.timeline.worked(opened))

    def trace(self, noted: Noted) -> None:
        """Keep a visit, if it is of a case whose visits are kept."""
        if noted.case < self._traced:
            self.traced.append(noted)
