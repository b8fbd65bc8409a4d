"""A menu's file: read once, and told what of it could not be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from payforward.core.errors import BadInput
from payforward.core.menus import parse_menu
from payforward.core.menus.decoding import MAX_BYTES
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.currencies import Currency
    from payforward.core.menus import Menu


def read_menu(file: str, currency: Currency) -> Menu:
    """Return the menu in a file.

    Raises:
        BadInput: the file cannot be read, or is no menu.
    """
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or "no such file can be"
        raise BadInput(
            f"The menu {file} cannot be read: {why[0].lower()}{why[1:]}.", reason="cannot-read"
        ) from error
    return parse_menu(data, currency)


def skipped_document(menu: Menu) -> list[dict[str, object]]:
    """Return the rows that could not be used, for scripts."""
    return [{"line": row.line, "name": row.name, "reason": row.reason} for row in menu.skipped]


def skipped_lines(menu: Menu) -> Iterator[str]:
    """Yield what people should know of a file: rows left out and choices that were made."""
    for row in menu.skipped:
        name = f", {shown(row.name)}" if row.name else ""
        yield f"Left out line {row.line}{name}: {row.reason}."
    yield from menu.notes
