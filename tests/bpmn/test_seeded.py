"""Each rule's fault, planted at places of the samples, is reported with its code and place; the samples themselves are
clear of errors of time, structure and file."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from bpmn.check import check
from bpmn.convert import read_table, table_to_bpmn
from bpmn.findings import Clear, Severity
from bpmn.rules import RULES
from tests.bpmn.seeds import SEEDS, Seed
from tests.bpmn.test_rules import AT, TOWN

SAMPLES = sorted((Path(__file__).parents[1] / "files" / "samples").glob("*.yaml"))
PLACES = 3  # of each fault at least, in samples of their own as far as there are
UNSEEDED = {
    *("performer-vacant", "substitute-missing", "product-missing", "authority-missing", "performer-unit-missing"),
    *("supplement-missing", "refusal-missing", "cutoff-in-text", "no-start", "no-end", "no-outgoing", "ref-missing"),
    *("element-unsupported", "event-unsupported", "many-event-definitions", "boundary-host", "message-missing"),
    *("boundary-after-event-gateway", "event-gateway-target", "call-cycle", "call-outside", "loop-unsupported"),
    *("loop-without-count", "limit-multi", "livelock", "deadlock", "limit-complexity", "limit-sequence"),
    *("soundness-unknown", "improper-completion", "unsynchronised", "dead-activity", "unbounded"),
    *("call-by-hand", "decision-missing", "decision-result", "decision-unsupported", "decision-cell", "link-repeated"),
    *("quantity-unsupported", "many-processes"),
    *("id-reserved", "variable-reserved", "xml-foreign", "extension-ignored", "bpmn-import", "di-bounds"),
}
"""Tested by their pairs: they ask for a directory, a profile, a whole structure or a foreign file."""


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


@pytest.mark.parametrize("code", sorted(SEEDS))
def test_a_planted_fault_is_reported_with_its_code_and_place(code: str) -> None:
    found = 0
    for data, element in planted(SEEDS[code]):
        report = check(data, "x.bpmn", directory=TOWN, at=AT)
        told = [finding for finding in report.findings if (finding.code, finding.element) == (code, element)]
        assert told, (code, element, sorted({finding.code for finding in report.findings}))
        assert all(finding.line for finding in told)
        found += 1
        if found == PLACES:
            break

    assert found == PLACES


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem[:2])
def test_the_unharmed_samples_are_clear_of_errors(sample: Path) -> None:
    findings = check(sample.read_bytes(), sample.name, directory=TOWN, at=AT).findings

    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert [finding for finding in errors if finding.clear in (Clear.TIME, Clear.PROCESS, Clear.FILE)] == []
    assert errors == []


@pytest.mark.full
@pytest.mark.parametrize("code", sorted(SEEDS))
def test_a_fault_planted_anywhere_is_reported(code: str) -> None:
    for sample in samples():
        for number in range(len(SEEDS[code].places(sample))):
            root = deepcopy(sample)
            element = SEEDS[code].plant(SEEDS[code].places(root)[number])

            report = check(etree.tostring(root), "x.bpmn", directory=TOWN, at=AT)

            assert (code, element) in {(finding.code, finding.element) for finding in report.findings}


def test_every_rule_is_seeded_or_tested_by_its_pair() -> None:
    codes = {code for rule in RULES for code in rule.codes}

    assert codes - set(SEEDS) <= UNSEEDED
