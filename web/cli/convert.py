"""`namro convert IN OUT`: between the forms of a procedure, by ending."""

from datetime import UTC, datetime
from pathlib import Path, PurePath

import click

from bpmn.check import report_as_text
from bpmn.convert import write_table
from bpmn.draw import draw
from bpmn.errors import NoTable
from bpmn.findings import FileReport
from bpmn.fiveclear import TimeUnit
from bpmn.foreign import Wanted
from bpmn.paper import Cover, printed
from web.cli.output import LANGUAGE, language_option, say
from web.cli.sources import DIAGRAMS, Procedure, read_procedure
from web.moments import here

TABLES = (".docx", ".xlsx", ".csv", ".yaml", ".yml", ".json")
PICTURES = (".svg",)
DAYS = {"calendar": TimeUnit.CALENDAR_DAY, "working": TimeUnit.WORKING_DAY}
PAPERS = (".pdf",)
KNOWN = (*DIAGRAMS, *TABLES, *PICTURES, *PAPERS)


@click.command()
@click.argument("source", metavar="TỆP-VÀO")
@click.argument("target", metavar="TỆP-RA")
@click.option("--sheet", metavar="TÊN", help="Trang tính (Excel).")
@click.option("--table", type=click.IntRange(1), metavar="SỐ", help="Bảng thứ mấy (Word), đếm từ 1.")
@click.option("--process", metavar="MÃ", default="", help="Quy trình nào, khi tệp BPMN có nhiều quy trình.")
@click.option("--days", type=click.Choice(list(DAYS)), help="Ngày trong tệp của công cụ khác là ngày gì.")
@language_option
def convert(source: str, target: str, *, sheet: str | None, table: int | None, process: str, days: str | None) -> int:
    """Chuyển giữa .docx .xlsx .csv .yaml .json .bpmn và sang .svg .pdf, theo đuôi tệp.

    Ghi tệp ra khi đọc được ít nhất một bước; điều còn ngờ in ra cho người đọc.
    """
    ending = PurePath(target).suffix.lower()
    if ending not in KNOWN:
        say("format-unknown", ending=ending or target, known=" ".join(KNOWN))
        return 2
    procedure = read_procedure(source, sheet=sheet, table=table, wanted=Wanted(process, DAYS[days] if days else None))
    if not procedure.table.steps:
        raise NoTable(procedure.doubts)
    write(Path(target), converted(procedure, ending))
    if procedure.doubts:
        click.echo(report_as_text(FileReport(source, procedure.doubts), LANGUAGE.get()), err=True)
    say("converted", file=target, steps=len(procedure.table.steps))
    return 0


def converted(procedure: Procedure, ending: str) -> bytes:
    """Return the procedure in the form that an ending asks for."""
    if ending in TABLES:
        return write_table(procedure.table, ending)
    if ending in PICTURES:
        return draw(procedure.document.root).encode()
    if ending in PAPERS:
        return printed(procedure.table, procedure.document, Cover(on=here(datetime.now(UTC)).date()))
    return procedure.document.serialised()


def write(target: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises `OSError`."""
    beside = target.with_name(f".{target.name}.new")
    beside.write_bytes(content)
    beside.replace(target)
