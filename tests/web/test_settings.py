import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from web.settings import Settings, load_settings


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NAMRO_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def test_everything_has_a_default_in_the_data_directory(data_dir: Path) -> None:
    settings = load_settings()

    assert settings.database_url == f"sqlite:///{data_dir}/namro.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


def test_the_data_directory_is_absolute_so_that_child_processes_find_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NAMRO_DATA_DIR", "here")

    assert load_settings().data_dir == tmp_path / "here"


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(data_dir: Path) -> None:
    first, second = load_settings(), load_settings()

    assert len(first.secret_key) >= 32
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((data_dir / "secret-key").stat().st_mode) == 0o600
    assert [file.name for file in data_dir.iterdir()] == ["secret-key"]


def test_a_given_secret_key_is_not_written_down(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMRO_SECRET_KEY", "given")

    assert load_settings().secret_key == "given"
    assert not (data_dir / "secret-key").exists()


@pytest.mark.parametrize("written", ["postgres://u@h/town", "postgresql://u@h/town", "postgresql+psycopg://u@h/town"])
def test_postgresql_is_reached_by_the_driver_that_is_installed(
    written: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAMRO_DATABASE_URL", written)

    assert load_settings().database_url == "postgresql+psycopg://u@h/town"


def test_an_empty_variable_means_the_default(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMRO_PORT", "")

    assert load_settings().port == 8000


def test_a_value_that_does_not_fit_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMRO_PORT", "eight")

    with pytest.raises(ValidationError, match="port"):
        Settings()


def test_settings_do_not_change(data_dir: Path) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().port = 1


def test_a_profile_that_is_none_is_refused_at_once(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMRO_PROFILE", "9-ro")

    with pytest.raises(ValidationError):
        load_settings()
