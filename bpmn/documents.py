"""What is known of legal documents: their numbers in a text, and which of them a later one replaced or repealed."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from unicodedata import normalize

NUMBER = re.compile(r"(?<![\w/])\d{1,4}/\d{4}/[^\W\d_]+(?:-[^\W\d_]+)*\d*", re.IGNORECASE)
KINDS = (("nđ-cp", "Nghị định"), ("qh", "Luật"), ("tt", "Thông tư"), ("nq", "Nghị quyết"), ("qđ", "Quyết định"))
"""How a document is called, by how the last part of its number begins."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that is no longer in force since a day, and the number of the one that took its place."""

    number: str
    by: str
    since: date


DOCUMENTS: Sequence[Replaced] = tuple(
    Replaced(**row) for row in tomllib.loads((files("bpmn") / "data" / "documents.toml").read_text("utf-8"))["replaced"]
)
_BY_NUMBER = {document.number.casefold(): document for document in DOCUMENTS}


def replaced_in(text: str, today: date) -> Iterator[Replaced]:
    """Yield the documents that a text names and that another replaced by today, unless it names that one too."""
    listed = NUMBER.findall(normalize("NFC", text).casefold())
    for number in dict.fromkeys(listed):
        document = _BY_NUMBER.get(number)
        if document is not None and document.since <= today and document.by.casefold() not in listed:
            yield document


def called(number: str) -> str:
    """Return how a document is cited by its number, such as `Nghị định số 118/2025/NĐ-CP`."""
    last = number.rpartition("/")[2].casefold()
    kind = next((word for start, word in KINDS if last.startswith(start)), "Văn bản")
    return f"{kind} số {number}"
