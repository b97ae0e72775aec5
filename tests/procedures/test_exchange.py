"""Exchange packages: what was packed comes out, and what somebody changed on the way does not."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

from bpmn.convert import read_yaml
from procedures.demo.shipped import library
from procedures.errors import PackageRefused, Unclear
from procedures.exchange import Packed, digest, read_package, write_package

SOURCE = library("TCKH/QT-TCKH-01.bpmn")
ONE = Packed(
    code="QT-TCKH-01",
    title="Đăng ký hộ kinh doanh",
    kind="tthc",
    unit="TCKH",
    unit_name="Phòng Tài chính - Kế hoạch",
    number=2,
    decision="05/QĐ-UBND",
    signed_on="2026-11-20",
    sha256=digest(SOURCE),
    source=SOURCE,
)
FOLDER = "001-QT-TCKH-01"
Members = dict[str, bytes]


def members(data: bytes) -> Members:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(content: Members) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)
    return target.getvalue()


def changed(change: Callable[[Members], object]) -> bytes:
    content = members(write_package("Thị xã A", [ONE]))
    change(content)
    return zipped(content)


def manifest(change: Callable[[dict], object]) -> bytes:
    def rewrite(content: Members) -> None:
        found = json.loads(content["manifest.json"])
        change(found)
        content["manifest.json"] = json.dumps(found).encode()

    return changed(rewrite)


def test_what_was_packed_comes_out_and_the_same_gives_the_same_bytes() -> None:
    several = [ONE, replace(ONE, code="QT/Đ..2", decision="", signed_on="")]
    data = write_package("Thị xã A", several)

    assert read_package(data).procedures == several
    assert read_package(data).town == "Thị xã A"
    assert data == write_package("Thị xã A", several)


def test_a_package_holds_diagram_table_and_picture_under_names_without_marks() -> None:
    content = members(write_package("Thị xã A", [ONE, replace(ONE, code="../Đ")]))

    assert [name for name in content if name.startswith("002")] == [
        f"002-____/{name}" for name in ("quy-trinh.bpmn", "5-ro.yaml", "so-do.svg")
    ]
    table = read_yaml(content[f"{FOLDER}/5-ro.yaml"]).table
    assert table is not None
    assert len(table.steps) == 7
    assert content[f"{FOLDER}/so-do.svg"].startswith(b"<svg")


@pytest.mark.parametrize("name", ["quy-trinh.bpmn", "5-ro.yaml", "so-do.svg"])
def test_a_file_that_was_changed_is_named(name: str) -> None:
    place = f"{FOLDER}/{name}"

    with pytest.raises(PackageRefused) as refused:
        read_package(changed(lambda content: content.update({place: content[place] + b" "})))

    assert refused.value.facts == {"reason": "tampered", "member": place}


@pytest.mark.parametrize(
    ("change", "reason", "member"),
    [
        (lambda content: content.pop(f"{FOLDER}/5-ro.yaml"), "missing", f"{FOLDER}/5-ro.yaml"),
        (lambda content: content.update({"them.txt": b"x"}), "unknown", "them.txt"),
        (lambda content: content.pop("manifest.json"), "missing", "manifest.json"),
        (lambda content: content.update({"manifest.json": b"{"}), "format", "manifest.json"),
        (lambda content: content.update({"manifest.json": b"\xff"}), "format", "manifest.json"),
        (lambda content: content.update({"manifest.json": b"[" * 100_000}), "format", "manifest.json"),
        (lambda content: content.update({"manifest.json": b"[]"}), "format", "manifest.json"),
    ],
)
def test_a_package_that_is_not_what_its_manifest_says_is_refused(change, reason: str, member: str) -> None:
    with pytest.raises(PackageRefused) as refused:
        read_package(changed(change))

    assert (refused.value.facts["reason"], refused.value.facts["member"]) == (reason, member)


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found.update(format="namro-package/2"),
        lambda found: found.update(procedures=[]),
        lambda found: found.update(procedures=[1]),
        lambda found: found.update(town=7),
        lambda found: found["procedures"][0].update(files=[]),
        lambda found: found["procedures"][0].update(version="2"),
        lambda found: found["procedures"][0].update(version=True),
        lambda found: found["procedures"][0].update(title="x" * 301),
        lambda found: found["procedures"][0].update(files={}),
    ],
)
def test_a_manifest_of_another_shape_is_refused(change) -> None:
    with pytest.raises(PackageRefused):
        read_package(manifest(change))


def test_a_diagram_that_is_not_the_recognised_content_is_refused() -> None:
    with pytest.raises(PackageRefused) as refused:
        read_package(manifest(lambda found: found["procedures"][0].update(sha256="0" * 64)))

    assert refused.value.facts["member"] == f"{FOLDER}/quy-trinh.bpmn"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"not a zip", "file-type"),
        (b"PK\x03\x04broken", "zip-corrupt"),
        (zipped({"../out": b"x"}), "zip-name"),
        (zipped({"/etc/passwd": b"x"}), "zip-name"),
        (zipped({"manifest.json": b" " * 20_000_000}), "limit-ratio"),
        (zipped({str(number): b"" for number in range(2_001)}), "zip-members"),
    ],
)
def test_what_no_zip_may_be_is_refused_before_it_is_opened(data: bytes, code: str) -> None:
    with pytest.raises(Unclear) as refused:
        read_package(data)

    assert [finding.code for finding in refused.value.findings] == [code]
