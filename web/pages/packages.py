"""Gói trao đổi: send versions to other units and towns, take theirs in."""

from apiflask import APIBlueprint
from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Conflict, Invalid
from procedures.access import visible_version
from procedures.commands.take_package import chosen, names_for, take_package, unpacked
from procedures.errors import PackageRefused, Unclear
from procedures.exchange import packed, read_package, write_package
from procedures.queries.packages import in_force, town_name
from web.forms import Wrong, faults, text
from web.identity import person
from web.languages import _
from web.limits import UPLOAD, caller, limiter
from web.present.beginnings import seat_lines
from web.present.version import refused_lines
from web.request import now, reading, transaction
from web.sentences import sentence
from web.uploads import town_today

blueprint = APIBlueprint("packages", __name__, enable_openapi=False)
ZIP = "application/zip"


@blueprint.get("/quy-trinh/<code>/ban/<int:number>/goi.zip")
def version(code: str, number: int) -> ResponseReturnValue:
    with reading() as session:
        found = visible_version(session, code, number, person())
        town = town_name(session)
    return download(write_package(town, [packed(found)]), f"goi-{number}.zip")


@blueprint.get("/goi/<unit>.zip")
def of_unit(unit: str) -> ResponseReturnValue:
    """All versions in force of a unit: everybody may see those."""
    with reading() as session:
        found, town = in_force(session, unit=unit), town_name(session)
    return download(write_package(town, [packed(each) for each in found]), "goi.zip")


@blueprint.get("/nhap-goi")
def new() -> ResponseReturnValue:
    return form({})


@blueprint.post("/nhap-goi")
@limiter.limit(UPLOAD, key_func=caller)
def create() -> ResponseReturnValue:
    """Check a package and take its procedures in as drafts: all of them or none."""
    try:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise Wrong("package")
        with file.stream as stream:
            package = read_package(stream.read())
        gate, unit, wanted = town_today(), text("unit"), chosen(package, text("only"))
        with reading() as session:
            names = names_for(session, wanted, unit)
        drafts = unpacked(wanted, package.town, names, gate)
        with transaction() as session:
            made = take_package(session, drafts, by=person(), at=now())
    except Unclear as error:
        return form({"package": " ".join(line.message for line in refused_lines(error.findings)[:3])}), 422
    except PackageRefused as error:
        return form({"package": sentence(error.code, 422, error.facts)}), 422
    except (Invalid, Conflict) as error:
        return form(faults(error)), 422
    flash(_("Đã nhập %(n)s quy trình từ %(town)s thành dự thảo.", n=len(made), town=package.town), "good")
    for draft in drafts[:5]:
        for kind, line in seat_lines(draft.seats):
            flash(f"{draft.new.code}: {line}", kind)
    if len(made) == 1:
        return redirect(url_for("procedures.show", code=made[0].code), 303)
    return redirect(url_for("drafts.index"), 303)


def form(errors: dict[str, str]) -> str:
    return render_template("packages/new.html", errors=errors)


def download(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, content_type=ZIP, headers=headers)
