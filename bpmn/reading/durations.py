"""Times as offices write them: `½ ngày`, `0,5 ngày làm việc`, `(04 ngày)`, `trước ngày 30/5/2021`, `Giờ hành chính`.

A day without "làm việc" is a calendar day unless the table says otherwise: the caller gives the unit of a bare day.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from fractions import Fraction

from bpmn.fiveclear import MINUTES, Duration, TimeUnit
from bpmn.folding import search_key

HALVES = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
WORD_NUMBERS = {
    "nửa": "1/2",
    "một": "1",
    "hai": "2",
    "ba": "3",
    "bốn": "4",
    "năm": "5",
    "sáu": "6",
    "bảy": "7",
    "tám": "8",
    "chín": "9",
    "mười": "10",
}
SPELLED = re.compile(rf"\b({'|'.join(WORD_NUMBERS)})(?=\s+(?:ngày|giờ|buổi|phút|tuần|tháng))", re.IGNORECASE)
NUMBER = r"\d{1,4}(?:[.,]\d{1,3})?(?:\s*/\s*\d{1,2})?"
UNITS = (
    (r"gio(?:\s*(?:lam viec|hanh chinh|lv))?|tieng|h(?![a-z])", TimeUnit.WORKING_HOUR),
    (r"ngay\s*(?:lam viec|lv|cong)|nlv", TimeUnit.WORKING_DAY),
    (r"buoi(?:\s*lam viec)?", TimeUnit.HALF_DAY),
    (r"phut(?:\s*lam viec)?|'|ph?(?![a-z])", TimeUnit.WORKING_MINUTE),
    (r"tuan", None),
    (r"thang", None),
    (r"ngay", None),
)
UNIT = "|".join(f"(?P<u{at}>{pattern})" for at, (pattern, _) in enumerate(UNITS))
AMOUNT = re.compile(rf"(?<![\w/.,])(?P<number>(?:\d+\s+)?{NUMBER})\s*(?:{UNIT})(?![a-z])(?P<half>\s*ruoi\b)?")
AFTER_UNIT = re.compile(
    rf"^(?:so\s+)?(?P<unit>ngay\s*lam viec|ngay|gio\s*lam viec|gio|phut|buoi)\s*:\s*(?P<number>{NUMBER})$"
)
IN_WORDS = re.compile(r"(?<=\d)\s*\((?:[a-z ]+|0?\d{1,3})\)\s*(?=(?:ngay|gio|h|tieng|buoi|phut|tuan|thang)\b)")
BRACKETED_UNIT = re.compile(r"(?<=[\d½¼¾])\s*\(\s*(ngay lam viec|ngay|gio lam viec|gio|phut|buoi)\s*\)")
PLUS_PART = re.compile(r"(\d)\s*\+\s*(\d/\d)(?=\s)")
CLOCK = re.compile(r"(?<![\w/.,])(\d{1,2})\s*(?:h|gio)\s*(\d{2})(?![\d/])(?:\s*(?:'|phut|ph|p)(?![a-z]))?")
CASES = re.compile(r"\b(?:doi voi|truong hop|neu|ho so)\b")
FROM_HOUR = re.compile(r"\b(?:sau|truoc)\s*(?:0?\d|1\d)\s*(?:gio|h|:00)(?:\s*(?:00|30))?")
HOUR_MINUTE = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
BARE = re.compile(rf"[(\s]*(?P<number>{NUMBER})[)\s]*")
RANGE = re.compile(rf"(?<![\w/.,]){NUMBER}\s*(?:-|–|den)\s*(?={NUMBER}\s*(?:{UNIT.replace('?P<u', '?P<r')}))")
DATE = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?")
DATE_WORDS = re.compile(r"ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})(?:\s*nam\s*(\d{4}))?")
BY_DATE = re.compile(r"truoc|cham nhat|den het|het ngay|xong ngay|hoan thanh ngay|den ngay")

PERIOD = re.compile(r"\b(?P<kind>thang|quy)\s*(?P<number>\d{1,2}|i{1,3}|iv)\s*(?:/|nam|-)\s*(?P<year>20\d{2})")
QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
SPAN = re.compile(r"^tu\b.*\bden\b\s*(?:het\s*)?(?=(?:ngay\s*)?\d{1,2}\s*[/.-])")

EIGHT_HOURS = re.compile(r"(?:moi|mot|1|01)?\s*ngay\s*(?:lam viec)?\s*(?:=|la|tinh|tuong duong)?\s*0?8\s*(?:gio|h)")

WORDED = (
    (
        re.compile(
            r"khong tinh|khong ke thoi gian|chua (?:quy dinh|xac dinh|an dinh|tinh)|"
            r"khong gioi han|khong han dinh|khong quy dinh|khong xac dinh"
        ),
        TimeUnit.NOT_COUNTED,
    ),
    (
        re.compile(r"^(?:theo |trong )?(?:gio|thoi gian|thoi diem) (?:hanh chinh|hc$|lam viec$)|^ghc$"),
        TimeUnit.OFFICE_HOURS,
    ),
    (re.compile(r"(?:ngay )?trong (?:cung )?ngay(?: lam viec)?$|^trong ngay|cung (?:mot )?ngay"), TimeUnit.SAME_DAY),
    (
        re.compile(r"^ngay(?: lap tuc| tuc khac| sau| khi|$)|^tra ngay|^lap tuc|^tuc (?:thi|khac)|^giai quyet ngay"),
        TimeUnit.IMMEDIATE,
    ),
)
UNCOUNTED = frozenset({TimeUnit.NOT_COUNTED, TimeUnit.OFFICE_HOURS})
DITTO = re.compile(r'[-\s]*(?:nt|như trên|"|″|”|“|//|〃)[-\s.]*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Time:
    """A time as understood. `sure` is False where a unit, a year or one of several amounts was chosen."""

    duration: Duration
    sure: bool = True

    @property
    def counted(self) -> bool:
        return self.duration.unit not in UNCOUNTED


def is_ditto(text: str) -> bool:
    """Whether a cell says: as above."""
    return bool(text) and DITTO.fullmatch(text.strip()) is not None


def folded(text: str) -> str:
    """The text without marks, fractions spelled with a bar, numbers in digits."""
    text = SPELLED.sub(lambda match: WORD_NUMBERS[match[1].casefold()], text)
    for sign, spelled in HALVES.items():
        text = re.sub(rf"(\d)\s*{sign}", rf"\1 {spelled}", text).replace(sign, spelled)
    plain = BRACKETED_UNIT.sub(r" \1", IN_WORDS.sub(" ", search_key(text)))
    plain = PLUS_PART.sub(r"\1 \2", plain)
    return AFTER_UNIT.sub(lambda match: f"{match['number']} {match['unit']}", plain)


def read_time(text: str, *, day: TimeUnit, bare: TimeUnit | None = None, year: int | None = None) -> Time | None:
    """The time that a text means, or None.

    `day` is the unit of a bare "ngày"; `bare` that of a bare number (the header's), `year` that of a date without one.
    """
    whole = folded(text)
    plain = FROM_HOUR.sub(" ", whole).strip()
    if not whole or is_ditto(text):
        return None
    for pattern, unit in WORDED:
        if pattern.search(plain) and not AMOUNT.search(plain):
            return Time(Duration(text, unit))
    clock = HOUR_MINUTE.fullmatch(plain)
    if clock is not None:
        return Time(Duration(text, TimeUnit.WORKING_HOUR, Fraction(int(clock[1]) * 60 + int(clock[2]), 60)), sure=False)
    dated = date_time(text, plain, year) or period_time(text, plain)
    if dated is not None:
        return dated
    found = amount_time(text, plain, day=day) or bare_time(text, plain, bare)
    return found or (Time(Duration(text, TimeUnit.SAME_DAY), sure=False) if plain != whole else guessed(text, plain))


def date_time(text: str, plain: str, year: int | None) -> Time | None:
    """`trước ngày 30/5/2021`: by a date; without the word "trước" the day itself is included."""
    span = SPAN.match(plain)
    plain = plain[span.end() :] if span else plain
    match = DATE_WORDS.search(plain) or DATE.search(plain)
    before = span or BY_DATE.search(plain)
    if match is None or before is None or not 1 <= int(match[2]) <= 12 or not 1 <= int(match[1]) <= 31:
        return None
    known = int(match[3]) if match[3] else year
    date = f"{known:04d}-{int(match[2]):02d}-{int(match[1]):02d}" if known else None
    extra: dict[str, object] = {"inclusive": False} if plain.startswith("truoc ngay") else {}
    return Time(Duration(text, TimeUnit.BY_DATE, date=date, extra=extra), sure=bool(match[3]))


def period_time(text: str, plain: str) -> Time | None:
    """`Trong tháng 6/2021`, `Quý 4/2021`: by the last day of the period."""
    match = list(PERIOD.finditer(plain))[-1:]
    if not match or AMOUNT.search(plain):
        return None
    number, year = match[0]["number"], int(match[0]["year"])
    month = int(number) if match[0]["kind"] == "thang" else 3 * QUARTERS.get(number, 0)
    if not 1 <= month <= 12:
        return None
    date = f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}"
    return Time(Duration(text, TimeUnit.BY_DATE, date=date))


def guessed(text: str, plain: str) -> Time | None:
    """What stands for a time in words: a session, or the day on the citizen's slip, which nobody counts."""
    if re.match(r"trong buoi", plain):
        return Time(Duration(text, TimeUnit.HALF_DAY, Fraction(1)))
    if re.match(r"(?:theo )?(?:ngay )?(?:phieu|giay) hen|theo (?:ngay )?hen", plain):
        return Time(Duration(text, TimeUnit.NOT_COUNTED), sure=False)
    return None


def amount_time(text: str, plain: str, *, day: TimeUnit) -> Time | None:
    """The first amount, with those added to it by `+`, `và` or a space: `1 ngày 4 giờ`; of cases the longest."""
    plain = CLOCK.sub(r"\1 gio \2 phut", plain)
    ranged = RANGE.search(plain)
    if ranged is not None:
        plain = plain[: ranged.start()] + plain[ranged.end() :]
    first = AMOUNT.search(plain)
    if first is None:
        return None
    found = [amount(first, day)]
    end = first.end()
    while following := re.compile(r"[\s,+]*(?:va\s+)?").match(plain, end):
        more = AMOUNT.match(plain, following.end())
        if more is None or amount(more, day)[1] is found[-1][1]:
            break
        found.append(amount(more, day))
        end = more.end()
    chosen = summed(text, found)
    others = [amount(match, day) for match in AMOUNT.finditer(plain, end)]
    longest = max(others, key=lambda other: size(*other), default=None)
    if longest is not None and CASES.search(plain) and size(*longest) > size(chosen.value, chosen.unit):
        return Time(Duration(text, longest[1], longest[0]), sure=False)
    same = all(size(*other) == size(chosen.value, chosen.unit) for other in others)
    return Time(chosen, sure=ranged is None and same)


def size(value: Fraction, unit: TimeUnit) -> Fraction:
    """An amount in minutes of working time; calendar days as if they were working days."""
    return value * MINUTES.get(unit, MINUTES[TimeUnit.WORKING_DAY])


def amount(match: re.Match[str], day: TimeUnit) -> tuple[Fraction, TimeUnit]:
    """The value and unit of one amount; weeks and months in days."""
    at = next(at for at in range(len(UNITS)) if match[f"u{at}"] is not None)
    value, unit = number_of(match["number"]) + (Fraction(1, 2) if match["half"] else 0), UNITS[at][1]
    if unit is not None:
        return value, unit
    word = match[f"u{at}"]
    if word == "tuan":
        return value * (5 if day is TimeUnit.WORKING_DAY else 7), day
    return (value * 30, TimeUnit.CALENDAR_DAY) if word == "thang" else (value, day)


def number_of(text: str) -> Fraction:
    """`0,5`, `1/2`, `1 1/2`."""
    whole, _, part = text.strip().rpartition(" ") if "/" in text and " " in text.strip() else ("", "", text)
    part = part.replace(" ", "").replace(",", ".")
    top, _, bottom = part.partition("/")
    below = Fraction(bottom) if bottom else Fraction(1)
    value = Fraction(top) / below if below else Fraction(0)
    return value + (Fraction(whole) if whole.strip().isdigit() else 0)


def summed(text: str, found: list[tuple[Fraction, TimeUnit]]) -> Duration:
    """One duration of several amounts: in the unit of the first, or in hours where units of working time mix."""
    if len(found) == 1:
        return Duration(text, found[0][1], found[0][0])
    return Duration(text, TimeUnit.WORKING_HOUR, sum((size(*each) for each in found), Fraction(0)) / 60)


def bare_time(text: str, plain: str, bare: TimeUnit | None) -> Time | None:
    """A number alone has the unit of the header."""
    match = BARE.fullmatch(plain)
    if match is None or bare is None:
        return None
    value = number_of(match["number"])
    if "/" in match["number"] and value > 1:
        return None
    return Time(Duration(text, bare, value))


def is_bare(text: str) -> bool:
    """Whether a time is a number alone."""
    return BARE.fullmatch(folded(text)) is not None


def date_as_fraction(text: str) -> str | None:
    """`1/2` where a sheet made it the date 1/2/2021 or 2/1/2021; None for any other date."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/\d{4}", text)
    if match is None:
        return None
    low, high = sorted((int(match[1]), int(match[2])))
    return f"{low}/{high}" if low < high <= 8 else None


def unit_in(text: str) -> TimeUnit | None:
    """The unit that a header names: `Thời gian (ngày làm việc)`, `ĐVT: giờ`; a bare day is a calendar day."""
    plain = EIGHT_HOURS.sub(" ", folded(text))
    for pattern, unit in UNITS:
        if re.search(rf"(?<![a-z])(?:{pattern})(?![a-z])", plain):
            return unit or TimeUnit.CALENDAR_DAY
    return None


def says_working(text: str) -> bool:
    """Whether a text counts in working time: `02 ngày làm việc`, `04 giờ`, `mỗi ngày 08 giờ`."""
    plain = folded(text)
    return EIGHT_HOURS.search(plain) is not None or any(
        unit is not None and re.search(rf"\d\s*(?:{pattern})(?![a-z])", plain) for pattern, unit in UNITS
    )
