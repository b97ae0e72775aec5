"""ISO 8601 durations, moments and cycles of timers, read strictly and never evaluated.

Fractions of weeks, days and time are exact; months and years are calendar months in Vietnamese time, clamped to the
end of a shorter month.  A moment without an offset is Vietnamese time.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

from bpmn.elements import TimerText
from bpmn.errors import TimeError
from bpmn.fiveclear import MINUTES, Duration, TimeUnit

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""A fixed offset: Vietnam has kept UTC+7 without summer time since 1975, and no zone database need be installed."""

YEARS = range(1900, 2201)
MAX_MONTHS = 1_200
MAX_SECONDS = 100 * 366 * 86_400
MAX_REPEATS = 1_000
MIN_ENDLESS_SECONDS = 60

NUMBER = r"(\d{1,9}(?:[.,]\d{1,9})?)"
DURATION = re.compile(
    rf"P(?:{NUMBER}Y)?(?:{NUMBER}M)?(?:{NUMBER}W)?(?:{NUMBER}D)?(T(?:{NUMBER}H)?(?:{NUMBER}M)?(?:{NUMBER}S)?)?",
    re.ASCII,
)
MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,6})\d{0,3})?)?)?(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII
)
CYCLE = re.compile(r"R(\d{0,9})/(?:([^/]+)/)?([^/]+)", re.ASCII)
WORKING = re.compile(r"(?:R(\d{0,9})/)?(\d{1,6}(?:[.,]\d{1,6}|/[1-9]\d{0,3})?) ([a-z_]{1,20})", re.ASCII)
UNIT_SECONDS = (604_800, 86_400, 3_600, 60, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: calendar `months` and, beside them, an exact number of `seconds`."""

    months: int = 0
    seconds: Fraction = Fraction(0)

    def after(self, moment: datetime) -> datetime:
        """The moment one span later, in UTC. Raises TimeError `timer-range` beyond the years that are kept."""
        later = add_months(moment.astimezone(VIETNAM), self.months)
        try:
            return (later + timedelta(microseconds=round(self.seconds * 1_000_000))).astimezone(UTC)
        except OverflowError as failure:
            raise TimeError("timer-range", text=str(self)) from failure


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer understood. `kind` as in TimerText.

    `repeats` is how often a cycle fires, None for endless (1 for all other kinds); `working` stands for kind `working`
    alone, whose due only a working calendar can tell.
    """

    kind: str
    span: Span | None = None
    moment: datetime | None = None
    repeats: int | None = 1
    working: Duration | None = None

    @property
    def calendar(self) -> bool:
        """Whether calendar months count, whose length depends on the day they start."""
        return self.span is not None and self.span.months > 0

    def first_due(self, at: datetime) -> datetime:
        """When the timer fires first if it is set at `at` (aware), in UTC. A moment in the past is due at once.

        Raises TimeError `timer-working` for kind `working`, whose due only a calendar can tell.
        """
        if self.moment is not None:
            return self.moment
        if self.span is None:
            raise TimeError("timer-working", text=self.kind)
        return self.span.after(at)


def parse_timer(written: TimerText) -> Timer:
    """Understand a timer. Raises TimeError `timer-syntax` or `timer-range`."""
    text = unquoted(written.text)
    match written.kind:
        case "duration":
            return Timer("duration", span=positive(parse_duration(text), text))
        case "date":
            return Timer("date", moment=parse_moment(text))
        case "cycle":
            return parse_cycle(text)
        case "working":
            return parse_working(text)
    raise TimeError("timer-syntax", text=shortened(text))


def unquoted(text: str) -> str:
    """The text without the quotes that tools write which take a timer for a Python text."""
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].strip()
    return text


