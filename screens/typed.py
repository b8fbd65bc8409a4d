"""What people type into forms: how many, which folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from payforward.core.errors import BadInput
from payforward.core.model import MAX_COUNT
from payforward.core.text import plain_forms
from screens.menu_file import expand

_DIGITS: Final = len(str(MAX_COUNT))


def read_count(typed: str) -> int:
    """Return how many, at least one.

    >>> read_count(" １2 ")
    12

    Raises:
        BadInput: it is no such number.
    """
    count = plain_forms(typed).strip()
    if not (count.isascii() and count.isdigit() and int(count[:_DIGITS])):
        raise BadInput("Write how many as a number, such as 10.", reason="bad-count")
    if len(count) >= _DIGITS and int(count) > MAX_COUNT:
        raise BadInput(f"That is too many: write at most {MAX_COUNT}.", reason="bad-count")
    return int(count)


def read_few(typed: str) -> int:
    """Return how many, which may be none; an empty field is none.

    >>> read_few(""), read_few("0"), read_few("3")
    (0, 0, 3)

    Raises:
        BadInput: it is no number.
    """
    return read_count(typed) if plain_forms(typed).strip().strip("0") else 0


def read_wish(typed: str) -> int | None:
    """Return how many, or None where nothing was typed.

    >>> read_wish(" "), read_wish("20")
    (None, 20)

    Raises:
        BadInput: it is no such number.
    """
    return read_count(typed) if typed.strip() else None


def read_folder(typed: str) -> Path:
    """Return the folder that was typed, ``~`` being the person's own."""
    return expand(typed, home=Path.home(), here=Path.cwd())


def usual_folder() -> str:
    """Return where files go if nobody says, as it is typed."""
    return "~/Documents" if (Path.home() / "Documents").is_dir() else "~"
