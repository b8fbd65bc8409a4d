"""Bars of block characters: a picture of some numbers, to stand beside them."""

from __future__ import annotations

from typing import Final

_EIGHTHS: Final = "▏▎▍▌▋▊▉█"


def bar(value: int, most: int, cells: int) -> str:
    """Return a bar as long as a value is beside the most there is.

    Whatever is above 0 is seen, however little it is; 0 and below is nothing at all.

    >>> bar(6, 12, 10), bar(12, 12, 10), bar(1, 1000, 10), bar(0, 12, 10), bar(-3, 12, 10)
    ('█████', '██████████', '▏', '', '')
    >>> bar(5, 16, 4)
    '█▎'

    Args:
        value: How much it is.
        most: How much the longest bar is.
        cells: How long that one is.
    """
    if value <= 0 or most <= 0 or cells <= 0:
        return ""
    eighths = max(min(value, most) * cells * 8 // most, 1)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest - 1] if rest else "")
