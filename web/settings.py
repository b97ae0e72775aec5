"""Settings: `NAMRO_…` from the environment, read here and nowhere else."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bpmn.profiles import DEFAULT, ProfileError
from web.profiles import chosen_profile


class Settings(BaseSettings):
    """How this town's product runs. Every field may be given as NAMRO_<FIELD>; empty means the default.

    `database_url` is sqlite:///… or postgresql://…; by default SQLite in `data_dir`.  `secret_key` is generated into
    `data_dir` when it is not given.  `https`: the product is reached through HTTPS, so cookies ask for it.
    `profile`: by which clears drafts are judged, 5-ro or 6-ro, or a file of the town's own (.toml).
    """

    model_config = SettingsConfigDict(env_prefix="NAMRO_", env_ignore_empty=True, frozen=True)

    data_dir: Path = Path("var")
    database_url: str = ""
    secret_key: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 32
    https: bool = False
    profile: str = DEFAULT

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.absolute()

    @field_validator("profile")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            chosen_profile(value)
        except ProfileError as error:
            raise ValueError(f"{error.code}: {error.facts['reason']}") from error
        return value

    @field_validator("database_url")
    @classmethod
    def _with_driver(cls, value: str) -> str:
        scheme, found, rest = value.partition("://")
        return f"postgresql+psycopg://{rest}" if found and scheme in ("postgres", "postgresql") else value


def load_settings() -> Settings:
    """Return the settings, complete: the data directory exists, database and secret key are known.

    Raises pydantic's `ValidationError` for a value that does not fit, `OSError` for a data directory that cannot be
    made.
    """
    settings = Settings()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings.model_copy(
        update={
            "database_url": settings.database_url or f"sqlite:///{settings.data_dir / 'namro.db'}",
            "secret_key": settings.secret_key or _kept_secret(settings.data_dir / "secret-key"),
        }
    )


def _kept_secret(file: Path) -> str:
    """Return the secret in `file`, made on first use. Processes that start together get the same one."""
    if not file.exists():
        mine = file.with_name(f"{file.name}.{os.getpid()}")
        mine.touch(mode=0o600)
        mine.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another process was first
            file.hardlink_to(mine)
        mine.unlink()
    return file.read_text()
