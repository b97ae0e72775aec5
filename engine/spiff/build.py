"""From a process of the document to a graph of specs.

The library's own parser is not used: it reads the file a second time, passes over what it does not know, recurses once
a node, gives ids such as `Start` to its own specs and keeps every text as Python to evaluate.
"""

from collections import deque
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.specs import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import CallActivity, SubWorkflowTask
from SpiffWorkflow.util.task import TaskState

from bpmn.dmn import Decision, read_decision
from bpmn.document import Document
from bpmn.elements import Loop, Node, Process
from bpmn.errors import DecisionError, ExpressionError, TimeError
from bpmn.expression import Expression, parse
from bpmn.isotime import Span, Timer
from engine.spiff.decide import Decide
from engine.spiff.element import (
    BoundaryFork,
    Element,
    ManualStep,
    Many,
    PlainStep,
    UserStep,
    Way,
    evaluate,
    keep_local,
)
from engine.spiff.errors import Uncompilable
from engine.spiff.event import Boundary, Catch, End, Listener, Receive, Send, Start, Throw
from engine.spiff.gateway import EventChoice, Exclusive, Inclusive, Parallel
from engine.spiff.timer import read_timer, repeats
from engine.spiff.token import Spec, Token, spawn
from engine.spiff.trigger import OUTWARDS, read_trigger


class Inside(Element):
    """An activity that is a process itself: opens it and waits until no token is left in it.

    `inputs` are names that hold inside alone, with the expressions of their values.
    """

    inputs: tuple[tuple[str, Expression], ...] = ()

    def _update_hook(self, my_task: Token) -> bool | None:
        given = {name: evaluate(my_task, value, element=self.bpmn_id) for name, value in self.inputs}
        keep_local(my_task, given)
        inner = my_task.workflow.top_workflow.create_subprocess(my_task, self.spec)
        my_task._set_state(TaskState.STARTED)
        begin(inner)
        return None


class SubProcess(Inside, SubWorkflowTask):
    """An embedded sub-process."""


class Call(Inside, CallActivity):
    """A call of another process of the same file, or of another procedure bound to the definition."""


class ByHand(PlainStep):
    """A call of a procedure that is done outside the system: waits for a person to say that it is."""


DAY = 86_400  # seconds
THROWN = OUTWARDS | {"signal"}

PLAIN: Mapping[str, Callable[..., Any]] = {
    "startEvent": Start,
    "endEvent": End,
    "userTask": UserStep,
    "manualTask": ManualStep,
    "task": PlainStep,
    "sendTask": Send,
    "receiveTask": Receive,
    "businessRuleTask": Decide,
    "exclusiveGateway": Exclusive,
    "parallelGateway": Parallel,
    "inclusiveGateway": Inclusive,
    "eventBasedGateway": EventChoice,
    "intermediateCatchEvent": Catch,
    "intermediateThrowEvent": Throw,
    "boundaryEvent": Boundary,
}


def begin(workflow: Any) -> None:
    """Put the first token on the start event."""
    spec = workflow.spec.task_specs[workflow.spec.begins_at]
    spec._update(spawn(workflow.task_tree, spec))


def build_specs(document: Document, process: Process) -> dict[str, Spec]:
    """Build one spec for each container of the process: itself and its sub-processes, by id.

    Asks for a process without refusals.  Raises Uncompilable for texts that do not parse.
    """
    containers: dict[str, list[Node]] = {process.id: []}
    for node in process.nodes.values():
        containers.setdefault(node.parent, []).append(node)
    return {owner: Container(document, process, nodes).build() for owner, nodes in containers.items()}


