"""A picture of a terminal, drawn by Chromium from what tmux says of each cell."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from tests.output.reading import screenshot

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

# A cell is as wide as the font says and as high as the glyphs of half blocks are.
_CELLS = (
    '<div style="background: #000; color: #ccc"><pre style="line-height: 1.1640625">{}</pre></div>'
)


def terminal_picture(escapes: str, folder: Path, *, width: int = 80) -> Image.Image:
    """Return what a terminal shows.

    Args:
        escapes: Its lines, with the escape sequences of their colours.
        folder: Where Chromium may put its files.
        width: Its columns.
    """
    console = Console(
        file=io.StringIO(), record=True, width=width, color_system="truecolor", force_terminal=True
    )
    for line in escapes.rstrip("\n").split("\n"):
        console.print(Text.from_ansi(line), soft_wrap=True, no_wrap=True)
    cells = console.export_html(inline_styles=True, code_format="{code}")
    return screenshot(_CELLS.format(cells), folder, width=900, height=700)
