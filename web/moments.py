"""Moments, days and working time in the words of the office: 17:00 25/11/2026, còn 3 giờ làm việc."""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from web.languages import _

PLACE = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR = 60  # minutes
DAY = 480  # working minutes


def here(at: datetime) -> datetime:
    """The moment on the clocks of Việt Nam."""
    return at.astimezone(PLACE)


def moment(at: datetime | None) -> str:
    """`17:00 25/11/2026`; empty for None."""
    return "" if at is None else here(at).strftime("%H:%M %d/%m/%Y")


def clock(at: datetime) -> str:
    """`17:00`."""
    return here(at).strftime("%H:%M")


def day(on: date | datetime | None) -> str:
    """`25/11/2026`; a moment gives its day in Việt Nam; empty for None."""
    if on is None:
        return ""
    return (here(on) if isinstance(on, datetime) else on).strftime("%d/%m/%Y")


def machine(at: datetime | None) -> str:
    """What stands in the datetime attribute of a <time>: ISO 8601 with the offset of Việt Nam."""
    return "" if at is None else here(at).isoformat(timespec="seconds")


def local_input(at: datetime) -> str:
    """What a datetime-local field holds."""
    return here(at).strftime("%Y-%m-%dT%H:%M")


def working(minutes: int) -> str:
    """Working minutes in words: `2 ngày 4 giờ làm việc`, `3 giờ làm việc`, `45 phút làm việc`."""
    days, rest = divmod(abs(minutes), DAY)
    hours, rest = divmod(rest, HOUR)
    parts = []
    if days:
        parts.append(_("%(n)s ngày", n=days))
    if hours:
        parts.append(_("%(n)s giờ", n=hours))
    if (rest and not days) or not parts:
        parts.append(_("%(n)s phút", n=rest))
    return _("%(time)s làm việc", time=" ".join(parts))


def calendar_days(days: Fraction | float) -> str:
    """Calendar days in words: `12 ngày`, `2,5 ngày`."""
    return _("%(n)s ngày", n=f"{float(days):g}".replace(".", ","))
