"""`namro token`: secrets for programs that call the API."""

import sys
from datetime import UTC, datetime, timedelta

import click

from procedures.commands.create_token import create_token, revoke_token
from procedures.queries.people import person_by_login
from web.cli.output import LANGUAGE, language_option, say, show
from web.cli.texts import text
from web.cli.town import town_database


@click.group()
@language_option
def token() -> None:
    """Mã truy cập cho chương trình gọi API."""


@token.command()
@click.argument("login", metavar="TÊN-ĐĂNG-NHẬP")
@click.option("--name", default="namro", show_default=True, help="Tên để nhận ra mã.")
@click.option("--days", type=click.IntRange(1, 365), default=90, show_default=True, help="Hiệu lực bao nhiêu ngày.")
@language_option
def create(login: str, name: str, days: int) -> int:
    """Tạo mã truy cập thay mặt một người; mã chỉ hiện một lần."""
    at = datetime.now(UTC)
    with town_database() as database, database.transaction() as session:
        officer = person_by_login(session, login, at=at).officer
        secret = create_token(session, officer.id, name=name, life=timedelta(days=days), at=at)
    say("token")
    show(secret)
    return 0


@token.command()
@language_option
def revoke() -> int:
    """Thu hồi mã truy cập. Mã được hỏi, không ghi trên dòng lệnh để khỏi nằm lại trong lịch sử lệnh."""
    secret = click.prompt(text(LANGUAGE.get(), "token-which"), hide_input=sys.stdin.isatty(), err=True)
    with town_database() as database, database.transaction() as session:
        revoke_token(session, secret.strip(), at=datetime.now(UTC))
    say("token-revoked")
    return 0
