"""What the history says in words: one sentence for each kind of event."""

from collections.abc import Mapping
from datetime import date, datetime

from bpmn.fiveclear import CONTINUE
from engine.queries.cases import HistoryRow
from web.languages import _, _l
from web.moments import day, moment

KINDS: Mapping[str, object] = {
    "case-started": _l("khởi tạo hồ sơ %(code)s"),
    "case-ended": _l("hồ sơ kết thúc: %(name)s"),
    "case-cancelled": _l("dừng giải quyết hồ sơ"),
    "task-opened": _l("mở việc “%(name)s”"),
    "task-claimed": _l("nhận việc"),
    "task-released": _l("trả việc về hàng chờ"),
    "task-completed": _l("hoàn thành “%(name)s”"),
    "task-reassigned": _l("chuyển việc cho đồng chí %(to)s"),
    "task-returned": _l("trả việc “%(name)s” về bước “%(to_name)s”"),
    "task-moved": _l("chuyển hồ sơ từ “%(name)s” sang bước “%(to_name)s”"),
    "step-redone": _l("làm lại bước “%(to_name)s”"),
    "task-reminded": _l("nhắc việc “%(name)s”"),
    "task-cancelled": _l("việc “%(name)s” không còn phải làm"),
    "timer-fired": _l("đến thời điểm đã hẹn"),
    "message-received": _l("nhận được tin “%(name)s”"),
    "signal-heard": _l("nhận được tín hiệu chung: %(name)s"),
    "task-overdue": _l("việc “%(name)s” quá hạn, đã báo người đứng đầu đơn vị"),
    "task-escalated": _l("việc “%(name)s” vẫn quá hạn, đã báo lãnh đạo"),
    "limit-near": _l("hồ sơ sắp đến hạn trả"),
    "case-overdue": _l("hồ sơ quá hạn trả"),
    "case-extended": _l("xin lỗi và hẹn lại ngày trả"),
    "clock-paused": _l("tạm dừng tính thời hạn: %(name)s"),
    "clock-resumed": _l("tính tiếp thời hạn: %(name)s"),
    "clock-stopped": _l("thôi tính thời hạn: %(name)s"),
    "deadline-moved": _l("tính lại hạn %(name)s"),
    "deadline-confirmed": _l("hạn không còn tạm tính %(name)s"),
    "procedure-created": _l("lập quy trình"),
    "procedure-renamed": _l("đổi tên quy trình thành “%(title)s”"),
    "draft-dropped": _l("bỏ ví dụ"),
    "draft-saved": _l("lưu dự thảo"),
    "version-reviewed": _l("nhận xét bản"),
    "version-tried": _l("lưu kết quả chạy thử"),
    "version-consulted": _l("lấy ý kiến đơn vị: %(units)s"),
    "version-answered": _l("%(unit)s trả lời lấy ý kiến"),
    "draft-waived": _l("cho qua một chỗ chưa rõ của dự thảo"),
    "version-submitted": _l("trình thẩm định"),
    "version-returned": _l("trả lại để hoàn thiện"),
    "version-appraised": _l("thẩm định: đạt"),
    "version-recognised": _l("công nhận"),
    "version-declined": _l("chưa công nhận, trả lại thẩm định"),
    "version-installed": _l("cài đặt theo kế hoạch"),
}
SILENT = frozenset({"element-passed"})
"""Events that the diagram tells better than a sentence."""


def told(row: HistoryRow) -> bool:
    """Whether an event has a sentence of its own on a page."""
    return row.kind not in SILENT


def happening(row: HistoryRow) -> str:
    """One event in words; an unknown kind is told by its code."""
    text = str(KINDS.get(row.kind, row.kind))
    empty = dict.fromkeys(("name", "code", "to", "to_name", "unit", "units"), "")
    facts = empty | dict(row.facts) | dict(row.private)
    return text % facts if "%(" in text else text


def aside(row: HistoryRow) -> str:
    """What an event brought: outcome, note or reason, and the deadline it was due by."""
    parts = []
    outcome = row.facts.get("outcome")
    if outcome and outcome != CONTINUE:
        parts.append(_("kết quả: %(outcome)s", outcome=outcome))
    parts += [str(row.private[key]) for key in ("note", "reason") if row.private.get(key)]
    if row.facts.get("from") and row.facts.get("to"):
        was, now = (moment(datetime.fromisoformat(row.facts[name])) for name in ("from", "to"))
        parts.append(_("từ %(was)s thành %(now)s", was=was, now=now) if was != now else now)
    parts += [_reason(each) for each in row.facts.get("rows", ())[:REASONS]]
    parts += [" ".join(filter(None, (each["condition"], each["form"]))) for each in row.facts.get("rules", ())]
    if row.facts.get("due_at"):
        parts.append(_("hạn %(moment)s", moment=moment(datetime.fromisoformat(row.facts["due_at"]))))
    return " · ".join(parts)


REASONS = 3
"""Calendar rows that one line of history names."""


def _reason(row: Mapping[str, str]) -> str:
    """A calendar row that moved a deadline, with its source."""
    if "day" in row:
        on = day(date.fromisoformat(row["day"]))
        words = {
            "off": _("%(day)s nghỉ"),
            "makeup": _("%(day)s làm bù"),
            "gone": _("%(day)s không còn nghỉ hay làm bù"),
        }
        said = words[row["now"]] % {"day": on}
    elif "year" in row:
        said = _("lịch năm %(year)s", year=row["year"])
    else:
        said = _("giờ làm việc hoặc cách tính từ %(day)s", day=day(date.fromisoformat(row["from"])))
    return ", ".join(filter(None, (said, row.get("name"), row.get("source"))))
