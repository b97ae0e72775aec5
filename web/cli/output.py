"""What a command writes: results to stdout, everything else to stderr."""

import json
import sys
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

import click

from web.cli.texts import LANGUAGES, text

P = ParamSpec("P")
R = TypeVar("R")

LANGUAGE: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])
"""The language of this call, Vietnamese unless `--lang` says otherwise."""


def _choose(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None:
        LANGUAGE.set(value)


def language_option(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command `--lang`."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        expose_value=False,
        is_eager=True,
        callback=_choose,
        help="Ngôn ngữ của lời nhắn: vi (mặc định) hoặc en.",
    )(command)


def say(key: str, **facts: object) -> None:
    """Tell the person at the terminal something, on stderr."""
    click.echo(text(LANGUAGE.get(), key, **facts), err=True)


def show(content: str) -> None:
    """Write a result to stdout."""
    sys.stdout.write(content if content.endswith("\n") else content + "\n")
    sys.stdout.flush()


def show_json(content: Mapping[str, Any]) -> None:
    """Write the one JSON document of a call to stdout; what JSON does not know is written as text."""
    show(json.dumps(content, ensure_ascii=False, indent=2, default=str))
