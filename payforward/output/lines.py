"""Text in lines of so many columns."""

from __future__ import annotations

from typing import Final

from payforward.core.text import cell_width

SET_IN: Final = "  "
"""Before a line that is part of the one above it."""


def wrap(text: str, columns: int) -> list[str]:
    """Return text in lines of at most ``columns`` cells, parted between words where that goes.

    >>> wrap("Show this at the counter, any day.", 16)
    ['Show this at the', 'counter, any', 'day.']
    >>> wrap("Donaudampfschiff", 10)
    ['Donaudampf', 'schiff']
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_width(joined) <= columns:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, columns)
        lines += full
    return [*lines, line] if line else lines


def even(text: str, columns: int) -> list[str]:
    """Return text in as few lines as `wrap`, of lengths as like as can be, for the middle.

    >>> even("Show this at the counter, any day.", 32)
    ['Show this at the', 'counter, any day.']
    """
    lines = wrap(text, columns)
    for narrower in range(columns - 1, 0, -1):
        tried = wrap(text, narrower)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def spread(left: str, right: str, columns: int) -> list[str]:
    """Return lines with ``left`` at the left edge and ``right`` at the right one.

    >>> spread("1 Flat white", "€3.50", 20)
    ['1 Flat white   €3.50']
    """
    room = columns - cell_width(right) - 2
    if room < columns // 3:
        return [*wrap(left, columns), *(_right(line, columns) for line in wrap(right, columns))]
    *above, last = wrap(left, room) or [""]
    gap = " " * (columns - cell_width(last) - cell_width(right))
    return [*above, f"{last}{gap}{right}"]


def centre(line: str, columns: int) -> str:
    """Return a line with spaces before it, so that it stands in the middle."""
    return f"{' ' * ((columns - cell_width(line)) // 2)}{line}"


def _right(line: str, columns: int) -> str:
    """Return a line with spaces before it, so that it ends at the right edge."""
    return f"{' ' * (columns - cell_width(line))}{line}"


def _pieces(word: str, columns: int) -> list[str]:
    """Return a word in pieces that fit; the last one may be shorter, none is empty."""
    pieces = [""]
    for char in word:
        if pieces[-1] and cell_width(pieces[-1] + char) > columns:
            pieces.append("")
        pieces[-1] += char
    return pieces
