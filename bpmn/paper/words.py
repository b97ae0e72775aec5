"""What the cells of the printed table say, in the Vietnamese of the office."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bpmn.fiveclear import Branch, Duration, FiveClear, Performer, Step, TimeUnit
from bpmn.table.sheet_rows import branch_text

UNITS: Mapping[TimeUnit, str] = {
    TimeUnit.WORKING_MINUTE: "{n} phút làm việc",
    TimeUnit.WORKING_HOUR: "{n} giờ làm việc",
    TimeUnit.HALF_DAY: "{n} buổi",
    TimeUnit.WORKING_DAY: "{n} ngày làm việc",
    TimeUnit.CALENDAR_DAY: "{n} ngày",
    TimeUnit.BY_DATE: "trước ngày {date}",
    TimeUnit.SAME_DAY: "trong ngày",
    TimeUnit.IMMEDIATE: "ngay",
    TimeUnit.OFFICE_HOURS: "giờ hành chính",
    TimeUnit.NOT_COUNTED: "không tính thời gian",
    TimeUnit.SHARED: "tính chung với bước khác",
}
KINDS = {"original": "bản chính", "copy": "bản sao", "presented": "xuất trình", "certified": "bản sao chứng thực"}


def facts(table: FiveClear) -> list[tuple[str, str]]:
    """What the head says, but for lists: what it is called, and what it says."""
    recurrence = table.recurrence.get("rule") if isinstance(table.recurrence, Mapping) else table.recurrence
    found = [
        ("Mã thủ tục quốc gia", table.national_code),
        ("Lĩnh vực", table.field_of_work),
        ("Đơn vị chủ trì", table.unit_name),
        ("Bắt đầu khi", table.trigger),
        ("Định kỳ", recurrence),
        ("Thời hạn giải quyết", stated(table.statutory_limit)),
    ]
    return [(label, str(text)) for label, text in found if text]


def unabridged(body: str) -> str:
    """The name of a body as it stands above a document."""
    for short, full in (("UBND", "Ủy ban nhân dân"), ("HĐND", "Hội đồng nhân dân")):
        body = re.sub(rf"(?<![\w/-]){short}\b", full, body)
    return body


def stated(time: Mapping[str, object] | None) -> str:
    return str((time or {}).get("text") or "")


def bases(table: FiveClear) -> list[str]:
    return [text for text in map(basis, table.legal_basis) if text]


def basis(entry: object) -> str:
    """A legal basis: the document, and the article that is meant."""
    if not isinstance(entry, Mapping):
        return str(entry)
    return ", ".join(str(entry[key]) for key in ("document", "text", "article") if entry.get(key))


def papers(listed: Sequence[Mapping[str, object]]) -> list[str]:
    """Papers that go in or come out, with what is asked of them and how many."""
    return [text for text in map(paper, listed) if text]


def paper(one: Mapping[str, object]) -> str:
    kind, count = KINDS.get(str(one.get("kind"))), one.get("qty")
    more = ", ".join([*([kind] if kind else []), *([f"số lượng {count}"] if count not in (None, "") else [])])
    name = str(one.get("name") or "")
    return f"{name} ({more})" if name and more else name


def task(step: Step) -> list[tuple[str, str]]:
    """What is said of the work beside its name: nothing or a label, and a text."""
    found = [("", step.description), ("Kết quả", step.output), ("Biểu mẫu", "; ".join(step.forms))]
    found += [("Sản phẩm", step.product), ("Ghi chú", step.note)]
    return [(label, text) for label, text in found if text and text != "silent_consent"]


def ways(table: FiveClear, at: int) -> list[tuple[str, str]]:
    """Where a step leads: on, and under which condition its branches lead where."""
    step = table.steps[at]
    beside = [other.step_no for other in table.steps if step.parallel_group and is_beside(step, other)]
    found = [("", f"Song song với bước {', '.join(beside)}")] if beside else []
    following = next((other for other in table.steps[at + 1 :] if not is_beside(step, other)), None)
    if following is None:
        found.append(("", "Kết thúc quy trình"))
    else:
        group = [other.step_no for other in table.steps if other is following or is_beside(following, other)]
        found.append(("Tiếp theo", f"bước {', '.join(group)}"))
    if step.optional:
        found.append(("", "Chỉ thực hiện khi cần"))
    return [*found, *map(way, branches(table, step.step_no))]


def way(branch: Branch) -> tuple[str, str]:
    """A branch: its condition, and what follows."""
    return capital(branch.condition), branch_text(branch)[len(branch.condition) :].lstrip(": ")


def is_beside(step: Step, other: Step) -> bool:
    return other is not step and step.parallel_group is not None and other.parallel_group == step.parallel_group


def branches(table: FiveClear, at: str) -> Iterator[Branch]:
    return (branch for branch in table.branches if branch.at == at)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def performers(step: Step) -> list[tuple[str, str]]:
    """Who does a step, and who helps: nothing or a label, and the position."""
    lead = step.performer
    found = [("", seat(lead))] if lead else []
    if lead and lead.substitute:
        found.append(("Khi vắng", lead.substitute))
    return found + [("Phối hợp", seat(other)) for other in step.co_performers]


def seat(performer: Performer) -> str:
    unit = performer.unit if performer.unit and performer.unit not in performer.position else None
    place = ", ".join(part for part in (performer.position, unit) if part)
    return f"{place} (đ/c {performer.person})" if performer.person else place


def answers(step: Step) -> list[tuple[str, str]]:
    """Who answers for a step and for what."""
    lead = step.responsibility or (step.performer.responsibility if step.performer else None)
    found = [("", lead), *((seat(other), other.responsibility) for other in step.co_performers)]
    found.append(("Thẩm quyền", step.authority))
    return [(label, text) for label, text in found if text]


def time(step: Step) -> str:
    if step.duration is None:
        return "" if step.counted else "không tính thời gian"
    return step.duration.text or amount(step.duration)


def amount(duration: Duration) -> str:
    number = f"{float(duration.value):g}".replace(".", ",")
    return UNITS[duration.unit].format(n=number, date=duration.date or "")


def minutes(count: int) -> str:
    """Working minutes in the largest unit that people reckon in: days from a day on, else hours."""
    days = count >= 480
    number = f"{count / (480 if days else 60):.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{number} {'ngày' if days else 'giờ'} làm việc"
