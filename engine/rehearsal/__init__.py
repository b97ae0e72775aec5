"""Rehearsal: one case of a procedure played by hand on the working calendar, without a database.

`rehearse(document, start, acts, calendar)` plays the acts from the start each time, so that a case is nothing but the
list of its acts: one step back is a shorter list.
"""

from engine.rehearsal.acts import MAX_ACTS, Act, ActKind, Pace, Plain
from engine.rehearsal.play import rehearse
from engine.rehearsal.result import Entry, EntryKind, Place, PlaceKind, Rehearsal, Stop

__all__ = [
    "MAX_ACTS",
    "Act",
    "ActKind",
    "Entry",
    "EntryKind",
    "Pace",
    "Place",
    "PlaceKind",
    "Plain",
    "Rehearsal",
    "Stop",
    "rehearse",
]
