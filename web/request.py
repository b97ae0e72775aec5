"""What a request brings: the town it reaches, its moment, who sent it, and its transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, current_app
from sqlalchemy.orm import Session

from engine.database import WAIT, Database
from web.settings import Settings

Clock = Callable[[], datetime]
KEY = "namro"


@dataclass(frozen=True, slots=True)
class Town:
    """What a running web server stands on."""

    settings: Settings
    database: Database
    clock: Clock


def settle_in(app: Flask, town: Town) -> None:
    """Tie an application to its town."""
    app.extensions[KEY] = town


def town() -> Town:
    return cast(Town, current_app.extensions[KEY])


def now() -> datetime:
    """The moment of the request, aware."""
    return town().clock()


@contextmanager
def transaction(*, wait: float = WAIT) -> Iterator[Session]:
    """A write transaction around one command; what comes out of it is on disk. Raises `Busy` after `wait` seconds."""
    with town().database.transaction(wait=wait) as session:
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """A read transaction around one query or several that must agree."""
    with town().database.reading() as session:
        yield session
