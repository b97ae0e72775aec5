"""What every flow node does: take a token, run once, put one token on each way out.

`Element` comes first among the bases of every spec of this package and replaces the library's prediction: nothing is
foreseen, the next tokens are made when a token runs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask
from SpiffWorkflow.bpmn.specs.defaults import ManualTask, NoneTask, UserTask
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.util.task import TaskState

from bpmn.elements import Node
from bpmn.errors import ExpressionError
from bpmn.expression import Expression
from engine.spiff.errors import StepFailed
from engine.spiff.token import Passed, Spec, Token, spawn, withdraw


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a node: the sequence flow, the name of the spec it leads to, and its condition if it has one."""

    flow: str | None
    target: str
    condition: Expression | None = None


class Element(TaskSpec):
    """The part that all specs share.

    `ways` is filled when the definition is compiled and never changes after.  `groups`: the children of a finished
    token of this spec belong together (the first to happen decides).  `gathers`: the token waits for its children.
    `listens`: it waits for a timer or a message.  `recorded`: going through is told to the history.
    """

    groups = False
    gathers = False
    listens = False
    recorded = False

    def __init__(self, wf_spec: Spec, node: Node, *, name: str | None = None, **arguments: Any) -> None:
        super().__init__(wf_spec, name or f"@{node.id}", **arguments)
        self.bpmn_id = node.id
        self.node = node
        self.ways: tuple[Way, ...] = ()

    def connect(self, spec: Spec) -> None:
        """Join two specs; gateways of the library attach meaning to the order of calls, this does not."""
        TaskSpec.connect(self, spec)

    def test(self) -> None:
        """Do nothing: a definition is checked once, when it is compiled."""

    def choose(self, token: Token) -> Sequence[Way]:
        """Return the ways that the token takes."""
        return self.ways

    def _predict(self, my_task: Token, *_: object, **__: object) -> None:
        """Foresee nothing: the library's prediction grows as width ** blocks."""

    def _update_hook(self, my_task: Token) -> bool | None:
        """Let a token that arrives run at once."""
        return True

    def _on_ready_hook(self, my_task: Token) -> None:
        if not self.manual:
            my_task.workflow.top_workflow.agenda.append(my_task)

    def _run_hook(self, my_task: Token) -> bool:
        ways = self.choose(my_task)
        specs = my_task.workflow.spec.task_specs
        for way in ways:
            spawn(my_task, specs[way.target], via=way.flow)
        if self.recorded:
            self.record(my_task, ways)
        return True

    def _on_complete_hook(self, my_task: Token) -> None:
        group = my_task.parent
        if group is None:
            return
        if group.task_spec.gathers:
            if group.is_open:  # else this is no instance, but the token that went on when all were done
                group.task_spec.child_done(group)
        elif group.task_spec.groups and self.decides():
            for rival in group.children:
                if rival is not my_task and rival.is_open:
                    withdraw(rival)

    def decides(self) -> bool:
        """Whether this node, done, withdraws the others of its group."""
        return True

    def record(self, token: Token, ways: Sequence[Way]) -> None:
        """Note for the history that the token went through here."""
        flows = tuple(way.flow for way in ways if way.flow is not None)
        token.workflow.top_workflow.passed.append(Passed(self.bpmn_id, self.node.tag, flows))


def evaluate(token: Token, expression: Expression, *, element: str, **extra: object) -> object:
    """Return the value of an expression over the names that a token sees and the instance's outcomes.

    `extra` are further names, which win.  Raises StepFailed with the language's code.
    """
    outcomes = token.workflow.top_workflow.outcomes
    try:
        return expression.evaluate({**names_at(token), **extra}, lambda key: outcomes.get(key, ""))
    except ExpressionError as error:
        raise StepFailed(error.code, **{**error.facts, "element": element}) from error


