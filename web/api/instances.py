"""Cases: start one, read one, read its history, stop it."""

from collections.abc import Mapping
from typing import Any

from apiflask import APIBlueprint

from engine.access import visible_instance
from engine.commands.cancel import cancel as cancel_case
from engine.commands.extend_case import extend_case
from engine.commands.move_task import redo_step
from engine.queries.cases import case
from engine.queries.reasons import standing, why_case
from procedures.commands.open_case import NewCase, open_case
from web.api.details import ExtendBody, InstanceDetail
from web.api.once import once
from web.api.reasons import reasons, stood
from web.api.schemas import (
    HistoryList,
    HistoryShown,
    InstanceShown,
    NewInstanceBody,
    ReasonBody,
    RedoBody,
    TaskShown,
)
from web.api.shown import instance_shown
from web.identity import actor, person
from web.request import now, reading, transaction

blueprint = APIBlueprint("api_instances", __name__, url_prefix="/api/v1/instances", tag="instances")


@blueprint.post("")
@blueprint.input(NewInstanceBody)
@blueprint.output(InstanceShown, status_code=201)
@blueprint.doc(security="token")
def create(json_data: NewInstanceBody) -> InstanceShown:
    new = NewCase(json_data.procedure, json_data.title, json_data.variables, json_data.received_at)
    with transaction() as session:
        made = open_case(session, new, by=person(), at=now()).id
    return found(made)


@blueprint.get("/<int:instance_id>")
@blueprint.output(InstanceDetail)
@blueprint.doc(security="token")
def show(instance_id: int) -> InstanceDetail:
    with reading() as session:
        whole = case(session, instance_id, actor())
        why, pauses = why_case(session, whole.instance), standing(session, instance_id)
    return InstanceDetail(
        **instance_shown(whole.instance).model_dump(),
        tasks=[TaskShown.model_validate(task) for task in whole.tasks],
        why=reasons(why),
        pauses=stood(list(pauses)),
    )


@blueprint.get("/<int:instance_id>/history")
@blueprint.output(HistoryList)
@blueprint.doc(security="token")
def history(instance_id: int) -> HistoryList:
    with reading() as session:
        rows = case(session, instance_id, actor()).history
    return HistoryList(events=[HistoryShown.model_validate(row) for row in rows])


@blueprint.post("/<int:instance_id>/cancel")
@blueprint.input(ReasonBody)
@blueprint.output(InstanceShown)
@blueprint.doc(security="token")
def cancel(instance_id: int, json_data: ReasonBody) -> InstanceShown:
    with transaction() as session:
        cancel_case(session, instance_id, reason=json_data.reason, by=actor(), at=now())
    return found(instance_id)


@blueprint.post("/<int:instance_id>/redo")
@blueprint.input(RedoBody)
@blueprint.output(InstanceShown)
@blueprint.doc(security="token", summary="Have a completed step done again")
def redo(instance_id: int, json_data: RedoBody) -> Mapping[str, Any]:
    element, reason = json_data.element, json_data.reason

    def act() -> Mapping[str, Any]:
        redo_step(session, instance_id, element, reason=reason, by=actor(), at=now())
        return instance_shown(visible_instance(session, instance_id, actor())).model_dump(mode="json")

    with transaction() as session:
        return once(session, ("redo", instance_id, element, reason), act)


@blueprint.post("/<int:instance_id>/extend")
@blueprint.input(ExtendBody)
@blueprint.output(InstanceShown)
@blueprint.doc(security="token", summary="Apologise and give a new date, once")
def extend(instance_id: int, json_data: ExtendBody) -> InstanceShown:
    with transaction() as session:
        extend_case(session, instance_id, json_data.until, reason=json_data.reason, by=actor(), at=now())
    return found(instance_id)


def found(instance_id: int) -> InstanceShown:
    """A case as it is now on disk."""
    with reading() as session:
        return instance_shown(visible_instance(session, instance_id, actor()))
