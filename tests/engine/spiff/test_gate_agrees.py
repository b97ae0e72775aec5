"""What the engine refuses, the gate refuses before: nobody learns it only when a procedure comes into force."""

import pytest

import bpmn.rules.support
import engine.spiff.support
from bpmn.check import check
from bpmn.findings import Clear, Severity
from tests.engine.spiff.models import model
from tests.engine.spiff.test_compile import REFUSED

PLAIN = {finding.code for finding in check(model("s1>a", "a>e1"), "plain.bpmn").findings}
"""What the gate says of a file that lacks the five clears and nothing else."""

DRAWN_ONLY = {"not executable"}
"""What may be kept and drawn: the gate warns of it, deploying refuses it."""


@pytest.mark.parametrize("name", sorted(REFUSED.keys() - DRAWN_ONLY))
def test_the_gate_reports_an_error_of_structure(name: str) -> None:
    findings = check(REFUSED[name][0], f"{name}.bpmn").findings
    errors = [finding for finding in findings if finding.severity is Severity.ERROR and finding.code not in PLAIN]

    assert any(finding.clear in (Clear.PROCESS, Clear.FILE, Clear.TIME) for finding in errors)


def test_the_gate_and_the_engine_read_one_list_of_events() -> None:
    assert engine.spiff.support.EVENTS is bpmn.rules.support.EVENTS
