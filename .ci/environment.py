"""Make the environment of the project: `.venv` with the pinned packages.

Run by the system's Python, so standard library only.

environment.py EXTRA…      install the package editable with these extras, unless nothing has changed since
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
DECIDES = [ROOT / "setup.cfg", ROOT / "pyproject.toml", CONSTRAINTS]

NO_VENV = """\
Python này thiếu mô-đun venv. Cài đặt rồi chạy lại:  apt install python3-venv
(nếu không phải Python mặc định của máy:  apt install python{version}-venv)
This Python lacks the venv module: install the package python3-venv (or python{version}-venv) and run again.
"""


def main(extras: list[str]) -> None:
    """Bring `.venv` up to date, saying what takes time; silent when there is nothing to do."""
    wanted = fingerprint()
    if PYTHON.exists() and set(extras) <= installed(wanted):
        return
    create()
    print(f"→ Cài thư viện Python ({', '.join(extras)}); lần đầu mất một hai phút …", flush=True)
    install(extras)
    STAMP.write_text("\n".join([wanted, *extras]))


def create() -> None:
    """Create `.venv`, anew if it was made by another Python or left half done."""
    whole = PYTHON.exists() and PYTHON.with_name("pip").exists()
    if whole and version_of(PYTHON) == version_of(Path(sys.executable)):
        return
    needed = [importlib.util.find_spec(name) for name in ("venv", "ensurepip")]
    if any(found is None or found.origin is None for found in needed):
        sys.exit(NO_VENV.format(version=f"{sys.version_info.major}.{sys.version_info.minor}"))
    shutil.rmtree(VENV, ignore_errors=True)
    print("→ Tạo môi trường .venv …", flush=True)
    run([sys.executable, "-m", "venv", str(VENV)])


def install(extras: list[str]) -> None:
    target = f".[{','.join(extras)}]"
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--constraint", str(CONSTRAINTS), "--editable", target])


def installed(wanted: str) -> set[str]:
    """The extras of the last installation, none if it was made from something else."""
    found, *extras = STAMP.read_text().split("\n") if STAMP.exists() else [""]
    return set(extras) if found == wanted else set()


def fingerprint() -> str:
    """What an installation depends on: the pins, this Python and where the project lies."""
    digest = hashlib.sha256(f"{sys.version}\n{ROOT}\n".encode())
    for file in DECIDES:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def version_of(python: Path) -> str:
    """The version an interpreter reports, empty when it does not run."""
    asked = subprocess.run([str(python), "--version"], capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def run(command: list[str]) -> None:
    """Run a command; end with its output when it fails."""
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if ended.returncode:
        sys.exit(f"{ended.stdout}\nKhông chạy được (failed): {' '.join(command)}")


if __name__ == "__main__":
    main(sys.argv[1:])
