"""The flow graph that a table means: nodes, edges and lanes, before any XML.

Rules of the graph: docs/import.md, "From table to diagram".
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bpmn.dialect.heads import rule_of
from bpmn.fiveclear import Branch, FiveClear, Step, TimeUnit
from bpmn.table.identifiers import Ids, process_id, slug

SILENCE = "silent_consent"
TIMED = frozenset(
    {TimeUnit.WORKING_MINUTE, TimeUnit.WORKING_HOUR, TimeUnit.HALF_DAY, TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY}
)

LaneKey = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Spot:
    """A node of the graph. `goto` is the ending that a wait or call stands for, `at` the step it belongs to."""

    id: str
    tag: str
    name: str = ""
    step: Step | None = None
    attached_to: str | None = None
    goto: str | None = None
    at: str | None = None
    called: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A flow. `branch` is the branch it stands for, `goto` its text where the target alone does not say it."""

    id: str
    source: str
    target: str
    branch: Branch | None = None
    goto: str | None = None
    default: bool = False
    tested: str | None = None  # the element whose outcome decides


@dataclass(frozen=True, slots=True)
class Run:
    """Steps of one table row, or of one parallel group standing together: where they are entered and left."""

    steps: tuple[Step, ...]
    entry: str
    exit: str
    split: str = ""

    @property
    def parallel(self) -> bool:
        return len(self.steps) > 1


@dataclass
class Graph:
    """Spots and ways in the order in which they are written; lanes by performer."""

    table: FiveClear
    ids: Ids = field(default_factory=Ids)
    process: str = ""
    end: str = ""
    spots: dict[str, Spot] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    lane_of: dict[str, LaneKey] = field(default_factory=dict)
    step_ids: dict[str, str] = field(default_factory=dict)
    gateways: dict[str, str] = field(default_factory=dict)  # step id → the gateway behind it
    merges: dict[str, str] = field(default_factory=dict)  # step id → where its ways meet before the join
    runs: list[Run] = field(default_factory=list)

    def add(self, spot: Spot, lane: LaneKey | None) -> str:
        self.spots[spot.id] = spot
        if lane is not None:
            self.lane_of[spot.id] = lane
        return spot.id

    @cached_property
    def coming(self) -> Mapping[str, list[Way]]:
        """The ways into each spot; asked once the graph is whole."""
        return collected(self.ways, lambda way: way.target)

    @cached_property
    def going(self) -> Mapping[str, list[Way]]:
        """The ways out of each spot; asked once the graph is whole."""
        return collected(self.ways, lambda way: way.source)

    def connect(self, source: str, target: str, **said: object) -> None:
        wanted = self.ids.new(f"flow_{source}_{target}")
        self.ways.append(Way(wanted, source, target, **said))  # type: ignore[arg-type]  # the fields of Way


def collected(ways: list[Way], end: Callable[[Way], str]) -> Mapping[str, list[Way]]:
    found: dict[str, list[Way]] = defaultdict(list)
    for way in ways:
        found[end(way)].append(way)
    return found


def main_way(table: FiveClear) -> Graph:
    """The graph of a table without its branches. Two steps with one number: the first is where a goto leads."""
    graph = Graph(table)
    graph.process = graph.ids.new(process_id(table.code))
    steps = [identified(graph, step) for step in table.steps]
    groups = grouped(steps)
    lanes = lanes_of(steps)
    start = graph.add(Spot(graph.ids.new("start_1"), "startEvent", "Bắt đầu"), lanes[0] if lanes else None)
    for group in groups:
        graph.runs.append(run_of(graph, group, dict(zip(map(identity, steps), lanes, strict=True))))
    last = lanes[-1] if lanes else None
    graph.end = graph.add(Spot(graph.ids.new("end_1"), "endEvent", "Kết thúc"), last)
    entries = [run.entry for run in graph.runs] + [graph.end]
    graph.connect(start, entries[0])
    for run, following in zip(graph.runs, entries[1:], strict=True):
        connect_run(graph, run, following)
    return graph


def identity(step: Step) -> str:
    return step.id or ""


def identified(graph: Graph, step: Step) -> Step:
    """The step with its id: the one it has, else one made of its number."""
    wanted = graph.ids.keep(step.id) or graph.ids.new(f"step_{slug(step.step_no) or 'x'}")
    graph.step_ids.setdefault(step.step_no, wanted)
    return replace(step, id=wanted)


def grouped(steps: list[Step]) -> list[list[Step]]:
    """Steps of one parallel group that stand together, and single steps."""
    groups: list[list[Step]] = []
    for step in steps:
        together = groups and step.parallel_group and groups[-1][-1].parallel_group == step.parallel_group
        if together:
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


