"""Short ways to say a finding, one per gravity."""

from bpmn.findings import Clear, Finding, Severity


def reject(
    code: str, *, clear: Clear = Clear.FILE, element: str | None = None, line: int | None = None, **facts: object
) -> Finding:
    """The file is unusable: nothing of it is stored."""
    return Finding(code, Severity.ERROR, clear, element, line, facts, reject=True)


def error(
    code: str, *, clear: Clear = Clear.PROCESS, element: str | None = None, line: int | None = None, **facts: object
) -> Finding:
    """The draft may be kept, but not submitted."""
    return Finding(code, Severity.ERROR, clear, element, line, facts)


def warning(
    code: str, *, clear: Clear = Clear.PROCESS, element: str | None = None, line: int | None = None, **facts: object
) -> Finding:
    """Something to look at; it travels with the file as evidence."""
    return Finding(code, Severity.WARNING, clear, element, line, facts)


def info(
    code: str, *, clear: Clear = Clear.PROCESS, element: str | None = None, line: int | None = None, **facts: object
) -> Finding:
    """Something that was done or seen, nothing to mend."""
    return Finding(code, Severity.INFO, clear, element, line, facts)
