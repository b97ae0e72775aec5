"""What a model does by itself between two waits."""

from SpiffWorkflow.util.task import TaskState

from engine.spiff.errors import StepFailed, StepLimit
from engine.spiff.gateway import Inclusive
from engine.spiff.token import Instance, Workflow, open_tokens

MAX_STEPS = 1_000
MAX_SECONDS = 5.0  # of this thread's CPU: a busy machine fails no step


def advance(top: Instance) -> None:
    """Run tokens until every one waits.

    Raises StepLimit after MAX_STEPS or MAX_SECONDS, and StepFailed when tokens are left that nothing will ever move.
    """
    steps, began = 0, top.stopwatch()
    while True:
        settle_deliveries(top)
        while top.agenda:
            token = top.agenda.popleft()
            if token.state != TaskState.READY:
                continue  # withdrawn since
            steps += 1
            if steps > MAX_STEPS:
                raise StepLimit("too-many-steps", element=token.task_spec.bpmn_id, limit=MAX_STEPS)
            if top.stopwatch() - began > MAX_SECONDS:
                raise StepLimit("too-long", element=token.task_spec.bpmn_id, limit=MAX_SECONDS)
            token.run()
            settle_deliveries(top)
        if not (close_inner(top) or open_joins(top)):
            break
    refuse_dead_end(top)


def settle_deliveries(top: Instance) -> None:
    """Let what was thrown happen where it is waited for."""
    while top.deliveries:
        top.deliveries.popleft()()


def close_inner(top: Instance) -> bool:
    """Let activities go on whose inner process has no token left; say whether there was one."""
    ended = [key for key, inner in top.subprocesses.items() if not any(True for _ in open_tokens(inner))]
    for key in ended:
        holder = top.subprocesses[key].parent_workflow.tasks[key]
        del top.subprocesses[key]
        holder._ready()
    return bool(ended)


def open_joins(top: Instance) -> bool:
    """Let one inclusive join go on, if one may; say whether it did. Each changes what the others wait for."""
    for workflow in top.workflows:
        for gateway in inclusive_joins(workflow):
            if gateway.settle(workflow):
                return True
    return False


def inclusive_joins(workflow: Workflow) -> list[Inclusive]:
    """The inclusive gateways on which a token waits, by age of the token."""
    found = (token.task_spec for token in open_tokens(workflow) if token.state == TaskState.WAITING)
    return list(dict.fromkeys(spec for spec in found if isinstance(spec, Inclusive)))


def refuse_dead_end(top: Instance) -> None:
    """Raise StepFailed when tokens are left but no person, timer or message can ever move one."""
    left = [token for workflow in top.workflows for token in open_tokens(workflow)]
    if left and not any(token.task_spec.manual or token.task_spec.listens for token in left):
        raise StepFailed("dead-end", element=left[0].task_spec.bpmn_id)
