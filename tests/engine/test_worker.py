"""The worker fires what is due, once, and one broken case never stops it."""

from datetime import timedelta

from sqlalchemy import select, update

from bpmn.fiveclear import Branch
from engine import worker
from engine.commands.complete_task import Completion, complete_task
from engine.model import Event, Incident, InstanceState, Task, TaskState, Timer
from engine.worker import drain, turn
from tests.factories import ADA, CY, MONDAY, deployed, hours, started, step, table

LATER = MONDAY + timedelta(days=30)


def tasks(database, instance_id):
    with database.reading() as session:
        query = select(Task).where(Task.instance_id == instance_id).order_by(Task.id)
        return session.scalars(query).all()


def test_nothing_due_is_no_work(database):
    started(database, deployed(database))

    assert turn(database, at=MONDAY) is False


def test_a_task_is_reminded_once_when_most_of_its_budget_has_passed(database):
    instance_id = started(database, deployed(database))
    with database.reading() as session:
        reminder = session.scalars(select(Timer)).one()

    before = drain(database, at=reminder.due_at - timedelta(seconds=1))
    fired = drain(database, at=reminder.due_at)
    again = drain(database, at=reminder.due_at)

    task = tasks(database, instance_id)[0]
    with database.reading() as session:
        told = session.scalars(select(Event.kind).where(Event.kind == "task-reminded")).all()
    assert (before, fired, again) == (0, 1, 0)
    assert task.reminded_at == reminder.due_at
    assert told == ["task-reminded"]


def test_a_completed_task_is_not_reminded(database):
    instance_id = started(database, deployed(database))
    with database.transaction() as session:
        complete_task(session, tasks(database, instance_id)[0].id, Completion(), by=ADA, at=MONDAY)

    drain(database, at=LATER)

    assert tasks(database, instance_id)[0].reminded_at is None


CONSULTATION = table(
    step("1", "Xin ý kiến"),
    step("2a", "Cho ý kiến về đất đai", "signer", parallel_group="y_kien", duration=hours(8)),
    step("2b", "Cho ý kiến về quy hoạch", parallel_group="y_kien", duration=hours(4)),
    step("3", "Tổng hợp"),
    branches=[Branch("2a", "quá hạn không trả lời", "3", note="silent_consent")],
)


def test_silence_counts_as_consent_when_its_time_has_passed_and_the_join_goes_on(database):
    instance_id = started(database, deployed(database, CONSULTATION))
    with database.transaction() as session:
        complete_task(session, tasks(database, instance_id)[0].id, Completion(), by=ADA, at=MONDAY)
    land, plan = tasks(database, instance_id)[1:3]
    with database.transaction() as session:
        complete_task(session, plan.id, Completion(), by=ADA, at=MONDAY)

    drain(database, at=land.due_at - timedelta(seconds=1))
    waiting = [task.element for task in tasks(database, instance_id) if task.state == TaskState.OPEN]
    drain(database, at=land.due_at)

    found = {task.element: task.state for task in tasks(database, instance_id)}
    assert waiting == ["step_2a"]
    assert found["step_2a"] == TaskState.CANCELLED
    assert found["step_3"] == TaskState.OPEN


def test_an_answer_after_the_silence_has_passed_comes_too_late_even_if_the_worker_slept(database):
    instance_id = started(database, deployed(database, CONSULTATION))
    with database.transaction() as session:
        complete_task(session, tasks(database, instance_id)[0].id, Completion(), by=ADA, at=MONDAY)
    land, plan = tasks(database, instance_id)[1:3]

    with database.transaction() as session:
        complete_task(session, plan.id, Completion(), by=ADA, at=land.due_at + timedelta(minutes=1))

    found = {task.element: task.state for task in tasks(database, instance_id)}
    assert found["step_2a"] == TaskState.CANCELLED
    assert found["step_3"] == TaskState.OPEN


def test_a_broken_case_becomes_an_incident_after_three_attempts_and_hurts_no_other(database):
    definition = deployed(database)
    broken, sound = started(database, definition), started(database, definition)
    with database.transaction() as session:
        session.execute(update(InstanceState).where(InstanceState.instance_id == broken).values(state=b"{}"))

    for attempt in range(6):
        drain(database, at=LATER + timedelta(days=attempt))

    with database.reading() as session:
        incidents = session.scalars(select(Incident)).all()
    assert tasks(database, sound)[0].reminded_at is not None
    assert [(incident.instance_id, incident.resolved_at) for incident in incidents] == [(broken, None)]


def test_a_timer_that_kills_its_worker_becomes_an_incident_after_three_attempts(database, monkeypatch):
    broken = started(database, deployed(database))

    def die(*_: object, **__: object) -> bool:
        raise SystemExit(9)

    monkeypatch.setattr(worker, "fire_timer", die)
    for attempt in range(5):
        try:
            turn(database, at=LATER + timedelta(days=attempt))
        except SystemExit:
            continue

    with database.reading() as session:
        incidents = session.scalars(select(Incident)).all()
        assert session.scalars(select(Timer.attempts)).one() == 3
    assert [(incident.instance_id, incident.code) for incident in incidents] == [(broken, "worker-died")]


def test_the_signer_is_not_the_worker(database):
    """Guard of the two tests above: what fires on its own is recorded as nobody's act."""
    started(database, deployed(database))

    drain(database, at=LATER)

    with database.reading() as session:
        row = session.scalars(select(Event).where(Event.kind == "task-reminded")).one()
    assert row.actor_id not in (ADA.id, CY.id)


def test_a_task_whose_reminder_failed_is_completed_all_the_same_and_the_incident_stays(database):
    instance_id = started(database, deployed(database))
    task = tasks(database, instance_id)[0]
    with database.transaction() as session:
        session.execute(update(Timer).values(attempts=3))
    drain(database, at=LATER)

    with database.transaction() as session:
        complete_task(session, task.id, Completion(), by=ADA, at=LATER)

    with database.reading() as session:
        incident = session.scalars(select(Incident)).one()
    assert tasks(database, instance_id)[0].state == TaskState.COMPLETED
    assert (incident.instance_id, incident.timer_id) == (instance_id, None)
