"""`namro serve`: web server and worker on one machine."""

from datetime import UTC, datetime

import click

from procedures.commands.sign_in import make_link
from procedures.commands.switch_person import is_demo
from procedures.queries.people import person_by_login
from web.cli.output import language_option, say
from web.cli.town import require_schema, town_database
from web.cli.user import address, sign_in_address
from web.http import serve_http
from web.serve import NotReady, Opening, PortTaken, Process, own_command, require_port, supervise
from web.settings import Settings, load_settings

DEMO_LOGIN = "qldt.chuyen-vien-thu-ly"
"""Whose eyes the demo town is seen with first: he drafts procedures and works on cases."""


@click.command()
@click.option("--host", help="Địa chỉ lắng nghe (mặc định 127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65535), help="Cổng (mặc định 8000).")
@click.option("--no-worker", is_flag=True, help="Chỉ chạy máy chủ web, không chạy tiến trình nền.")
@language_option
def serve(host: str | None, port: int | None, no_worker: bool) -> int:
    """Chạy máy chủ web và tiến trình nền."""
    settings = _settings(host, port)
    with town_database(settings) as database:
        require_schema(database)
    try:
        require_port(settings.host, settings.port)
    except PortTaken as taken:
        say("port-taken", host=taken.host, port=taken.port)
        return 1
    server = Process("http", own_command("http", "--host", settings.host, "--port", str(settings.port)))
    worker = Process("worker", own_command("worker", "--quiet"))
    opening = Opening(server, settings.host, settings.port, lambda: _welcome(settings))
    try:
        supervise([server] if no_worker else [server, worker], opening)
    except NotReady:
        say("server-not-ready")
        return 1
    return 0


@click.command(hidden=True)
@click.option("--host")
@click.option("--port", type=int)
def http(host: str | None, port: int | None) -> None:
    """The web server process alone, as `serve` starts it."""
    serve_http(_settings(host, port))


def _settings(host: str | None, port: int | None) -> Settings:
    settings = load_settings()
    return settings.model_copy(update={"host": host or settings.host, "port": port or settings.port})


def _welcome(settings: Settings) -> None:
    """Say where the server is, and in a demo town how to sign in; this comes last."""
    at = datetime.now(UTC)
    say("serving", url=address(settings.host, settings.port, https=settings.https))
    with town_database(settings) as database, database.transaction() as session:
        if not is_demo(session):
            say("sign-in-how")
            return
        found = person_by_login(session, DEMO_LOGIN, at=at)
        secret = make_link(session, found.officer.id, at=at)
        say("sign-in", name=found.officer.name, title=found.title, url=sign_in_address(settings, secret))
