"""Bars of block characters: a picture of some numbers, to stand beside them."""

from __future__ import annotations

from typing import Final

_WHOLE, _HALF = "▄", "▖"
# Half as high as a row, so that bars of rows below each other do not run together.
_PARTS: Final = 2


def bar(value: int, most: int, cells: int) -> str:
    """Return a bar as long as a value is beside the most there is, to half a cell.

    Whatever is above 0 is seen, however little it is; 0 and below is nothing at all.

    >>> bar(6, 12, 10), bar(12, 12, 10), bar(1, 1000, 10), bar(0, 12, 10), bar(-3, 12, 10)
    ('▄▄▄▄▄', '▄▄▄▄▄▄▄▄▄▄', '▖', '', '')
    >>> bar(6, 16, 4)
    '▄▖'

    Args:
        value: How much it is.
        most: How much the longest bar is.
        cells: How long that one is.
    """
    if value <= 0 or most <= 0 or cells <= 0:
        return ""
    parts = max(min(value, most) * cells * _PARTS // most, 1)
    whole, half = divmod(parts, _PARTS)
    return _WHOLE * whole + _HALF * half
