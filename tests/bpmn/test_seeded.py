"""Each rule's fault, planted at places of the samples, is reported with its code and place; the samples themselves are
clear of errors of time, structure and file."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from lxml import etree

from bpmn.check import check
from bpmn.convert import read_table, table_to_bpmn
from bpmn.dialect.words import bpmn_tag as q
from bpmn.findings import Clear, Finding, Severity
from bpmn.profiles import profile
from bpmn.rules import RULES
from tests.bpmn.seeds import SEEDS, Seed
from tests.bpmn.seeds_decisions import DECISIONS
from tests.bpmn.seeds_files import FILES
from tests.bpmn.seeds_people import PEOPLE
from tests.bpmn.seeds_soundness import SOUNDNESS
from tests.bpmn.seeds_structure import STRUCTURE
from tests.bpmn.test_rules import AT, TOWN

SAMPLES = sorted((Path(__file__).parents[1] / "files" / "samples").glob("*.yaml"))
PLACES = 3  # of each fault at least, in samples of their own as far as there are
ALL: dict[str, Seed] = {**SEEDS, **PEOPLE, **STRUCTURE, **SOUNDNESS, **DECISIONS, **FILES}
"""By code, and a word for each further way in which the fault may be made."""


@cache
def samples() -> tuple[etree._Element, ...]:
    tables = [read_table(sample.read_bytes(), "yaml").table for sample in SAMPLES]
    return tuple(etree.fromstring(table_to_bpmn(table)) for table in tables if table is not None)


def planted(seed: Seed) -> Iterator[tuple[bytes, str]]:
    """The samples with one fault each, one sample after the other, until there are enough places."""
    for turn in range(PLACES):
        for sample in samples():
            root = deepcopy(sample)
            places = seed.places(root)
            if turn < len(places):
                element = seed.plant(places[(turn * 5) % len(places)])
                yield etree.tostring(root), element


def told(data: bytes, seed: Seed, place: tuple[str, str]) -> list[Finding]:
    """What the gate says with this code of this element, on the lines where it stands."""
    report = check(data, "x.bpmn", directory=seed.directory or TOWN, at=AT, profile=profile(seed.profile))
    lines = lines_of(data, place[1])
    return [each for each in report.findings if (each.code, each.element) == place and each.line in lines]


def lines_of(data: bytes, element: str) -> range:
    """The lines of an element, which has this id, or none and this name."""
    parts = list(etree.fromstring(data).iter(etree.Element))
    found = next((each for each in parts if each.get("id") == element), None)
    found = next(each for each in parts if each.tag == q(element)) if found is None else found
    return range(found.sourceline, max(each.sourceline for each in found.iter()) + 1)


@pytest.mark.parametrize("fault", sorted(ALL))
def test_a_planted_fault_is_reported_with_its_code_and_place(fault: str) -> None:
    places = list(islice(planted(ALL[fault]), PLACES))

    assert len(places) == PLACES
    for data, element in places:
        assert told(data, ALL[fault], (fault.partition(" ")[0], element)), element


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem[:2])
def test_the_unharmed_samples_are_clear_of_errors(sample: Path) -> None:
    findings = check(sample.read_bytes(), sample.name, directory=TOWN, at=AT).findings

    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert [finding for finding in errors if finding.clear in (Clear.TIME, Clear.PROCESS, Clear.FILE)] == []
    assert errors == []


@pytest.mark.full
@pytest.mark.parametrize("fault", sorted(ALL))
def test_a_fault_planted_anywhere_is_reported(fault: str) -> None:
    for sample in samples():
        for number in range(len(ALL[fault].places(sample))):
            root = deepcopy(sample)
            element = ALL[fault].plant(ALL[fault].places(root)[number])

            assert told(etree.tostring(root), ALL[fault], (fault.partition(" ")[0], element)), element


def test_every_code_of_a_rule_is_planted() -> None:
    assert {code for rule in RULES for code in rule.codes} - {fault.partition(" ")[0] for fault in ALL} == set()
