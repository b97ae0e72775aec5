"""Every code that may reach a person has a sentence, and every kind of event its words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bpmn.errors
import engine.errors
import procedures.errors
from web import errors
from web.happenings import KINDS, SILENT
from web.sentences import HEADINGS, SENTENCES, sentence

ROOT = Path(__file__).parents[2]
TREES = (engine.errors.Refused, bpmn.errors.BpmnError, errors.Rejected)
CALL = re.compile(r"\b(?:record|tell|_carry_out|_move)\(")
FAMILIES = "case|task|step|clock|deadline|limit|timer|message|signal|element|procedure|draft|version"
KIND = re.compile(rf'"((?:{FAMILIES})-[a-z]+)"')


def family(kind: type[Exception]) -> Iterator[type[Exception]]:
    """A kind and all below it, but for those of the command line, which has its own words."""
    if not kind.__module__.startswith("web.cli"):
        yield kind
    for child in kind.__subclasses__():
        yield from family(child)


@pytest.mark.parametrize("kind", [each for tree in TREES for each in family(tree)], ids=lambda kind: kind.__name__)
def test_an_error_has_a_sentence_and_a_status(kind: type[Exception]) -> None:
    assert kind.code in SENTENCES
    assert kind in TREES or any(parent in errors.STATUS for parent in kind.__mro__)


def test_every_status_has_a_heading() -> None:
    assert set(errors.STATUS.values()) <= set(HEADINGS)


def test_an_error_that_nobody_mapped_is_a_bug() -> None:
    with pytest.raises(LookupError):
        errors.status_of(engine.errors.Refused())


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (engine.errors.TaskTaken(task=1), 409),
        (engine.errors.UnknownOutcome(known=[]), 422),
        (procedures.errors.OwnWork(), 403),
        (procedures.errors.Stale(), 412),
        (procedures.errors.MissingMatch(), 428),
        (bpmn.errors.NoTable([]), 422),
        (engine.errors.Busy(), 503),
    ],
    ids=lambda each: type(each).__name__,
)
def test_the_nearest_class_decides_the_status(error: Exception, status: int) -> None:
    assert errors.status_of(error) == status


def test_every_event_that_is_recorded_has_words() -> None:
    files = [file for package in ("engine", "procedures") for file in (ROOT / package).rglob("*.py")]
    texts = [text for file in files if CALL.search(text := file.read_text())]
    recorded = {kind for text in texts for kind in KIND.findall(text)} | {"version-appraised", "version-returned"}

    assert recorded == set(KINDS) | SILENT


def test_facts_are_filled_in_and_lists_joined(website) -> None:
    with website.app.test_request_context():
        said = sentence("unknown-outcome", 422, {"known": ["tiếp tục", "trả lại"]})

    assert said.endswith("Các kết quả hợp lệ: tiếp tục, trả lại.")


def test_a_reason_says_more_than_its_code(website) -> None:
    with website.app.test_request_context():
        said = sentence("conflict", 409, {"reason": "code-taken"})

    assert said == "Mã này đã dùng cho một quy trình khác."
