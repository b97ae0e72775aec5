"""Timers are ISO 8601 or a five-clear value, within what a calendar can hold."""

from collections.abc import Iterator

from bpmn.elements import Node, TimerText
from bpmn.errors import ExpressionError, TimeError
from bpmn.expression import parse
from bpmn.findings import Clear, Finding
from bpmn.isotime import Timer, parse_timer
from bpmn.rules.case import Case, Rule
from bpmn.verdicts import error, warning


def find(case: Case) -> Iterator[Finding]:
    for node in case.nodes.values():
        for event in node.events:
            if event.kind != "timer":
                continue
            if event.timer is None:
                yield error("timer-missing", clear=Clear.TIME, element=node.id, line=node.line)
            else:
                yield from of_timer(node, event.timer)


def of_timer(node: Node, written: TimerText) -> Iterator[Finding]:
    facts = {"kind": written.kind, "text": written.text[:100]}
    try:
        timer = parse_timer(written)
    except TimeError as failure:
        code = "script-forbidden" if hides_code(written.text) else failure.code
        clear = Clear.PROCESS if code == "script-forbidden" else Clear.TIME
        yield error(code, clear=clear, element=node.id, line=node.line, attribute="timer", **facts)
        return
    if timer.calendar:
        yield warning("timer-calendar", clear=Clear.TIME, element=node.id, line=node.line, **facts)


def hides_code(text: str) -> bool:
    """Whether a text that is no time is code: what the expression language itself forbids."""
    try:
        parse(text)
    except ExpressionError as failure:
        return failure.code in ("script-forbidden", "expression-limit") and "(" in text
    return False


def past(case: Case) -> Iterator[Finding]:
    """A date that has passed fires at once, which is seldom meant."""
    for node in case.nodes.values():
        for event in node.events:
            timer = None if event.timer is None else understood(event.timer)
            moment = None if timer is None else timer.moment
            if timer is not None and moment is not None and case.at is not None and moment < case.at:
                yield warning(
                    "timer-past", clear=Clear.TIME, element=node.id, line=node.line, moment=moment.isoformat()
                )


def understood(written: TimerText) -> Timer | None:
    try:
        return parse_timer(written)
    except TimeError:
        return None


RULE = Rule(("timer-missing", "timer-syntax", "timer-range", "timer-calendar", "script-forbidden"), find)
PAST = Rule(("timer-past",), past, needs="at")
