"""diff: two versions of a procedure as files, without any database."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bpmn.compare import Change
from bpmn.convert import table_to_bpmn, write_table
from bpmn.fiveclear import FiveClear, Performer
from factories import LEAVE, days, step, table
from web.cli.main import run
from web.present.change_words import FIELDS, UNITS, WORDS
from web.present.changes import sentences

Captured = pytest.CaptureFixture[str]
OLD = table(step("1"), step("3", "Ký duyệt", duration=days(2)), statutory_limit={"value": 15, "unit": "calendar_day"})


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """A version as diagram, and one with another time and performer as table."""
    changed = replace(OLD.steps[1], duration=days(3), performer=Performer("Trưởng phòng", "A"))
    new = replace(OLD, steps=(OLD.steps[0], changed))
    return write(tmp_path / "cũ.bpmn", OLD), write(tmp_path / "mới.yaml", new)


def write(path: Path, content: FiveClear) -> str:
    path.write_bytes(table_to_bpmn(content) if path.suffix == ".bpmn" else write_table(content, path.suffix))
    return str(path)


def test_changes_are_told_in_the_words_of_the_five_clears(files: tuple[str, str], capsys: Captured) -> None:
    assert run(["diff", *files]) == 1
    said = capsys.readouterr().out

    assert "Bước 3: 2 → 3 ngày; người thực hiện clerk → Trưởng phòng; tổng 3,5/15 ngày" in said


def test_english_is_spoken_on_request(files: tuple[str, str], capsys: Captured) -> None:
    run(["diff", *files, "--lang", "en"])

    assert "Step 3: 2 → 3 days; performer clerk → Trưởng phòng; total 3.5/15 days" in capsys.readouterr().out


def test_the_same_version_ends_with_0(files: tuple[str, str], capsys: Captured) -> None:
    assert run(["diff", files[0], files[0], "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert found["equal"] is True
    assert found["changes"] == []


def test_json_lists_every_change(files: tuple[str, str], capsys: Captured) -> None:
    assert run(["diff", *files, "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)

    assert {"kind", "element", "no", "field", "old", "new"} == set(found["changes"][0])
    assert ("step-changed", "step_3", "3", "time") in [
        (each["kind"], each["element"], each["no"], each["field"]) for each in found["changes"]
    ]


def test_a_drawing_alone_is_said_to_be_that(tmp_path: Path, capsys: Captured) -> None:
    old = write(tmp_path / "a.bpmn", LEAVE)
    source = Path(old).read_bytes()
    at = source.index(b'x="', source.index(b"BPMNShape"))
    new = tmp_path / "b.bpmn"
    new.write_bytes(source[:at] + b'x="9' + source[at + 3 :])

    assert run(["diff", old, str(new)]) == 1
    assert "Chỉ thay đổi hình vẽ." in capsys.readouterr().err


def test_an_unusable_file_ends_with_2(files: tuple[str, str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.bpmn"
    broken.write_text("<definitions>")

    assert run(["diff", files[0], str(broken)]) == 2
    assert run(["diff", files[0], str(tmp_path / "none.bpmn")]) == 2


def test_both_languages_have_all_words() -> None:
    for words in (WORDS, FIELDS, UNITS):
        assert words["vi"].keys() == words["en"].keys()


def test_every_kind_of_change_has_a_sentence() -> None:
    value = {"step_no": "1", "name": "Ký", "condition": "c", "goto": "2"}
    listed = ("item-added", "item-removed", "items-reordered", "step-added", "step-removed", "step-moved", "step-split")
    more = ("branch-added", "branch-removed", "branches-reordered", "layout-changed", "order-changed", "element-added")
    last = ("steps-merged", "steps-renumbered", "total-changed")
    for kind in (*listed, *more, *last):
        for language in ("vi", "en"):
            said = sentences([Change(kind, "step_1", "1", "forms", value, value)], language)
            assert len(said) == 1
            assert "{" not in said[0]
