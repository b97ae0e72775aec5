"""`namro check FILE…`: the gate, without a database."""

from collections.abc import Sequence
from datetime import UTC, datetime

import click

from bpmn.check import check as examine
from bpmn.check import report_as_json, report_as_text, unopened
from bpmn.directory import Directory
from bpmn.findings import FileReport
from bpmn.profiles import DEFAULT, Profile
from bpmn.sarif import as_sarif
from web.cli.files import directory_option, profile_option, read_file
from web.cli.output import LANGUAGE, language_option, say, show, show_json

VERSION = "0.1.0"
FORMATS = ("text", "json", "sarif")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="TỆP…")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Dạng kết quả.")
@click.option("--directory", callback=directory_option, help="Tệp YAML về đơn vị, vị trí và người giữ.")
@click.option(
    "--profile",
    default=DEFAULT,
    show_default=True,
    callback=profile_option,
    help="Bộ quy tắc: 5-ro, 6-ro, tệp .toml.",
)
@language_option
def check(files: Sequence[str], form: str, directory: Directory | None, profile: Profile) -> int:
    """Kiểm tra quy trình đã đủ 5 rõ và chạy được chưa: .bpmn .docx .xlsx .csv .yaml .dmn

    Mã kết thúc: 0 đạt, 1 có lỗi, 2 có tệp không đọc được.
    """
    reports = [_report(name, directory, profile) for name in files]
    _write(reports, form)
    if any(report.rejected for report in reports):
        return 2
    return 0 if all(report.ok for report in reports) else 1


def _report(name: str, directory: Directory | None, profile: Profile) -> FileReport:
    try:
        data = read_file(name)
    except OSError as error:
        return unopened(name, error.strerror or str(error))
    return examine(data, name, directory=directory, at=datetime.now(UTC), profile=profile)


def _write(reports: Sequence[FileReport], form: str) -> None:
    language = LANGUAGE.get()
    if form == "json":
        show_json({"files": [report_as_json(report, language) for report in reports]})
        return
    if form == "sarif":
        show_json(as_sarif(reports, language, version=VERSION))
        return
    for report in reports:
        said = report_as_text(report, language)
        if said:
            show(said)
        say("file-ok" if report.ok else "file-not-ok", file=report.file, findings=len(report.findings))
