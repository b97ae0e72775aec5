"""check, convert and run: a procedure's file, without any database."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from bpmn.convert import table_to_bpmn
from factories import LEAVE, step, table
from tests.bpmn.dmn.tables import definitions
from tests.bpmn.dmn.tables import table as dmn_table
from web.cli.main import run
from web.cli.run import told_apart

FILES = Path(__file__).parents[2] / "files"
GOOD = FILES / "badinput" / "ok"
PERMIT = FILES / "samples" / "04_cap_phep_xay_dung_nha_o_rieng_le.yaml"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def no_town(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that cannot be reached: these commands need none."""
    monkeypatch.setenv("NAMRO_DATABASE_URL", "postgresql://nobody@/nowhere?host=/nowhere")


@pytest.fixture
def leave(tmp_path: Path) -> Path:
    """A procedure of three steps whose second may send back."""
    file = tmp_path / "nghỉ phép.bpmn"
    file.write_bytes(table_to_bpmn(LEAVE))
    return file


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    file = tmp_path / "broken.bpmn"
    file.write_text("<definitions>")
    return file


def document(capsys: Captured) -> dict[str, object]:
    """The one JSON document on stdout."""
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_file_without_error_ends_with_0(leave: Path, capsys: Captured) -> None:
    assert run(["check", str(leave)]) == 0


def test_a_file_with_an_error_ends_with_1(tmp_path: Path, capsys: Captured) -> None:
    unclear = tmp_path / "unclear.bpmn"
    unclear.write_bytes(table_to_bpmn(table(step("1", responsibility=None))))

    assert run(["check", str(unclear)]) == 1
    assert "unclear.bpmn" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_ends_with_2_and_stops_no_other(
    leave: Path, broken: Path, tmp_path: Path, capsys: Captured
) -> None:
    names = [str(broken), str(tmp_path / "missing.bpmn"), str(tmp_path), str(leave)]

    code = run(["check", *names, "--format", "json"])

    files = document(capsys)["files"]
    assert code == 2
    assert [entry["file"] for entry in files] == names
    assert [entry["ok"] for entry in files] == [False, False, False, True]
    assert all(entry["findings"] for entry in files[:3])


def test_findings_are_vietnamese_unless_english_is_asked_for(broken: Path, capsys: Captured) -> None:
    def message(*options: str) -> str:
        run(["check", str(broken), "--format", "json", *options])
        found = document(capsys)["files"]
        return str(found[0]["findings"][0]["message"])

    vietnamese, english = message(), message("--lang", "en")

    assert vietnamese != english
    assert english.isascii() or "«" in english


def test_a_report_for_editors_is_sarif(broken: Path, capsys: Captured) -> None:
    code = run(["check", str(broken), "--format", "sarif"])

    assert code == 2
    assert document(capsys)["version"] == "2.1.0"


def test_a_directory_lets_more_rules_run(leave: Path, tmp_path: Path, capsys: Captured) -> None:
    directory = tmp_path / "town.yaml"
    directory.write_text("units:\n- {code: A, name: Phòng A, positions: [clerk, signer]}\n")

    run(["check", str(leave), "--format", "json"])
    alone = document(capsys)["files"]
    run(["check", str(leave), "--format", "json", "--directory", str(directory)])
    known = document(capsys)["files"]

    assert len(known[0]["not_run"]) < len(alone[0]["not_run"])


@pytest.mark.parametrize("content", [b"units: [", b"\xff\xfe\x00", b"- 1"])
def test_a_directory_that_is_none_is_unusable(content: bytes, leave: Path, tmp_path: Path, capsys: Captured) -> None:
    directory = tmp_path / "town.yaml"
    directory.write_bytes(content)

    code = run(["check", str(leave), "--format", "json", "--directory", str(directory)])

    assert code == 2
    assert "error" in document(capsys)


def test_a_table_becomes_a_diagram_and_a_table_again(tmp_path: Path, capsys: Captured) -> None:
    diagram, table = tmp_path / "out.bpmn", tmp_path / "out.yaml"

    assert run(["convert", str(PERMIT), str(diagram)]) == 0
    assert run(["convert", str(diagram), str(table)]) == 0

    assert "12" in capsys.readouterr().err
    assert table.read_text().count("step_no:") == 12


def test_a_diagram_is_drawn(leave: Path, tmp_path: Path) -> None:
    picture = tmp_path / "out.svg"

    assert run(["convert", str(leave), str(picture)]) == 0
    assert "<svg" in picture.read_text()


def test_a_procedure_is_printed(leave: Path, tmp_path: Path) -> None:
    paper = tmp_path / "out.pdf"

    assert run(["convert", str(leave), str(paper)]) == 0
    assert "DỰ THẢO" in PdfReader(paper).pages[0].extract_text()


