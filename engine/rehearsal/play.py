"""Playing the acts of a rehearsal on the engine's own run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bpmn.document import Document
from bpmn.elements import Node
from bpmn.fiveclear import CONTINUE
from bpmn.folding import same_text
from bpmn.paths import path_times
from engine.case_times import STANDING
from engine.clock import CaseClock, counted_from
from engine.deadlines import Due, limit_due
from engine.errors import BeyondCalendar
from engine.rehearsal.acts import MAX_ACTS, Act, ActKind, Plain, moment_of
from engine.rehearsal.asking import CHOOSING
from engine.rehearsal.result import Entry, EntryKind, Place, PlaceKind, Rehearsal, Stop
from engine.rehearsal.stage import Stage
from engine.spiff import NotWaiting, Run, StepFailed, StepLimit, WaitingFor
from engine.stands import Stand
from engine.virtual import Blocks, performer_of
from engine.worktime import WorkCalendar

MAX_FIRED = 1_000
SENDING = frozenset({"sendTask", "intermediateThrowEvent"})
KINDS = {ActKind.DONE: PlaceKind.PERSON, ActKind.CAME: PlaceKind.MESSAGE, ActKind.FIRED: PlaceKind.TIMER}


def rehearse(
    document: Document,
    start: datetime,
    acts: Sequence[Act],
    calendar: WorkCalendar,
    *,
    variables: Mapping[str, Plain] | None = None,
) -> Rehearsal:
    """Play the acts from an aware moment on, as far as they go; what stopped them is told, with the case before it.

    `variables` hold at the start.  A procedure that lies elsewhere is waited for.  Raises Uncompilable.
    """
    stage = Stage.of(document, calendar)
    stop = Stop("too-many-acts", {"limit": MAX_ACTS}, MAX_ACTS) if len(acts) > MAX_ACTS else None
    played = acts[:MAX_ACTS]
    while True:
        player = Player(stage, start, dict(variables or {}))
        stopped = player.play(played)
        if stopped is None or stopped.act is None:
            return player.shown(stop or stopped)
        stop, played = stopped, played[: stopped.act]


@dataclass(slots=True)
class Player:
    """One play from the start."""

    stage: Stage
    started_at: datetime
    variables: dict[str, Plain]
    at: datetime = field(init=False)
    clock: CaseClock = field(init=False)
    run: Run | None = None
    paused_at: datetime | None = None
    stands: list[Stand] = field(default_factory=list)
    taken: int = 0
    fired: int = 0
    entries: list[Entry] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    blocks: dict[str, Blocks] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = self.started_at
        self.clock = CaseClock(self.stage.calendar, path_times(self.stage.compiled.process), self.started_at)

    def play(self, acts: Sequence[Act]) -> Stop | None:
        """Play the acts; return what stopped them, with the index of the act that it stopped."""
        try:
            self.entries.append(Entry(EntryKind.STARTED, self.at))
            self.run = Run.start(self.stage.compiled, self.variables, self.at, self.clock)
            self.look()
        except (StepFailed, BeyondCalendar) as error:
            self.run = None
            return Stop(error.code, error.facts)
        for index, act in enumerate(acts):
            try:
                if not self.act(act):
                    return Stop("gone", {"element": act.element}, index)
            except (StepFailed, NotWaiting, BeyondCalendar) as error:
                return Stop(error.code, error.facts, index)
            self.taken += 1
        return None

    def act(self, act: Act) -> bool:
        """Do one act, and before it what timers do until then; False where nothing of the kind waits there."""
        place = self.find(act)
        if place is None:
            return False
        moment = self.moment(act, place)
        key = next(key for key, each in self.places.items() if each is place)
        self.pass_until(moment)
        self.at = max(self.at, moment)
        if self.places.get(key) is not place:
            self.entries.append(self.entry(EntryKind.OVERTAKEN, place))
        elif act.kind is ActKind.FIRED:
            self.fire(key, place)
        else:
            self.answer(key, place, act)
        return True

    def find(self, act: Act) -> Place | None:
        wanted = KINDS[act.kind]
        return next(
            (
                place
                for place in self.places.values()
                if (place.element, place.item, place.kind) == (act.element, act.item, wanted)
                and (act.kind is not ActKind.DONE or outcome_of(act, place) is not None)
            ),
            None,
        )

    def moment(self, act: Act, place: Place) -> datetime:
        due = place.due.due_at
        if act.kind is ActKind.FIRED:
            return max(self.at, due or self.at)
        return moment_of(act.pace, at=self.at, due=due, calendar=self.stage.calendar)

    def pass_until(self, moment: datetime) -> None:
        """Let every timer fire that is due before a moment, in their order."""
        while True:
            timers = [(place.due.due_at, int(key), key) for key, place in self.places.items() if is_timer(place)]
            due = min(((at, order, key) for at, order, key in timers if at is not None and at < moment), default=None)
            if due is None:
                return
            self.at = max(self.at, due[0])
            self.fire(due[2], self.places[due[2]])

    def fire(self, key: str, place: Place) -> None:
        self.fired += 1
        if self.fired > MAX_FIRED:
            raise StepLimit("too-many-timers", limit=MAX_FIRED, element=place.element)
        self.entries.append(self.entry(EntryKind.FIRED, place))
        del self.places[key]
        self.going.fire(key, self.at)
        self.look()

    def answer(self, key: str, place: Place, act: Act) -> None:
        """Complete a person's step, or let a message come."""
        self.variables.update(act.values)
        del self.places[key]
        if place.kind is PlaceKind.PERSON:
            outcome = outcome_of(act, place)
            self.entries.append(self.entry(EntryKind.DONE, place, said=outcome or ""))
            self.going.complete(key, outcome, act.values, self.at)
        else:
            self.resume(place)
            self.entries.append(self.entry(EntryKind.CAME, place))
            self.going.receive(key, act.values, self.at)
        self.look()

    def resume(self, place: Place) -> None:
        """Let the case's clock go on after a wait, from where it stood or from zero, as a running case does."""
        if place.node.clock not in STANDING or self.paused_at is None:
            return
        restarts = place.node.clock == "restart"
        self.stands.append(Stand(self.paused_at, self.at, restarts=restarts, waits=True))
        self.clock.started_at += self.at - self.paused_at
        self.paused_at = None
        if restarts:
            self.restart([self.stage.asking.flows[way].target for way in place.node.outgoing])

    def restart(self, origins: Sequence[str]) -> None:
        """Let the days along the path count from zero where the case goes on."""
        self.clock.started_at = self.at
        self.clock.times = path_times(self.stage.compiled.process, origins=origins)

    def look(self) -> None:
        """Note what the last step went through, opened and withdrew."""
        run, nodes = self.going, self.stage.compiled.elements
        self.entries += self.went(run)
        own = self.stage.compiled.process.flows  # a called process has its own
        again = [
            own[way].target for each in run.passed for way in each.flows if way in own and own[way].clock == "restart"
        ]
        if again and nodes[again[0]].clock is None:
            self.stands.append(Stand(self.at, self.at, restarts=True, waits=False))
            self.restart(again)
        waiting = {item.key: (item.element, item.kind is WaitingFor.USER, None) for item in run.waiting()}
        timers = {timer.key: (timer.element, False, timer.due_at) for timer in run.timers()}
        for key in [key for key in self.places if key not in waiting and key not in timers]:
            place = self.places.pop(key)
            if place.host is None:
                self.entries.append(self.entry(EntryKind.WITHDRAWN, place))
        order = {element: number for number, element in enumerate(nodes)}
        for key, (element, person, due) in sorted((waiting | timers).items(), key=lambda item: order[item[1][0]]):
            if key not in self.places or (due is not None and self.places[key].due.due_at != due):
                kind = PlaceKind.TIMER if key in timers else PlaceKind.PERSON if person else PlaceKind.MESSAGE
                self.places[key] = self.opened(nodes[element], kind, due)
        if run.finished:
            self.entries.append(Entry(EntryKind.ENDED, self.at, nodes.get(run.ended_at or "")))

    def went(self, run: Run) -> Iterator[Entry]:
        """Which ways gateways took, and what was sent."""
        for passed in run.passed:
            node = self.stage.compiled.elements[passed.element]
            ways = [self.stage.asking.flows[flow].name for flow in passed.flows]
            said = ", ".join(name for name in ways if name)
            if node.tag in SENDING or (node.tag in CHOOSING and said):
                yield Entry(EntryKind.WENT, self.at, node, said=said)

    def opened(self, node: Node, kind: PlaceKind, due_at: datetime | None) -> Place:
        taken = {place.item for place in self.places.values() if place.element == node.id}
        blocks = self.blocks_of(node)
        person = kind is PlaceKind.PERSON
        if node.attached_to is None and node.clock in STANDING and self.paused_at is None:
            self.paused_at = self.at
        since = blocks.opened_at(node, self.at) if person else self.at
        due = self.clock.step_due(blocks.budget(node), since, node.id, stands=self.stands) if person else Due(due_at)
        return Place(
            element=node.id,
            item=next(number for number in range(len(taken) + 1) if number not in taken),
            kind=kind,
            node=node,
            performer=performer_of(node, self.stage.process_of(node)),
            opened_at=self.at,
            counts_from=since,
            due=due,
            outcomes=self.stage.options(node.id) if person else (),
            asks=self.stage.asking.behind(node.id),
            host=node.attached_to,
        )

    def blocks_of(self, node: Node) -> Blocks:
        process = self.stage.process_of(node)
        return self.blocks.setdefault(process.id, Blocks(process))

    def entry(self, kind: EntryKind, place: Place, *, said: str = "") -> Entry:
        return Entry(kind, self.at, place.node, place.performer, place.opened_at, place.due.due_at, said)

    @property
    def going(self) -> Run:
        assert self.run is not None  # nothing is done before the start
        return self.run

    def shown(self, stop: Stop | None) -> Rehearsal:
        """The case as it stands now."""
        process, run = self.stage.compiled.process, self.run
        limit = process.head.statutory_limit if process.head is not None else None
        stands = self.stands
        places = [] if run is None else list(self.places.values())
        return Rehearsal(
            started_at=self.started_at,
            at=self.at,
            places=sorted(places, key=lambda place: (place.due.due_at is None, place.due.due_at or self.at)),
            entries=tuple(self.entries),
            variables=dict(run.variables) if run is not None else dict(self.variables),
            case=limit_due(limit, counted_from(self.started_at, stands), self.stage.calendar, stands=stands),
            paused=self.paused_at is not None,
            taken=self.taken,
            finished=run is not None and run.finished,
            end=self.stage.compiled.elements.get(run.ended_at or "") if run is not None else None,
            asks=self.stage.asking.at_start(),
            stop=stop,
        )


def outcome_of(act: Act, place: Place) -> str | None:
    """The outcome as the file writes it, None where the step has none such."""
    return next((known for known in place.outcomes if same_text(known, act.outcome or CONTINUE)), None)


def is_timer(place: Place) -> bool:
    return place.kind is PlaceKind.TIMER
