"""Exchange packages: versions on their way to another unit or town, with what proves that nobody changed them.

A package is a zip with `manifest.json` and, for each procedure, a folder with `quy-trinh.bpmn`, `5-ro.yaml` and
`so-do.svg`. The manifest names town, unit, version and decision, and the SHA-256 of every file; that of the BPMN file
is the one under which the version was recognised.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from bpmn.convert import bpmn_to_table, write_yaml
from bpmn.document import read_document
from bpmn.draw import draw
from bpmn.folding import normal
from bpmn.office.package import BROKEN, contents, refuse_bytes, refuse_members
from bpmn.verdicts import reject
from procedures.errors import PackageRefused, Unclear
from procedures.model.version import Version

FORMAT = "namro-package/1"
MANIFEST = "manifest.json"
BPMN, YAML, SVG = "quy-trinh.bpmn", "5-ro.yaml", "so-do.svg"
MOST = 500
"""Procedures of one package."""
EPOCH = (1980, 1, 1, 0, 0, 0)
TEXTS = ("code", "title", "kind", "unit", "unit_name", "decision", "signed_on")
LONGEST = 300  # letters of a text of the manifest


@dataclass(frozen=True, slots=True)
class Packed:
    """One procedure of a package, its files checked. `decision` and `signed_on` are empty for one that has none."""

    code: str
    title: str
    kind: str
    unit: str
    unit_name: str
    number: int
    decision: str
    signed_on: str
    sha256: str
    source: bytes


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was opened: who made it, and what it holds."""

    town: str
    procedures: Sequence[Packed]


def packed(version: Version) -> Packed:
    """A version, loaded with procedure, unit and decision, as it travels."""
    procedure, decision = version.procedure, version.decision
    return Packed(
        code=procedure.code,
        title=procedure.title,
        kind=procedure.kind,
        unit=procedure.unit.code,
        unit_name=procedure.unit.name,
        number=version.number,
        decision=decision.number if decision else "",
        signed_on=decision.signed_on.isoformat() if decision else "",
        sha256=version.sha256,
        source=version.source.encode(),
    )


def write_package(town: str, procedures: Sequence[Packed]) -> bytes:
    """Return the package of procedures; the same ones give the same bytes.

    Raises `Unclear` for a source that cannot be read.
    """
    rows: list[dict[str, object]] = []
    members: dict[str, bytes] = {}
    for at, each in enumerate(procedures, start=1):
        folder = f"{at:03d}-{re.sub(r'[^A-Za-z0-9-]', '_', each.code)}"
        files = {f"{folder}/{name}": data for name, data in _files(each.source).items()}
        members |= files
        said = {name: getattr(each, name) for name in (*TEXTS, "sha256")}
        hashes = {name: digest(data) for name, data in files.items()}
        rows.append(said | {"version": each.number, "files": hashes})
    manifest = {"format": FORMAT, "town": town, "procedures": rows}
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    return _zipped({MANIFEST: text.encode(), **members})


def read_package(data: bytes) -> Package:
    """Open a package and check every file against its manifest.

    Raises `Unclear` for what is no zip or too large, `PackageRefused` with the `reason` and the file it is about.
    """
    members = _members(data)
    manifest = _manifest(members.pop(MANIFEST, None))
    rows = manifest.get("procedures")
    if manifest.get("format") != FORMAT or not isinstance(rows, list) or not 0 < len(rows) <= MOST:
        raise PackageRefused(reason="format", member=MANIFEST)
    told: dict[str, str] = {}
    for row in rows:
        told |= _told(row)
    for name in told:
        if name not in members:
            raise PackageRefused(reason="missing", member=name)
    for name, content in members.items():
        if name not in told:
            raise PackageRefused(reason="unknown", member=name)
        if digest(content) != told[name]:
            raise PackageRefused(reason="tampered", member=name)
    return Package(_text(manifest, "town"), [_packed(row, members) for row in rows])


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _files(source: bytes) -> Mapping[str, bytes]:
    reading = read_document(source)
    if reading.document is None:
        raise Unclear(reading.findings)
    table, picture = write_yaml(bpmn_to_table(reading.document)), draw(reading.document.root).encode()
    return {BPMN: source, YAML: table, SVG: picture}


def _zipped(members: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _members(data: bytes) -> dict[str, bytes]:
    """All files of a zip, within the limits that Office files have. Raises `Unclear`."""
    refused = refuse_bytes(data, "zip")
    if refused is not None:
        raise Unclear([refused])
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            found = refuse_members(package)
            findings = [found] if found is not None else contents(package, len(data))
            rejects = [finding for finding in findings if finding.reject]
            if rejects:
                raise Unclear(rejects)
            return {member.filename: package.read(member) for member in package.infolist() if not member.is_dir()}
    except BROKEN as failure:
        raise Unclear([reject("zip-corrupt", reason=str(failure)[:200])]) from failure


def _manifest(data: bytes | None) -> Mapping[str, Any]:
    if data is None:
        raise PackageRefused(reason="missing", member=MANIFEST)
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as failure:
        raise PackageRefused(reason="format", member=MANIFEST) from failure
    if not isinstance(found, dict):
        raise PackageRefused(reason="format", member=MANIFEST)
    return found


def _told(row: object) -> Mapping[str, str]:
    """The files that a row of the manifest names, with their hashes. Raises `PackageRefused`."""
    files = row.get("files") if isinstance(row, dict) else None
    if not isinstance(files, dict) or not all(isinstance(value, str) for value in files.values()):
        raise PackageRefused(reason="format", member=MANIFEST)
    return files


def _packed(row: Mapping[str, Any], members: Mapping[str, bytes]) -> Packed:
    source = next((name for name in row["files"] if name.endswith(f"/{BPMN}")), None)
    number = row.get("version")
    if source is None or type(number) is not int or not 0 < number < 100_000:
        raise PackageRefused(reason="format", member=MANIFEST)
    if digest(members[source]) != row.get("sha256"):
        raise PackageRefused(reason="tampered", member=source)
    texts = {name: _text(row, name) for name in TEXTS}
    return Packed(**texts, number=number, sha256=row["sha256"], source=members[source])


def _text(row: Mapping[str, Any], name: str) -> str:
    """A text of the manifest. Raises `PackageRefused` for anything else."""
    value = row.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST:
        raise PackageRefused(reason="format", member=MANIFEST)
    return normal(value)
