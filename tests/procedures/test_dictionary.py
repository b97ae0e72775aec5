"""What the town's procedures use already is proposed: found without marks, only what one may see, in one statement."""

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

import pytest
from sqlalchemy import delete, insert, select

from bpmn.convert import table_to_bpmn
from bpmn.fiveclear import Step
from bpmn.terms import TermKind
from engine.database import Database
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.save_draft import Draft, save_draft
from procedures.demo.work import load_work
from procedures.evidence import Gate, examine
from procedures.model import Procedure, Stage, Term, Unit, Version
from procedures.queries.dictionary import SHOWN, Word, words
from procedures.queries.people import Person, local_day, organisation
from tests.counting import counted
from tests.factories import table
from tests.town import NOW, who

CODE = "QT-TCKH-77"


def sought(town: Database, by: Person, typed: str, kind: TermKind = TermKind.OUTPUT) -> Sequence[Word]:
    with town.reading() as session:
        return words(session, by, kind, typed, today=local_day(NOW))


def texts(town: Database, by: Person, typed: str, kind: TermKind = TermKind.OUTPUT) -> list[str]:
    return [word.text for word in sought(town, by, typed, kind)]


def save(town: Database, by: Person, *outputs: str, revision: int | None = None) -> None:
    """Save a draft with these results and one legal basis."""
    steps = [Step(str(number), "Kiểm tra", output=output) for number, output in enumerate(outputs, 1)]
    source = table_to_bpmn(replace(table(*steps), legal_basis=("Nghị định số 61/2018/NĐ-CP về một cửa",)))
    with town.transaction() as session:
        evidence = examine(source, Gate(organisation(session, at=NOW), NOW))
        if revision is None:
            create_procedure(session, NewProcedure(CODE, "Đăng ký", "TCKH"), by=by, at=NOW)
        save_draft(session, CODE, Draft(source, evidence, revision), by=by, at=NOW)


def test_words_are_found_without_marks_and_what_is_in_force_comes_first(town: Database, author: Person) -> None:
    load_work(town, at=NOW)
    save(town, author, "Giấy biên nhận", "Giấy tiếp nhận và hẹn trả")

    found = sought(town, author, "giay nhan")

    assert [(word.text, word.procedures, word.in_force) for word in found] == [
        ("Giấy tiếp nhận và hẹn trả", 2, True),
        ("Giấy chứng nhận đăng ký hộ kinh doanh", 1, True),
        ("Giấy biên nhận", 1, False),
    ]


def test_a_word_that_begins_as_typed_comes_before_one_that_holds_it(town: Database, author: Person) -> None:
    save(town, author, "Bản sao Đề án", "Đề án")

    assert texts(town, author, "de an") == ["Đề án", "Bản sao Đề án"]


def test_what_stands_there_already_is_not_proposed(town: Database, author: Person) -> None:
    save(town, author, "De an", "Đề án mới")

    assert texts(town, author, "De an") == ["Đề án mới"]


def test_drafts_of_other_units_propose_nothing(town: Database, author: Person) -> None:
    save(town, author, "Đề án")

    assert texts(town, who(town, "gddt.chuyen-vien"), "de an") == []


def test_a_save_takes_away_what_is_no_longer_said(town: Database, author: Person) -> None:
    save(town, author, "Đề án", "Tờ trình")

    save(town, author, "Tờ trình", "Kế hoạch", revision=1)

    assert texts(town, author, "de an") == []
    assert texts(town, author, "ke hoach") == ["Kế hoạch"]


def test_an_example_proposes_nothing(town: Database, author: Person) -> None:
    save(town, author, "Đề án")
    with town.transaction() as session:
        session.query(Procedure).filter_by(code=CODE).update({"example": True})

    assert texts(town, author, "de an") == []


def test_a_replaced_document_is_told_and_stands_behind_the_others(town: Database, author: Person) -> None:
    save(town, author, "Đề án")

    found = sought(town, author, "NĐ-CP", TermKind.BASIS)
    old = sought(town, author, "61/2018", TermKind.BASIS)

    assert [bool(word.replaced) for word in found] == [False] * SHOWN
    assert [(word.text, [gone.by for gone in word.replaced]) for word in old] == [
        ("Nghị định số 61/2018/NĐ-CP về một cửa", ["118/2025/NĐ-CP"]),
        ("Nghị định số 61/2018/NĐ-CP", ["118/2025/NĐ-CP"]),
    ]


def test_versions_from_before_the_dictionary_are_read_into_it(town: Database, author: Person) -> None:
    save(town, author, "Đề án", "Tờ trình")
    everything = select(Term.version_id, Term.kind, Term.text, Term.key).order_by(Term.kind, Term.text)
    with town.transaction() as session:
        before = session.execute(everything).all()
        session.execute(delete(Term))
        import_module("engine.migrations.versions.0013_terms").fill(session.connection(), Term.__table__)

    with town.reading() as session:
        assert session.execute(everything).all() == before


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", "đ" * 5_000])
def test_odd_texts_find_nothing_and_break_nothing(town: Database, author: Person, typed: str) -> None:
    save(town, author, "Đề án")

    assert texts(town, author, typed) == []


def test_a_thousand_procedures_are_one_statement_and_a_few_rows(town: Database, author: Person) -> None:
    with town.transaction() as session:
        unit = session.query(Unit.id).filter_by(code="TCKH").scalar()
        fill(session, unit, author.officer.id)

    with town.reading() as session:
        session.connection()  # begins, which SQLite counts as a statement
        with counted(town) as counts:
            found = words(session, author, TermKind.OUTPUT, "ket qua", today=local_day(NOW))

    assert (len(found), counts["statements"]) == (SHOWN, 1)
    assert found[0].procedures == 1_000


def fill(session, unit: int, officer: int) -> None:
    """A thousand procedures in force, with one result that all name and ten that are their own."""
    numbers = range(1, 1_001)
    base = {"unit_id": unit, "created_by": officer, "created_at": NOW, "kind": "tthc", "field_of_work": ""}
    row = {"number": 1, "stage": Stage.IN_FORCE, "source": "", "sha256": "", "revision": 1, "evidence": {}}
    session.execute(
        insert(Procedure),
        [{"id": at + 5_000, "code": f"X-{at}", "title": f"X {at}", "search_key": "x", **base} for at in numbers],
    )
    session.execute(
        insert(Version), [{"id": at + 5_000, "procedure_id": at + 5_000, "saved_at": NOW, **row} for at in numbers]
    )
    own = [(at, f"Kết quả {at}.{part}", f"ket qua {at}.{part}") for at in numbers for part in range(10)]
    shared = [(at, "Kết quả chung", "ket qua chung") for at in numbers]
    session.execute(
        insert(Term),
        [{"version_id": at + 5_000, "kind": "output", "text": text, "key": key} for at, text, key in (*own, *shared)],
    )
