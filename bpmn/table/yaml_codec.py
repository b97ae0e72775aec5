"""`five-clear/1` in YAML and JSON: read with limits, line by line findings; write.

Only plain data is read: no tags, no aliases, and scalars by the core rules (`no` is a text, `15:00` is a text).
Source of the format: docs/import.md and bpmn/schema/five-clear-1.json.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from bpmn.errors import Unreadable
from bpmn.findings import Finding
from bpmn.fiveclear import FiveClear
from bpmn.table.events import build
from bpmn.table.plain import plain_table, table_from_plain
from bpmn.table.reading import TableReading
from bpmn.table.shape import shape_findings, unlocated
from bpmn.verdicts import reject

MAX_BYTES = 1024 * 1024
ENDINGS = ("yaml", "yml", "json")


def read_yaml(data: bytes) -> TableReading:
    """Read a table from YAML. Every finding names its line."""
    text = decoded(data)
    if isinstance(text, Finding):
        return TableReading(None, (text,))
    try:
        values, findings = build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except Unreadable as refused:
        return TableReading(None, refused.findings)
    except yaml.MarkedYAMLError as failure:
        line = failure.problem_mark.line + 1 if failure.problem_mark else 1
        return TableReading(None, (reject("yaml-syntax", line=line, reason=(failure.problem or "")[:200]),))
    except yaml.reader.ReaderError as failure:
        line = text.count("\n", 0, failure.position) + 1
        return TableReading(None, (reject("yaml-character", line=line),))
    return checked(values, findings)


def read_json(data: bytes) -> TableReading:
    """Read a table from JSON."""
    text = decoded(data)
    if isinstance(text, Finding):
        return TableReading(None, (text,))
    try:
        values = json.loads(text)
    except json.JSONDecodeError as failure:
        return TableReading(None, (reject("json-syntax", line=failure.lineno, reason=failure.msg),))
    except RecursionError:
        return TableReading(None, (reject("limit-depth", line=1),))
    try:
        values, findings = build(events_of(values))
    except Unreadable as refused:
        return TableReading(None, refused.findings)
    except UnicodeEncodeError:  # an escape that is half a character
        return TableReading(None, (reject("text-encoding", line=1),))
    return checked(values, findings)


def events_of(values: object) -> Iterable[Any]:
    """JSON's values go through the same gate as YAML's: written as YAML events."""
    return yaml.parse(yaml.dump(values, Dumper=yaml.CSafeDumper, allow_unicode=True), Loader=yaml.CSafeLoader)


def decoded(data: bytes) -> str | Finding:
    if not data.strip():
        return reject("file-empty")
    if len(data) > MAX_BYTES:
        return reject("limit-size", bytes=len(data), limit=MAX_BYTES)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        return reject("text-encoding", line=data.count(b"\n", 0, failure.start) + 1)


def checked(values: object, findings: list[Finding]) -> TableReading:
    """The table, unless its shape is no table's."""
    findings = [*findings, *shape_findings(values)]
    if any(finding.reject for finding in findings) or not isinstance(values, Mapping):
        return TableReading(None, tuple(findings))
    return TableReading(table_from_plain(unlocated(values)), tuple(findings))


def write_yaml(table: FiveClear) -> bytes:
    """Write a table as YAML, keys in the order of the format."""
    text: str = yaml.dump(plain_table(table), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
    return text.encode("utf-8")


def write_json(table: FiveClear) -> bytes:
    """Write a table as JSON with the same keys."""
    return (json.dumps(plain_table(table), ensure_ascii=False, indent=2) + "\n").encode("utf-8")
