"""Finding and reading the file of a menu; everything here touches the disk, so not on the loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

MOST_FOUND: Final = 50
"""As many files or folders are offered; who has more types a few letters."""

MOST_BYTES: Final = 10_000_000
"""A menu of a thousand items is a hundredth of this."""

_SUFFIXES: Final = (".csv", ".txt")
_USUAL_FOLDERS: Final = ("", "Downloads", "Desktop", "Documents")


def find_menu_files(typed: str, *, home: Path, here: Path) -> list[Path]:
    """Return what may be meant: folders and menu files that begin as typed.

    Without a slash it is the files of the usual folders whose names contain what was typed,
    newest first.

    Args:
        typed: The path so far.
        home: The person's own folder.
        here: The folder that the program runs in.
    """
    if "/" not in typed and "~" not in typed:
        folders = dict.fromkeys([here, *(home / name for name in _USUAL_FOLDERS)])
        files = [each for folder in folders for each in _inside(folder) if not is_folder(each)]
        fitting = [each for each in files if typed.strip().casefold() in each.name.casefold()]
        return sorted(dict.fromkeys(fitting), key=_age)[:MOST_FOUND]
    path = expand(typed, home=home, here=here)
    folder, start = (path, "") if typed.endswith("/") or typed == "~" else (path.parent, path.name)
    fitting = [each for each in _inside(folder) if _begins(each.name, start)]
    fitting.sort(key=lambda each: (not is_folder(each), each.name.casefold()))
    return fitting[:MOST_FOUND]


def expand(typed: str, *, home: Path, here: Path) -> Path:
    """Return the path that was typed, ``~`` being the person's own folder."""
    text = typed.strip()
    if text == "~" or text.startswith("~/"):
        return home / text[2:]
    return here / text


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder, whatever was typed."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # too long for a name, not to be looked at, no path at all
        return False


def read_menu_file(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        BadInput: it is none, cannot be read, or is far too large for a menu.
    """
    try:
        if path.is_dir():
            raise _unreadable(f"{path.name} is a folder: choose a file in it.")
        if path.stat().st_size > MOST_BYTES:
            raise _unreadable(f"{path.name} is too large for a menu: choose the till's export.")
        return path.read_bytes()
    except FileNotFoundError:
        raise _unreadable(f"There is no file {path}: check the path.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise _unreadable(f"{path} cannot be read ({reason}): choose another file.") from None


def _unreadable(sentence: str) -> BadInput:
    return BadInput(sentence, reason="unreadable-file")


def _inside(folder: Path) -> list[Path]:
    """Return the folders and menu files in a folder, or nothing where it cannot be read."""
    try:
        return [
            each
            for each in folder.iterdir()
            if not each.name.startswith(".")
            and (each.suffix.casefold() in _SUFFIXES or is_folder(each))
        ]
    except (OSError, ValueError):
        return []


def _begins(name: str, start: str) -> bool:
    return name.casefold().startswith(start.casefold())


def _age(path: Path) -> tuple[float, str]:
    try:
        return (-path.stat().st_mtime, path.name)
    except OSError:
        return (0.0, path.name)
