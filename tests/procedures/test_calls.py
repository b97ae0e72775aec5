"""A drawn call may name a procedure in force by its code, and no other."""

from engine.database import Database
from procedures.evidence import Gate, examine
from procedures.queries.people import organisation
from tests.engine.spiff.models import event, model
from tests.town import NOW


def codes(town: Database, called: str) -> set[str]:
    call = event("callActivity", "call", calledElement=called)
    with town.reading() as session:
        evidence = examine(model("s1>call", "call>e1", nodes={"call": call}), Gate(organisation(session, at=NOW)))
    return {finding.code for finding in evidence.report.findings if finding.element == "call"}


def test_a_procedure_in_force_may_be_called(town: Database):
    assert "ref-missing" not in codes(town, "QT-NV-01")


def test_a_procedure_that_nobody_recognised_may_not(town: Database):
    assert "ref-missing" in codes(town, "QT-NV-99")
