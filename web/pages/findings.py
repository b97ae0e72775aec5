"""What a person does about a finding on the page of a draft: let it be mended, or, as a leader, waive it."""

from apiflask import APIBlueprint
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from procedures.commands.waive import NewWaiver, waive
from web.forms import text
from web.identity import person
from web.languages import _
from web.limits import UPLOAD, caller, limiter
from web.request import now, transaction
from web.submitting import mend_draft

blueprint = APIBlueprint("findings", __name__, enable_openapi=False)


@blueprint.post("/quy-trinh/<code>/sua-giup")
@limiter.limit(UPLOAD, key_func=caller)
def mend(code: str) -> ResponseReturnValue:
    """Mend one finding, or all of a kind where the form names no element."""
    revision = request.form.get("revision", type=int)
    version = mend_draft(code, text("finding"), text("element") or None, revision=revision, by=person())
    flash(_("Đã sửa giúp và lưu dự thảo. Hãy xem lại chỗ vừa sửa."), "good")
    return redirect(url_for("procedures.version", code=code, number=version.number), 303)


@blueprint.post("/quy-trinh/<code>/cho-qua")
def let_pass(code: str) -> ResponseReturnValue:
    with transaction() as session:
        waive(session, code, NewWaiver(text("finding"), text("element"), text("reason")), by=person(), at=now())
    flash(_("Đã cho qua lỗi này trong bản dự thảo hiện tại, kèm lý do."), "good")
    return redirect(url_for("procedures.show", code=code), 303)
