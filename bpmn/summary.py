"""The time of a procedure in one line: its longest path against its limit."""

from bpmn.elements import Process
from bpmn.findings import TimeSummary
from bpmn.limits import Stated, stated
from bpmn.paths import PathTimes


def summarise(process: Process, times: PathTimes) -> TimeSummary:
    """Path, limit and slack, each in the family of time of the steps; what is of the other family is None."""
    limit = stated(process.head.statutory_limit) if process.head is not None else None
    limit = limit or Stated()
    slack_minutes = None
    if limit.minutes is not None and times.path_minutes is not None:
        slack_minutes = limit.minutes - times.path_minutes
    slack_days = None
    if limit.days is not None and times.path_days is not None:
        slack_days = float(limit.days - times.path_days)
    return TimeSummary(
        path_minutes=times.path_minutes,
        limit_minutes=limit.minutes,
        slack_minutes=slack_minutes,
        critical_path=times.critical_path,
        worst_minutes=times.worst_minutes,
        path_days=None if times.path_days is None else float(times.path_days),
        limit_days=None if limit.days is None else float(limit.days),
        slack_days=slack_days,
        worst_days=None if times.worst_days is None else float(times.worst_days),
    )
