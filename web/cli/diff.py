"""`namro diff OLD NEW`: two versions of a procedure, in the words of the five clears."""

from collections.abc import Sequence
from pathlib import PurePath

import click

from bpmn.compare import Change, Version, compare
from web.cli.output import LANGUAGE, language_option, say, show, show_json
from web.cli.sources import DIAGRAMS, read_procedure
from web.present.changes import sentences

DRAWN_ONLY = frozenset({"layout-changed"})


@click.command()
@click.argument("old", metavar="BẢN-CŨ")
@click.argument("new", metavar="BẢN-MỚI")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Dạng kết quả.")
@language_option
def diff(old: str, new: str, form: str) -> int:
    """So sánh hai phiên bản quy trình theo 5 rõ: .bpmn .docx .xlsx .csv .yaml .json, cùng hoặc khác dạng.

    Mã kết thúc: 0 như nhau, 1 có khác, 2 có tệp không đọc được.
    """
    changes = compare(version(old), version(new))
    if form == "json":
        kinds = {change.kind for change in changes}
        layout = bool(changes) and kinds <= DRAWN_ONLY
        show_json(
            {
                "old": old,
                "new": new,
                "equal": not changes,
                "layout_only": layout,
                "changes": [change.as_json() for change in changes],
            }
        )
    else:
        tell(changes)
    return 1 if changes else 0


def version(name: str) -> Version:
    """Read a version. Raises `Unreadable`, `OSError`."""
    procedure = read_procedure(name)
    return Version(procedure.table, procedure.document, drawn=PurePath(name).suffix.lower() in DIAGRAMS)


def tell(changes: Sequence[Change]) -> None:
    for line in sentences(changes, LANGUAGE.get()):
        show(line)
    if not changes:
        say("diff-equal")
    elif {change.kind for change in changes} <= DRAWN_ONLY:
        say("diff-layout")
