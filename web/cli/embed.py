"""`namro embed DIAGRAM TABLE OUT`: put a decision table into the diagram that uses it."""

from pathlib import Path

import click

from bpmn.dmn import embed as embedded
from web.cli.convert import write
from web.cli.files import read_file
from web.cli.output import language_option, say


@click.command()
@click.argument("diagram", metavar="TỆP-BPMN")
@click.argument("decisions", metavar="TỆP-DMN")
@click.argument("target", metavar="TỆP-RA")
@language_option
def embed(diagram: str, decisions: str, target: str) -> int:
    """Đưa bảng quyết định .dmn vào tệp .bpmn dùng nó, để hai phần đi cùng nhau."""
    write(Path(target), embedded(read_file(diagram), read_file(decisions)))
    say("embedded", file=target)
    return 0
