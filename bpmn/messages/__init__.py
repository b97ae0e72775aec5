"""The sentences of the gate, one for each code and language, with the facts of a finding filled in.

They lie in `vi.toml` and `en.toml`: `what` is wrong and what to `do`.  Facts are only ever filled in, never read as a
pattern.  What stands in `[[…]]` is left out where a fact in it is empty.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from string import Formatter

from bpmn.findings import Finding

LANGUAGES = ("vi", "en")
VIETNAM = timezone(timedelta(hours=7))
MAX_FACT, MAX_LIST, MAX_NAMED = 120, 600, 6
NAMED = frozenset({"elements", "missing", "positions", "supporters"})
"""Facts that list names, which may have commas of their own."""
OPTIONAL = re.compile(r"\[\[(.*?)\]\]")
AMOUNT = re.compile(r"\b(\d+(?:\.\d+)?) (working_hour|working_day|calendar_day)\b")


@cache
def texts(lang: str) -> Mapping[str, Mapping[str, str]]:
    """All texts of a language by code; Vietnamese for a language that is not there."""
    chosen = lang if lang in LANGUAGES else "vi"
    content = (files("bpmn") / "messages" / f"{chosen}.toml").read_text("utf-8")
    return tomllib.loads(content)


def sentence(finding: Finding, lang: str) -> str:
    """What is wrong, where, and what to do, on one line."""
    return " ".join(filter(None, in_parts(finding, lang)))


def in_parts(finding: Finding, lang: str) -> tuple[str, str, str]:
    """Where, what is wrong, and what to do; where nobody knows the place, an empty text."""
    known = texts(lang)
    text = known.get(finding.code, known["unknown"])
    facts = Facts(finding, known["words"])
    parts = (place(finding, known["words"]), text["what"], text["do"])
    where, what, remedy = (Formatter().vformat(told(part, finding), (), facts) for part in parts)
    return where, what, remedy


def told(part: str, finding: Finding) -> str:
    """A text without those of its optional parts for which there is no fact."""

    def kept(found: re.Match[str]) -> str:
        fields = [field for _, field, _, _ in Formatter().parse(found[1]) if field]
        return found[1] if all(finding.facts.get(field) for field in fields) else ""

    return OPTIONAL.sub(kept, part)


WHOLE_TEXT = "word/document.xml"
"""The part of a Word file that everybody means by the file: to name it helps nobody find a place."""


def place(finding: Finding, words: Mapping[str, str]) -> str:
    """Where: the element, the line, or the place in an Office file.

    What begins with a digit is the number of a step, as no id of XML does.
    """
    facts = {key: value for key, value in finding.facts.items() if value != WHOLE_TEXT}
    named = [words[key] for key in ("member", "sheet", "cell", "paragraph") if key in facts]
    if finding.element:
        named.append(words["step" if finding.element[0].isdigit() else "element"])
    if finding.line:
        named.append(words["line"])
    return ", ".join(named) + ":" if named else ""


class Facts(dict[str, object]):
    """The facts of a finding as they are shown; one that is not there is a dash."""

    def __init__(self, finding: Finding, words: Mapping[str, str]) -> None:
        super().__init__({key: fact(key, value, words) for key, value in finding.facts.items()})
        if finding.facts.get("name") == "" and finding.element:
            self["name"] = shown(finding.element, words)
        self["element"] = shown(finding.element or "", words)
        self["line"] = finding.line or ""
        self["code"] = finding.code

    def __missing__(self, key: str) -> str:
        return "–"


def fact(key: str, value: object, words: Mapping[str, str]) -> str:
    """A fact by what it is: kinds of elements and events have words of their own, names stand in quotation marks, days
    and moments are written as people here write them."""
    if key in ("since", "moment") and isinstance(value, str):
        return dated(value, words)
    if key in ("tag", "event") and isinstance(value, str):
        return words.get(f"{key}-{value}", " ".join(value.split())[:MAX_FACT])
    if key in NAMED and isinstance(value, (list, tuple)) and value:
        listed = ", ".join(f"«{shown(item, words)}»" for item in value[:MAX_NAMED])
        more = len(value) - MAX_NAMED
        return f"{listed} {words['more'].format(count=more)}" if more > 0 else listed
    return shown(value, words)


def dated(value: str, words: Mapping[str, str]) -> str:
    """A day, or a moment in Vietnam's time; what is neither stays as it is."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return shown(value, words)
    if moment.tzinfo is None:
        return moment.strftime(words["day"])
    return moment.astimezone(VIETNAM).strftime(words["moment"])


def shown(value: object, words: Mapping[str, str]) -> str:
    """A fact on one line, cut short; words that stand for a reason are translated."""
    if isinstance(value, (list, tuple)):
        listed = ", ".join(shown(item, words) for item in value) or "–"
        return listed if len(listed) <= MAX_LIST else listed[: MAX_LIST - 1] + "…"
    text = " ".join(str(value).split()) if value not in (None, "") else "–"
    text = AMOUNT.sub(lambda found: amount(found, words), words.get(f"word-{text}", text))
    return text if len(text) <= MAX_FACT else text[: MAX_FACT - 1] + "…"


def amount(found: re.Match[str], words: Mapping[str, str]) -> str:
    """A number with its unit of time, as people write it: `1,5 ngày làm việc`."""
    return f"{found[1].replace('.', words['decimal'])} {words[found[2]]}"
