"""Fields that another field's cell tells: labels in the task, a time below the performer, a unit beside its number."""

from collections.abc import Mapping

from bpmn.reading.labelled import is_amount, told_fields, under_labels

Told = tuple[dict[str, str], dict[str, str]]
"""Texts by field, and from which field's cell each was taken."""


def told_in(texts: Mapping[str, str]) -> Told:
    """A row's texts, each under its own field; what a field says itself holds."""
    found, sources = dict(texts), dict[str, str]()
    if found.get("time_unit") and found.get("duration"):
        found["duration"] = f"{found['duration']} {found['time_unit']}"
    for source, told in (("performer", times_below), ("name", fields_within)):
        for name, text in told(found).items():
            if name != source and not found.get(name):
                sources[name] = source
            found[name] = text
    return found, sources


def times_below(texts: Mapping[str, str]) -> dict[str, str]:
    """`Chuyên viên⏎02 ngày` in a performer's cell without a time beside it."""
    lines = [line for line in texts.get("performer", "").split("\n") if line.strip()]
    times = [line for line in lines if is_amount(line)]
    if texts.get("duration") or not times or len(times) == len(lines):
        return {}
    who = [line for line in lines if line not in times]
    return {"performer": "\n".join(who), "duration": "\n".join(line.strip(" ()") for line in times)}


def fields_within(texts: Mapping[str, str]) -> dict[str, str]:
    """`Kiểm tra hồ sơ⏎- Người thực hiện: …`, `Ký duyệt (Chủ tịch, 01 ngày)` in a task's cell."""
    taken = under_labels(texts.get("name", ""))
    own = {name: text for name, text in taken.texts.items() if not texts.get(name)}
    if len(own) < len(taken.texts):
        return {}
    missing = frozenset(name for name in ("performer", "duration") if not texts.get(name) and name not in own)
    told = told_fields(taken.rest, missing) if texts.get("name") and missing else {"name": taken.rest}
    return own | told if own or len(told) > 1 else {}
