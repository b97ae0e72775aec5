"""A procedure may be renamed while its first draft is all there is of it."""

import pytest

from engine.database import Database
from engine.errors import Conflict, Invalid, NotAllowed
from engine.queries.cases import history
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.rename_procedure import rename_procedure
from procedures.commands.save_draft import Draft, save_draft
from procedures.commands.submit import submit
from procedures.demo.work import load_work
from procedures.evidence import Evidence
from procedures.history import procedure_stream
from procedures.queries.people import Person
from tests.town import NOW, who

CODE = "QT-TCKH-77"


@pytest.fixture
def office(town: Database, author: Person, source: bytes, evidence: Evidence) -> Database:
    """The town with a draft."""
    with town.transaction() as session:
        create_procedure(session, NewProcedure(CODE, "Đăng ký", "TCKH", "tthc"), by=author, at=NOW)
        save_draft(session, CODE, Draft(source, evidence), by=author, at=NOW)
    return town


def renamed(office: Database, title: str, by: Person, code: str = CODE) -> str:
    with office.transaction() as session:
        return rename_procedure(session, code, title, by=by, at=NOW).title


def test_a_new_name_is_kept_and_stands_in_the_history(office: Database, author: Person) -> None:
    assert renamed(office, " Đăng  ký lại ", author) == "Đăng ký lại"
    assert renamed(office, "Đăng ký lại", author) == "Đăng ký lại"

    with office.reading() as session:
        procedure = rename_procedure(session, CODE, "Đăng ký lại", by=author, at=NOW)
        rows = history(session, procedure_stream(procedure.id))
    assert [row.facts for row in rows if row.kind == "procedure-renamed"] == [
        {"before": "Đăng ký", "title": "Đăng ký lại"}
    ]


@pytest.mark.parametrize("title", ["", " \n", "x" * 301])
def test_no_name_is_refused(office: Database, author: Person, title: str) -> None:
    with pytest.raises(Invalid):
        renamed(office, title, author)


def test_other_units_do_not_rename(office: Database, author: Person) -> None:
    load_work(office, at=NOW)

    with pytest.raises(NotAllowed):
        renamed(office, "Việc khác", who(office, "gddt.chuyen-vien"), "QT-TCKH-01")


def test_what_was_submitted_or_is_in_force_keeps_its_name(office: Database, author: Person, evidence: Evidence) -> None:
    load_work(office, at=NOW)
    with office.transaction() as session:
        submit(session, CODE, evidence, by=author, at=NOW)

    for code in (CODE, "QT-TCKH-01"):
        with pytest.raises(Conflict):
            renamed(office, "Việc khác", author, code)
