"""Why this deadline, in words: from when, how it counts, and every day between with its reason and source."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from engine.calendar_days import DayKind
from engine.explaining import How, Line, LineKind, Why
from web.languages import _, _l
from web.moments import calendar_days, day, here, moment, working

WEEKDAYS = (_l("thứ Hai"), _l("thứ Ba"), _l("thứ Tư"), _l("thứ Năm"), _l("thứ Sáu"), _l("thứ Bảy"), _l("Chủ nhật"))
HOWS: Mapping[How, object] = {
    How.HOURS: _l("Tính theo giờ làm việc, liên tục từ lúc bắt đầu; 1 ngày làm việc là 8 giờ."),
    How.DAYS: _l("Tính theo ngày làm việc: ngày đầu không tính, hạn là hết giờ làm việc của ngày cuối."),
    How.CALENDAR: _l(
        "Tính theo ngày lịch: ngày đầu không tính, ngày nghỉ cũng tính; cuối kỳ rơi vào ngày nghỉ thì dời."
    ),
    How.PATH: _l("Tính theo ngày lịch, cộng dồn các bước từ lúc bắt đầu tính hạn của hồ sơ."),
    How.CLOSE: _l("Hạn là hết giờ làm việc của ngày nhận; nhận sau 15:00 tính sang ngày làm việc tiếp theo."),
    How.DATE: _l("Hạn là một ngày ghi sẵn trong quy trình; rơi vào ngày nghỉ thì dời."),
    How.NONE: _l("Không tính hạn."),
}
REASONS: Mapping[str, object] = {
    DayKind.WEEKEND: _l("cuối tuần"),
    DayKind.FIXED: _l("ngày lễ theo luật, chưa có thông báo nghỉ của năm"),
    DayKind.CLOSED: _l("đơn vị không làm việc thứ này"),
    DayKind.ANNOUNCED: _l("ngày nghỉ"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One day, or several alike in a row. `look` is a class of the timeline."""

    days: str
    words: str
    source: str | None
    look: str


@dataclass(frozen=True, slots=True)
class WhyShown:
    """An explanation in words: `facts` first, then the days."""

    facts: Sequence[str]
    rows: Sequence[Row]
    more: int


def why_shown(why: Why | None) -> WhyShown | None:
    """Put an explanation in words; None for what has no due."""
    if why is None or why.due_at is None:
        return None
    return WhyShown(list(_facts(why)), list(_rows(why.lines)), why.more)


def _facts(why: Why) -> Iterator[str]:
    yield str(HOWS[why.how])
    if why.text:
        yield _("Thời hạn ghi trong quy trình: %(text)s.", text=why.text)
    if why.received_at is not None:
        yield _("Nhận lúc %(moment)s, sau giờ nhận trong ngày.", moment=moment(why.received_at))
    yield _("Bắt đầu tính: %(moment)s.", moment=moment(why.since))
    if why.prefix_days is not None:
        yield _("Cộng đến hết bước này: %(days)s.", days=calendar_days(why.prefix_days))
    if why.planned_at is not None:
        yield _(
            "Bước mở muộn hơn kế hoạch nên thời gian của bước tính từ lúc mở; theo kế hoạch hạn là %(moment)s.",
            moment=moment(why.planned_at),
        )
    for stand in why.stands:
        since, until = moment(stand.since), moment(stand.until)
        yield _("Không tính từ %(since)s đến %(until)s: đồng hồ dừng.", since=since, until=until)
    if why.rule_source:
        yield _("Cách tính của đơn vị theo: %(source)s.", source=why.rule_source)
    if why.provisional:
        yield _("Tạm tính: lịch làm việc của năm này chưa được nạp; khi nạp, hạn được tính lại.")
    yield _("Hạn: %(moment)s.", moment=moment(why.due_at))


def _rows(lines: Sequence[Line]) -> Iterator[Row]:
    for _key, group in groupby(lines, key=_alike):
        days = list(group)
        first, last = days[0], days[-1]
        minutes = sum(line.minutes for line in days)
        words = _words(first, minutes, len(days))
        look = LOOKS[first.kind] if first.kind is not LineKind.PARTLY or minutes else "is-ahead"
        yield Row(_span(first.day, last.day), words, first.source, look)


LOOKS: Mapping[LineKind, str] = {
    LineKind.COUNTED: "is-done",
    LineKind.PARTLY: "is-done",
    LineKind.FIRST: "is-ahead",
    LineKind.SKIPPED: "is-ahead",
    LineKind.PAUSED: "is-ahead",
    LineKind.MOVED: "is-ahead",
}


def _alike(line: Line) -> tuple[object, ...]:
    alone = line.day if line.kind is LineKind.PARTLY else None
    return line.kind, line.reason, line.name, line.source, alone


def _words(line: Line, minutes: int, days: int) -> str:
    if line.kind in (LineKind.SKIPPED, LineKind.MOVED):
        reason = line.name or str(REASONS.get(line.reason or "", ""))
        if line.kind is LineKind.MOVED:
            return _("cuối kỳ rơi vào %(reason)s, dời tiếp", reason=reason)
        return _("không tính: %(reason)s", reason=reason)
    if line.kind is LineKind.PAUSED:
        return _("không tính: đồng hồ dừng")
    if line.kind is LineKind.FIRST:
        return _("ngày đầu, không tính")
    counted = _counted(line, minutes, days)
    return f"{counted} · {line.name or _('làm bù')}" if line.reason == "makeup" else counted


def _counted(line: Line, minutes: int, days: int) -> str:
    if not line.sessions:
        return _("tính %(n)s ngày", n=days) if not minutes and line.kind is LineKind.COUNTED else _("ngoài giờ")
    spans = ", ".join(f"{_clock(since)}–{_clock(until)}" for since, until in line.sessions)
    return f"{working(minutes)} ({spans})"


def _clock(at: datetime) -> str:
    return here(at).strftime("%H:%M")


def _span(first: date, last: date) -> str:
    if first == last:
        return f"{WEEKDAYS[first.weekday()]} {day(first)}"
    return f"{WEEKDAYS[first.weekday()]} {day(first)} – {WEEKDAYS[last.weekday()]} {day(last)}"
