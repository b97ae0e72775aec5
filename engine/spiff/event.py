"""Events, and the tasks that wait for a message.

A timer's moment is computed when its token arrives, from the moment of the step and the caller's clock, and fires only
when it is told to; the library would evaluate the timer's text and read the wall clock.
"""

from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    EndEvent,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    ReceiveTask,
    SendTask,
    StartEvent,
)
from SpiffWorkflow.bpmn.specs.event_definitions import NoneEventDefinition
from SpiffWorkflow.util.task import TaskState

from bpmn.elements import Node
from engine.spiff.element import Element
from engine.spiff.timer import Timer, first_due, next_due
from engine.spiff.token import Spec, Token, open_tokens, spawn, withdraw
from engine.spiff.trigger import Trigger, throw


class Event(Element):
    """Any event. The library's own event definitions stay empty: what an event means is said here."""

    recorded = True
    throws: Trigger | None = None

    def __init__(self, wf_spec: Spec, node: Node, **arguments: Any) -> None:
        super().__init__(wf_spec, node, event_definition=NoneEventDefinition(), **arguments)

    def _run_hook(self, my_task: Token) -> bool:
        if self.throws is not None:
            throw(self.throws, my_task)
            if self.throws.kind == "signal" and self.throws.key is not None:
                my_task.workflow.top_workflow.signals.append(self.throws.key)
        return super()._run_hook(my_task)


class Start(Event, StartEvent):
    """A start event: whatever triggers it outside, an instance begins here."""


class Send(Event, SendTask):
    """A send task: passed at once and recorded, as a message that is thrown."""


class Throw(Event, IntermediateThrowEvent):
    """A throw event, or either half of a link: passed at once and recorded.

    A signal or escalation goes to who waits for it in this instance; who sends a message is outside.
    """


class End(Event, EndEvent):
    """An end event: the token ends. `terminates`: all others of the same process or sub-process end with it."""

    terminates = False

    def _on_complete_hook(self, my_task: Token) -> None:
        workflow = my_task.workflow
        if workflow.parent_task_id is None:
            workflow.ended_at = self.bpmn_id
        for other in open_tokens(workflow) if self.terminates else ():
            withdraw(other)


class Listener(Element):
    """Something that waits to be told: a timer by its key, a message by key or name, a trigger by being thrown."""

    listens = True
    recorded = True
    repeats = False
    timer: Timer | None = None
    watches: str
    message: str | None = None
    trigger: Trigger | None = None

    def _update_hook(self, my_task: Token) -> bool | None:
        my_task._set_state(TaskState.WAITING)
        if self.timer is not None:
            top = my_task.workflow.top_workflow
            due = first_due(self.timer, top.at, clock=top.clock, element=self.watches)
            my_task.internal_data.update(due=due.isoformat(), left=self.timer.repeats, since=top.at.isoformat())
        return None

    def happen(self, token: Token) -> None:
        """Take what was waited for: go on, or, where the event repeats, send a copy and wait for the next."""
        if self.repeats and self.wait_again(token):
            self.send_copy(token)
        else:
            token._ready()

    def wait_again(self, token: Token) -> bool:
        """Whether more is to come; sets a timer to its next moment."""
        if self.timer is None:
            return True
        if token.internal_data["left"] is not None:
            token.internal_data["left"] -= 1
            if token.internal_data["left"] <= 0:
                return False
        due, clock = token.internal_data["due"], token.workflow.top_workflow.clock
        later = next_due(self.timer, datetime.fromisoformat(due), clock=clock, element=self.watches)
        token.internal_data.update(due=later.isoformat(), since=due)
        return True

    def send_copy(self, token: Token) -> None:
        """Put tokens on the ways out while the event itself waits on; they hang on nothing, so that they outlive it."""
        workflow = token.workflow
        for way in self.ways:
            copy = spawn(workflow.task_tree, workflow.spec.task_specs[way.target], via=way.flow)
            copy.task_spec._update(copy)
        self.record(token, self.ways)


class Catch(Listener, Event, IntermediateCatchEvent):
    """An intermediate timer or message event."""


class Receive(Listener, ReceiveTask):
    """A receive task: waits until it is completed by key or by its message; without a message too."""

    def __init__(self, wf_spec: Spec, node: Node, *, name: str | None = None) -> None:
        super().__init__(wf_spec, node, name=name, event_definition=NoneEventDefinition())


class Boundary(Listener, Event, BoundaryEvent):
    """An event on the border of an activity. Interrupting: withdraws the activity; else it may repeat."""

    def __init__(self, wf_spec: Spec, node: Node) -> None:
        super().__init__(wf_spec, node, cancel_activity=node.interrupting)

    def decides(self) -> bool:
        return self.node.interrupting

    def happen(self, token: Token) -> None:
        if self.node.interrupting:  # at once: what is about to run inside must not
            for rival in token.parent.children:
                if rival is not token and rival.is_open:
                    withdraw(rival)
        super().happen(token)
