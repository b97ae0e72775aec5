"""What a task's own cell says under labels: `Kiểm tra hồ sơ⏎- Người thực hiện: …⏎- Thời gian: …`, `Ký (01 ngày)`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bpmn.fiveclear import TimeUnit
from bpmn.reading.durations import AMOUNT, folded, read_time
from bpmn.reading.headers import by_words
from bpmn.reading.performers import is_title

FIELDS = ("performer", "unit", "co", "duration", "result", "output", "forms", "responsibility", "note")
LABEL = re.compile(
    r"(?:^|(?<=[.;,(])\s*|\s+[-–]\s+|\t)(?:(?P<label>[A-ZĐÀ-Ỹa-zđ][^:.;()\n]{1,45}?)\s*:\s*"
    r"|(?:trong\s+)?(?P<time>th[ờơ]i\s+(?:gian|hạn)(?:\s+(?:thực hiện|giải quyết|xử lý))?)\s+"
    r"(?=(?:(?:là|không quá|tối đa|trong|chậm nhất|khoảng)\s+){0,2}[\d½¼¾]))",
    re.IGNORECASE,
)
BULLET = re.compile(r"^\s*[-+*•–]\s*")
LEAST_SURE = 0.8
LAST_BRACKET = re.compile(r"^(?P<task>.*\S)\s*\((?P<told>[^()]+)\)\s*[.;]?$", re.DOTALL)
LAST_DASH = re.compile(r"^(?P<task>.*\S)\s*(?:\s[-–]\s|[,;]\s)(?P<told>[^-–,;]*(?:[,.]\d[^-–,;]*)?)[.;]?$", re.DOTALL)
PIECES = (re.compile(r"\s*[;:]\s*|,\s+"), re.compile(r"\s*[;:]\s*|,\s+|\s+[-–]\s+"))
LEADING = re.compile(r"^(?P<who>[^:.;\n]{2,60}?)\s*:\s+(?P<task>\S.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text taken apart: what stands under no label, and under each field's label; `labels` as written."""

    rest: str
    texts: Mapping[str, str]
    labels: Mapping[str, str]


def under_labels(text: str) -> Labelled:
    """The fields that the lines of a text name; a line without label goes on with the one before."""
    rest: list[str] = []
    texts: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for line in text.split("\n"):
        before, pieces = taken_apart(BULLET.sub("", line))
        if before:
            rest.append(line if not pieces else before)
        for field, label, told in pieces:
            texts.setdefault(field, []).append(told)
            labels.setdefault(field, label)
    return Labelled("\n".join(rest), {field: "\n".join(told) for field, told in texts.items()}, labels)


def taken_apart(line: str) -> tuple[str, list[tuple[str, str, str]]]:
    """What stands before the labels of a line, and field, label and text of each."""
    marks = [mark for mark in LABEL.finditer(line) if field_of(said(mark))]
    if not marks:
        return line.strip(), []
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    pieces = [
        (field_of(said(mark)) or "note", said(mark), closed(line[mark.end() : end].strip(" .;,-")))
        for mark, end in zip(marks, ends, strict=True)
    ]
    return line[: marks[0].start()].strip(" ;,-("), pieces


def said(mark: re.Match[str]) -> str:
    return str(mark["label"] or mark["time"])


def closed(text: str) -> str:
    """The text without the end of a bracket that began before it."""
    return text.rstrip(" )") if text.count(")") > text.count("(") else text


def field_of(label: str) -> str | None:
    """The field that a label names as surely as a header would."""
    name, score = by_words(label)
    return name if len(label.split()) <= 8 and score >= LEAST_SURE and name in FIELDS else None


def ending(text: str) -> tuple[str, list[str]] | None:
    """A task and the pieces behind it: `Ký duyệt (Chủ tịch, 01 ngày)`, `Ký duyệt – 01 ngày`; None without."""
    bracket = LAST_BRACKET.match(text)
    if bracket is not None:
        whole = bracket["told"].strip()
        return bracket["task"], [whole] if kind_of(whole) == "performer" and "," not in whole else pieces_of(whole)
    dash = LAST_DASH.match(text)
    return None if dash is None else (dash["task"].strip(" -–;,"), [dash["told"].strip()])


def pieces_of(text: str) -> list[str]:
    """The pieces of a bracket; a dash parts them only where nothing else does: `Công chức Lao động - Thương binh`."""
    split = [[piece.strip() for piece in mark.split(text) if piece.strip()] for mark in PIECES]
    return next((pieces for pieces in split if all(map(kind_of, pieces))), split[0])


def is_amount(text: str) -> bool:
    """Whether a text is little else than a time."""
    plain = folded(text)
    amount = AMOUNT.search(plain)
    if amount is None:
        return len(plain.split()) <= MOST_WORDS and read_time(text, day=TimeUnit.CALENDAR_DAY) is not None
    return len((plain[: amount.start()] + plain[amount.end() :]).split()) <= MOST_WORDS


MOST_WORDS = 5  # beside an amount: "thời gian không quá … ngày làm việc"


def led(text: str) -> tuple[str, str] | None:
    """A performer and the task behind it: `Công chức một cửa: Tiếp nhận hồ sơ`; None where no title comes first."""
    match = LEADING.match(text)
    return (match["who"], match["task"]) if match is not None and is_title(match["who"]) else None


def told_fields(text: str, missing: frozenset[str]) -> dict[str, str]:
    """The missing ones of performer and time that a task's text tells without label: behind it, or before it."""
    told: dict[str, str] = {}
    task, behind = text, ending(text)
    if behind is not None:
        found = {kind_of(piece): piece for piece in behind[1]}
        if set(found) <= missing and len(found) == len(behind[1]):
            task, told = behind[0], {str(kind): piece for kind, piece in found.items()}
    who = led(task) if "performer" in missing - set(told) else None
    if who is not None:
        task = who[1]
        told["performer"] = who[0]
    return told | {"name": task}


def kind_of(piece: str) -> str | None:
    """Whether a piece is a time or a performer."""
    if is_amount(piece):
        return "duration"
    return "performer" if is_title(piece) else None
