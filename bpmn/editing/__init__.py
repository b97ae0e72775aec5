"""Edits of the five-clear table as a person makes them, one cell or row at a time.

`edited` applies edits to a table; `bpmn.convert.merge_table` puts the edited table back into its document.
`as_meant` puts what was drawn as the table has it.
"""

from bpmn.editing.apply import edited
from bpmn.editing.drawn import as_meant
from bpmn.editing.edits import (
    AddRow,
    Edit,
    JoinRows,
    MoveRow,
    RemoveRow,
    RemoveWay,
    SetField,
    SetHead,
    SetWay,
    SplitRow,
)
from bpmn.editing.fields import FIELDS, HEAD_FIELDS, field_text, head_text
from bpmn.editing.rebase import fits, rebased
from bpmn.editing.together import together

__all__ = [
    "FIELDS",
    "HEAD_FIELDS",
    "AddRow",
    "Edit",
    "JoinRows",
    "MoveRow",
    "RemoveRow",
    "RemoveWay",
    "SetField",
    "SetHead",
    "SetWay",
    "SplitRow",
    "as_meant",
    "edited",
    "field_text",
    "fits",
    "head_text",
    "rebased",
    "together",
]
