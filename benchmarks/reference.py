"""What a step is measured against: the bare commit, and the plain way of keeping SpiffWorkflow's whole JSON."""

import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

PAYLOAD = "x" * 1000
TABLES = (
    "CREATE TABLE IF NOT EXISTS log (body TEXT)",
    "CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY, body TEXT)",
)


class Store(NamedTuple):
    """A bare connection: `run` executes one statement with `?` for its values and returns the first row, if any."""

    run: Callable[..., Any]
    begin: str


def sqlite(file: Path) -> Store:
    """Open a file with the durability that the product uses."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return prepared(Store(lambda text, *values: connection.execute(text, values).fetchone(), "BEGIN IMMEDIATE"))


def postgresql(url: str) -> Store:
    """Open a database with the driver alone, in a schema of its own."""
    connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)

    def run(text: str, *values: object) -> Any:
        cursor = connection.execute(text.replace("?", "%s"), values or None)
        return cursor.fetchone() if cursor.description else None

    run("CREATE SCHEMA IF NOT EXISTS bench")
    run("SET search_path TO bench")
    return prepared(Store(run, "BEGIN"))


def prepared(store: Store) -> Store:
    for table in TABLES:
        store.run(table)
    store.run("INSERT INTO state VALUES (1, '') ON CONFLICT DO NOTHING")
    return store


def commits(store: Store) -> Iterator[Callable[[], None]]:
    """One insert and one update of 1,000 bytes a commit: the ceiling of any step."""
    while True:
        yield lambda: write(store, PAYLOAD, PAYLOAD)


def naive_steps(store: Store, model: Path) -> Iterator[Callable[[], None]]:
    """Complete the first task again and again, from case to case, storing the library's whole JSON each time."""
    library = Library(model)
    while True:
        library.start(store)
        while not library.ended:
            yield lambda: library.step(store)


def naive_starts(store: Store, model: Path) -> Iterator[Callable[[], None]]:
    library = Library(model)
    while True:
        yield lambda: library.start(store)


class Library:
    """The library as it comes, with a model parsed once."""

    def __init__(self, model: Path) -> None:
        source = re.sub(r">(P3D)<", r">'\1'<", model.read_text())
        parser = BpmnParser()
        parser.add_bpmn_io(io.BytesIO(source.encode()))
        process = etree.fromstring(source.encode())[0].get("id")
        self.spec, self.subs = parser.get_spec(process), parser.get_subprocess_specs(process)
        self.serializer = BpmnWorkflowSerializer()
        self.ended = True

    def start(self, store: Store) -> None:
        workflow = BpmnWorkflow(self.spec, self.subs)
        workflow.task_tree.data.update(amount=2000, again=False)
        self.save(store, workflow)

    def step(self, store: Store) -> None:
        workflow = self.serializer.deserialize_json(store.run("SELECT body FROM state")[0])
        next(task for task in workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual).run()
        self.save(store, workflow)

    def save(self, store: Store, workflow: BpmnWorkflow) -> None:
        workflow.do_engine_steps()
        write(store, json.dumps({"event": "completed"}), self.serializer.serialize_json(workflow))
        self.ended = workflow.is_completed()


def write(store: Store, log: str, state: str) -> None:
    store.run(store.begin)
    store.run("INSERT INTO log (body) VALUES (?)", log)
    store.run("UPDATE state SET body = ? WHERE id = 1", state)
    store.run("COMMIT")
