from pathlib import Path

import pytest

from web.assets import build


@pytest.mark.parametrize(
    ("entry", "name"),
    [("src/app/index.js", "app.js"), ("src/viewer/index.js", "viewer.js"), ("src/styles/app.css", "app.css")],
)
def test_an_entry_has_a_name_that_pages_ask_for(entry: str, name: str) -> None:
    assert build.manifest({"outputs": {f"out/{name}-AB12": {"entryPoint": entry}}}) == {name: f"{name}-AB12"}


@pytest.mark.parametrize(
    ("file", "package"),
    [
        ("node_modules/bpmn-js/lib/Viewer.js", "bpmn-js"),
        ("../node_modules/@bpmn-io/diagram-js-ui/lib/index.js", "@bpmn-io/diagram-js-ui"),
        ("node_modules/a/node_modules/b/index.js", "b"),
        ("src/app/index.js", None),
    ],
)
def test_a_file_belongs_to_its_innermost_package(file: str, package: str | None) -> None:
    assert build.package_of(file) == package


def test_the_stamp_changes_with_any_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "src").mkdir()
    for name in ("build.py", "package.json", "package-lock.json", "src/a.js"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(build, "SOURCES", tmp_path)
    before = build.fingerprint()

    (tmp_path / "src" / "a.js").write_text("changed")

    assert build.fingerprint() != before


def test_every_package_that_is_shipped_is_named_with_its_licence() -> None:
    named = (build.BUILD / "THIRD_PARTY.txt").read_text()

    assert {"bpmn-js 18.31.1", "htmx.org 4.0.1", "@fontsource/be-vietnam-pro 5.2.8"} <= {
        line.rpartition(" (")[0] for line in named.splitlines() if " (" in line
    }


def test_the_lock_is_exact() -> None:
    wanted = (build.SOURCES / "package.json").read_text()

    assert "^" not in wanted
    assert "~" not in wanted