def test_what_cannot_be_read_writes_nothing(broken: Path, tmp_path: Path, capsys: Captured) -> None:
    code = run(["convert", str(broken), str(tmp_path / "out.yaml")])

    assert code == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == ["broken.bpmn"]
    assert capsys.readouterr().err


def test_an_ending_that_nobody_writes_is_told(leave: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["convert", str(leave), str(tmp_path / "out.exe")]) == 2
    assert ".exe" in capsys.readouterr().err


def test_a_run_tells_every_step_with_its_moments(leave: Path, capsys: Captured) -> None:
    code = run(["run", str(leave), "--start", "2026-11-23T08:00", "--format", "json"])

    trace = document(capsys)
    assert code == 0
    assert trace["started"] == "2026-11-23T08:00:00+07:00"
    assert [step["due"] for step in trace["steps"]] == [
        "2026-11-23T14:00:00+07:00",
        "2026-11-25T08:00:00+07:00",
        "2026-11-25T14:00:00+07:00",
    ]


def test_a_chosen_outcome_is_taken_on_its_visit(leave: Path, capsys: Captured) -> None:
    run(["run", str(leave), "--choose", "2= KHÔNG ĐỒNG Ý ,tiếp tục", "--format", "json"])

    steps = document(capsys)["steps"]
    assert [step["element"] for step in steps] == ["step_1", "step_2", "step_1", "step_2", "step_3"]


def test_a_run_reads_as_lines_too(leave: Path, capsys: Captured) -> None:
    assert run(["run", str(leave), "--start", "2026-11-23T08:00"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert "mở 08:00 23/11/2026" in lines[0]


@pytest.mark.parametrize(
    ("choice", "known"), [("2=mơ hồ", "không đồng ý"), ("9=tiếp tục", "3"), ("step_2=mơ hồ", "tiếp tục")]
)
def test_an_unknown_choice_ends_with_2_and_lists_the_known(
    choice: str, known: str, leave: Path, capsys: Captured
) -> None:
    code = run(["run", str(leave), "--choose", choice, "--format", "json"])

    error = document(capsys)["error"]
    assert code == 2
    assert known in error["facts"]["known"]


@pytest.mark.parametrize(
    "option", [["--choose", "2"], ["--choose", "=x"], ["--start", "yesterday"], ["--start", "0001-01-01T00:00"]]
)
def test_an_option_that_cannot_be_read_is_named(option: list[str], leave: Path, capsys: Captured) -> None:
    assert run(["run", str(leave), *option]) == 2
    assert option[0] in capsys.readouterr().err


def test_a_comma_inside_an_outcome_does_not_part_it() -> None:
    known = {"không đủ, trả lại", "đủ"}

    assert told_apart("Không đủ,  trả lại, đủ,mơ hồ", known) == ["Không đủ,  trả lại", "đủ", "mơ hồ"]


def test_a_decision_table_is_put_into_the_diagram_that_uses_it(leave: Path, tmp_path: Path, capsys: Captured) -> None:
    decisions, target = tmp_path / "mức.dmn", tmp_path / "ra.bpmn"
    decisions.write_text(definitions(dmn_table(["n"], ["mức"], ["> 1", "2"])), encoding="utf-8")

    assert run(["embed", str(leave), str(decisions), str(target)]) == 0

    assert b"decisionTable" in target.read_bytes()
    assert run(["check", str(target)]) == 0


def test_only_a_decision_table_is_put_into_a_diagram(leave: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["embed", str(leave), str(leave), str(tmp_path / "ra.bpmn")]) == 2
    assert not (tmp_path / "ra.bpmn").exists()


def test_another_tool_s_words_come_into_the_table_and_are_told(tmp_path: Path, capsys: Captured) -> None:
    source, target = FILES / "foreign_words" / "jbpm.bpmn2", tmp_path / "ra.json"

    assert run(["convert", str(source), str(target)]) == 0

    told = capsys.readouterr().err
    (row,) = json.loads(target.read_text("utf-8"))["steps"]
    assert (row["performer"]["position"], row["duration"]["unit"]) == ("Thanh tra viên", "calendar_day")
    assert "«GroupId» = «Thanh tra viên»: đã ghi vào bảng (người thực hiện)" in told
    assert "không nói là ngày lịch hay ngày làm việc; đã ghi là 10 ngày (ngày lịch)" in told
    assert "đây là đoạn chương trình, không bao giờ chạy" in told
    assert run(["convert", str(source), str(target), "--days", "working"]) == 0
    assert json.loads(target.read_text("utf-8"))["steps"][0]["duration"]["unit"] == "working_day"


def test_one_process_of_several_is_asked_for_by_its_id(tmp_path: Path) -> None:
    source, target = FILES / "foreign" / "cardanit_C.2.0.bpmn", tmp_path / "ra.json"

    assert run(["convert", str(source), str(target), "--process", "WFP-Page_1-2"]) == 0

    assert json.loads(target.read_text("utf-8"))["unit"]["name"] == "Carrier"
