"""One running instance, stepped in memory. Whoever calls guards, loads, stores."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Self
from unicodedata import normalize

from engine.spiff.build import begin
from engine.spiff.compile import Compiled
from engine.spiff.errors import MoveRefused, NotWaiting
from engine.spiff.moving import carry_out, plan_move, plan_redo
from engine.spiff.state import dump, encode, load
from engine.spiff.stepping import advance
from engine.spiff.token import Clock, Instance, Passed, Token, open_tokens, prune
from engine.spiff.trigger import Trigger, broadcast
from engine.spiff.waiting import PendingTimer, Waiting, describe, is_message, is_signal, is_task, is_timer, pending


class Run:
    """An instance of a compiled definition.

    Every verb steps as far as the model goes without a person, a message or a timer, at most MAX_STEPS engine steps.
    Raises NotWaiting, with nothing changed, and StepFailed or StepLimit, after which the object is of no use: discard
    it and keep what was stored.
    """

    def __init__(self, compiled: Compiled, top: Instance, clock: Clock) -> None:
        self.compiled = compiled
        self._top = top
        top.clock = clock

    @classmethod
    def start(cls, compiled: Compiled, variables: Mapping[str, object], at: datetime, clock: Clock) -> Self:
        """Begin an instance at that moment and step to its first waits."""
        run = cls(compiled, Instance(compiled.spec, compiled.subprocess_specs), clock)
        run._step(lambda: begin(run._top), variables, at)
        return run

    @classmethod
    def load(cls, compiled: Compiled, state: bytes, clock: Clock) -> Self:
        """Bring back what `dump` gave.  Raises StateMismatch."""
        return cls(compiled, load(compiled, state), clock)

    def dump(self) -> bytes:
        """Return the state: its size depends on what is open now and on the variables, not on what was done."""
        return dump(self._top, self.compiled)

    @property
    def variables(self) -> Mapping[str, object]:
        return self._top.variables

    @property
    def outcomes(self) -> Mapping[str, str]:
        """The last recorded outcome of each element that has one."""
        return self._top.outcomes

    @property
    def passed(self) -> tuple[Passed, ...]:
        """What the last verb went through besides people's tasks, in order."""
        return tuple(self._top.passed)

    @property
    def signals(self) -> tuple[str, ...]:
        """Names of the signals that the last verb threw, in order: other instances may wait for them."""
        return tuple(self._top.signals)

    @property
    def finished(self) -> bool:
        return not any(True for _ in open_tokens(self._top))

    @property
    def ended_at(self) -> str | None:
        """Id of the end event of the process that was reached last, None while none was."""
        return self._top.ended_at

    def waiting(self) -> tuple[Waiting, ...]:
        """Where the instance waits for people and messages, oldest first."""
        found = (describe(token) for token in self._tokens())
        return tuple(waiting for waiting in found if waiting is not None)

    def timers(self) -> tuple[PendingTimer, ...]:
        """The timers that run, oldest first."""
        return tuple(pending(token) for token in self._tokens() if is_timer(token))

    def complete(self, key: str, outcome: str | None, variables: Mapping[str, object] | None, at: datetime) -> None:
        """Complete a person's task once; its outcome is what `ket_qua` says from then on."""
        token = self._find(key, is_task)
        noted = {token.task_spec.bpmn_id: normalize("NFC", outcome).strip()} if outcome is not None else {}
        self._step(token.run, variables, at, outcomes=noted)

    def receive(self, key: str, variables: Mapping[str, object] | None, at: datetime) -> None:
        """Give a message to what waits for it, by key or by the message's name; of several the oldest gets it.

        By its key a place that waits for a signal is told, too, it alone.
        """
        waiting = [token for token in self._tokens() if is_message(token) or is_signal(token)]
        named = [token for token in waiting if token.id == key] or [
            token for token in waiting if is_message(token) and token.task_spec.message == key
        ]
        if not named:
            raise NotWaiting(key=key)
        token = named[0]
        self._step(lambda: token.task_spec.happen(token), variables, at)

    def hear(self, signal: str, variables: Mapping[str, object] | None, at: datetime) -> int:
        """Give a signal from outside to all that wait for its name; return how many did. Raises NotWaiting."""
        trigger = Trigger("signal", normalize("NFC", signal).strip())
        waiting = [token for token in self._tokens() if is_signal(token) and token.task_spec.trigger == trigger]
        if not waiting:
            raise NotWaiting(key=signal)
        self._step(lambda: broadcast(self._top, trigger), variables, at)
        return len(waiting)

    def fire(self, key: str, at: datetime) -> None:
        """Let a timer fire. Whether it is due is the caller's to know: deadlines may have moved."""
        token = self._find(key, is_timer)
        self._step(lambda: token.task_spec.happen(token), None, at)

    def move(self, key: str, element: str, at: datetime) -> None:
        """Take the token of an open task to another activity.  Raises MoveRefused, with nothing changed."""
        plan = plan_move(self._find(key, is_place), element)
        self._step(lambda: carry_out(plan), None, at)

    def refusal(self, key: str, element: str) -> str | None:
        """Why an open task may not be moved there; None where it may."""
        try:
            plan_move(self._find(key, is_place), element)
        except MoveRefused as refused:
            return refused.code
        return None

    def redo(self, element: str, at: datetime) -> None:
        """Do an activity again that is over.  Raises MoveRefused, with nothing changed."""
        plan = plan_redo(self._top, element)
        self._step(lambda: carry_out(plan), None, at)

    def reschedule(self, key: str, due_at: datetime) -> None:
        """Move a timer, as when the calendar changed."""
        self._find(key, is_timer).internal_data["due"] = utc(due_at).isoformat()

    def _tokens(self) -> list[Token]:
        found = (token for workflow in self._top.workflows for token in open_tokens(workflow))
        return sorted(found, key=lambda token: int(token.id))

    def _find(self, key: str, waits: Callable[[Token], bool]) -> Token:
        for token in self._tokens():
            if token.id == key and waits(token):
                return token
        raise NotWaiting(key=key)

    def _step(
        self,
        act: Callable[[], object],
        variables: Mapping[str, object] | None,
        at: datetime,
        *,
        outcomes: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Do one act, then everything that the model does by itself, then forget what is finished."""
        top = self._top
        top.at = utc(at)
        top.passed.clear()
        top.signals.clear()
        top.outcomes.update(json.loads(encode(dict(outcomes))))
        if variables:
            top.variables.update(json.loads(encode(dict(variables))))
        act()
        advance(top)
        for workflow in top.workflows:
            prune(workflow)
        top.population = sum(len(workflow.tasks) for workflow in top.workflows)


def is_place(token: Token) -> bool:
    """Whether somebody is waited for there: what has a task row."""
    return is_task(token) or is_message(token) or is_signal(token)


def utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC.  Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(UTC)
