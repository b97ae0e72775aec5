"""Ids for the elements made from a table: readable, unique, never a name that the workflow library keeps for itself."""

import re
import unicodedata

NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,120}")
RESERVED = frozenset({"start", "end", "root", "boundary"})


def slug(text: str) -> str:
    """A text as letters, digits and underscores, without Vietnamese marks: `4.1` → `4_1`, `Đã duyệt` → `da_duyet`."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", kept).strip("_")[:60]


class Ids:
    """Hands out ids, each once; two ids never differ by case alone."""

    def __init__(self) -> None:
        self.taken: set[str] = set(RESERVED)

    def new(self, wanted: str) -> str:
        """The wanted id, or the same with a number behind."""
        number, found = 1, wanted
        while found.casefold() in self.taken:
            number += 1
            found = f"{wanted}_{number}"
        self.taken.add(found.casefold())
        return found

    def keep(self, wanted: str | None) -> str | None:
        """The wanted id, or None where it is taken or no valid id."""
        if wanted is None or not self.free(wanted):
            return None
        self.taken.add(wanted.casefold())
        return wanted

    def free(self, wanted: str | None) -> bool:
        """Whether a text is a valid id that nobody has."""
        return wanted is not None and NCNAME.fullmatch(wanted) is not None and wanted.casefold() not in self.taken


def process_id(code: str | None) -> str:
    """The id of the process of a procedure: its code where that is a valid id; what a call activity calls."""
    if code is None:
        return "process_1"
    return code if NCNAME.fullmatch(code) and code.casefold() not in RESERVED else f"process_{slug(code) or 1}"
