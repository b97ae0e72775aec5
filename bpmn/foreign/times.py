"""Times as other tools write them, as times of the five clears; nothing is ever evaluated."""

import re
from dataclasses import dataclass
from fractions import Fraction

from bpmn.dialect.numbers import plain_number
from bpmn.errors import TimeError
from bpmn.fiveclear import Duration, TimeUnit
from bpmn.folding import search_key
from bpmn.isotime import MOMENT, parse_duration, unquoted
from bpmn.reading.durations import read_time
from bpmn.wording import WORDING

DAY, HOUR, MINUTE = 86_400, 3_600, 60
WORDS: dict[str, str] = WORDING["time"]
WEEKS = re.compile(r"P(\d{1,3})W")
WEEK = {TimeUnit.WORKING_DAY: 5, TimeUnit.CALENDAR_DAY: 7}
ENGLISH = (
    (re.compile(r"\b(?:working|business)\s+days?\b", re.IGNORECASE), "ngày làm việc"),
    (re.compile(r"\b(?:working|business)\s+hours?\b|\bhours?\b", re.IGNORECASE), "giờ"),
    (re.compile(r"\bdays?\b", re.IGNORECASE), "ngày"),
    (re.compile(r"\bweeks?\b", re.IGNORECASE), "tuần"),
    (re.compile(r"\bminutes?\b", re.IGNORECASE), "phút"),
)


@dataclass(frozen=True, slots=True)
class Understood:
    """A time, or why it was not taken: recurrence | date | months | unclear. `open`: whether its days are working or
    calendar days is not said."""

    duration: Duration | None = None
    why: str = ""
    open: bool = False


def understood(text: str, days: TimeUnit) -> Understood:
    """The time that a text means; `days` is what a bare day is."""
    text = unquoted(text)
    if text.startswith("R") and "/" in text:
        return Understood(why="recurrence")
    if MOMENT.fullmatch(text):
        return Understood(why="date")
    return of_iso(text, days) if re.match(r"P[T\d]", text) else of_words(text, days)


def of_iso(text: str, days: TimeUnit) -> Understood:
    try:
        span = parse_duration(text)
    except TimeError:
        return Understood(why="unclear")
    if span.months:
        return Understood(why="months")
    weeks = WEEKS.fullmatch(text)
    seconds = Fraction(int(weeks[1]) * WEEK[days] * DAY) if weeks else span.seconds
    days_in = seconds // DAY
    whole, rest = Fraction(days_in), seconds - days_in * DAY
    if "T" not in text and rest:  # P0.5D is half a day, not twelve hours
        whole, rest = seconds / DAY, Fraction(0)
    hours, minutes = Fraction(rest // HOUR), rest % HOUR / MINUTE
    parts = ((whole, days.value), (hours, "hour"), (minutes, "minute"))
    said = " ".join(amount(count, unit) for count, unit in parts if count)
    time = read_time(said, day=days) if minutes.denominator == 1 else None
    if time is None:
        return Understood(why="unclear")
    return Understood(time.duration, open=bool(whole))


def amount(count: Fraction, unit: str) -> str:
    return WORDS[unit].format(count=str(plain_number(count)).replace(".", ","))


def of_words(text: str, days: TimeUnit) -> Understood:
    """A time in words, Vietnamese or the plainest English."""
    plain = text
    for pattern, word in ENGLISH:
        plain = pattern.sub(word, plain)
    time = read_time(plain, day=days)
    if time is None or not time.counted:
        return Understood(why="unclear")
    key = search_key(plain)
    bare = "ngay" in key and "lam viec" not in key
    return Understood(time.duration, open=bare)
