"""Whether bytes are an Office package that may be opened: type, members, sizes, macros, remote parts.

Nothing is written to disk, and members are inflated in pieces with a count.
"""

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from bpmn.findings import Clear, Finding
from bpmn.office.grid import MAX_ROWS
from bpmn.verdicts import reject, warning

MAX_BYTES = 25 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_MEMBERS = 2_000
PIECE = 256 * 1024

BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
)
"""What the zip library raises on a broken package."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
MACRO = re.compile(r"vbaproject\.bin$|macroenabled", re.IGNORECASE)
DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
DTD_WIDE = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T|E\0?N\0?T\0?I)", re.IGNORECASE)  # in UTF-16
ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
EXTERNAL = re.compile(rb"<Relationship\b[^>]*>", re.IGNORECASE)
HARMLESS = (b"/hyperlink",)


def check_package(data: bytes, ending: str) -> list[Finding]:
    """All that forbids or flags a file called `.docx` or `.xlsx`. A reject: do not open."""
    refused = refuse_bytes(data, ending)
    if refused is not None:
        return [refused]
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            refused = refuse_members(package) or refuse_type(package, ending)
            return [refused] if refused is not None else contents(package, len(data))
    except BROKEN as failure:
        return [reject("zip-corrupt", reason=str(failure)[:200])]


def refuse_bytes(data: bytes, ending: str) -> Finding | None:
    """What the first bytes say: empty, an old or encrypted file, no package at all."""
    if not data:
        return reject("file-empty")
    if len(data) > MAX_BYTES:
        return reject("limit-size", bytes=len(data), limit=MAX_BYTES)
    if data.startswith(OLE):
        return refuse_ole(data)
    if not data.startswith(b"PK"):
        return reject("file-type", ending=ending, found="text" if b"\0" not in data[:1000] else "binary")
    return None


def refuse_ole(data: bytes) -> Finding:
    """Why a file of the old container is refused: it is encrypted, or a .doc or .xls."""
    encrypted = ENCRYPTED_PACKAGE in data
    return reject("office-encrypted") if encrypted else reject("office-old", advice="save-as-docx-or-xlsx")


def refuse_members(package: zipfile.ZipFile) -> Finding | None:
    """What the list of members alone forbids."""
    members = package.infolist()
    if len(members) > MAX_MEMBERS:
        return reject("zip-members", count=len(members), limit=MAX_MEMBERS)
    seen: set[str] = set()
    for member in members:
        if member.flag_bits & 0x1:
            return reject("office-encrypted", member=member.filename[:200])
        if climbs(member.filename):
            return reject("zip-name", member=member.filename[:200])
        if member.filename.casefold() in seen:
            return reject("zip-dup", member=member.filename[:200])
        seen.add(member.filename.casefold())
    return None


def climbs(name: str) -> bool:
    """Whether a member's name could leave the package's folder, or hides something."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith("/") or "\\" in name or ".." in parts or ":" in name or not name.isprintable()


def refuse_type(package: zipfile.ZipFile, ending: str) -> Finding | None:
    """Whether the package is what its ending says."""
    names = set(package.namelist())
    if any(MACRO.search(name) for name in names):
        return reject("office-macro", member=next(name for name in names if MACRO.search(name)))
    if MAIN[ending] in names and "[Content_Types].xml" in names:
        return None
    other = next((kind for kind, main in MAIN.items() if main in names), None)
    if other is not None and other != ending:
        return reject("file-type", ending=ending, found=other)
    return reject("office-part", member=MAIN[ending])


def contents(package: zipfile.ZipFile, packed: int) -> list[Finding]:
    """What the inflated members forbid or flag."""
    findings: list[Finding] = []
    total = 0
    rows: dict[str, int] = {}
    for member in package.infolist():
        refused: Finding | None = None
        try:
            for piece in inflated(package, member):
                total += len(piece) - OVERLAP if total else len(piece)
                if total > MAX_UNPACKED:
                    return [reject("limit-unpacked", member=member.filename, limit=MAX_UNPACKED)]
                rows[member.filename] = rows.get(member.filename, 0) + count_rows(member.filename, piece)
                refused = refused or refuse_piece(member.filename, piece)
        except BROKEN:
            return [reject("zip-corrupt", member=member.filename)]
        if refused is not None:
            return [refused]
        if rows.get(member.filename, 0) > MAX_ROWS:
            return [reject("limit-rows", member=member.filename, sheet=sheet_number(member.filename), limit=MAX_ROWS)]
        findings += flagged(package, member)
    if total > MAX_RATIO * max(packed, 1):
        return [reject("limit-ratio", unpacked=total, packed=packed, limit=MAX_RATIO)]
    return findings


OVERLAP = 32


def inflated(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member in pieces; each but the first repeats the end of the one before, so that no mark is cut."""
    with package.open(member) as stream:
        tail = b""
        while piece := stream.read(PIECE):
            yield tail + piece
            tail = piece[-OVERLAP:]


def count_rows(name: str, piece: bytes) -> int:
    """Rows of a sheet in a piece; a mark in the repeated end counts twice, which the limit does not notice."""
    return len(ROW.findall(piece)) if name.startswith("xl/worksheets/") else 0


def sheet_number(name: str) -> str:
    return re.sub(r"\D", "", name.rpartition("/")[2]) or name


def refuse_piece(name: str, piece: bytes) -> Finding | None:
    if not name.endswith((".xml", ".rels")):
        return None
    if DTD.search(piece) or DTD_WIDE.search(piece):
        return reject("xml-dtd", member=name)
    if name == "[Content_Types].xml" and MACRO.search(piece.decode("latin-1")):
        return reject("office-macro", member=name)
    return None


def flagged(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> list[Finding]:
    """Parts that the file would fetch from elsewhere when opened."""
    if not member.filename.endswith(".rels") or member.file_size > MAX_UNPACKED // 10:
        return []
    relations = EXTERNAL.findall(package.read(member))
    remote = [item for item in relations if b"External" in item and not any(kind in item for kind in HARMLESS)]
    return [warning("office-external", clear=Clear.FILE, member=member.filename, count=len(remote))] if remote else []
