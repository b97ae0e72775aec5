"""What must be written down is: tables in the glossary, commands in the page of the command line."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import engine.model
import procedures.model
from engine.database import Base
from web.cli.main import namro

DOCS = Path(__file__).parents[1] / "docs"
MODELS = (engine.model, procedures.model)  # imported so that every table is known


def commands(command: click.Command, path: str) -> Iterator[str]:
    """The commands that do something, with the names that lead to them."""
    if not isinstance(command, click.Group):
        yield path
        return
    for name, part in command.commands.items():
        if not part.hidden:
            yield from commands(part, f"{path} {name}")


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_the_glossary_knows_every_table(table: str) -> None:
    assert f"`{table}`" in (DOCS / "glossary.md").read_text()


@pytest.mark.parametrize("command", sorted(commands(namro, "namro")))
def test_every_command_is_described(command: str) -> None:
    headings = [line for line in (DOCS / "cli.md").read_text().splitlines() if line.startswith("### ")]

    described = {written for line in headings for written in re.findall("`([^`]+)`", line)}

    assert any(written == command or written.startswith(f"{command} ") for written in described)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = [part.partition(")")[0].partition("#")[0] for part in page.read_text().split("](")[1:]]

    lost = [name for name in targets if name and "://" not in name and not (page.parent / name).exists()]

    assert lost == []
