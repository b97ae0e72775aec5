"""From YAML events to plain values that remember their lines, refusing what is no plain data."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from bpmn.errors import Unreadable
from bpmn.findings import Finding
from bpmn.verdicts import reject, warning

MAX_DEPTH = 20
MAX_VALUES = 50_000
MAX_TEXT = 20_000  # characters of one value; a cell of a published table holds a few hundred

PLAIN_TAGS = frozenset(
    {None, "!"} | {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "map", "seq")}
)
INTEGER = re.compile(r"[-+]?\d{1,18}", re.ASCII)
DECIMAL = re.compile(r"[-+]?(\d{1,18}\.\d{0,18}|\.\d{1,18}|\d{1,18}(\.\d{1,18})?[eE][-+]?\d{1,2})", re.ASCII)
WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

TYPED_KEYS = frozenset({"value", "qty", "optional", "counted"})
RAW_KEYS = frozenset(
    {"title", "code", "national_code", "step_no", "id", "name", "position", "unit", "text", "date", "from", "to"}
    | {"steps", "cutoff", "at", "goto", "condition", "clock", "form", "note", "phase", "output", "parallel_group"}
    | {"shared_block", "responsibility", "person", "type", "description", "over", "mode"}
)
"""Keys whose scalar is a text however it looks: `step_no: 4.10` is not the number 4.1."""


class Located(dict[str, object]):
    """A mapping that knows the line of each key, and its own."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


@dataclass
class Builder:
    """State of one pass over the events."""

    events: Iterator[Any]  # PyYAML's stubs know no event's fields
    findings: list[Finding] = field(default_factory=list)
    count: int = 0

    def next(self) -> Any:
        event = next(self.events)
        self.count += 1
        if self.count > MAX_VALUES:
            raise Unreadable([reject("limit-elements", line=line_of(event), count=self.count, limit=MAX_VALUES)])
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable([reject("yaml-alias", line=line_of(event))])
        if getattr(event, "tag", None) not in PLAIN_TAGS:
            raise Unreadable([reject("yaml-tag", line=line_of(event), tag=str(event.tag)[:80])])
        return event


def build(events: Iterable[Any]) -> tuple[object, list[Finding]]:
    """The values of the one document that the events describe, and what was found on the way.

    Raises `Unreadable`, and what the YAML parser raises.
    """
    builder = Builder(iter(events))
    builder.next()
    if isinstance(builder.next(), yaml.StreamEndEvent):
        raise Unreadable([reject("file-empty")])
    values = value_of(builder, builder.next(), key=None, depth=1)
    builder.next()
    end = builder.next()
    if not isinstance(end, yaml.StreamEndEvent):
        raise Unreadable([reject("yaml-documents", line=line_of(end))])
    return values, builder.findings


def line_of(event: yaml.Event) -> int:
    mark = event.start_mark
    return 1 if mark is None else int(mark.line) + 1


def value_of(builder: Builder, event: yaml.Event, *, key: str | None, depth: int) -> object:
    if depth > MAX_DEPTH:
        raise Unreadable([reject("limit-depth", line=line_of(event), limit=MAX_DEPTH)])
    if isinstance(event, yaml.MappingStartEvent):
        return mapping_of(builder, event, depth=depth)
    if isinstance(event, yaml.SequenceStartEvent):
        return sequence_of(builder, key=key, depth=depth)
    return scalar_of(builder, event, key=key)


def mapping_of(builder: Builder, event: yaml.Event, *, depth: int) -> Located:
    found = Located(line_of(event))
    while not isinstance(key_event := builder.next(), yaml.MappingEndEvent):
        line = line_of(key_event)
        if not isinstance(key_event, yaml.ScalarEvent):
            raise Unreadable([reject("yaml-key", line=line)])
        key = clean(builder, key_event.value, line=line)
        if key in found:
            raise Unreadable([reject("yaml-duplicate-key", line=line, key=key[:80], first=found.lines[key])])
        found.lines[key] = line
        found[key] = value_of(builder, builder.next(), key=key, depth=depth + 1)
    return found


def sequence_of(builder: Builder, *, key: str | None, depth: int) -> list[object]:
    found: list[object] = []
    while not isinstance(event := builder.next(), yaml.SequenceEndEvent):
        found.append(value_of(builder, event, key=key, depth=depth + 1))
    return found


def scalar_of(builder: Builder, event: yaml.Event, *, key: str | None) -> object:
    """A scalar: quoted it is a text, bare it is what the core rules say, under a text key it is as written."""
    line = line_of(event)
    text = clean(builder, str(getattr(event, "value", "")), line=line)
    bare = bool(getattr(event, "implicit", (False,))[0]) and getattr(event, "tag", None) is None
    if not bare:
        return text
    if text in WORDS and (WORDS[text] is None or key not in RAW_KEYS):
        return WORDS[text]
    if key in RAW_KEYS:
        return text
    return number_or_text(text)


def number_or_text(text: str) -> object:
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text


def clean(builder: Builder, text: str, *, line: int) -> str:
    """NFC, and without the characters that no document can hold; what was taken out is reported."""
    if len(text) > MAX_TEXT:
        raise Unreadable([reject("limit-text", line=line, attribute=text[:40], length=len(text), limit=MAX_TEXT)])
    kept = FORBIDDEN.sub("", text)
    if kept != text:
        builder.findings.append(warning("text-control", line=line, count=len(text) - len(kept)))
    return unicodedata.normalize("NFC", kept)
