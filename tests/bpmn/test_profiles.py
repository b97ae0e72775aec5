"""Profiles are data: they raise, lower or leave out codes, but never what the engine would stumble over."""

import pytest

from bpmn.check import check
from bpmn.findings import Clear, Finding, Severity
from bpmn.profiles import Profile, ProfileError, profile, read_profile, shipped
from tests.bpmn.models import END, START, file_of, task

FILE = file_of(START, END, task("a", "1 working_day"), "s -> a", "a -> e")
UNSOUND = file_of(START, task("a", "1 working_day"), "s -> a", "a -> a")


def severities(wanted: Profile | None, data: bytes = FILE) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in check(data, "x.bpmn", profile=wanted).findings}


def test_five_and_six_clears_are_shipped() -> None:
    assert shipped() == ("5-ro", "6-ro")
    assert profile("6-ro").title["vi"] == "6 rõ (2025)"


def test_six_clears_ask_for_product_and_authority() -> None:
    assert severities(None) == severities(profile("5-ro"))
    assert {"product-missing", "authority-missing"}.isdisjoint(severities(profile("5-ro")))
    six = severities(profile("6-ro"))
    assert (six["product-missing"], six["authority-missing"]) == (Severity.ERROR, Severity.ERROR)


def test_a_town_brings_its_own_profile() -> None:
    own = read_profile('extends = "5-ro"\n[severity]\noutput-missing = "error"\nlegal-basis-missing = "off"', "own")

    found = severities(own)

    assert found["output-missing"] is Severity.ERROR
    assert "legal-basis-missing" not in found
    assert "product-missing" not in found


def test_no_profile_lets_an_unsound_model_pass() -> None:
    own = read_profile('[severity]\nno-path-to-end = "off"\nno-end = "info"', "own")

    assert not check(UNSOUND, "x.bpmn", profile=own).ok
    assert severities(own, UNSOUND) == severities(profile("5-ro"), UNSOUND) | severities(own, UNSOUND)


def test_a_code_that_is_off_does_not_stand_among_those_that_did_not_run() -> None:
    own = read_profile('[severity]\ntimer-past = "off"', "own")

    assert "timer-past" not in check(FILE, "x.bpmn", profile=own).not_run


@pytest.mark.parametrize(
    ("code", "clear", "reject", "waivable"),
    [
        ("responsibility-missing", Clear.RESPONSIBILITY, False, True),
        ("limit-exceeded", Clear.TIME, False, True),
        ("timer-syntax", Clear.TIME, False, False),
        ("performer-missing", Clear.PERFORMER, False, False),
        ("deadlock", Clear.PROCESS, False, False),
        ("script-forbidden", Clear.PROCESS, False, False),
        ("xml-dtd", Clear.FILE, True, False),
    ],
)
def test_what_may_be_waived(code: str, clear: Clear, reject: bool, waivable: bool) -> None:
    finding = Finding(code, Severity.ERROR, clear, reject=reject)

    assert profile("5-ro").may_be_waived(finding) is waivable
    assert not profile("5-ro").may_be_waived(Finding(code, Severity.WARNING, clear))


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "severity = 3",
        '[severity]\nx = "fatal"',
        '[waiver]\nclears = ["soul"]',
        "[waiver]\nnever = [1]",
        'extends = "9-ro"',
    ],
)
def test_what_is_no_profile_is_refused(text: str) -> None:
    with pytest.raises(ProfileError):
        read_profile(text, "own")
