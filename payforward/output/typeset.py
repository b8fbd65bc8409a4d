"""Typst, kept at arm's length: a form of our own, and everything else as data.

What people wrote is passed as JSON and shown as text; it is never part of a form. The form sees
no file: it has no folder to read from.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import typst

FORMS: Final = Path(__file__).with_name("forms")

# What the fonts that come with typst draw: Latin, Greek and Cyrillic with their marks, and the
# punctuation and currencies between them.
_DRAWN: Final = (
    (0x0020, 0x04FF),
    (0x1E00, 0x1FFF),
    (0x2010, 0x2027),
    (0x2030, 0x2040),
    (0x20A0, 0x20BF),
)


def typeset(
    form: str,
    data: object,
    words: str,
    *,
    output: Literal["pdf", "png", "svg"],
    ppi: float = 300,
    tags: bool = True,
) -> list[bytes]:
    """Return a form filled in: one PDF, or one picture a page.

    Args:
        form: Its name in `FORMS`.
        data: What the form reads, as JSON would write it.
        words: All the text in it. Where letters are beyond the fonts that come with typst, the
            machine's own fonts draw them; what no font has is drawn as an empty box.
        output: The format.
        ppi: Dots to the inch of a PNG.
        tags: Whether a PDF tells a screen reader its structure.
    """
    import typst  # noqa: PLC0415 - a large library

    compiler = typst.Compiler(
        (FORMS / f"{form}.typ").read_bytes(),
        font_paths=_fonts(with_the_machines=not _is_drawn(words)),
        sys_inputs={"data": json.dumps(data)},
    )
    made = compiler.compile(format=output, ppi=ppi, pdf_tags=tags)
    if made is None:
        raise AssertionError("typst answers bytes where it is told no file")
    return made if isinstance(made, list) else [made]


@cache
def _fonts(*, with_the_machines: bool) -> typst.Fonts:
    """Return the fonts that come with typst and, where they are needed, those of the machine."""
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=with_the_machines)


def _is_drawn(words: str) -> bool:
    """Tell whether the fonts that come with typst have every letter."""
    return words.isascii() or all(
        any(first <= ord(char) <= last for first, last in _DRAWN) for char in words if char != "\n"
    )
