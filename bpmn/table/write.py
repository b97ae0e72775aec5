"""Writers of the table by ending."""

import csv
import io
from collections.abc import Callable, Mapping

from bpmn.fiveclear import FiveClear
from bpmn.table.sheet_rows import HEADER, head_lines, rule_lines, step_rows
from bpmn.table.write_office import write_docx, write_xlsx
from bpmn.table.yaml_codec import write_json, write_yaml

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: FiveClear) -> bytes:
    """The table as CSV with a byte-order mark, so that Excel reads Vietnamese; no cell can be a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    width = len(HEADER)
    for line in head_lines(table):
        writer.writerow([guarded(line)] + [""] * (width - 1))
    writer.writerow(HEADER)
    for row in step_rows(table):
        writer.writerow([guarded(text) for text in row])
    for line in rule_lines(table):
        writer.writerow([guarded(line)] + [""] * (width - 1))
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def guarded(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


WRITERS: Mapping[str, Callable[[FiveClear], bytes]] = {
    "yaml": write_yaml,
    "yml": write_yaml,
    "json": write_json,
    "csv": write_csv,
    "xlsx": write_xlsx,
    "docx": write_docx,
}
