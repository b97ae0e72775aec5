"""The entry: runs a command and turns what it raises into a sentence and an exit code.

0 ok · 1 findings or refusal · 2 unusable input or usage · 130 interrupted.
"""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from itertools import pairwise
from typing import NoReturn

import click

from web.cli.calendar import calendar
from web.cli.check import check
from web.cli.convert import convert
from web.cli.db import db
from web.cli.demo import demo
from web.cli.diff import diff
from web.cli.embed import embed
from web.cli.failures import KINDS, OK, REFUSED, UNUSABLE, failure
from web.cli.output import LANGUAGE, language_option, show_json
from web.cli.package import export_package, import_package
from web.cli.plan import plan
from web.cli.run import run as run_file
from web.cli.serve import http, serve
from web.cli.simulate import simulate_file
from web.cli.texts import LANGUAGES
from web.cli.token import token
from web.cli.user import user
from web.cli.worker import worker


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@language_option
def namro() -> None:
    """Năm Rõ: quy trình chuẩn 5 rõ, từ soạn thảo, công nhận đến vận hành."""


DOCUMENTS = (check, convert, diff, embed, run_file, simulate_file)
PACKAGES = (export_package, import_package)
RUNNING = (serve, worker, http, db, demo, user, token, plan, calendar)
for command in (*DOCUMENTS, *PACKAGES, *RUNNING):
    namro.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Vietnamese in any locale; a file name that is no text comes out as an escape, which JSON reads too.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code, having said what went wrong."""
    LANGUAGE.set(LANGUAGES[0])
    try:
        return int(namro.main(list(arguments), prog_name="namro", standalone_mode=False) or OK)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return UNUSABLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has gone: nothing more to say
        return REFUSED
    except KINDS as error:
        failed = failure(error, LANGUAGE.get())
        click.echo(failed.message, err=True)
        if _json_wanted(arguments):
            show_json({"error": {"code": failed.code, "message": failed.message, "facts": failed.facts}})
        return failed.exit_code


def _json_wanted(arguments: Sequence[str]) -> bool:
    """Whether `--format json` was asked for, even where the rest could not be read."""
    return "--format=json" in arguments or ("--format", "json") in pairwise(arguments)
