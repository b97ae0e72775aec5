"""Moving a token to another activity, where that leaves every join satisfiable; else refused with the reason."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.spiff.errors import MoveRefused
from engine.spiff.gateway import Join
from engine.spiff.region import Branch, regions
from engine.spiff.support import ACTIVITIES
from engine.spiff.token import Instance, Spec, Token, Workflow, open_tokens, spawn, withdraw


class Move(NamedTuple):
    """A sound move: what is withdrawn, and where the new token is put."""

    workflow: Workflow
    entry: Spec
    withdrawn: tuple[Token, ...]


def plan_move(token: Token, element: str) -> Move:
    """Return how the token of an activity gets to the activity `element`.

    It stays within the parallel branches that it is in, or leaves a parallel block whole, with all tokens of it.
    Raises MoveRefused: `unknown-element`, `not-an-activity`, `into-subprocess` where no open process holds the target,
    `into-parallel` where a join would wait for ever, `out-of-event` for a way that a non-interrupting event began, and
    `crowded` where several tokens may be on the way.
    """
    while (entry := entry_of(token.workflow, element)) is None:
        token = outward(token, element)
    workflow = token.workflow
    if entry.node.tag not in ACTIVITIES:
        raise MoveRefused("not-an-activity", element=element, tag=entry.node.tag)
    known = regions(workflow.spec)
    if {entry.name, place_of(token)} & known.crowded:
        raise MoveRefused("crowded", element=element)
    here, there = branches_of(token), known.of_place[entry.name]
    if not there <= here:
        raise MoveRefused("into-parallel", element=element)
    left = here - there
    if any(branch.fork for branch in left):
        raise MoveRefused("out-of-event", element=element)
    blocks = {branch.split for branch in left}
    gone = [other for other in open_tokens(workflow) if blocks & {branch.split for branch in branches_of(other)}]
    return Move(workflow, entry, tuple(dict.fromkeys([*unit(token), *gone])))


def plan_redo(top: Instance, element: str) -> Move:
    """Return how an activity that is over is done again: the move that withdraws least.

    Raises MoveRefused, with the reason of the last that was tried.
    """
    holders = [workflow for workflow in top.workflows if entry_of(workflow, element) is not None]
    if len(holders) > 1:
        raise MoveRefused("crowded", element=element)
    plans: list[Move] = []
    refused = MoveRefused("into-subprocess", element=element)
    for token in (token for workflow in holders for token in open_tokens(workflow)):
        if token.task_spec.bpmn_id == element:
            raise MoveRefused("open-already", element=element)
        if token.task_spec.node.tag == "boundaryEvent":
            continue  # goes with its activity
        try:
            plans.append(plan_move(token, element))
        except MoveRefused as error:
            refused = error
    if not plans:
        raise refused
    return min(plans, key=lambda plan: len(plan.withdrawn))


def carry_out(move: Move) -> None:
    """Withdraw what goes, and put the new token."""
    for token in move.withdrawn:
        withdraw(token)
    made = spawn(move.workflow.task_tree, move.entry)
    made.task_spec._update(made)


def entry_of(workflow: Workflow, element: str) -> Spec | None:
    """The spec by which a container enters an element, None where the element is not in it."""
    specs = workflow.spec.task_specs
    return specs.get(f"!{element}") or specs.get(f"@{element}")


def outward(token: Token, element: str) -> Token:
    """The token of the activity that holds the process of this one."""
    parent = token.workflow.parent_task_id
    if parent is None:
        known = any(f"@{element}" in spec.task_specs for spec in token.workflow.subprocess_specs.values())
        raise MoveRefused("into-subprocess" if known else "unknown-element", element=element)
    found: Token = token.workflow.parent_workflow.tasks[parent]
    return found


def place_of(token: Token) -> str:
    """The name under which the place of a token has branches; an instance of several is where they all are."""
    return f"@{token.task_spec.bpmn_id}"


def branches_of(token: Token) -> frozenset[Branch]:
    """The branches that a token is in; one that waits at a join, those of the flow it came by."""
    known = regions(token.workflow.spec)
    via = token.internal_data.get("via")
    if isinstance(token.task_spec, Join) and via is not None:
        return known.of_flow[via]
    return known.of_place[place_of(token)]


def unit(token: Token) -> Iterator[Token]:
    """The open tokens that go together: of several instances their common one, with events their activity."""
    while token.parent.task_spec.gathers:
        token = token.parent
    if token.parent.task_spec.groups:
        yield from (child for child in token.parent.children if child.is_open)
    else:
        yield token