class Container:
    """One process or sub-process while its graph is built."""

    def __init__(self, document: Document, process: Process, nodes: list[Node]) -> None:
        self.document = document
        self.process = process
        self.nodes = nodes
        self.spec = BpmnProcessSpec("process")
        self.specs: dict[str, Any] = {}
        self.entries: dict[str, Any] = {}

    def build(self) -> Spec:
        self.spec.start.groups = self.spec.start.gathers = False
        for node in self.nodes:
            self.specs[node.id] = self.entries[node.id] = self.make(node)
        for node in self.nodes:
            if node.tag == "boundaryEvent":
                self.attach(node)
        for node in self.nodes:
            self.connect(node)
        self.join_links()
        for spec in self.specs.values():
            if isinstance(spec, Inclusive):
                spec.feeds = MappingProxyType({flow: self.reaching(flow, spec) for flow in spec.incoming})
        self.spec.begins_at = next(self.specs[node.id].name for node in self.nodes if node.tag == "startEvent")
        return self.spec

    def make(self, node: Node) -> Any:
        """Make the spec of one node, wrapped where it has several instances."""
        if node.loop is None:
            return self.make_single(node, f"@{node.id}")
        several = Many(self.spec, node)
        several.child = f"%{node.id}"
        several.sequential = node.loop.kind == "sequential"
        read_loop(several, node.loop)
        self.make_single(node, several.child)
        return several

    def make_single(self, node: Node, name: str) -> Any:
        spec = self.fresh(node, name)
        if isinstance(spec, Inside):
            spec.inputs = tuple(read_input(key, text, element=node.id) for key, text in node.inputs)
        elif isinstance(spec, Decide):
            spec.decision, spec.prefix = self.decision(node)
        elif isinstance(spec, Listener):
            self.listen(spec, node)
        elif node.events and node.events[0].timer is not None:  # of a start event: never waited for, but read
            timer = node.events[0].timer
            located(lambda: read_timer(timer), element=node.id)
        if isinstance(spec, Throw | End):
            spec.throws = next((read_trigger(event) for event in node.events if event.kind in THROWN), None)
        if isinstance(spec, End):
            spec.terminates = any(event.kind == "terminate" for event in node.events)
        return spec

    def fresh(self, node: Node, name: str) -> Any:
        """Make the spec of one node as its tag says."""
        if node.tag == "subProcess":
            return SubProcess(self.spec, node, name=name, subworkflow_spec=node.id)
        if node.tag == "callActivity":
            if node.called not in self.document.processes:
                return ByHand(self.spec, node, name=name)
            return Call(self.spec, node, name=name, subworkflow_spec=node.called)
        if is_link(node):
            return Throw(self.spec, node)
        if node.loop is not None:
            return PLAIN[node.tag](self.spec, node, name=name)
        return PLAIN[node.tag](self.spec, node)

    def decision(self, node: Node) -> tuple[Decision, str]:
        """The decision of a business rule task, and what stands before the ids that it asks about."""
        embedded = self.document.decisions[node.decision or ""]
        try:
            return read_decision(embedded.element), embedded.prefix
        except DecisionError as error:
            raise Uncompilable(error.code, **{**error.facts, "element": node.id}) from error

    def listen(self, spec: Listener, node: Node) -> None:
        """Tell a listener what it waits for."""
        event = node.events[0] if node.events else None
        spec.watches = node.attached_to or node.id
        if event is not None and event.timer is not None:
            timer = event.timer
            spec.timer = located(lambda: read_timer(timer), element=node.id)
            spec.timer = with_budget(spec.timer, self.process.nodes.get(node.attached_to or ""))
        elif event is not None and event.kind in THROWN:
            spec.trigger = read_trigger(event)
            spec.listens = event.kind not in OUTWARDS  # what only comes from inside is nothing to wait for
        else:
            ref = event.ref if event is not None else node.message
            spec.message = self.document.messages.get(ref or "", ref)
        beside = node.tag == "boundaryEvent" and not node.interrupting
        spec.repeats = beside and (spec.timer is None or repeats(spec.timer))

    def attach(self, node: Node) -> None:
        """Put a fork before the activity that the boundary event sits on."""
        host = node.attached_to or ""
        if not isinstance(self.entries[host], BoundaryFork):
            fork = BoundaryFork(self.spec, self.specs[host].node, name=f"!{host}")
            self.entries[host] = fork
            self.link(fork, self.specs[host])
        self.link(self.entries[host], self.specs[node.id])

    def link(self, fork: BoundaryFork, target: Any) -> None:
        fork.connect(target)
        fork.ways = (*fork.ways, Way(None, target.name))

    def connect(self, node: Node) -> None:
        """Fill the ways out of a node, in document order."""
        spec = self.specs[node.id]
        for flow_id in node.outgoing:
            flow = self.process.flows[flow_id]
            target = self.entries[flow.target]
            condition = None if flow_id == node.default else read_expression(flow.condition, element=flow_id)
            spec.connect(target)
            spec.ways = (*spec.ways, Way(flow_id, target.name, condition))
        if isinstance(spec, Exclusive | Inclusive):
            spec.default = default_way(spec.ways, node.default)

    def join_links(self) -> None:
        """Lead each link that is thrown to the one that catches it."""
        links = [node for node in self.nodes if is_link(node)]
        catching = {node.events[0].name: node.id for node in links if node.tag == "intermediateCatchEvent"}
        for node in links:
            if node.tag == "intermediateThrowEvent":
                spec, target = self.specs[node.id], self.specs[catching[node.events[0].name]]
                spec.connect(target)
                spec.ways = (Way(None, target.name),)

    def reaching(self, flow_id: str, gateway: Inclusive) -> frozenset[str]:
        """Names of the specs from which a token can come to that flow without passing the gateway."""
        found: set[str] = set()
        waiting = deque([self.specs[self.process.flows[flow_id].source]])
        while waiting:
            spec = waiting.popleft()
            if spec is gateway or spec.name in found:
                continue
            found.add(spec.name)
            waiting.extend(spec.inputs)
        return frozenset(found)


def is_link(node: Node) -> bool:
    return any(event.kind == "link" for event in node.events)


def with_budget(timer: Timer, host: Node | None) -> Timer:
    """A timer of as many days as its activity has calendar days is due with the activity: at the close of its last
    day, not as many times 24 hours after it opened."""
    budget = host.step.duration if host is not None and host.step is not None else None
    if budget is None or budget.calendar_days is None or timer.kind != "duration":
        return timer
    return Timer("working", working=budget) if timer.span == Span(0, budget.calendar_days * DAY) else timer


def default_way(ways: tuple[Way, ...], default: str | None) -> Way | None:
    """The way marked as default; the only way out counts as one when it has no condition."""
    if len(ways) == 1 and ways[0].condition is None:
        return ways[0]
    return next((way for way in ways if way.flow == default), None)


def read_loop(several: Many, loop: Loop) -> None:
    several.cardinality = read_expression(loop.cardinality, element=several.bpmn_id)
    several.collection = read_expression(loop.collection, element=several.bpmn_id)
    several.completion = read_expression(loop.completion, element=several.bpmn_id)
    several.item = loop.item if loop.collection is not None else None


def read_expression(text: str | None, *, element: str) -> Expression | None:
    return None if text is None else located(lambda: parse(text), element=element)


def read_input(name: str, text: str, *, element: str) -> tuple[str, Expression]:
    """The name that an input gets, and the expression of its value."""
    named: Expression = located(lambda: parse(name), element=element)
    value: Expression = located(lambda: parse(text), element=element)
    return named.text, value


def located(read: Callable[[], Any], *, element: str) -> Any:
    """Run a reader of texts; what it refuses becomes Uncompilable at that element."""
    try:
        return read()
    except (ExpressionError, TimeError) as error:
        raise Uncompilable(error.code, **{**error.facts, "element": element}) from error
