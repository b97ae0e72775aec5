"""Tasks: the inbox, and what one does with a task."""

from collections.abc import Mapping, Sequence
from typing import Any

from apiflask import APIBlueprint
from sqlalchemy.orm import Session

from bpmn.fiveclear import CONTINUE
from bpmn.folding import same_text
from engine.access import is_candidate, visible_task
from engine.calendar import calendar_of
from engine.commands.claim_task import claim_task, release_task
from engine.commands.complete_task import Completion, outcomes
from engine.commands.move_task import foresee_move, move_task, return_task
from engine.commands.reassign_task import reassign_task
from engine.definitions import ready
from engine.errors import UnknownOutcome
from engine.model.task import Task
from engine.queries.reasons import why_task
from engine.queries.worklist import View, worklist
from procedures.commands.perform import perform
from procedures.queries.people import person as officer
from web.api.details import TaskDetail
from web.api.once import once
from web.api.reasons import reasons
from web.api.schemas import (
    CompletionBody,
    MoveBody,
    MoveShown,
    ReassignBody,
    ReturnBody,
    TaskList,
    TaskQuery,
    TaskShown,
)
from web.deadlines import deadline_of
from web.identity import actor, person
from web.request import now, reading, transaction

blueprint = APIBlueprint("api_tasks", __name__, url_prefix="/api/v1/tasks", tag="tasks")


@blueprint.get("")
@blueprint.input(TaskQuery, location="query")
@blueprint.output(TaskList)
@blueprint.doc(security="token")
def index(query_data: TaskQuery) -> TaskList:
    view = View(query_data.view)
    with reading() as session:
        listed = worklist(session, actor(), view=view, sort=query_data.sort, page=query_data.page, at=now())
    tasks = [TaskShown.model_validate(task) for task in listed.tasks]
    counts = {each.value: count for each, count in listed.counts.items()}
    return TaskList(tasks=tasks, page=listed.page, pages=listed.pages, counts=counts)


@blueprint.get("/<int:task_id>")
@blueprint.output(TaskDetail)
@blueprint.doc(security="token")
def show(task_id: int) -> TaskDetail:
    with reading() as session:
        task = visible_task(session, task_id, actor())
        calendar = calendar_of(session, task.unit_code)
        why = why_task(session, task)
    left = deadline_of(task, at=now(), calendar=calendar)
    return TaskDetail(
        **TaskShown.model_validate(task).model_dump(),
        outcomes=list(outcomes(ready(task.instance.definition), task.element)),
        left_minutes=left.minutes,
        urgency=left.urgency,
        why=reasons(why),
    )


@blueprint.post("/<int:task_id>/claim")
@blueprint.output(TaskShown)
@blueprint.doc(security="token")
def claim(task_id: int) -> TaskShown:
    with transaction() as session:
        return TaskShown.model_validate(claim_task(session, task_id, by=actor(), at=now()))


@blueprint.post("/<int:task_id>/release")
@blueprint.output(TaskShown)
@blueprint.doc(security="token")
def release(task_id: int) -> TaskShown:
    with transaction() as session:
        return TaskShown.model_validate(release_task(session, task_id, by=actor(), at=now()))


@blueprint.post("/<int:task_id>/complete")
@blueprint.input(CompletionBody)
@blueprint.output(TaskShown)
@blueprint.doc(security="token", summary="Complete a task; an Idempotency-Key makes a repeated request harmless")
def complete(task_id: int, json_data: CompletionBody) -> Mapping[str, Any]:
    completion = Completion(json_data.outcome, json_data.variables, json_data.note)
    with transaction() as session:
        return completed_once(session, task_id, completion)


@blueprint.post("/<int:task_id>/return")
@blueprint.input(ReturnBody)
@blueprint.output(TaskShown)
@blueprint.doc(security="token", summary="Give a task back to a step that was passed, or by a way that the model draws")
def give_back(task_id: int, json_data: ReturnBody) -> Mapping[str, Any]:
    to, reason, outcome = json_data.to, json_data.reason, json_data.outcome
    with transaction() as session:
        if to is not None:
            return once(
                session,
                ("return", task_id, to, reason),
                lambda: shown(return_task(session, task_id, to, reason=reason, by=actor(), at=now())),
            )
        task = visible_task(session, task_id, actor())
        if is_candidate(task, actor()):  # who is none is told so by the command
            outcome = other_way(outcomes(ready(task.instance.definition), task.element), outcome)
        return completed_once(session, task_id, Completion(outcome, note=reason))


@blueprint.post("/<int:task_id>/move")
@blueprint.input(MoveBody)
@blueprint.output(MoveShown)
@blueprint.doc(security="token", summary="Take a case from a task to another activity; `dry_run` only says how")
def move(task_id: int, json_data: MoveBody) -> Mapping[str, Any]:
    to, reason = json_data.to, json_data.reason
    with transaction() as session:
        if json_data.dry_run:
            return foreseen(session, task_id, to)
        return once(session, ("move", task_id, to, reason), lambda: moved(session, task_id, to, reason=reason))


@blueprint.post("/<int:task_id>/reassign")
@blueprint.input(ReassignBody)
@blueprint.output(TaskShown)
@blueprint.doc(security="token")
def reassign(task_id: int, json_data: ReassignBody) -> TaskShown:
    with transaction() as session:
        to = officer(session, json_data.to, at=now()).actor
        task = reassign_task(session, task_id, to, reason=json_data.reason, by=actor(), at=now())
        return TaskShown.model_validate(task)


def other_way(known: Sequence[str], wanted: str | None) -> str:
    """The outcome by which a task is returned: the one asked for, or the only one beside going on."""
    others = [outcome for outcome in known if not same_text(outcome, CONTINUE)]
    if wanted is None and len(others) == 1:
        return others[0]
    chosen = next((outcome for outcome in others if same_text(outcome, wanted or "")), None)
    if chosen is None:
        raise UnknownOutcome(outcome=wanted, known=others)
    return chosen


def foreseen(session: Session, task_id: int, to: str, *, done: bool = False) -> Mapping[str, Any]:
    change = foresee_move(session, task_id, to, by=actor(), at=now())
    return {"done": done, "closes": list(change.closes), "opens": list(change.opens)}


def moved(session: Session, task_id: int, to: str, *, reason: str) -> Mapping[str, Any]:
    answer = foreseen(session, task_id, to, done=True)
    move_task(session, task_id, to, reason=reason, by=actor(), at=now())
    return answer


def completed_once(session: Session, task_id: int, completion: Completion) -> Mapping[str, Any]:
    asked = ("complete", task_id, completion.outcome, dict(completion.variables), completion.note)
    return once(session, asked, lambda: shown(perform(session, task_id, completion, by=person(), at=now())))


def shown(task: Task) -> Mapping[str, Any]:
    return TaskShown.model_validate(task).model_dump(mode="json")
