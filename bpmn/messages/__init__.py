"""The sentences of the gate, one for each code and language, with the facts of a finding filled in.

They lie in `vi.toml` and `en.toml`: `what` is wrong and what to `do`.  Facts are only ever filled in, never read as a
pattern.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter

from bpmn.findings import Finding

LANGUAGES = ("vi", "en")
MAX_FACT, MAX_LIST = 120, 600
AMOUNT = re.compile(r"\b(\d+(?:\.\d+)?) (working_hour|working_day|calendar_day)\b")


@cache
def texts(lang: str) -> Mapping[str, Mapping[str, str]]:
    """All texts of a language by code; Vietnamese for a language that is not there."""
    chosen = lang if lang in LANGUAGES else "vi"
    content = (files("bpmn") / "messages" / f"{chosen}.toml").read_text("utf-8")
    return tomllib.loads(content)


def sentence(finding: Finding, lang: str) -> str:
    """What is wrong, where, and what to do, on one line."""
    known = texts(lang)
    text = known.get(finding.code, known["unknown"])
    facts = Facts(finding, known["words"])
    parts = (place(finding, known["words"]), text["what"], text["do"])
    return " ".join(Formatter().vformat(part, (), facts) for part in parts if part)


def place(finding: Finding, words: Mapping[str, str]) -> str:
    """Where: the element, the line, or the place in an Office file."""
    named = [words[key] for key in ("member", "sheet", "cell", "paragraph") if key in finding.facts]
    if finding.element:
        named.append(words["element"])
    if finding.line:
        named.append(words["line"])
    return ", ".join(named) + ":" if named else ""


class Facts(dict[str, object]):
    """The facts of a finding as they are shown; one that is not there is a dash."""

    def __init__(self, finding: Finding, words: Mapping[str, str]) -> None:
        super().__init__({key: shown(value, words) for key, value in finding.facts.items()})
        self["element"] = shown(finding.element or "", words)
        self["line"] = finding.line or ""
        self["code"] = finding.code

    def __missing__(self, key: str) -> str:
        return "–"


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
