"""A rehearsal in an address: its start, its variables and its acts, packed; nothing is kept on the server."""

import binascii
import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bpmn.folding import normal
from engine.rehearsal import MAX_ACTS, Act, ActKind, Pace, Plain
from web.forms import Wrong

LONGEST = 3_000
"""Characters of a packed script: what servers and proxies take in an address."""

LARGEST = 200_000  # bytes unpacked
VARIABLE = "v."
VALUE_LENGTH = 500
NUMBER = re.compile(r"-?\d{1,15}(?:,\d{1,9}|\.\d{1,2})?")
GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,9})?")
TRUTHS = {"đúng": True, "true": True, "sai": False, "false": False}


@dataclass(frozen=True, slots=True)
class Script:
    """What is played: from when, with which variables, which acts."""

    start: datetime
    variables: Mapping[str, Plain] = field(default_factory=dict)
    acts: Sequence[Act] = ()

    def followed_by(self, act: Act) -> "Script":
        return replace(self, acts=(*self.acts, act))

    def back(self) -> "Script":
        return replace(self, acts=self.acts[:-1])

    def again(self) -> "Script":
        return replace(self, acts=())

    def packed(self) -> str:
        """The script as it stands in an address."""
        acts = [[act.kind, act.element, act.pace, act.outcome, act.item, dict(act.values)] for act in self.acts]
        said = json.dumps([self.start.isoformat(), dict(self.variables), acts], ensure_ascii=False)
        return urlsafe_b64encode(zlib.compress(said.encode(), 9)).decode().rstrip("=")

    @property
    def fits(self) -> bool:
        return len(self.acts) <= MAX_ACTS and len(self.packed()) <= LONGEST


def unpack(text: str) -> Script:
    """Read what `packed` wrote. Raises `Wrong` for anything else."""
    if len(text) > LONGEST:
        raise Wrong("s")
    try:
        opened = zlib.decompressobj()
        said = opened.decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)), LARGEST)
        start, variables, acts = json.loads(said)
        script = Script(datetime.fromisoformat(start), checked(variables), tuple(act_of(*each) for each in acts))
    except (binascii.Error, zlib.error, ValueError, TypeError, RecursionError) as error:
        raise Wrong("s") from error
    if script.start.tzinfo is None or len(script.acts) > MAX_ACTS:
        raise Wrong("s")
    return script


def act_of(kind: str, element: str, pace: str, outcome: str, item: int, values: object) -> Act:  # noqa: PLR0917  # as packed
    """One act. Raises ValueError or TypeError for what is none."""
    if not (isinstance(element, str) and isinstance(outcome, str) and isinstance(item, int)):
        raise TypeError
    return Act(ActKind(kind), element, Pace(pace), outcome, item, checked(values))


def checked(values: object) -> dict[str, Plain]:
    """Variables with plain values. Raises TypeError."""
    if not isinstance(values, dict) or not all(is_plain(value) for value in values.values()):
        raise TypeError
    return values


def is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return isinstance(value, str | int | float)


def given(form: Mapping[str, str]) -> dict[str, Plain]:
    """The variables that a form brings; empty fields give none."""
    fields = {name.removeprefix(VARIABLE): normal(text) for name, text in form.items() if name.startswith(VARIABLE)}
    return {name: plain(text[:VALUE_LENGTH]) for name, text in fields.items() if text}


def plain(text: str) -> Plain:
    """A value as people write it: 5.000.000 or 2,5 is a number, `a; b` a list, đúng and sai are truths."""
    if text.casefold() in TRUTHS:
        return TRUTHS[text.casefold()]
    if ";" in text:
        return [part.strip() for part in text.split(";") if part.strip()]
    if GROUPED.fullmatch(text):
        text = text.replace(".", "")
    if NUMBER.fullmatch(text):
        figure = text.replace(",", ".")
        return float(figure) if "." in figure else int(figure)
    return text


def written(value: object) -> str:
    """A value as a form shows it."""
    if isinstance(value, bool):
        return "đúng" if value else "sai"
    if isinstance(value, list):
        return "; ".join(map(str, value)) + (";" if len(value) == 1 else "")
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
