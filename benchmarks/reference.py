"""What a step is measured against: the bare commit, and the plain way of keeping SpiffWorkflow's whole JSON."""

import io
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

PAYLOAD = "x" * 1000
TABLES = (
    "CREATE TABLE IF NOT EXISTS log (id INTEGER PRIMARY KEY, body TEXT)",
    "CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY, body TEXT)",
)


def open_sqlite(file: Path) -> sqlite3.Connection:
    """Open a file with the durability that the product uses."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    for table in TABLES:
        connection.execute(table)
    connection.execute("INSERT OR IGNORE INTO state VALUES (1, '')")
    return connection


def commits(connection: sqlite3.Connection) -> Iterator[None]:
    """One insert and one update of 1,000 bytes a commit: the ceiling of any step."""
    while True:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO log (body) VALUES (?)", (PAYLOAD,))
        connection.execute("UPDATE state SET body = ? WHERE id = 1", (PAYLOAD,))
        connection.execute("COMMIT")
        yield


def naive_steps(connection: sqlite3.Connection, model: Path) -> Iterator[None]:
    """Complete the first task again and again, from case to case, storing the library's whole JSON each time."""
    source = re.sub(r">(P3D)<", r">'\1'<", model.read_text())
    parser = BpmnParser()
    parser.add_bpmn_io(io.BytesIO(source.encode()))
    process = etree.fromstring(source.encode())[0].get("id")
    spec, subs = parser.get_spec(process), parser.get_subprocess_specs(process)
    serializer = BpmnWorkflowSerializer()
    while True:
        workflow = BpmnWorkflow(spec, subs)
        workflow.task_tree.data.update(amount=2000, again=False)
        workflow.do_engine_steps()
        store(connection, serializer.serialize_json(workflow))
        while not workflow.is_completed():
            workflow = serializer.deserialize_json(connection.execute("SELECT body FROM state").fetchone()[0])
            ready = next(task for task in workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual)
            ready.run()
            workflow.do_engine_steps()
            store(connection, serializer.serialize_json(workflow))
            yield


def store(connection: sqlite3.Connection, body: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO log (body) VALUES (?)", (json.dumps({"event": "completed"}),))
    connection.execute("UPDATE state SET body = ? WHERE id = 1", (body,))
    connection.execute("COMMIT")