def parse_duration(text: str) -> Span:
    """An ISO 8601 duration; only its smallest part may have a fraction, and years and months none."""
    match = DURATION.fullmatch(text)
    if match is None or text.endswith(("P", "T")):
        raise TimeError("timer-syntax", text=shortened(text))
    parts = [*match.groups()[:4], *match.groups()[5:]]
    given = [part for part in parts if part is not None]
    if any(is_fraction(part) for part in given[:-1]) or any(is_fraction(part) for part in parts[:2] if part):
        raise TimeError("timer-syntax", text=shortened(text))
    values = [Fraction(part.replace(",", ".")) if part else Fraction(0) for part in parts]
    months = int(values[0]) * 12 + int(values[1])
    seconds = sum((value * unit for value, unit in zip(values[2:], UNIT_SECONDS, strict=True)), Fraction(0))
    if months > MAX_MONTHS or seconds > MAX_SECONDS:
        raise TimeError("timer-range", text=shortened(text))
    return Span(months, seconds)


def is_fraction(part: str) -> bool:
    return "." in part or "," in part


def positive(span: Span, text: str) -> Span:
    if span == Span():
        raise TimeError("timer-range", text=shortened(text))
    return span


def parse_moment(text: str) -> datetime:
    """An ISO 8601 date or moment, in UTC; a bare date is its beginning in Vietnam."""
    match = MOMENT.fullmatch(text)
    if match is None or (match[8] and not match[4]):
        raise TimeError("timer-syntax", text=shortened(text))
    if int(match[1]) not in YEARS:
        raise TimeError("timer-range", text=shortened(text))
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
    fraction = int((match[7] or "0").ljust(6, "0"))
    try:
        zone = parse_offset(match[8])
        return datetime(year, month, day, hour, minute, second, fraction, zone).astimezone(UTC)
    except ValueError as failure:
        raise TimeError("timer-syntax", text=shortened(text)) from failure


def parse_offset(text: str | None) -> timezone:
    """The zone of an offset. Raises ValueError from 24 hours on."""
    if text is None:
        return VIETNAM
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    if int(digits[2:] or 0) > 59 or minutes > 14 * 60:
        raise ValueError(text)
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def parse_cycle(text: str) -> Timer:
    """`R3/PT1H`, `R/P1D` (endless) or `R3/<first moment>/P1D`."""
    match = CYCLE.fullmatch(text)
    if match is None:
        raise TimeError("timer-syntax", text=shortened(text))
    first = None if match[2] is None else parse_moment(match[2])
    span = positive(parse_duration(match[3]), text)
    repeats = int(match[1]) if match[1] else None
    hasty = repeats is None and not span.months and span.seconds < MIN_ENDLESS_SECONDS
    if hasty or (repeats is not None and not 1 <= repeats <= MAX_REPEATS):
        raise TimeError("timer-range", text=shortened(text))
    return Timer("cycle", span=span, moment=first, repeats=repeats)


def parse_working(text: str) -> Timer:
    """A five-clear value, such as `3 working_day` or `1/2 working_day`; `R3/2 working_hour` is three times in a row."""
    match = WORKING.fullmatch(text)
    if match is None or match[3] not in set(TimeUnit):
        raise TimeError("timer-syntax", text=shortened(text))
    value = Fraction(match[2].replace(",", "."))
    repeats = 1 if match[1] is None else int(match[1]) if match[1] else None
    lasting = value * MINUTES.get(TimeUnit(match[3]), int(match[3] == TimeUnit.CALENDAR_DAY)) >= 1
    many = repeats is not None and not 1 <= repeats <= MAX_REPEATS
    if not 0 < value <= 10_000 or many or (repeats != 1 and not lasting):
        raise TimeError("timer-range", text=shortened(text))
    return Timer("working", repeats=repeats, working=Duration(text, TimeUnit(match[3]), value))


def add_months(moment: datetime, months: int) -> datetime:
    """The same day and hour `months` later, or the last day of a month that is too short."""
    if not months:
        return moment
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if year > YEARS[-1] + MAX_MONTHS // 12:
        raise TimeError("timer-range", text=str(months))
    return moment.replace(year=year, month=month + 1, day=min(moment.day, days_in(year, month + 1)))


def days_in(year: int, month: int) -> int:
    after = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return (after - timedelta(days=1)).day


def shortened(text: str) -> str:
    return text[:100]
