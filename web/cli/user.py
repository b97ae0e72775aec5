"""`namro user link | list`: people and their way in."""

from datetime import UTC, datetime

import click

from procedures.commands.sign_in import make_link
from procedures.queries.people import everybody, person_by_login
from web.cli.output import language_option, say, show
from web.cli.town import town_database
from web.settings import Settings, load_settings


@click.group()
@language_option
def user() -> None:
    """Cán bộ, công chức và đường dẫn đăng nhập."""


@user.command()
@click.argument("login", metavar="TÊN-ĐĂNG-NHẬP")
@language_option
def link(login: str) -> int:
    """Tạo đường dẫn đăng nhập dùng một lần, có hiệu lực 12 giờ."""
    settings, at = load_settings(), datetime.now(UTC)
    with town_database(settings) as database, database.transaction() as session:
        found = person_by_login(session, login, at=at)
        secret = make_link(session, found.officer.id, at=at)
        name, title = found.officer.name, found.title
    say("sign-in", name=name, title=title, url="")
    show(sign_in_address(settings, secret))
    return 0


@user.command("list")
@language_option
def list_() -> int:
    """Liệt kê người dùng: tên đăng nhập, họ tên, chức danh."""
    with town_database() as database, database.reading() as session:
        people = everybody(session, at=datetime.now(UTC))
        lines = [f"{each.officer.login}\t{each.officer.name}\t{each.title}" for each in people]
    show("\n".join(lines))
    return 0


def sign_in_address(settings: Settings, secret: str) -> str:
    """Where a one-time link leads."""
    return f"{address(settings.host, settings.port, https=settings.https)}/dang-nhap/{secret}"


def address(host: str, port: int, *, https: bool = False) -> str:
    """The address that people open for a server on this host."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http{'s' if https else ''}://{shown}:{port}"
