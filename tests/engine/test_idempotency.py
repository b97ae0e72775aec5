"""One effect for one idempotency key, also when it is used twice at the same moment."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from engine.actor import Actor
from engine.database import Database
from engine.errors import Invalid, KeyReused
from engine.idempotency import LONGEST, remember, remembered
from tests.factories import ADA, BO, MONDAY

ANSWER = {"id": 7, "name": "Kiểm tra hồ sơ"}


def answered(database: Database, request: str = "request", *, by: Actor = ADA) -> object:
    """Send a request: what it got before, or an answer of its own."""
    with database.transaction() as session:
        before = remembered(session, "key", by=by, request=request, at=MONDAY)
        if before is None:
            remember(session, "key", {"own": request}, by=by)
        return before


def while_under_way(database: Database, request: str) -> Future[object]:
    """Send a request while the first one, with the same key, has done its work but is not on disk yet."""
    begun = Event()

    def second() -> object:
        begun.set()
        return answered(database, request)

    with ThreadPoolExecutor(1) as pool, database.transaction() as session:
        assert remembered(session, "key", by=ADA, request="request", at=MONDAY) is None
        sent = pool.submit(second)
        begun.wait()
        remember(session, "key", ANSWER, by=ADA)
    return sent


def test_the_same_request_gets_its_answer_again(database):
    first = answered(database)

    assert (first, answered(database)) == (None, {"own": "request"})


def test_a_key_belongs_to_who_sent_it(database):
    answered(database)

    assert answered(database, "another request", by=BO) is None


def test_another_request_with_the_same_key_is_refused(database):
    answered(database)

    with pytest.raises(KeyReused):
        answered(database, "another request")


@pytest.mark.parametrize("key", ["", "k" * (LONGEST + 1)])
def test_a_key_without_measure_is_refused(database, key):
    with pytest.raises(Invalid), database.transaction() as session:
        remembered(session, key, by=ADA, request="request", at=MONDAY)


def test_the_same_request_sent_twice_at_once_waits_for_its_answer(database):
    sent = while_under_way(database, "request")

    assert sent.result() == ANSWER


def test_another_request_at_once_is_refused_and_no_defect(database):
    sent = while_under_way(database, "another request")

    with pytest.raises(KeyReused):
        sent.result()


def test_a_request_that_fails_leaves_its_key_free(database):
    with pytest.raises(KeyError), database.transaction() as session:
        remembered(session, "key", by=ADA, request="request", at=MONDAY)
        raise KeyError

    assert answered(database, "another request") is None
