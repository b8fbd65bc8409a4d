"""What an installed copy must have besides its modules: type markers, styles, and the docs."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("payforward", "screens", "db")


def _styles() -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in ROOT.glob("screens/**/*.tcss")}


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_says_that_it_is_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_what_is_built_has_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = pytest.importorskip("hatchling.build", reason="hatchling builds the wheel")
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    with zipfile.ZipFile(tmp_path / build.build_wheel(str(tmp_path))) as wheel:
        in_wheel = set(wheel.namelist())
    assert {f"{package}/py.typed" for package in PACKAGES} <= in_wheel
    assert _styles()
    assert _styles() <= in_wheel
    with tarfile.open(tmp_path / build.build_sdist(str(tmp_path))) as sdist:
        in_sdist = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"docs/daily-use.md", "docs/counter.svg", "README.md"} | _styles() <= in_sdist
