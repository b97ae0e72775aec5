"""Versions leave as packages and come in as drafts that tell where they are from."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.visitors import AUTHOR, Website
from web.cli.main import run

OFFICER = "gddt.chuyen-vien"
PACKAGE = "/quy-trinh/QT-TCKH-01/ban/1/goi.zip"


def sent(website: Website, data: bytes, **rest: str):
    form = {"file": (BytesIO(data), "goi.zip"), "unit": "GDDT", **rest}
    return website.browser(OFFICER).post("/nhap-goi", form)


def test_a_version_travels_to_another_unit_and_keeps_its_origin(website: Website) -> None:
    data = website.browser(AUTHOR).get(PACKAGE).data

    answer = sent(website, data)

    assert answer.location == "/quy-trinh/QT-GDDT-01"  # its own code is taken here
    said = website.browser(OFFICER).text(answer.location)
    assert "Từ Thị xã Phước Long, Phòng Tài chính - Kế hoạch: QT-TCKH-01, bản 1, Quyết định số 01/QĐ-UBND." in said


def test_all_in_force_of_a_unit_travel_together(website: Website) -> None:
    data = website.browser(OFFICER).get("/goi/TCKH.zip").data

    with zipfile.ZipFile(BytesIO(data)) as package:
        assert len(package.namelist()) == 4
    assert website.browser(OFFICER).get("/goi/KHONG-CO.zip").status_code == 404


def test_a_changed_package_is_refused_in_words_that_name_the_file(website: Website) -> None:
    data = website.browser(AUTHOR).get(PACKAGE).data
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Ph", b"ph") if name.endswith("yaml") else old.read(name))

    answer = sent(website, target.getvalue())

    assert answer.status_code == 422
    assert "Tệp “001-QT-TCKH-01/5-ro.yaml” trong gói đã bị thay đổi" in answer.text
    assert website.browser(OFFICER).get("/quy-trinh/QT-GDDT-01").status_code == 404


@pytest.mark.parametrize(
    ("change", "status"), [({"only": "QT-KHAC"}, 422), ({"unit": "TCKH"}, 403), ({"unit": "?"}, 422)]
)
def test_what_does_not_fit_is_refused_and_nothing_comes_in(website, change, status) -> None:
    data = website.browser(AUTHOR).get(PACKAGE).data

    assert sent(website, data, **change).status_code == status
    assert "QT-GDDT-01" not in website.browser(OFFICER).text("/soan-thao")


def test_the_command_line_writes_and_reads_packages(
    website: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NAMRO_DATABASE_URL", str(website.database.url))
    monkeypatch.setenv("NAMRO_DATA_DIR", str(tmp_path / "var"))
    target, receiver = str(tmp_path / "goi.zip"), ("--unit", "GDDT", "--as", OFFICER)

    assert run(["export", "QT-TCKH-01", target]) == 0
    assert run(["export", "TCKH", target, "--unit"]) == 0
    assert run(["import", target, *receiver]) == 0
    assert capsys.readouterr().out == "QT-GDDT-01\n"

    assert run(["export", "QT-TCKH-01", target, "--number", "9"]) == 1
    Path(target).write_bytes(Path(target).read_bytes()[:-30])
    assert run(["import", target, *receiver]) == 2
