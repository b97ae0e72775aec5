"""The dialect: five-clear words inside the extension elements of BPMN, namespace `urn:namro:5ro:1.0`."""

from bpmn.dialect.branches import read_branch, read_clock, write_branch, written_goto
from bpmn.dialect.heads import read_head, read_rules, rule_of, write_head
from bpmn.dialect.links import COMPLAINT, read_choice, read_goto, read_inputs
from bpmn.dialect.steps import read_step, write_step
from bpmn.dialect.words import NAMESPACE, PREFIX

__all__ = [
    "COMPLAINT",
    "NAMESPACE",
    "PREFIX",
    "read_branch",
    "read_choice",
    "read_clock",
    "read_goto",
    "read_head",
    "read_inputs",
    "read_rules",
    "read_step",
    "rule_of",
    "write_branch",
    "write_head",
    "write_step",
    "written_goto",
]
