"""The command line: `namro`. One command a file; `main` alone decides exit codes."""

from web.cli.main import main

__all__ = ["main"]
