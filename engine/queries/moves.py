"""Where an open task may be given back to."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bpmn.elements import Node
from engine.advance import guarded
from engine.commands.move_task import passed_steps
from engine.load import load
from engine.model.task import Task


def returnable(session: Session, task: Task) -> Sequence[Node]:
    """The steps that the case of an open task has passed and that it may go back to, by their first completion."""
    loaded = load(session, task_id=task.id, guard=False)
    if loaded is None or loaded.instance.subject is not None:
        return ()
    found = guarded(session, loaded)
    passed = [element for element in passed_steps(session, task.instance_id) if element != task.element]
    return [found.ready.node(element) for element in passed if found.run.refusal(task.key, element) is None]
