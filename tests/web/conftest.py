"""The application over the demo town with its work. The town is built once a session; each test has a copy."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.visitors import AUTHOR, Browser, Website, demo_town
from tests.visitors import website as open_website


@pytest.fixture(scope="session")
def town_file(sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo town, to copy from."""
    return demo_town(sqlite, tmp_path_factory.mktemp("demo") / "demo.db")


@pytest.fixture
def website(town_file: Path, tmp_path: Path) -> Iterator[Website]:
    """The application over a copy of the demo town."""
    file = tmp_path / "town.db"
    shutil.copy(town_file, file)
    made = open_website(file)
    yield made
    made.database.dispose()


@pytest.fixture
def author(website: Website) -> Browser:
    """The browser of an officer who drafts."""
    return website.browser(AUTHOR)
