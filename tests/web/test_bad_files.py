"""Hostile and broken files through the upload page: refused as the manifest says, nothing stored, nothing run."""

import csv
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.visitors import AUTHOR, Browser, Website
from tests.visitors import website as open_website

FOLDER = Path(__file__).parents[1] / "files" / "badinput"
GROUPS = ("xml", "code", "ok", "text", "structure", "timer")
NO_PROCEDURE = ".dmn"
"""A decision table is no procedure: it is refused whatever it holds."""
ROWS = [
    row
    for row in csv.DictReader((FOLDER / "MANIFEST.csv").read_text(encoding="utf-8").splitlines())
    if row["group"] in GROUPS
]


@pytest.fixture(scope="module")
def served(town_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Website]:
    """One town for all files: each gets a procedure of its own."""
    file = tmp_path_factory.mktemp("bad") / "town.db"
    shutil.copy(town_file, file)
    made = open_website(file)
    yield made
    made.database.dispose()


@pytest.fixture(scope="module")
def author(served: Website) -> Browser:
    return served.browser(AUTHOR)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_file_is_taken_in_as_far_as_the_manifest_says(row: dict[str, str], author: Browser) -> None:
    code = f"BAD-{ROWS.index(row)}"
    file = (BytesIO((FOLDER / row["file"]).read_bytes()), Path(row["file"]).name)

    sent = author.bring("/nhap", {"file": file, "code": code, "title": "Thử", "unit": "TCKH", "kind": "internal"})

    if row["expect"] == "reject" or row["file"].endswith(NO_PROCEDURE):
        assert sent.status_code == 422
        assert author.get(f"/quy-trinh/{code}").status_code == 404
        return
    assert sent.status_code == 303, sent.text
    shown = author.get(f"/quy-trinh/{code}")
    assert shown.status_code == 200
    assert "<script>alert" not in shown.text
    assert author.get(f"/quy-trinh/{code}/ban/1/so-do.svg").status_code == 200
    if row["expect"] == "publish-reject":
        assert author.post(f"/quy-trinh/{code}/trinh").status_code == 422
