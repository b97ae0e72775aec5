"""`namro check` by profile: shipped ones by name, a town's own as a file."""

import json
from pathlib import Path

import pytest

from web.cli.main import run

SAMPLE = Path(__file__).parents[2] / "files" / "samples" / "03_dang_ky_khai_sinh.yaml"


def said(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, str]]:
    """The exit code, and how grave each code is."""
    code = run(["check", str(SAMPLE), "--format", "json", *options])
    (file,) = json.loads(capsys.readouterr().out)["files"]
    return code, {found["code"]: found["severity"] for found in file["findings"]}


def test_six_clears_ask_for_more_than_five(capsys: pytest.CaptureFixture[str]) -> None:
    five, six = said(capsys), said(capsys, "--profile", "6-ro")

    assert (five[0], six[0]) == (0, 1)
    assert six[1].get("authority-missing") == "error"
    assert "authority-missing" not in five[1]


def test_a_town_judges_by_a_file_of_its_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "thi-xa.toml"
    own.write_text('extends = "5-ro"\n[severity]\nsupporter-responsibility-missing = "error"\n', "utf-8")

    code, found = said(capsys, "--profile", str(own))

    assert (code, found["supporter-responsibility-missing"]) == (1, "error")


@pytest.mark.parametrize("name", ["9-ro", "nowhere.toml"])
def test_a_profile_that_is_none_is_a_wrong_call(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["check", str(SAMPLE), "--profile", name]) == 2
    assert name in capsys.readouterr().err
