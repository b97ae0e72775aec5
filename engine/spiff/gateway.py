"""Gateways. Joins count tokens by the flow they arrived on; the library's own look back over the whole tree, and fire
early inside a rework loop because a cancelled instance of the last round still counts."""

from collections.abc import Iterable, Mapping, Sequence

from SpiffWorkflow.bpmn.specs.defaults import EventBasedGateway, ExclusiveGateway, InclusiveGateway, ParallelGateway
from SpiffWorkflow.bpmn.specs.event_definitions import NoneEventDefinition
from SpiffWorkflow.util.task import TaskState

from bpmn.elements import Node
from engine.spiff.element import Element, Way, evaluate
from engine.spiff.errors import StepFailed
from engine.spiff.token import Spec, Token, Workflow, open_tokens, withdraw


class Exclusive(Element, ExclusiveGateway):
    """XOR: the first way in document order whose condition holds, else the default, else StepFailed."""

    recorded = True
    default: Way | None = None

    def choose(self, token: Token) -> Sequence[Way]:
        for way in self.ways:
            if way is not self.default and holds(way, token):
                return (way,)
        if self.default is None and self.ways:
            raise StepFailed("no-way-out", element=self.bpmn_id)
        return (self.default,) if self.default is not None else ()


class Join(Element):
    """A gateway that waits for tokens: each keeps in `via` the flow it came by."""

    def __init__(self, wf_spec: Spec, node: Node) -> None:
        super().__init__(wf_spec, node)
        self.incoming = node.incoming

    def arrive(self, token: Token) -> None:
        token.internal_data["via"] = token.via
        token._set_state(TaskState.WAITING)

    def waiting(self, workflow: Workflow) -> dict[str, Token]:
        """The oldest token waiting here for each flow that has one."""
        found: dict[str, Token] = {}
        for token in open_tokens(workflow):
            if token.task_spec is self and token.state == TaskState.WAITING:
                found.setdefault(token.internal_data["via"], token)
        return found

    def merge(self, tokens: Iterable[Token]) -> None:
        """Let the newest token go on and take the others away."""
        *others, last = sorted(tokens, key=lambda token: int(token.id))
        for token in others:
            withdraw(token)
        last._ready()


class Parallel(Join, ParallelGateway):
    """AND: goes on when a token waits on every incoming flow, taking one from each."""

    recorded = True

    def _update_hook(self, my_task: Token) -> bool | None:
        if len(self.incoming) < 2:
            return True
        self.arrive(my_task)
        waiting = self.waiting(my_task.workflow)
        if len(waiting) == len(self.incoming):
            self.merge(waiting.values())
        return None


class Inclusive(Join, InclusiveGateway):
    """OR: waits until no other token can still reach one of its empty incoming flows (BPMN 2.0.2, table 13.2).

    `feeds` gives for each incoming flow the specs from which it can be reached without passing this gateway.
    """

    recorded = True
    default: Way | None = None

    def __init__(self, wf_spec: Spec, node: Node) -> None:
        super().__init__(wf_spec, node)
        self.feeds: Mapping[str, frozenset[str]] = {}

    def choose(self, token: Token) -> Sequence[Way]:
        if len(self.ways) == 1 and self.ways[0].condition is None:
            return self.ways
        taken = tuple(way for way in self.ways if way is not self.default and holds(way, token))
        if not taken and self.default is None and self.ways:
            raise StepFailed("no-way-out", element=self.bpmn_id)
        return taken or ((self.default,) if self.default is not None else ())

    def _update_hook(self, my_task: Token) -> bool | None:
        if len(self.incoming) < 2:
            return True
        self.arrive(my_task)
        return None

    def settle(self, workflow: Workflow) -> bool:
        """Go on if nothing more can arrive; say whether it did. Called when no engine step is left to do."""
        waiting = self.waiting(workflow)
        if not waiting or any(self.is_expected(token, waiting) for token in open_tokens(workflow)):
            return False
        self.merge(waiting.values())
        return True

    def is_expected(self, token: Token, waiting: Mapping[str, Token]) -> bool:
        """Whether the token may still come to an empty flow, and to no flow that already has one."""
        if token.task_spec is self:
            return False
        group = token.parent
        rivals = group.children if group.task_spec.groups and not group.task_spec.gathers else [token]
        places = {rival.task_spec.name for rival in rivals if rival.is_open}  # an activity with what is on its border
        reached = {flow for flow in self.incoming if not places.isdisjoint(self.feeds[flow])}
        return bool(reached) and reached.isdisjoint(waiting)


class EventChoice(Element, EventBasedGateway):
    """Event-based gateway: puts a token on every event after it; the first to happen withdraws the others."""

    groups = True
    recorded = True

    def __init__(self, wf_spec: Spec, node: Node) -> None:
        super().__init__(wf_spec, node, event_definition=NoneEventDefinition())


def holds(way: Way, token: Token) -> bool:
    if way.condition is None:
        return False
    return bool(evaluate(token, way.condition, element=way.flow or ""))
