"""What stands around a table: title, unit, limit, dossier, legal basis, and notes below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bpmn.dialect.numbers import plain_number
from bpmn.fiveclear import TimeUnit
from bpmn.folding import search_key
from bpmn.office.grid import Grid, Paragraph
from bpmn.reading.durations import read_time

CODE = re.compile(r"(?:QT|QTNB|QTGQ)(?:[-./][\wĐ]+)+")
CODE_MARK = re.compile(
    r"(?:mã\s*(?:số|hiệu|quy trình)?|ký hiệu)\s*:?\s*(?P<code>[A-ZĐ\d][\wĐ./-]*\d[\wĐ./-]*)", re.IGNORECASE
)
NATIONAL = re.compile(r"\b\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?\b")
TITLE = re.compile(r"^(?:\d+[.)]\s*)?(?:quy trình|quy trinh)\b", re.IGNORECASE)
TITLE_WORDS = re.compile(
    r"^(?:quy trình|chuẩn|nội bộ|điện tử|giải quyết|thủ tục hành chính|thủ tục|tthc|[\"“”'\s:]|5 rõ)+"
    r"(?=[\"“”'\s:]|$)[\"“”'\s:]*",
    re.IGNORECASE,
)
TRIM = ' :.-"“”'
LIMIT = re.compile(
    r"thời (?:hạn|gian)(?: giải quyết| thực hiện| xử lý)?[^:\n]{0,40}:\s*(?P<rest>.+)", re.IGNORECASE | re.DOTALL
)
SECTION = re.compile(r"^\s*(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])\s*[.)]\s*")
PARTS = (
    ("inputs", re.compile(r"^(?:thanh phan(?:, so luong)? ho so|ho so gom)")),
    ("outputs", re.compile(r"^(?:ket qua(?: thuc hien| giai quyet)?)\s*:?")),
    ("legal_basis", re.compile(r"^(?:can cu(?: phap ly)?|co so phap ly)\b")),
    ("field", re.compile(r"^linh vuc\b")),
    ("trigger", re.compile(r"^(?:dieu kien (?:thuc hien|bat dau)|khoi dau)\b")),
)
UNIT_LINE = re.compile(r"^(?:phòng|văn phòng|ban|trung tâm|chi cục|chi nhánh|sở|thanh tra)\b", re.IGNORECASE)
UBND_LINE = re.compile(r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\b", re.IGNORECASE)
MOTTO = re.compile(r"cong hoa xa hoi|doc lap\s*-\s*tu do|^-+$")
CITIZEN = re.compile(
    r"tn&tkq|mot cua|cong dan|nguoi dan|ho gia dinh|ho ngheo|(?:nhan|nop) don\b"
    r"|to chuc, ca nhan|tiep nhan va tra ket qua|thu tuc hanh chinh|tthc|nguoi nop"
    r"|giay tiep nhan|hen tra|tra ket qua|phi, le phi"
)
YEAR = re.compile(r"(?:năm|/)\s*(20\d{2})\b")
ABBREVIATIONS = (
    "UBND",
    "HĐND",
    "TTHC",
    "CCHC",
    "LĐTB&XH",
    "TN&MT",
    "TN&TKQ",
    "VP",
    "NN&PTNT",
    "BTXH",
    "QSDĐ",
    "GCN",
    "TT",
    "CT",
    "XH",
)


@dataclass
class Around:
    """What was found around a table; `rest` are texts that fit nowhere."""

    title: str | None = None
    code: str | None = None
    national_code: str | None = None
    unit_name: str | None = None
    limit: dict[str, object] | None = None
    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    legal_basis: list[str] = field(default_factory=list)
    field_of_work: str | None = None
    trigger: str | None = None
    year: int | None = None
    rest: list[str] = field(default_factory=list)


def texts_around(blocks: Sequence[Paragraph | Grid], grid: Grid, first: int) -> tuple[list[str], list[str]]:
    """The texts before and after a table: paragraphs, other tables, and the rows above the header."""
    at = next(at for at, block in enumerate(blocks) if block is grid)
    before = [line for block in blocks[:at] for line in texts_of(block)]
    above = [line for row in range(first) for cell in grid.starting(row) for line in cell.text.split("\n")]
    after = [line for block in blocks[at + 1 :] for line in texts_of(block)]
    return [line for line in before + above if line.strip()], [line for line in after if line.strip()]


def texts_of(block: Paragraph | Grid) -> list[str]:
    if isinstance(block, Paragraph):
        return block.text.split("\n")
    return [line for cells in block.by_row.values() for cell in cells for line in cell.text.split("\n")]


def read_around(before: Sequence[str]) -> Around:
    """Everything that the texts before a table say."""
    found = Around()
    part: str | None = None
    for at, whole in enumerate(before):
        line = whole
        plain = search_key(SECTION.sub("", line))
        found.year = found.year or year_in(line)
        if MOTTO.search(plain):
            continue
        heading = next((name for name, pattern in PARTS if pattern.match(plain)), None)
        if heading is not None:
            part = heading
            line = line.partition(":")[2].strip() if ":" in line else rest_of(line)
            if not line:
                continue
        elif SECTION.match(line) and not line.lstrip().startswith("-"):
            part = None
        if not known_line(found, line, before, at=at, part=part):
            keep(found, line, part)
    finish(found)
    return found


def year_in(line: str) -> int | None:
    match = YEAR.search(line)
    return int(match[1]) if match else None


def rest_of(line: str) -> str:
    """What a heading such as `Căn cứ Nghị định số 61` says itself."""
    stripped = SECTION.sub("", line).strip()
    return stripped if re.match(r"căn cứ\s+\S", stripped, re.IGNORECASE) and len(stripped) > 25 else ""


def known_line(found: Around, line: str, before: Sequence[str], *, at: int, part: str | None) -> bool:
    """Whether a line is a title, a code, a unit or a limit, and was taken."""
    stripped = SECTION.sub("", line).strip()
    limit = LIMIT.search(stripped)
    if limit is not None and found.limit is None and part is None:
        found.limit = limit_of(limit["rest"].strip())
        return found.limit is not None
    mark = CODE_MARK.search(stripped)
    if mark is not None and part is None:
        found.code = found.code or mark["code"]
        return CODE_MARK.sub("", stripped).strip(" ()") == ""
    if part is None and UNIT_LINE.match(stripped) and found.title is None:
        found.unit_name = unit_case(stripped)
        return True
    if part is None and UBND_LINE.match(stripped) and found.title is None:
        found.unit_name = found.unit_name or unit_case(stripped)
        return True
    if found.title is None and part is None and TITLE.match(stripped):
        found.title = title_of(stripped, before[at + 1 :])
        return True
    return found.title is not None and search_key(sentence_case(stripped)) == search_key(found.title)


def limit_of(text: str) -> dict[str, object] | None:
    """`15 ngày kể từ ngày nhận đủ hồ sơ hợp lệ.` as text, value and unit."""
    text = text.split("\n", maxsplit=1)[0].rstrip(" .")
    time = read_time(text, day=TimeUnit.CALENDAR_DAY)
    if time is None:
        return {"text": text}
    limit: dict[str, object] = {"text": text}
    if time.duration.value:
        limit["value"] = plain_number(time.duration.value)
    return limit | {"unit": time.duration.unit.value}


def title_of(line: str, following: Sequence[str]) -> str | None:
    """The task that the title names; `QUY TRÌNH` alone is named by the line below."""
    colon = re.match(r"quy trình[^:]{0,40}:\s*(?P<own>\S.*)", line, re.IGNORECASE)
    own = colon["own"].strip() if colon else bare(TITLE_WORDS.sub("", line))
    if own and own.casefold() != "rõ":
        return sentence_case(own)
    return next((sentence_case(bare(text)) for text in following[:2] if text.strip()), None)


def bare(text: str) -> str:
    """A title without the marks around it; a quotation at its end keeps both of its marks."""
    kept = text.strip(TRIM)
    closing = text[text.find(kept) + len(kept) :][:1]
    is_open = kept.count('"') % 2 == 1 if closing == '"' else closing == "”" and kept.count("“") > kept.count("”")
    return kept + closing if is_open else kept


def sentence_case(text: str) -> str:
    """A text in capitals as a sentence, abbreviations kept; any other text as it is."""
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or sum(letter.isupper() for letter in letters) < 0.8 * len(letters):
        return text
    words = [word if word.strip("(),.") in ABBREVIATIONS else word.lower() for word in text.split()]
    whole = " ".join(words)
    return whole[:1].upper() + whole[1:]


def unit_case(text: str) -> str:
    """`PHÒNG QUẢN LÝ ĐÔ THỊ` → `Phòng Quản lý đô thị`."""
    whole = sentence_case(text)
    first, _, rest = whole.partition(" ")
    return f"{first} {rest[:1].upper()}{rest[1:]}".strip()


def keep(found: Around, line: str, part: str | None) -> None:
    """Put a line where its heading says, else among the rest."""
    text = re.sub(r"^\s*[-+*•]\s*", "", line).strip(" ;")
    if part == "field":
        found.field_of_work = found.field_of_work or text
    elif part == "trigger":
        found.trigger = text if found.trigger is None else f"{found.trigger}\n{text}"
    elif part is not None:
        getattr(found, part).append(text.rstrip("."))
    else:
        found.rest.append(line.strip())


def finish(found: Around) -> None:
    """The national code of a procedure, wherever it stands."""
    for text in found.rest:
        match = NATIONAL.search(text)
        if match is not None:
            found.national_code = found.national_code or match[0]


def is_citizens(texts: Sequence[str]) -> bool:
    """Whether a procedure is one for citizens."""
    return any(CITIZEN.search(search_key(text)) for text in texts)
