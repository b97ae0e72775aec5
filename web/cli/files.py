"""The files that commands are given."""

from datetime import datetime
from pathlib import Path

import click

from bpmn.directory import Directory, read_directory
from bpmn.profiles import Profile, ProfileError, shipped
from engine.worktime import FIRST_YEAR, LAST_YEAR, ZONE, WorkCalendar
from web.profiles import chosen_profile

LONGEST = 64 * 1024 * 1024  # bytes read of one file; every format has its own, lower limit


def read_file(name: str) -> bytes:
    """Return what a file holds, cut off beyond every format's limit. Raises `OSError`."""
    with Path(name).open("rb") as file:
        return file.read(LONGEST)


def directory_option(context: click.Context, option: click.Parameter, value: str | None) -> Directory | None:
    """Read `--directory`: units, positions and their holders. Raises `Unreadable`, `OSError`."""
    if value is None:
        return None
    try:
        return read_directory(read_file(value).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise click.BadParameter("UTF-8", context, option) from error


def profile_option(context: click.Context, option: click.Parameter, value: str) -> Profile:
    """Read `--profile`: a shipped profile by name, or a file of the caller's own."""
    try:
        return chosen_profile(value)
    except ProfileError as error:
        known = ", ".join(shipped())
        raise click.BadParameter(f"{value!r} ({error.facts['reason']}; {known})", context, option) from error


def moment_option(context: click.Context, option: click.Parameter, value: str | None) -> datetime | None:
    """Read a moment in ISO 8601; without an offset it is one of Việt Nam."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} (ISO 8601, 2026-11-25T08:00)", context, option) from error
    moment = moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment
    if not WorkCalendar.shipped().reaches(moment):
        raise click.BadParameter(f"{value!r} ({FIRST_YEAR + 1}–{LAST_YEAR - 1})", context, option)
    return moment
