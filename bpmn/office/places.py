"""Findings that name a cell."""

from collections.abc import Mapping

from bpmn.findings import Clear, Finding, Severity


def spotted(
    code: str,
    place: Mapping[str, object],
    *,
    clear: Clear = Clear.PROCESS,
    element: str | None = None,
    severity: Severity = Severity.WARNING,
    **facts: object,
) -> Finding:
    """A finding whose facts hold a cell's place."""
    return Finding(code, severity, clear, element, facts={**place, **facts})
