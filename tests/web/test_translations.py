"""The English catalogue says everything that pages say, and nothing else."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.visitors import CLERK, Website
from web.assets import build

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "web" / "translations"
PLACE = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (FOLDER / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def said() -> set[str]:
    """Every text of pages and code, found as babel.cfg says."""
    with (FOLDER / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords={"_": None, "_l": None})
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def test_every_text_has_its_english_and_no_english_is_left_over(english: Catalog, said: set[str]) -> None:
    assert {str(message.id) for message in english if message.id} == said


def test_no_english_is_empty_or_unsure_or_lacks_a_fact(english: Catalog) -> None:
    messages = [message for message in english if message.id]

    assert [message.id for message in messages if not message.string or message.fuzzy] == []
    assert [m.id for m in messages if sorted(PLACE.findall(str(m.id))) != sorted(PLACE.findall(str(m.string)))] == []


def test_an_english_page_speaks_english(website: Website) -> None:
    build.compile_catalogues()
    browser = website.browser(CLERK)
    vietnamese = browser.text("/hop-viec")
    browser.post("/ngon-ngu", {"language": "en", "next": "/"})

    english = browser.text("/hop-viec")

    assert "sắp đến hạn" in vietnamese
    assert "due soon" in english
    assert "working time" in english
    assert "Khởi tạo" not in english
