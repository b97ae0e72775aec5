"""Trang việc: do one task."""

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.commands.claim_task import claim_task, release_task
from engine.commands.complete_task import Completion
from engine.commands.move_task import return_task
from engine.commands.reassign_task import reassign_task
from procedures.commands.perform import perform
from procedures.queries.people import person as officer
from web.forms import number, text
from web.identity import actor, person
from web.languages import _
from web.present.task import task_page
from web.request import now, reading, transaction

blueprint = APIBlueprint("tasks", __name__, url_prefix="/viec", enable_openapi=False)


@blueprint.get("/<int:task_id>")
def show(task_id: int) -> ResponseReturnValue:
    with reading() as session:
        page = task_page(session, task_id, viewer=person(), at=now())
    return render_template("tasks/show.html", page=page, task=page.task)


@blueprint.post("/<int:task_id>/nhan")
def claim(task_id: int) -> ResponseReturnValue:
    with transaction() as session:
        claim_task(session, task_id, by=actor(), at=now())
    flash(_("Đồng chí đã nhận việc này."), "good")
    return redirect(url_for("tasks.show", task_id=task_id), 303)


@blueprint.post("/<int:task_id>/nha")
def release(task_id: int) -> ResponseReturnValue:
    with transaction() as session:
        release_task(session, task_id, by=actor(), at=now())
    flash(_("Việc đã trở lại hàng chờ của vị trí."), "good")
    return redirect(url_for("tasks.show", task_id=task_id), 303)


@blueprint.post("/<int:task_id>/hoan-thanh")
def complete(task_id: int) -> ResponseReturnValue:
    said = text("note") or text("reason")
    completion = Completion(request.form.get("outcome") or None, note=said or None)
    with transaction() as session:
        task = perform(session, task_id, completion, by=person(), at=now())
    flash(_("Đã hoàn thành: %(task)s.", task=task.name), "good")
    return redirect(url_for("worklist.index"), 303)


@blueprint.post("/<int:task_id>/tra-ve")
def give_back(task_id: int) -> ResponseReturnValue:
    with transaction() as session:
        return_task(session, task_id, text("to"), reason=text("reason"), by=actor(), at=now())
    flash(_("Đã trả hồ sơ về bước trước."), "good")
    return redirect(url_for("worklist.index"), 303)


@blueprint.post("/<int:task_id>/chuyen")
def reassign(task_id: int) -> ResponseReturnValue:
    chosen, reason = number("to"), text("reason")
    with transaction() as session:
        to = officer(session, chosen, at=now())
        reassign_task(session, task_id, to.actor, reason=reason, by=actor(), at=now())
    flash(_("Đã chuyển việc cho đồng chí %(name)s.", name=to.officer.name), "good")
    return redirect(url_for("worklist.index", view="team"), 303)
