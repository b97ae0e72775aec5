"""`namro demo load`: the demo town."""

from datetime import UTC, datetime

import click

from procedures.demo.load import is_empty, load_demo
from web.cli.output import language_option, say
from web.cli.town import town_database


@click.group()
@language_option
def demo() -> None:
    """Thị xã mẫu của Kế hoạch 122."""


@demo.command()
@click.option("--if-empty", is_flag=True, help="Không làm gì nếu cơ sở dữ liệu đã có dữ liệu.")
@language_option
def load(if_empty: bool) -> int:
    """Nạp thị xã mẫu vào cơ sở dữ liệu trống."""
    with town_database() as database:
        with database.reading() as session:
            empty = is_empty(session)
        if not empty:
            if not if_empty:
                say("demo-not-empty")
            return 0 if if_empty else 1
        say("demo-loading")
        load_demo(database, at=datetime.now(UTC))
    say("demo-loaded")
    return 0