def names_at(token: Token) -> Mapping[str, object]:
    """The instance's variables, covered by what holds here alone: inputs of the sub-processes and calls around, and
    the member and number (`loopCounter`, from 0) of the instances of a multi-instance activity, the innermost first."""
    top, here, covering = token.workflow.top_workflow, token, []
    while True:
        covering.append(here.internal_data)
        if here.workflow.parent_task_id is None:
            break
        here = here.workflow.parent_workflow.tasks[here.workflow.parent_task_id]
    names = dict(top.variables)
    for data in reversed(covering):
        if "item" in data:
            names["loopCounter"] = data["item"]
        names.update(data.get("local", {}))
    return names


def keep_local(token: Token, values: Mapping[str, object]) -> None:
    """Give a token names that hold for it and inside it alone; they are copied, as JSON would have them."""
    if values:
        token.internal_data["local"] = {**token.internal_data.get("local", {}), **json.loads(json.dumps(values))}


class UserStep(Element, UserTask):
    """A user task: waits for a person."""


class ManualStep(Element, ManualTask):
    """A manual task: waits for a person, as the work is done outside."""


class PlainStep(Element, NoneTask):
    """A task without a kind: waits for a person."""


class BoundaryFork(Element, SimpleBpmnTask):
    """Stands before an activity with boundary events: puts a token on the activity and one on each event."""

    groups = True


class Many(Element, SimpleBpmnTask):
    """A multi-instance activity: opens its instances, all at once or one after the other, and waits for them."""

    groups = True
    gathers = True
    limit = 200
    child = ""
    cardinality: Expression | None = None
    collection: Expression | None = None
    completion: Expression | None = None
    item: str | None = None
    sequential = False

    def _update_hook(self, my_task: Token) -> bool | None:
        members = self.members(my_task)
        count = len(members)
        my_task.internal_data.update(count=count, opened=0, done=0)
        if self.item is not None:
            my_task.internal_data["members"] = json.loads(json.dumps(members))
        my_task._set_state(TaskState.STARTED)
        for _ in range(min(count, 1) if self.sequential else count):
            self.open_next(my_task)
        return count == 0 or None

    def members(self, token: Token) -> Sequence[object]:
        """Return what each instance is for, None where only their number is said.

        Raises StepFailed where that is no list, no whole number, or more than `limit`.
        """
        if self.collection is not None:
            held = evaluate(token, self.collection, element=self.bpmn_id)
            found: object = len(held) if isinstance(held, list | tuple) else None
        else:
            assert self.cardinality is not None
            held = found = evaluate(token, self.cardinality, element=self.bpmn_id)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= self.limit:
            raise StepFailed("instance-count", element=self.bpmn_id, count=repr(found)[:100], limit=self.limit)
        return held if isinstance(held, list | tuple) else [None] * found

    def open_next(self, token: Token) -> None:
        child = spawn(token, token.workflow.spec.task_specs[self.child])
        number = child.internal_data["item"] = token.internal_data["opened"]
        if self.item is not None:
            keep_local(child, {self.item: token.internal_data["members"][number]})
        token.internal_data["opened"] += 1
        child.task_spec._update(child)

    def child_done(self, token: Token) -> None:
        """Count an instance that is done; go on when it was the last, or when the completion condition holds."""
        token.internal_data["done"] += 1
        done, count = token.internal_data["done"], token.internal_data["count"]
        if done == count or self.is_complete(token):
            for rest in token.children:
                if rest.is_open:
                    withdraw(rest)
            token._ready()
        elif self.sequential:
            self.open_next(token)

    def is_complete(self, token: Token) -> bool:
        if self.completion is None:
            return False
        done, opened = token.internal_data["done"], token.internal_data["opened"]
        counts = {
            "numberOfInstances": token.internal_data["count"],
            "numberOfCompletedInstances": done,
            "numberOfActiveInstances": opened - done,
        }
        return bool(evaluate(token, self.completion, element=self.bpmn_id, **counts))
