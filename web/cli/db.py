"""`namro db upgrade | check`: the schema."""

import click

from engine import schema
from web.cli.output import language_option, say
from web.cli.town import town_database


@click.group()
@language_option
def db() -> None:
    """Lược đồ cơ sở dữ liệu."""


@db.command()
@language_option
def upgrade() -> int:
    """Đưa cơ sở dữ liệu lên đúng phiên bản này."""
    with town_database() as database:
        current = schema.is_current(database)
        if not current:
            schema.upgrade(database)
    say("schema-current" if current else "schema-upgraded")
    return 0


@db.command()
@language_option
def check() -> int:
    """Kiểm tra cơ sở dữ liệu có đúng phiên bản này không (mã 1 nếu không)."""
    with town_database() as database:
        current = schema.is_current(database)
    say("schema-current" if current else "schema-old")
    return 0 if current else 1
