"""`namro export` and `namro import`: exchange packages."""

from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine.errors import NotFound
from procedures.commands.take_package import chosen, names_for, take_package, unpacked
from procedures.evidence import Gate
from procedures.exchange import packed, read_package, write_package
from procedures.model.procedure import Procedure
from procedures.model.version import Version
from procedures.queries.packages import in_force, town_name
from procedures.queries.people import organisation, person_by_login
from web.cli.convert import write
from web.cli.files import read_file
from web.cli.output import language_option, say, show
from web.cli.town import town_database
from web.profiles import chosen_profile
from web.settings import load_settings


@click.command("export")
@click.argument("code", metavar="MÃ")
@click.argument("target", metavar="GÓI.zip")
@click.option("--unit", is_flag=True, help="MÃ là mã đơn vị: mọi quy trình đang có hiệu lực của đơn vị.")
@click.option("--number", type=click.IntRange(1), metavar="SỐ", help="Bản thứ mấy; mặc định bản đang có hiệu lực.")
@language_option
def export_package(code: str, target: str, unit: bool, number: int | None) -> int:
    """Xuất quy trình thành gói trao đổi: BPMN, bảng 5 rõ, sơ đồ và mã SHA-256 của từng tệp."""
    if unit and number is not None:
        raise click.UsageError("--unit, --number")
    with town_database() as database, database.reading() as session:
        if number is None:
            versions = in_force(session, unit=code) if unit else in_force(session, code=code)
        else:
            versions = session.scalars(
                select(Version)
                .join(Version.procedure)
                .where(Procedure.code == code, Version.number == number)
                .options(joinedload(Version.procedure).joinedload(Procedure.unit), joinedload(Version.decision))
            ).all()
        if not versions:
            raise NotFound(procedure=code, version=number)
        data = write_package(town_name(session), [packed(version) for version in versions])
    write(Path(target), data)
    say("exported", file=target, count=len(versions))
    return 0


@click.command("import")
@click.argument("file", metavar="GÓI.zip")
@click.option("--unit", required=True, metavar="MÃ", help="Đơn vị nhận.")
@click.option("--as", "login", required=True, metavar="TÊN-ĐĂNG-NHẬP", help="Người nhập, thuộc đơn vị nhận.")
@click.option("--only", default="", metavar="MÃ", help="Chỉ lấy quy trình mã này.")
@language_option
def import_package(file: str, unit: str, login: str, only: str) -> int:
    """Nhập gói trao đổi thành dự thảo của một đơn vị, sau khi đối chiếu mã SHA-256 của từng tệp."""
    at = datetime.now(UTC)
    package = read_package(read_file(file))
    wanted = chosen(package, only)
    with town_database() as database:
        with database.reading() as session:
            town, names = organisation(session, at=at), names_for(session, wanted, unit)
        gate = Gate(town, at, chosen_profile(load_settings().profile))
        drafts = unpacked(wanted, package.town, names, gate)
        with database.transaction() as session:
            made = take_package(session, drafts, by=person_by_login(session, login, at=at), at=at)
            codes = [procedure.code for procedure in made]
    say("imported", count=len(codes), town=package.town)
    show("\n".join(codes))
    return 0