def lanes_of(steps: list[Step]) -> list[LaneKey | None]:
    """The lane of each step; one without performer lies in the lane before, or after."""
    own = [(step.performer.position, step.performer.unit) if step.performer else None for step in steps]
    first = next((lane for lane in own if lane), None)
    found: list[LaneKey | None] = []
    for lane in own:
        found.append(lane or (found[-1] if found else first))
    return found


def run_of(graph: Graph, steps: list[Step], lanes: dict[str, LaneKey | None]) -> Run:
    """Add the steps of one run with their gateways.

    A member of a group that can end in more than one way is merged before the join, which waits for one token a member.
    """
    if len(steps) == 1:
        leave = add_step(graph, steps[0], lanes[identity(steps[0])])
        return Run(tuple(steps), identity(steps[0]), leave)
    name = slug(steps[0].parallel_group or "")
    lane = graph.lane_of.get(graph.runs[-1].exit) if graph.runs else lanes[identity(steps[0])]
    split = graph.add(Spot(graph.ids.new(f"split_{name}"), "parallelGateway"), lane)
    again = entered_again(graph, steps)
    entry = graph.add(Spot(graph.ids.new(f"again_{name}"), "exclusiveGateway"), lane) if again else split
    for step in steps:
        add_step(graph, step, lanes[identity(step)])
        if ends_twice(graph, step):
            merge = graph.ids.new(f"merge_{slug(step.step_no)}")
            graph.merges[identity(step)] = graph.add(Spot(merge, "exclusiveGateway"), lanes[identity(step)])
    join = graph.add(Spot(graph.ids.new(f"join_{name}"), "parallelGateway"), lane)
    return Run(tuple(steps), entry, join, split)


def entered_again(graph: Graph, steps: list[Step]) -> bool:
    """Whether a branch from elsewhere leads to a member of the group.

    Its ways must meet before the split: a parallel gateway with two ways in waits for both.
    """
    numbers = {step.step_no for step in steps}
    return any(
        branch.goto in numbers and branch.at not in numbers and is_flow(graph, branch)
        for branch in graph.table.branches
    )


def ends_twice(graph: Graph, step: Step) -> bool:
    """Whether a member of a parallel group has a way to the join beside its normal one."""
    return any(
        not branch.goto.startswith("wait_") and branch.goto != step.step_no for branch in branches_at(graph, step)
    )


def add_step(graph: Graph, step: Step, lane: LaneKey | None) -> str:
    """Add a task, its gateway when it has branches to choose from, and its silence timers; return where it is left."""
    task = graph.add(Spot(identity(step), "userTask", step.name, step=step), lane)
    branches = branches_at(graph, step)
    for branch in branches:
        if silent(branch, step):
            timer = graph.ids.new(f"silence_{slug(step.step_no)}")
            graph.add(Spot(timer, "boundaryEvent", "Quá hạn trả lời", step=step, attached_to=task), lane)
    if all(silent(branch, step) for branch in branches):
        return task
    graph.gateways[task] = graph.ids.new(f"branch_{slug(step.step_no)}")
    return graph.add(Spot(graph.gateways[task], "exclusiveGateway", at=step.step_no), lane)


def branches_at(graph: Graph, step: Step) -> list[Branch]:
    """The branches that become flows of this step."""
    if graph.step_ids[step.step_no] != step.id:
        return []
    return [branch for branch in graph.table.branches if branch.at == step.step_no and is_flow(graph, branch)]


def is_flow(graph: Graph, branch: Branch) -> bool:
    return rule_of(branch.at, branch.goto, set(graph.step_ids)) is None


def silent(branch: Branch, step: Step) -> bool:
    """Whether a branch means: no answer within the step's time is an answer."""
    duration = step.duration
    return branch.note == SILENCE and duration is not None and duration.unit in TIMED and duration.value > 0


def connect_run(graph: Graph, run: Run, following: str) -> None:
    """Connect the inside of a run, and its exit with what follows."""
    if run.parallel and run.entry != run.split:
        graph.connect(run.entry, run.split)
    for step in run.steps:
        task = identity(step)
        leave = graph.gateways.get(task, task)
        if run.parallel:
            graph.connect(run.split, task)
        if leave != task:
            graph.connect(task, leave)
        graph.connect(leave, member_end(graph, run, step) if run.parallel else following, default=leave != task)
        if task in graph.merges:
            graph.connect(graph.merges[task], run.exit)
    if run.parallel:
        graph.connect(run.exit, following)


def member_end(graph: Graph, run: Run, step: Step) -> str:
    """Where a member of a parallel group ends."""
    return graph.merges.get(identity(step), run.exit)
