"""Finding a menu's file among what lies around."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from payforward.core.errors import BadInput
from screens.menu_file import MOST_BYTES, MOST_FOUND, expand, find_menu_files, read_menu_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def around(tmp_path: Path) -> tuple[Path, Path]:
    """Return a person's folder and the one that the program runs in."""
    home, here = tmp_path / "home", tmp_path / "here"
    for folder in (home / "Downloads", home / "Desktop", here):
        folder.mkdir(parents=True)
    for age, path in enumerate(
        (home / "Downloads" / "square.CSV", here / "menu.csv", home / "old.txt")
    ):
        path.write_text("Name,Price\n")
        os.utime(path, (1000 - age, 1000 - age))
    (home / ".hidden.csv").write_text("")
    (home / "photo.jpg").write_text("")
    return home, here


def names(found: list[Path]) -> list[str]:
    return [path.name for path in found]


def test_the_usual_folders_newest_first(around: tuple[Path, Path]) -> None:
    home, here = around
    assert names(find_menu_files("", home=home, here=here)) == ["square.CSV", "menu.csv", "old.txt"]
    assert names(find_menu_files("sq", home=home, here=here)) == ["square.CSV"]
    assert find_menu_files("nothing", home=home, here=here) == []
    # A folder that is looked into twice offers its files once.
    assert names(find_menu_files("", home=here, here=here)) == ["menu.csv"]


def test_a_path_is_completed(around: tuple[Path, Path]) -> None:
    home, here = around
    assert names(find_menu_files("~/d", home=home, here=here)) == ["Desktop", "Downloads"]
    assert names(find_menu_files("~/", home=home, here=here)) == ["Desktop", "Downloads", "old.txt"]
    assert names(find_menu_files("~", home=home, here=here)) == ["Desktop", "Downloads", "old.txt"]
    assert names(find_menu_files(f"{here}/ME", home=home, here=here)) == ["menu.csv"]
    assert find_menu_files("~/nowhere/x", home=home, here=here) == []


@pytest.mark.parametrize("typed", ["x" * 5000, "/" + "x" * 5000, "a\0b", "/a\0b", "~x/y"])
def test_what_is_no_path_finds_nothing(typed: str, around: tuple[Path, Path]) -> None:
    home, here = around
    assert find_menu_files(typed, home=home, here=here) == []
    with pytest.raises(BadInput):
        read_menu_file(expand(typed, home=home, here=here))


def test_not_too_many(around: tuple[Path, Path]) -> None:
    home, here = around
    for number in range(MOST_FOUND + 9):
        (here / f"{number}.csv").write_text("")
    assert len(find_menu_files("", home=home, here=here)) == MOST_FOUND


def test_reading(around: tuple[Path, Path]) -> None:
    home, here = around
    assert read_menu_file(here / "menu.csv") == b"Name,Price\n"
    with pytest.raises(BadInput, match="is a folder"):
        read_menu_file(home)
    with pytest.raises(BadInput, match="There is no file"):
        read_menu_file(home / "none.csv")
    with (here / "large.csv").open("wb") as large:
        large.truncate(MOST_BYTES + 1)
    with pytest.raises(BadInput, match="too large"):
        read_menu_file(here / "large.csv")
