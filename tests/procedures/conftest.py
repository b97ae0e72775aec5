"""The town, its people, and a procedure to approve."""

import pytest

from engine.database import Database
from procedures.demo.shipped import library
from procedures.evidence import Evidence, Gate, examine
from procedures.queries.people import Person, organisation
from tests.town import NOW, found, who


@pytest.fixture
def town(database: Database) -> Database:
    return found(database)


@pytest.fixture
def author(town: Database) -> Person:
    return who(town, "tckh.chuyen-vien-dang-ky-kinh-doanh")


@pytest.fixture
def appraiser(town: Database) -> Person:
    return who(town, "nv.truong-phong")


@pytest.fixture
def chairman(town: Database) -> Person:
    return who(town, "ubnd.chu-tich-ubnd-thi-xa")


@pytest.fixture
def source() -> bytes:
    return library("TCKH/QT-TCKH-01.bpmn")


@pytest.fixture
def evidence(town: Database, source: bytes) -> Evidence:
    with town.reading() as session:
        return examine(source, Gate(organisation(session, at=NOW), NOW))
