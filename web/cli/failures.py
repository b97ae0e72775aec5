"""What made a command fail, as a sentence, a code with facts, and an exit code. One function per kind of error."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatch

import click
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from bpmn.errors import BpmnError, Unreadable
from bpmn.messages import sentence
from engine.errors import Refused, UnknownChoice
from engine.spiff import SpiffError
from procedures.errors import PackageRefused, Unclear
from web.cli.texts import refusal, text

OK, REFUSED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
KINDS = (
    click.ClickException,
    click.Abort,
    KeyboardInterrupt,
    Refused,
    BpmnError,
    SpiffError,
    ValidationError,
    DBAPIError,
    OSError,
)
"""What a command may raise; anything else is a bug and shows as one."""


@dataclass(frozen=True, slots=True)
class Failure:
    exit_code: int
    code: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)


@singledispatch
def failure(error: BaseException, language: str) -> Failure:
    """Say what an error of `KINDS` means to the person at the terminal."""
    return Failure(INTERRUPTED, "interrupted", text(language, "interrupted"))


@failure.register(Refused)
@failure.register(BpmnError)
@failure.register(SpiffError)
def _(error: Refused | BpmnError | SpiffError, language: str) -> Failure:
    return Failure(REFUSED, error.code, refusal(language, error.code, error.facts), error.facts)


@failure.register
def _(error: UnknownChoice, language: str) -> Failure:
    return Failure(UNUSABLE, error.code, refusal(language, error.code, error.facts), error.facts)


@failure.register
def _(error: PackageRefused, language: str) -> Failure:
    said = text(language, f"package-{error.facts['reason']}", member=error.facts["member"])
    return Failure(UNUSABLE, error.code, said, error.facts)


@failure.register
def _(error: Unclear, language: str) -> Failure:
    said = "\n".join(sentence(finding, language) for finding in error.findings)
    return Failure(UNUSABLE, error.code, said, error.facts)


@failure.register
def _(error: Unreadable, language: str) -> Failure:
    said = "\n".join(sentence(finding, language) for finding in error.findings)
    return Failure(UNUSABLE, error.code, said, error.facts)


@failure.register
def _(error: ValidationError, language: str) -> Failure:
    names = ", ".join(f"NAMRO_{item['loc'][0]}".upper() for item in error.errors())
    return Failure(UNUSABLE, "settings", text(language, "settings", names=names), {"names": names})


@failure.register
def _(error: DBAPIError, language: str) -> Failure:
    detail = str(error.orig).strip()
    return Failure(UNUSABLE, "database", text(language, "database", detail=detail), {"detail": detail})


@failure.register
def _(error: OSError, language: str) -> Failure:
    facts = {"name": error.filename or "", "detail": error.strerror or str(error)}
    return Failure(UNUSABLE, "file", text(language, "file", **facts), facts)


@failure.register
def _(error: click.ClickException, language: str) -> Failure:
    return Failure(UNUSABLE, "usage", text(language, "usage", detail=error.message), {"detail": error.message})


@failure.register
def _(error: click.UsageError, language: str) -> Failure:
    command = error.ctx.command_path if error.ctx else "namro"
    said = f"{_fault(error, language)}\n{text(language, 'see-help', command=command)}"
    return Failure(UNUSABLE, "usage", said, {"detail": error.format_message()})


def _fault(error: click.UsageError, language: str) -> str:
    """What is wrong with a command line; the library's own sentences are English."""
    if isinstance(error, click.MissingParameter):
        return text(language, "missing-parameter", name=_name(error))
    if isinstance(error, click.NoSuchOption):
        return text(language, "no-such-option", name=error.option_name)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return text(language, "no-such-command", name=error.command_name)
    if isinstance(error, click.BadParameter):
        return text(language, "bad-parameter", name=_name(error), detail=error.message)
    return text(language, "usage", detail=error.message)


def _name(error: click.BadParameter) -> str:
    """The parameter as it is written on the command line."""
    if error.param is None or error.ctx is None:
        return str(error.param_hint or "")
    return error.param.get_error_hint(error.ctx)
