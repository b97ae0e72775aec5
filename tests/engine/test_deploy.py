"""Deploying: what is called is bound, for good."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bpmn.convert import table_to_bpmn
from bpmn.table.yaml_codec import read_yaml
from engine.commands.complete_task import Completion, complete_task
from engine.commands.deploy import Deployment, deploy
from engine.database import Database
from engine.definitions import try_out
from engine.errors import NotDeployable
from engine.model import Definition, Task
from tests.engine.diagrams import CLERK, deployed, open_rows, started, waits_at
from tests.engine.spiff.models import document, event, model, process
from tests.factories import ADA, MONDAY

CALLER = model("s1>call", "call>z", "z>e1", nodes={"call": event("callActivity", "call", calledElement="QT-9")})
SAMPLES = Path(__file__).parents[1] / "files/samples"


def other(task: str) -> bytes:
    return model(f"s1>{task}", f"{task}>e1").replace(b'"P"', b'"Q"')


def finish(database: Database, case, element: str) -> None:
    with database.transaction() as session:
        task = next(task for task in open_rows(session, case) if task.element == element)
        complete_task(session, task.id, Completion(), by=ADA, at=MONDAY)


def test_a_call_is_bound_to_the_version_in_force_when_it_is_deployed(database: Database):
    deployed(database, other("a"), code="QT-9")
    deployed(database, other("b"), code="QT-9", number=2)
    caller = deployed(database, CALLER)
    deployed(database, other("c"), code="QT-9", number=3)

    case = started(database, caller)

    assert waits_at(database, case) == ["QT-9.b"]
    assert {name: bound["number"] for name, bound in caller.called.items()} == {"QT-9": 2}
    finish(database, case, "QT-9.b")
    assert waits_at(database, case) == ["z"]
    again = deployed(database, CALLER, number=2)
    assert waits_at(database, started(database, again)) == ["QT-9.c"]
    assert again.sha256 != caller.sha256


def test_who_performs_a_called_step_is_who_performs_it_there(database: Database):
    deployed(database, other("a"), code="QT-9")

    case = started(database, deployed(database, CALLER))

    with database.reading() as session:
        assert [task.group_key for task in open_rows(session, case)] == ["A/clerk"]


def test_calls_are_bound_through_procedures_that_call_in_turn(database: Database):
    deployed(database, other("a"), code="QT-10")
    middle = model("s1>call", "call>e1", nodes={"call": event("callActivity", "call", calledElement="QT-10")})
    deployed(database, middle.replace(b'"P"', b'"Q"'), code="QT-9")
    deployed(database, other("later"), code="QT-10", number=2)

    case = started(database, deployed(database, CALLER))

    assert waits_at(database, case) == ["QT-9.QT-10.a"]


def test_a_procedure_that_is_not_deployed_cannot_be_called(database: Database):
    with pytest.raises(NotDeployable) as refused:
        deployed(database, CALLER)

    assert (refused.value.facts["reason"], refused.value.facts["called"]) == ("called-process-missing", "QT-9")
    assert try_out(CALLER).process.id == "P"  # as when a version is submitted


def test_a_table_calls_a_procedure_by_its_code_and_hands_complaints_to_a_person(database: Database):
    reading = read_yaml((SAMPLES / "08_tro_cap_xa_hoi_hang_thang.yaml").read_bytes())
    assert reading.table is not None
    source = table_to_bpmn(reading.table)
    tasks = [node for node in try_out(source).compiled.elements.values() if node.is_task]
    performers = {node.id: {**CLERK, "position": node.name} for node in tasks}

    with database.transaction() as session:
        definition = deploy(session, Deployment("QT-8", 1, "Trợ cấp", "A", source, performers), at=MONDAY)
        rows = session.scalars(select(Definition)).all()

    calls = [node for node in try_out(source).compiled.elements.values() if node.tag == "callActivity"]
    assert calls
    assert {definition.performers[node.id]["position"] for node in calls} <= {node.name for node in tasks}
    assert len(rows) == 1


def test_a_complaint_is_a_task_like_any_other(database: Database):
    mark = '<bpmn:extensionElements><namro:call goto="complaint_subprocess" at="1"/></bpmn:extensionElements>'
    call = event("callActivity", "call", mark, calledElement="complaint_subprocess")
    call = call.replace("<bpmn:callActivity", '<bpmn:callActivity name="Giải quyết khiếu nại"')
    case = started(database, deployed(database, model("s1>a", "a>call", "call>e1", nodes={"call": call})))
    finish(database, case, "a")

    with database.reading() as session:
        (task,) = open_rows(session, case)
        assert (task.name, task.kind, task.group_key) == ("Giải quyết khiếu nại", "user", "A/clerk")
    finish(database, case, "call")
    with database.reading() as session:
        assert session.scalars(select(Task).where(Task.state == "open")).all() == []


def test_times_of_a_called_procedure_count_from_its_call():
    budget = '<namro:step no="1"><namro:time text="06 ngày" value="6" unit="calendar_day"/></namro:step>'
    step = '<bpmn:userTask id="{}"><bpmn:extensionElements>' + budget + "</bpmn:extensionElements></bpmn:userTask>"
    call = event("callActivity", "call", calledElement="QT-9")
    caller = model("s1>a", "a>call", "call>e1", nodes={"a": step.format("a"), "call": call})
    inner = model("s1>b", "b>e1", nodes={"b": step.format("b")}).replace(b'"P"', b'"Q"')

    times = try_out(caller, {"QT-9": {"source": inner.decode(), "called": {}}}).times

    assert {element: amount.size for element, amount in times.due.items() if element in ("a", "QT-9.b")} == {
        "a": 6,
        "QT-9.b": 12,
    }


def test_calls_that_multiply_are_reckoned_once_each():
    files = []
    for number in range(40):
        calls = {
            f"c{number}_{n}": event("callActivity", f"c{number}_{n}", calledElement=f"R{number + 1}") for n in "ab"
        }
        a, b = calls
        flows = [f"s{number}>{a}", f"{a}>{b}", f"{b}>e{number}"] if number < 39 else [f"s{number}>e{number}"]
        files.append(process(*flows, nodes=calls if number < 39 else {}, name=f"R{number}"))

    assert try_out(document(*files)).process.id == "R0"
