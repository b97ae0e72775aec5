"""History rows for deadlines that moved."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.actor import SYSTEM
from engine.case_times import HeldCase, Moved
from engine.history import Happening


def tell_moved(case: HeldCase, moved: Sequence[Moved], *, at: datetime, why: Mapping[str, Any]) -> None:
    """Record each deadline that moved, from when to when and why; one that is certain now as confirmed."""
    for each in moved:
        task = each.task
        facts = {
            "name": task.name if task is not None else "",
            "from": each.was.isoformat() if each.was else None,
            "to": each.now.isoformat() if each.now else None,
            **why,
        }
        happened = Happening(
            "deadline-moved" if each.was != each.now else "deadline-confirmed",
            SYSTEM,
            at,
            element=task.element if task is not None else None,
            task_id=task.id if task is not None else None,
            facts=facts,
        )
        case.rows.tell(happened)
