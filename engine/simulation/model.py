"""A procedure made ready for simulation: the rules of a virtual run, with the scenario's shares and lengths put in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bpmn.document import Document
from bpmn.elements import Flow, Loop, Node, Process
from bpmn.errors import ExpressionError
from bpmn.expression import Expression, parse
from bpmn.fiveclear import CONTINUE
from bpmn.graph import reachable, scopes
from bpmn.isotime import Timer, parse_timer
from bpmn.outcomes import outcomes_of
from bpmn.paths import PathTimes, path_times
from bpmn.paths.times import BOUND
from engine.normal_way import normal_document, normal_outcomes
from engine.simulation.budgets import as_budget, bases, budget_of
from engine.simulation.naming import by_element, by_position, written
from engine.simulation.place import Kind, Place, Repeat, Way
from engine.simulation.scenario import Scenario
from engine.spiff import Compiled, compile_document
from engine.spiff.build import with_budget
from engine.virtual import PEOPLE, performer_of

EXTERNAL = frozenset({"wait", "external"})
"""Types of steps whose performers are outside the office: nobody queues for them."""

CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway", "eventBasedGateway"})
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(PEOPLE, Kind.TASK),
    "receiveTask": Kind.MESSAGE,
    "exclusiveGateway": Kind.CHOICE,
    "parallelGateway": Kind.JOIN,
    "inclusiveGateway": Kind.INCLUSIVE,
    "eventBasedGateway": Kind.EVENTS,
    "subProcess": Kind.INSIDE,
    "callActivity": Kind.INSIDE,
    "endEvent": Kind.END,
}


@dataclass(frozen=True, slots=True)
class Model:
    """`places` by element id, `begin` where a case starts, `process` the one it runs, `desks` all who work."""

    begin: Place
    places: Mapping[str, Place]
    process: Process
    times: PathTimes
    desks: tuple[str, ...]


def prepare(document: Document, scenario: Scenario, day_length: int) -> Model:
    """Read a procedure for simulation.

    Raises Uncompilable for what the engine does not run, UnknownChoice for what the scenario names and is not there.
    """
    played = normal_document(document)
    compiled = compile_document(played, sha256="")
    builder = Builder(document, played, compiled, scenario)
    builder.connect()
    builder.suppose()
    builder.limit(day_length)
    places = builder.places
    desks = tuple(dict.fromkeys(place.desk for place in places.values() if place.desk))
    named = (*scenario.capacity, *scenario.away, *(absence.position for absence in scenario.absences))
    by_position(dict.fromkeys(named), desks)  # refuses what is not there
    return Model(builder.first(compiled.process.id), places, compiled.process, builder.times, desks)


class Builder:
    """The places of a procedure while they are made."""

    def __init__(self, document: Document, played: Document, compiled: Compiled, scenario: Scenario) -> None:
        self.scenario = scenario
        self.compiled = compiled
        running = {node.id for node in compiled.elements.values()}
        self.processes = [process for process in played.processes.values() if running & process.nodes.keys()]
        self.originals = {process.id: document.processes[process.id] for process in self.processes}
        self.flows: dict[str, Flow] = {name: flow for each in self.processes for name, flow in each.flows.items()}
        self.written = {name: node for each in self.originals.values() for name, node in each.nodes.items()}
        self.times = path_times(self.originals[compiled.process.id])
        self.places = {
            node.id: Place(index, node, kind_of(node, self.written[node.id]))
            for index, node in enumerate(compiled.elements.values())
        }

    def first(self, container: str) -> Place:
        """Where a process or sub-process begins."""
        inside = (place for place in self.places.values() if place.node.parent == container)
        return next(place for place in inside if place.node.tag == "startEvent")

    def connect(self) -> None:
        """Lay the ways between places."""
        for place in self.places.values():
            node = place.node
            place.ways = tuple(
                Way(name, self.places[self.flows[name].target], read(self.flows[name], node)) for name in node.outgoing
            )
            place.default = next((way for way in place.ways if way.flow == node.default), None)
            if place.default is None and len(place.ways) == 1 and place.ways[0].condition is None:
                place.default = place.ways[0]
            if place.kind is Kind.INSIDE:
                place.begin = self.first(node.called or node.id if node.tag == "callActivity" else node.id)
            if node.attached_to is not None:
                host = self.places[node.attached_to]
                host.boundaries = (*host.boundaries, place)
        for process in self.processes:
            for gateway in (self.places[name] for name in process.nodes if process.nodes[name].tag in CHOOSING):
                if gateway.kind is Kind.INCLUSIVE:
                    gateway.feeds = feeds(gateway, process)

    def limit(self, day_length: int) -> None:
        """Say how long steps and timers may take, and who works on them."""
        for process in self.originals.values():
            basis = bases(process, day_length)
            for place in (self.places[name] for name in process.nodes):
                if place.kind is Kind.TASK:
                    place.budget = budget_of(place.node, process, self.times)
                    place.basis = basis.get(place.node.id, 0.0)
                    place.performer = performer_of(place.node, process)
                    outside = place.node.step is not None and place.node.step.type in EXTERNAL
                    place.desk = "" if outside else place.performer
                elif place.node.events and place.node.events[0].timer is not None:
                    self.set_timer(place, process)

    def set_timer(self, place: Place, process: Process) -> None:
        written_timer = place.node.events[0].timer
        if place.node.tag == "startEvent" or written_timer is None:
            return
        host = process.nodes.get(place.node.attached_to or "")
        timer: Timer = with_budget(parse_timer(written_timer), host)
        place.timer = timer
        if timer.working is not None:
            place.timer_budget = as_budget(timer.working, host.id if host is not None else place.node.id, self.times)

    def suppose(self) -> None:
        """Put in what the scenario says about single elements."""
        nodes = [place.node for place in self.places.values()]
        tasks = [node for node in nodes if node.tag in PEOPLE]
        loops = [node for node in nodes if self.written[node.id].loop is not None]
        waits = [node for node in nodes if self.places[node.id].kind is Kind.MESSAGE]
        for element, spell in by_element(self.scenario.works, tasks).items():
            self.places[element].spell = spell
        for element, spell in by_element(self.scenario.delays, waits).items():
            self.places[element].delay = spell
        counts = by_element(self.scenario.instances, loops)
        for node in loops:
            self.places[node.id].repeat = repeat_of(self.written[node.id].loop, counts.get(node.id))
        self.choose(tasks)

    def choose(self, tasks: Sequence[Node]) -> None:
        """Say which outcome a visit has, and which way a gateway goes."""
        known: dict[str, tuple[str, ...]] = {}
        for process in self.originals.values():
            known.update(outcomes_of(process))
            for element, outcome in normal_outcomes(process).items():
                self.places[element].usual = outcome
        for place in self.places.values():
            place.quiet = self.quiet(place)
        choosing = [place.node for place in self.places.values() if place.node.tag in CHOOSING]
        for element, shares in by_element(self.scenario.shares, [*tasks, *choosing]).items():
            place = self.places[element]
            if place.kind is Kind.TASK:
                offered = [*known.get(element, ()), *place.quiet, CONTINUE]
                named = written(shares, offered, step=element)
            else:
                named = written(shares, self.names(place), step=element)
                named = {self.names(place)[name]: share for name, share in named.items()}
            place.bounds = {name: int(match[1]) for name in named if (match := BOUND.search(name)) is not None}
            place.shares = tuple((float(share), name) for name, share in named.items())

    def names(self, gateway: Place) -> dict[str, str]:
        """What the ways of a gateway may be called: ids, names of flows, or of the events behind them."""
        found = {way.flow: way.flow for way in gateway.ways}
        for way in gateway.ways:
            behind = (way.target.node.id, way.target.node.name) if gateway.kind is Kind.EVENTS else ()
            for name in (self.flows[way.flow].name, *behind):
                if name:
                    found.setdefault(name, way.flow)
        return found

    def quiet(self, place: Place) -> dict[str, Place]:
        """The boundary events of an activity by what their way or they themselves are called."""
        found: dict[str, Place] = {}
        for event in place.boundaries:
            for name in (*(self.flows[way.flow].name for way in event.ways), event.node.name):
                if name:
                    found.setdefault(name, event)
        return found


def kind_of(node: Node, original: Node) -> Kind:
    """What a token meets at a node; a call of a procedure that lies elsewhere is a wait for it."""
    if original.tag == "callActivity" and node.tag != "callActivity":
        return Kind.MESSAGE
    if node.tag in ("intermediateCatchEvent", "boundaryEvent"):
        return Kind.TIMER if node.events and node.events[0].kind == "timer" else Kind.MESSAGE
    return KINDS.get(node.tag, Kind.PASS)


def read(flow: Flow, source: Node) -> Expression | None:
    """The condition of a flow, None where there is none or it is the default."""
    return None if flow.condition is None or flow.id == source.default else parse(flow.condition)


def repeat_of(loop: Loop | None, count: int | None) -> Repeat:
    """As often as the scenario says, else the number that the file gives, else once, as a virtual run does."""
    if loop is None:
        return Repeat()
    if count is None:
        text = (loop.cardinality or "").strip()
        count = min(int(text), 200) if text.isascii() and text.isdigit() and len(text) < 10 else 1
    try:
        completion = parse(loop.completion) if loop.completion is not None else None
    except ExpressionError:
        completion = None  # as in a virtual run, which does not ask
    return Repeat(count, loop.kind != "parallel", completion)


def feeds(gateway: Place, process: Process) -> dict[str, frozenset[str]]:
    """Per node the incoming flows that a token there may still come by without passing the gateway."""
    before = scopes(process)[gateway.node.parent].before
    found: dict[str, set[str]] = {}
    for name in gateway.node.incoming:
        source = process.flows[name].source
        if source != gateway.node.id:
            for node in reachable([source], before, without={gateway.node.id}):
                found.setdefault(node, set()).add(name)
    return {node: frozenset(flows) for node, flows in found.items()}
