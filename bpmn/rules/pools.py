"""Pools and message flows name what is there."""

from collections.abc import Iterator

from bpmn.findings import Finding
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import warning


def find(case: Case) -> Iterator[Finding]:
    """Said once for the document, with its first process."""
    document = case.document
    if case.process.id != next(iter(document.processes)):
        return
    for pool in document.participants.values():
        if pool.process is not None and pool.process not in document.processes:
            yield warning("ref-missing", element=pool.id, line=pool.line, attribute="processRef", ref=pool.process)
    known = {name for process in document.processes.values() for name in (process.id, *process.nodes)}
    known.update(document.participants)
    for flow in document.message_flows.values():
        for attribute, end in (("sourceRef", flow.source), ("targetRef", flow.target)):
            if end not in known:
                yield warning("ref-missing", element=flow.id, line=flow.line, attribute=attribute, ref=end[:255])


RULE = Rule(("ref-missing",), find)
