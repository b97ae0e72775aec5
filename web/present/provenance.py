"""Where a draft came from, in words."""

from collections.abc import Mapping

from web.languages import _


def origin_line(origin: Mapping[str, object]) -> str:
    """One sentence, or nothing where a draft came from nowhere in particular."""
    facts = {name: str(origin.get(name) or "") for name in ("code", "number", "unit", "town", "decision")}
    match origin.get("kind"):
        case "copy":
            return _("Lập từ %(code)s, bản %(number)s, %(unit)s.", **facts)
        case "version":
            return _("Soạn từ bản %(number)s.", **facts)
        case "package" if origin.get("decision"):
            return _("Từ %(town)s, %(unit)s: %(code)s, bản %(number)s, Quyết định số %(decision)s.", **facts)
        case "package":
            return _("Từ %(town)s, %(unit)s: %(code)s, bản %(number)s.", **facts)
    return ""
