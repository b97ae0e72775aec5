"""The branches of a table as ways of its graph: to steps, ends, waits and called procedures."""

from bpmn.fiveclear import Branch, FiveClear, Step
from bpmn.table.graph import Graph, Run, Spot, identity, is_flow, main_way, member_end, silent
from bpmn.table.identifiers import process_id, slug

ENDS = {
    "end_rejected": "Không được giải quyết",
    "end_returned": "Trả lại",
    "end_withdrawn": "Rút hồ sơ",
    "end_filed": "Lưu hồ sơ",
    "end_excluded": "Không xét",
}
WAITS = {"wait_citizen": "Chờ công dân bổ sung hồ sơ", "wait_unit": "Chờ đơn vị bổ sung"}
COMPLAINT = "complaint_subprocess"


def graph_of(table: FiveClear) -> Graph:
    """The whole graph of a table."""
    graph = main_way(table)
    connect_branches(graph)
    return graph


def connect_branches(graph: Graph) -> None:
    """Connect all branches, in the order of the table."""
    places = {step.step_no: (run, step) for run in reversed(graph.runs) for step in reversed(run.steps)}
    timers = {spot.id: spot.attached_to for spot in graph.spots.values() if spot.attached_to}
    for branch in graph.table.branches:
        if not is_flow(graph, branch):
            continue
        run, step = places[branch.at]
        target, goto = target_of(graph, branch, run=run, step=step)
        if silent(branch, step):
            source = next(timer for timer, host in timers.items() if host == step.id)
            del timers[source]
            graph.connect(source, target, branch=branch, goto=goto)
        else:
            source = graph.gateways.get(identity(step), identity(step))
            graph.connect(source, target, branch=branch, goto=goto, tested=step.id)


def target_of(graph: Graph, branch: Branch, *, run: Run, step: Step) -> tuple[str, str | None]:
    """Where a branch leads, and its goto as text where the target does not say it.

    Out of a parallel group every goto ends its own member at the join.
    """
    onward = member_end(graph, run, step) if run.parallel else following(graph, run)
    if branch.goto in WAITS:
        return add_wait(graph, branch, step), None
    if branch.goto == COMPLAINT or branch.goto.startswith("call:"):
        return add_call(graph, branch, step, onward), None
    if run.parallel and branch.goto != step.step_no:
        said = goto_text(graph, following(graph, run))
        return onward, None if branch.goto == said else branch.goto
    if branch.goto == step.step_no:
        return identity(step), None
    if branch.goto in graph.step_ids:
        return entered(graph, branch.goto)
    end = ending(graph, branch)
    return end, None if end == branch.goto else branch.goto


def following(graph: Graph, run: Run) -> str:
    """The entry of the run after this one."""
    at = graph.runs.index(run) + 1
    return graph.runs[at].entry if at < len(graph.runs) else graph.end


def goto_text(graph: Graph, entry: str) -> str:
    """The goto that an entry stands for: the number of the first step behind it."""
    if entry == graph.end:
        return graph.end
    return next(run.steps[0].step_no for run in graph.runs if run.entry == entry)


def entered(graph: Graph, number: str) -> tuple[str, str | None]:
    """Where a goto to a step leads: for a member of a parallel group, to the split of the group."""
    wanted = graph.step_ids[number]
    run = next(run for run in graph.runs if any(step.id == wanted for step in run.steps))
    return run.entry, None if run.steps[0].step_no == number else number


def ending(graph: Graph, branch: Branch) -> str:
    """The end event of a goto, made when it is first met."""
    if branch.goto == "end_1":
        return graph.end
    known = next(
        (spot.id for spot in graph.spots.values() if spot.tag == "endEvent" and spot.goto == branch.goto), None
    )
    if known is not None:
        return known
    wanted = graph.ids.keep(branch.goto) or graph.ids.new(slug(branch.goto) or "end_x")
    name = ENDS.get(branch.goto, branch.goto.removeprefix("end_").replace("_", " "))
    return graph.add(Spot(wanted, "endEvent", name, goto=branch.goto), graph.lane_of.get(graph.step_ids[branch.at]))


def add_wait(graph: Graph, branch: Branch, step: Step) -> str:
    """A receive task that waits for what is missing, and returns to its step."""
    wanted = graph.ids.new(numbered(graph, "wait", step))
    spot = Spot(wanted, "receiveTask", WAITS[branch.goto], goto=branch.goto, at=step.step_no)
    graph.add(spot, graph.lane_of.get(identity(step)))
    graph.connect(wanted, identity(step))
    return wanted


def add_call(graph: Graph, branch: Branch, step: Step, onward: str) -> str:
    """A call of another procedure, after which the case goes on."""
    code = branch.goto.removeprefix("call:")
    wanted = graph.ids.new(numbered(graph, "call", step))
    complaint = branch.goto == COMPLAINT
    name = "Giải quyết khiếu nại" if complaint else f"Thực hiện quy trình {code}"
    called = COMPLAINT if complaint else process_id(code)
    spot = Spot(wanted, "callActivity", name, goto=branch.goto, at=step.step_no, called=called)
    graph.add(spot, graph.lane_of.get(identity(step)))
    graph.connect(wanted, onward)
    return wanted


def numbered(graph: Graph, kind: str, step: Step) -> str:
    """`wait_3_1`, `wait_3_2`: the how-manieth wait or call of a step."""
    stem = f"{kind}_{slug(step.step_no)}_"
    return f"{stem}{sum(1 for name in graph.spots if name.startswith(stem)) + 1}"
