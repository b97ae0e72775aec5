import json
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

from web.cli.main import run
from web.cli.texts import LANGUAGES, TEXTS

ROOT = Path(__file__).parents[3]
Captured = pytest.CaptureFixture[str]


def test_every_text_stands_in_every_language_with_the_same_facts() -> None:
    def facts(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    vietnamese, english = (TEXTS[language] for language in LANGUAGES)

    assert vietnamese.keys() == english.keys()
    assert [key for key in vietnamese if facts(vietnamese[key]) != facts(english[key])] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mystery"], "Không có lệnh mystery"),
        (["token", "create"], "Thiếu 'TÊN-ĐĂNG-NHẬP'"),
        (["serve", "--prot", "1"], "Không có tuỳ chọn --prot"),
        (["serve", "--port", "x"], "Giá trị của '--port' không hợp lệ"),
        (["db", "check", "extra"], "Lệnh chưa đúng"),
        (["--lang", "en", "mystery"], "There is no command mystery"),
        (["token", "create", "--lang", "en"], "is missing"),
    ],
)
def test_a_misuse_is_told_and_ends_with_2(arguments: list[str], said: str, capsys: Captured) -> None:
    code = run(arguments)

    written = capsys.readouterr()
    assert code == 2
    assert said in written.err
    assert written.out == ""


def test_a_command_without_its_verb_shows_its_help_and_ends_with_2(capsys: Captured) -> None:
    code = run(["db"])

    written = capsys.readouterr()
    assert (code, written.out) == (2, "")
    assert "upgrade" in written.err


def test_help_is_a_result(capsys: Captured) -> None:
    code = run(["--help"])

    written = capsys.readouterr()
    assert (code, written.err) == (0, "")
    assert "serve" in written.out


def test_a_misuse_is_one_json_document_where_json_was_asked_for(capsys: Captured) -> None:
    code = run(["mystery", "--format", "json"])

    document = json.loads(capsys.readouterr().out)
    assert code == 2
    assert document["error"]["code"] == "usage"
    assert "mystery" in document["error"]["message"]


def test_settings_that_do_not_fit_are_named(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("NAMRO_PORT", "eight")

    code = run(["db", "check"])

    assert code == 2
    assert "NAMRO_PORT" in capsys.readouterr().err


def test_a_database_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Captured
) -> None:
    monkeypatch.setenv("NAMRO_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("NAMRO_DATABASE_URL", f"postgresql://nobody@/town?host={tmp_path}")

    code = run(["db", "check"])

    assert code == 2
    assert "Không làm việc được với cơ sở dữ liệu" in capsys.readouterr().err


def test_the_language_of_one_call_does_not_stay_for_the_next(capsys: Captured) -> None:
    run(["--lang", "en", "mystery"])
    capsys.readouterr()

    run(["mystery"])

    assert "Không có lệnh" in capsys.readouterr().err


def test_vietnamese_comes_out_in_any_locale(tmp_path: Path) -> None:
    environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}

    ended = subprocess.run(
        [sys.executable, "-P", "-m", "web", "mystery"], capture_output=True, env=environment, cwd=tmp_path, check=False
    )

    assert ended.returncode == 2
    assert "Không có lệnh mystery" in ended.stderr.decode()
