"""The built front end: hashed files named by a manifest. Where it was never built, pages work without it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

BUILD = Path(__file__).parent / "static" / "build"
YEAR = 31_536_000  # seconds


@cache
def manifest() -> Mapping[str, str]:
    """Which hashed file holds which entry; empty before the first build."""
    path = BUILD / "manifest.json"
    if not path.is_file():
        return {}
    names: Mapping[str, str] = json.loads(path.read_text())
    return names


def asset(name: str) -> str | None:
    """The address of a built entry such as `app.css`, or None where the front end is not built."""
    file = manifest().get(name)
    return None if file is None else url_for("static", filename=f"build/{file}")


def serve_statics(app: Flask) -> None:
    """Give templates `asset`, and let browsers keep hashed files for good."""
    app.add_template_global(asset)

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in {200, 304}:
            hashed = "/build/" in request.path
            age = f"public, max-age={YEAR}, immutable" if hashed else "public, max-age=3600"
            response.headers["Cache-Control"] = age
        return response
