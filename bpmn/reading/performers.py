"""Performer cells: who leads, who helps, which unit, and persons' names apart.

Shapes met: `CC Bộ phận TN&TKQ` · `Trưởng phòng/ Phó Trưởng phòng` · `PCT UBND thị xã (hoặc Chủ tịch)` ·
`- Chuyên viên thụ lý⏎- CC Địa chính` · `Tổ thẩm định (Phòng NV chủ trì; Văn phòng)` · `CC TCD: đ/c B` · `đ/c B`.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, replace

from bpmn.fiveclear import Performer
from bpmn.folding import search_key

SHORT = {
    "CC": "Công chức",
    "VC": "Viên chức",
    "CV": "Chuyên viên",
    "CVP": "Chánh Văn phòng",
    "PCVP": "Phó Chánh Văn phòng",
    "LĐ": "Lãnh đạo",
    "LĐVP": "Lãnh đạo Văn phòng",
    "CB": "Cán bộ",
    "CBCC": "Cán bộ, công chức",
    "CT": "Chủ tịch",
    "PCT": "Phó Chủ tịch",
    "TP": "Trưởng phòng",
    "PTP": "Phó Trưởng phòng",
    "PP": "Phó Trưởng phòng",
    "GĐ": "Giám đốc",
    "PGĐ": "Phó Giám đốc",
    "VT": "Văn thư",
    "VP": "Văn phòng",
}
"""Abbreviations that are spelled out; any other stays as written."""

SHORT_WORD = re.compile(r"(?<![\w&/.-])(" + "|".join(sorted(SHORT, key=len, reverse=True)) + r")(?![\w&.-])")
TITLES = (
    "truong phong|pho truong phong|chuyen vien|cong chuc|vien chuc|can bo|can su|van thu|lanh dao|chu tich|pho chu tich"
    "|chanh van phong|pho chanh van phong|chanh|pho|giam doc|pho giam doc|thu truong|truong|to truong|ke toan|thu quy"
    "|nhan vien|hoi dong|to|bo phan|nguoi|thanh vien|dai dien|toan the|doan"
)
TITLE = re.compile(rf"(?:{TITLES})\b")
UNIT_WORDS = (
    r"Phòng|Bộ phận|Văn phòng(?!\s*-\s*thống kê)|UBND|Ủy ban|Uỷ ban|HĐND|Trung tâm|Chi nhánh|Chi cục|Ban|Sở"
    "|Công an|Kho bạc|Bảo hiểm|BHXH|Thanh tra|Đội|Hội|Trường|Trạm|VPĐKĐĐ|Cơ quan|Đơn vị|Các|các đơn vị|các phòng"
    "|các xã|đơn vị"
)
UNIT_START = re.compile(rf"(?<=\s)(?<!và )(?<!- )(?:của\s+|thuộc\s+|tại\s+)?(?P<word>{UNIT_WORDS})\b")
OFFICES = frozenset({"chu tich", "pho chu tich", "chanh van phong", "pho chanh van phong", "chu tich, pho chu tich"})
WHOLE = frozenset(
    [
        "truong",
        "pho",
        "chanh",
        "to",
        "lanh dao",
        "pho truong",
        "pho chanh",
        "dai dien",
        "thu truong",
        "thu truong cac",
        "toan the",
    ]
)
OF = re.compile(r"^(?:của|thuộc|tại)\s+")
IN_CHARGE = re.compile(r"\s+(?:phụ trách|được|ký).*$")
TOGETHER = re.compile(
    r"[,;]?\s*(?<!đơn vị )(?<!cơ quan )(?<!phòng )\bphối hợp(?:\s+với)?\s*:?\s+(?!đ/c|đồng chí)", re.IGNORECASE
)
PERSON_MARK = re.compile(
    r"(?:^|[\s:;,(–-])(?P<mark>đ/c|đ\.c|(?-i:đc|Đc)|đồng chí|ông|bà|anh|chị)[:.]?\s+(?P<name>[^;,()\n–]+)",
    re.IGNORECASE,
)
NAME = re.compile(r"(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]*\s?|[A-ZĐ]\.?\s?){1,5}")
FAMILY = frozenset(
    [
        "nguyen",
        "tran",
        "le",
        "pham",
        "hoang",
        "huynh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "ly",
        "dao",
        "doan",
        "trinh",
        "dinh",
        "mai",
        "truong",
        "lam",
        "luong",
    ]
)
BULLET = re.compile(r"^\s*(?:[-+*•–]|\d{1,2}[.)]|[a-z]\))\s+")
OR_OTHER = re.compile(r"^(?:hoặc|hay|và|phối hợp với|phối hợp|cùng)\s*:?\s+", re.IGNORECASE)
BRACKET = re.compile(r"\(([^()]*)\)")
HELPS = re.compile(r"\b(?:giup viec|phoi hop|tham gia|ho tro|thay|uy quyen|hoac)\b")
LEADS = re.compile(r"\s*(?<!đơn vị )(?<!cơ quan )\b(?:chủ trì|chịu trách nhiệm chính)\b\s*[:.]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Performers:
    """Who does a step: the lead and the supporting ones."""

    lead: Performer | None = None
    supporting: tuple[Performer, ...] = ()

    @property
    def all(self) -> tuple[Performer, ...]:
        return (() if self.lead is None else (self.lead,)) + self.supporting


def read_performers(text: str, known: Container[str] = ()) -> Performers:
    """All performers of one cell, the first being the lead unless another is said to lead.

    `known` are the keys of persons whom an earlier cell introduced: alone they stand for their own position.
    """
    pieces = [piece for part in parts(text) for piece in with_bracket(part)]
    found = [performer for piece in pieces if (performer := one(piece)) is not None]
    found = joined(found, known)
    if not found:
        return Performers()
    return Performers(found[0], tuple(found[1:]))


def joined(found: list[Performer], known: Container[str]) -> list[Performer]:
    """A person alone belongs to the position before, unless known; the same performer twice is one."""
    kept: list[Performer] = []
    for performer in found:
        new = search_key(performer.person or "") not in known
        if not performer.position and kept and kept[-1].person is None and new:
            kept[-1] = replace(kept[-1], person=performer.person)
        elif all((performer.position, performer.person) != (other.position, other.person) for other in kept):
            kept.append(performer)
    return kept


def parts(text: str) -> list[str]:
    """The pieces that may each be a performer: lines, bullets, semicolons, titles parted by bars or commas."""
    found: list[str] = []
    for line in unwrapped(text):
        for whole in outside(line, ";"):
            stripped = OR_OTHER.sub("", BULLET.sub("", whole.strip())).strip(" .,;")
            found += [part for piece in TOGETHER.split(stripped) for part in by_titles(piece.strip(" .,;"))]
    return [piece for piece in found if piece]


def unwrapped(text: str) -> list[str]:
    """The lines of a cell, those in one bracket put together, and those that only go on."""
    lines: list[str] = []
    for line in text.split("\n"):
        opened = lines and lines[-1].count("(") > lines[-1].count(")")
        goes_on = lines and line[:1].islower() and not OR_OTHER.match(line) and not PERSON_MARK.match(line)
        if opened or goes_on:
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
    return lines


def outside(text: str, mark: str) -> list[str]:
    """Split at a mark that stands in no bracket."""
    pieces: list[str] = []
    for piece in text.split(mark):
        if pieces and pieces[-1].count("(") > pieces[-1].count(")"):
            pieces[-1] += mark + piece
        else:
            pieces.append(piece)
    return pieces


def by_titles(text: str) -> list[str]:
    """`Trưởng phòng/ Phó Trưởng phòng` are two, `UBND phường/xã` is one: a piece counts that begins with a title."""
    for mark in ("/", ",", " và ", " hoặc ", " + "):
        pieces = merged(outside(text, mark), mark)
        if len(pieces) > 1 and is_title(pieces[0]):
            return shared_unit(pieces) if mark == "/" else pieces
    return [text]


def merged(pieces: list[str], mark: str) -> list[str]:
    """Put a piece without title back behind the one before."""
    found: list[str] = []
    for piece in pieces:
        if found and not is_title(piece.strip()):
            found[-1] += mark + piece
        else:
            found.append(piece.strip())
    return found


def shared_unit(pieces: list[str]) -> list[str]:
    """`Chủ tịch/PCT UBND xã`: the unit behind the last belongs to all."""
    tail = UNIT_START.search(pieces[-1])
    if tail is None or any(UNIT_START.search(piece) for piece in pieces[:-1]):
        return pieces
    return [f"{piece} {pieces[-1][tail.start() :]}" for piece in pieces[:-1]] + pieces[-1:]


def is_title(text: str) -> bool:
    """Whether a piece begins with a title of its own."""
    return TITLE.match(search_key(spelled(text))) is not None


def with_bracket(text: str) -> list[str]:
    """A piece, and what its bracket says of helpers; a bracket that explains stays where it is."""
    if text.startswith("(") and text.endswith(")"):
        return [OR_OTHER.sub("", text[1:-1])]
    match = BRACKET.search(text)
    if match is None:
        return [text]
    inner, before = match[1].strip(), (text[: match.start()] + text[match.end() :]).strip()
    if LEADS.search(inner) and ";" in inner:
        lead, *others = inner.split(";")
        return [f"{before} {LEADS.sub('', lead).strip()}", *(other for group in others for other in group.split(","))]
    if HELPS.search(search_key(inner)) or is_title(OR_OTHER.sub("", inner)):
        return [before, OR_OTHER.sub("", inner)]
    return [text]


def spelled(text: str) -> str:
    """Known abbreviations in full."""
    return SHORT_WORD.sub(lambda match: SHORT[match[1]], text)


def one(text: str) -> Performer | None:
    """One performer: the person taken out, abbreviations spelled out, the unit split off."""
    position, person = without_person(text.strip(" .,;:-"))
    position = LEADS.sub("", spelled(position)).strip(" .,;:-")
    if not position and person is None:
        return None
    position, unit = split_unit(position)
    return Performer(position, unit, person)


def without_person(text: str) -> tuple[str, str | None]:
    """`CC TCD: đ/c B` → position and person; a bare name with a family name is a person too."""
    match = PERSON_MARK.search(text)
    if match is not None:
        name = re.split(r"\s+-\s+|\s+–\s+", match["name"].strip())[0].strip(" .)")
        after = text[match.end() :].strip(" .,;:-–()")
        before = text[: match.start()].strip(" .,;:-–(")
        more = match["name"].strip()[len(name) :].strip(" -–)")
        return " ".join(part for part in (before, more, after) if part), name
    for mark in (":", " - ", " – "):
        head, found, tail = text.partition(mark)
        if found and is_name(tail):
            return head.strip(), tail.strip()
        if found and is_name(head):
            return tail.strip(), head.strip()
    return ("", text) if is_name(text) else (text, None)


def is_name(text: str) -> bool:
    """Whether a text is a Vietnamese personal name: two to five words in capitals, a family name first."""
    words = text.strip().split()
    capital = NAME.fullmatch(text.strip()) is not None
    return 2 <= len(words) <= 5 and capital and search_key(words[0]) in FAMILY and words[-1] not in SHORT


def split_unit(text: str) -> tuple[str, str | None]:
    """`Công chức tiếp nhận Bộ phận TN&TKQ` → position and unit; `Chủ tịch UBND thị xã` keeps its whole title."""
    starts = list(UNIT_START.finditer(text))
    if not starts:
        return text, None
    again = [start for start in starts[1:] if start["word"].casefold() == starts[0]["word"].casefold()]
    start = again[0] if again else starts[0]
    position, unit = text[: start.start()].strip(" ,-–"), OF.sub("", text[start.start() :].strip())
    key = search_key(position)
    if key in WHOLE:
        return text, unit if unit[:1].isupper() else None
    if key in OFFICES:
        return text, IN_CHARGE.sub("", unit).strip(" ,-")
    same_word = search_key(unit).startswith(key.split(" ")[0] + " ") and bool(again or key)
    return (position, unit) if is_title(position) or (again or same_word) else (text, None)
