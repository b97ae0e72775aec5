"""The user's guide as the build rendered it. Where it was never built, there is none."""

from functools import cache

from web.statics import BUILD


@cache
def chapter(name: str) -> str | None:
    """A chapter as HTML: our own text, rendered at build time; None where it was not built."""
    path = BUILD / "guide" / f"{name}.html"
    return path.read_text() if path.is_file() else None
