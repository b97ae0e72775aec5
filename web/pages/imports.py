"""Nhập Word/Excel: a brought file is looked at, corrected, and becomes a draft."""

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Conflict, Invalid
from procedures.commands.create_procedure import NewProcedure
from procedures.errors import MissingMatch, Stale, Unclear
from procedures.queries.codes import free_code
from procedures.queries.existing import Existing, existing
from web.forms import faults
from web.identity import person
from web.importing import (
    Import,
    aim_at,
    answers_of,
    asked,
    asked_of_diagram,
    drop,
    opened,
    proposed_title,
    reread,
    save_change,
    save_new,
    start_over,
)
from web.languages import _
from web.limits import UPLOAD, caller, limiter
from web.present.imports import WORDS, import_view
from web.request import reading
from web.starting import alike

blueprint = APIBlueprint("imports", __name__, url_prefix="/nhap/<int:file_id>", enable_openapi=False)


@blueprint.get("")
def show(file_id: int) -> ResponseReturnValue:
    return shown(opened(file_id, by=person()))


@blueprint.post("")
@limiter.limit(UPLOAD, key_func=caller)
def read_again(file_id: int) -> ResponseReturnValue:
    """Read the file as the form says."""
    brought = opened(file_id, by=person())
    reread(brought, asked(brought, request.form), said(brought), by=person())
    return redirect(url_for("imports.show", file_id=file_id), 303)


@blueprint.post("/luu")
@limiter.limit(UPLOAD, key_func=caller)
def save(file_id: int) -> ResponseReturnValue:
    """Save what was read as a draft. What was corrected and not read yet is read first, and looked at."""
    brought = opened(file_id, by=person())
    mapping = asked(brought, request.form)
    if mapping is not None or brought.understood.upload is None or asked_of_diagram(brought, request.form):
        reread(brought, mapping, said(brought), by=person())
        flash(_("Tệp đã được đọc lại theo chỗ vừa sửa. Hãy xem lại rồi lưu."), "soon")
        return redirect(url_for("imports.show", file_id=file_id), 303)
    try:
        code = saved(brought)
    except Unclear:  # a kind of `Invalid` that has a page of its own
        raise
    except (Stale, MissingMatch):
        return shown(brought, stale=True), 412
    except (Invalid, Conflict) as error:
        return shown(brought, faults(error)), 422
    if following(brought) is not None:
        flash(_("Đã lưu bảng trước thành dự thảo %(code)s. Đây là bảng tiếp theo trong tệp.", code=code), "good")
        return redirect(url_for("imports.show", file_id=file_id), 303)
    flash(_("Đã nhập thành dự thảo. Hãy bổ sung những chỗ còn thiếu."), "good")
    return redirect(url_for("editor.show", code=code), 303)


@blueprint.post("/quen")
def start_again(file_id: int) -> ResponseReturnValue:
    """Read the file without corrections and without what the unit was used to."""
    start_over(opened(file_id, by=person()), by=person())
    flash(_("Đã quên cách ghép cột của các lần trước; tệp được đọc lại như mới."), "good")
    return redirect(url_for("imports.show", file_id=file_id), 303)


@blueprint.post("/vao")
def into_existing(file_id: int) -> ResponseReturnValue:
    """Let the file change the procedure that is there; what it changes is shown before anything is saved."""
    brought = opened(file_id, by=person())
    reread(brought, asked(brought, request.form), said(brought), by=person())
    aim_at(file_id, request.form.get("existing", ""), by=person())
    return redirect(url_for("imports.show", file_id=file_id), 303)


@blueprint.post("/moi")
def as_new(file_id: int) -> ResponseReturnValue:
    """Let the file become a procedure of its own again, under another code."""
    brought = opened(file_id, by=person())
    reread(brought, asked(brought, request.form), said(brought), by=person())
    aim_at(file_id, None, by=person())
    return redirect(url_for("imports.show", file_id=file_id), 303)


@blueprint.post("/bo")
def leave(file_id: int) -> ResponseReturnValue:
    drop(file_id, by=person())
    flash(_("Đã bỏ tệp; chưa có gì được lưu."), "good")
    return redirect(url_for("drafts.index"), 303)


def shown(brought: Import, errors: dict[str, str] | None = None, *, stale: bool = False) -> str:
    """The page of a file, with what was typed so far. `stale`: somebody saved the draft that it would change."""
    with reading() as session:
        view = import_view(session, brought, by=person())
    typed = dict(brought.file.answers) | answers_of(request.form)
    wanted = wanted_of(brought, typed)
    there = there_already(brought, wanted)
    new = brought.procedure is None
    like = alike(wanted.title, there.procedure.code if there else "", by=person()) if new else ()
    told = {"errors": errors or {}, "stale": stale, "existing": there, "like": like}
    return render_template("imports/show.html", view=view, wanted=wanted, typed=typed, **told, **WORDS)


def there_already(brought: Import, wanted: NewProcedure) -> Existing | None:
    """The procedure of which the file may be the next state, where it is not said yet which it is."""
    if brought.procedure is not None or brought.understood.upload is None:
        return None
    with reading() as session:
        return existing(session, person(), code=wanted.code, title=wanted.title, unit=wanted.unit)


def saved(brought: Import) -> str:
    """Save the draft; return its procedure's code."""
    if brought.procedure is not None:
        revision = request.form.get("revision", type=int)
        kept = brought.file.answers.get("revision")
        seen = revision if revision is not None else int(kept) if kept else None
        save_change(brought, brought.procedure.code, seen, by=person())
        return brought.procedure.code
    typed = dict(brought.file.answers) | answers_of(request.form)
    own = typed.get("answers_for_own") == "1"
    new = wanted_of(brought, typed)
    return save_new(brought, new, own=own, by=person(), following=following(brought))


def following(brought: Import) -> int | None:
    """The table of the file that somebody wants to see next; None where there is none of that number."""
    number, seen = request.form.get("next", type=int), brought.understood.outline
    if brought.procedure is not None or seen is None:
        return None
    return next((each.number for each in seen.tables if each.steps and each.number == number), None)


def said(brought: Import) -> dict[str, str]:
    """What was answered; what only repeats what the page proposed says nothing, so that it follows another reading."""
    answers = answers_of(request.form)
    proposed = wanted_of(brought, {"unit": brought.unit})
    repeated = {"code": proposed.code, "title": proposed.title, "kind": proposed.kind}
    return {key: "" if repeated.get(key) == text.strip() else text for key, text in answers.items()}


def wanted_of(brought: Import, typed: dict[str, str]) -> NewProcedure:
    """What was typed, and where nothing was, what the file says."""
    upload = brought.understood.upload
    table = upload.table if upload is not None else None
    unit = typed.get("unit", "")
    said = table.code if table else None
    return NewProcedure(
        code=typed.get("code", "").strip() or said or next_code(unit),
        title=typed.get("title", "").strip() or proposed_title(brought),
        unit=unit,
        kind=typed.get("kind", "") or (table.kind if table and table.kind else "tthc"),
    )


def next_code(unit: str) -> str:
    """A free code for a unit's next procedure, such as `QT-QLDT-03`."""
    with reading() as session:
        return free_code(session, unit)
