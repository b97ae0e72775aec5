"""The HTTP server process: gunicorn with one worker process of many threads over one database."""

from collections.abc import Callable

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # gunicorn has no types

from engine.database import Database
from web.app import create_app
from web.settings import Settings


class HttpServer(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    """Serves one town; the database is opened in gunicorn's worker, after its fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        host = self.settings.host
        options: dict[str, object] = {
            "bind": f"[{host}]:{self.settings.port}" if ":" in host else f"{host}:{self.settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": self.settings.threads,
            "timeout": 120,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "proc_name": "namro",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., object]:
        app: Flask = create_app(self.settings, Database(self.settings.database_url))
        return app


def serve_http(settings: Settings) -> None:
    """Serve until SIGTERM; requests under way are finished."""
    HttpServer(settings).run()
