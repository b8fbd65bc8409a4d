"""One job for a receipt printer: text that its code page can print, images of all else."""

from __future__ import annotations

import logging
import os
import shutil
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from payforward.core.text import cell_width
from payforward.output.lines import SET_IN, even, spread, wrap
from payforward.output.qr import QUIET, matrix

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image

ASCII: Final = "ASCII"

DOTS_A_COLUMN: Final = 12
"""Of font A, which is 12 by 24 dots."""
DOTS_AN_INCH: Final = 203
_PT_A_DOT: Final = 72 / DOTS_AN_INCH
_SQUARES_OF_VERSION_4: Final = 33
_CACHE_FOLDER: Final = "ESCPOS_CAPABILITIES_PICKLE_DIR"

# Encodings of more than one byte a letter, which a code page's number does not switch on.
_WIDE: Final = frozenset(("CP932",))
_FROM_THE_RIGHT: Final = frozenset(("R", "AL", "AN"))
_PLAINER: Final = {
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "─": "-",
    "·": "-",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look; ``width`` and ``height`` are factors."""

    bold: bool = False
    width: int = 1
    height: int = 1


PLAIN: Final = Style()


@cache
def usable_code_pages() -> tuple[str, ...]:
    """Return the code pages of one byte a letter whose letters are known."""
    encoder = _dummy(0).magic.encoder
    return tuple(
        name
        for name in encoder.codepages
        if name not in _WIDE and encoder.can_encode(name, "A") and _has_letters(encoder, name)
    )


class Job:
    """What a printer is told, in the order of the paper.

    Args:
        columns: Letters on a line.
        code_page: One of `usable_code_pages`, or `ASCII`.
        native_qr: Whether the printer draws squares itself.
    """

    def __init__(self, *, columns: int, code_page: str, native_qr: bool) -> None:
        self.columns = columns
        self._ascii = code_page == ASCII
        self._page = "CP437" if self._ascii else code_page
        self._native_qr = native_qr
        self._style: Style | None = None
        self._printer = _dummy(columns * DOTS_A_COLUMN)
        self._printer.hw("INIT")
        self._printer.charcode(self._page)
        self._printer.set(align="center")

    def text(self, text: str, style: Style = PLAIN) -> None:
        """Print a paragraph in the middle."""
        printable = self._printable(text)
        if printable is None:
            self._image(self._picture(text, style=style))
            return
        self._use(style)
        for line in even(printable, self.columns // style.width) or [""]:
            self._printer.textln(line)

    def quote(self, text: str, by: str) -> None:
        """Print somebody's words, and who says them; either may be empty."""
        if text:
            self.text(f"“{text}”")
        if by:
            self.text(f"from {by}")

    def letters(self, lines: Iterable[str]) -> None:
        """Print a code for eyes and hands."""
        for line in lines:
            self.text(line, Style(bold=True))

    def columns_text(self, left: str, right: str, *, is_part: bool = False) -> None:
        """Print something at the left, perhaps set in a little, and something at the right."""
        set_in = SET_IN if is_part else ""
        texts = self._printable(left), self._printable(right)
        if texts[0] is None or texts[1] is None:
            self._image(self._picture(left, right=right, set_in=len(set_in)))
            return
        self._use(PLAIN)
        for line in spread(texts[0], texts[1], self.columns - len(set_in)):
            self._printer.textln(f"{set_in}{line}".ljust(self.columns))

    def sign(self, text: str) -> None:
        """Print a line to write on, with room above it, and what belongs there under it."""
        self.feed(3)
        self._printer.textln("_" * self.columns)
        self.columns_text(text, "")

    def rule(self) -> None:
        """Print a line across."""
        self.text("─" * self.columns)

    def square(self, payload: str) -> None:
        """Print a QR code."""
        if not self._native_qr:
            self._image(self._symbol(payload))
            return
        self.feed(1)
        _, _, constants = _library()
        size = self._dots_a_square(_SQUARES_OF_VERSION_4)
        self._printer.qr(payload, ec=constants.QR_ECLEVEL_Q, size=size, native=True)
        self.feed(1)

    def feed(self, lines: int) -> None:
        """Leave so many lines empty."""
        self._use(PLAIN)
        self._printer.ln(lines)

    def cut(self, lines: int) -> bytes:
        """Feed the paper past the knife, cut it all but a corner, and return the whole job."""
        self._use(PLAIN)
        self._printer.print_and_feed(lines)
        self._printer.cut(mode="PART", feed=False)
        made: bytes = self._printer.output
        return made

    def largest(self, text: str) -> Style:
        """Return twice the size where that takes at most two lines, else twice the height."""
        lines = wrap(text, self.columns // 2)
        whole = all(word in " ".join(lines).split(" ") for word in text.split(" "))
        return Style(bold=True, width=2 if whole and len(lines) <= 2 else 1, height=2)

    def _printable(self, text: str) -> str | None:
        """Return text in letters that the code page has, or None where it lacks one.

        Typographic marks may become their plain forms. A printer prints in the order of the
        bytes and one cell a byte, so what is read from the right or stacks marks is not for it.
        """
        if cell_width(text) != len(text) or any(
            unicodedata.bidirectional(char) in _FROM_THE_RIGHT for char in text
        ):
            return None
        plainer = "".join(char if self._has(char) else _PLAINER.get(char, char) for char in text)
        return plainer if all(self._has(char) for char in plainer) else None

    def _has(self, char: str) -> bool:
        """Tell whether the code page has a letter."""
        if char.isascii():
            return True
        return not self._ascii and self._printer.magic.encoder.can_encode(self._page, char) is True

    def _use(self, style: Style) -> None:
        """Tell the printer how the next letters look, where that is new."""
        if style != self._style:
            self._printer.set(
                custom_size=True, width=style.width, height=style.height, bold=style.bold
            )
            self._style = style

    def _dots_a_square(self, squares: int) -> int:
        """Return the side of one square so that a symbol takes some 60 % of the paper."""
        return max(3, min(8, self.columns * DOTS_A_COLUMN * 6 // 10 // squares))

    def _symbol(self, payload: str) -> Image:
        """Return a QR code with its quiet zone."""
        from PIL import Image  # noqa: PLC0415 - a large library

        rows = matrix(payload)
        side = len(rows) + 2 * QUIET
        image = Image.new("L", (side, side), 255)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    image.putpixel((x + QUIET, y + QUIET), 0)
        scale = self._dots_a_square(len(rows))
        return image.resize((side * scale, side * scale), Image.Resampling.NEAREST)

    def _picture(
        self, text: str, *, right: str | None = None, style: Style = PLAIN, set_in: int = 0
    ) -> Image:
        """Return a paragraph as typst sets it, in letters as large as the printer's own."""
        import io  # noqa: PLC0415

        from PIL import Image  # noqa: PLC0415

        from payforward.output.typeset import typeset  # noqa: PLC0415

        data = {
            "text": text,
            "right": right or "",
            "centred": right is None,
            "set_in_pt": set_in * DOTS_A_COLUMN * _PT_A_DOT,
            "bold": style.bold,
            "width_pt": self.columns * DOTS_A_COLUMN * _PT_A_DOT,
            # The letters of DejaVu Sans Mono are 0.602 of their size wide.
            "size_pt": (DOTS_A_COLUMN + 5 * (style.width + style.height - 2)) / 0.602 * _PT_A_DOT,
        }
        png = typeset("line", data, text + (right or ""), output="png", ppi=DOTS_AN_INCH)[0]
        return Image.open(io.BytesIO(png)).convert("L").point(lambda grey: 255 * (grey > 140))

    def _image(self, image: Image) -> None:
        """Print an image in the middle: its own white makes it as wide as the paper."""
        from PIL import Image as Images  # noqa: PLC0415

        width = self.columns * DOTS_A_COLUMN
        paper = Images.new("L", (width, image.height), 255)
        paper.paste(image, ((width - image.width) // 2, 0))
        self._printer.image(paper, impl="bitImageRaster")


def _dummy(dots: int) -> Any:
    """Return python-escpos' printer that only keeps its bytes."""
    printers, capabilities, _ = _library()
    profile = capabilities.Profile(features=capabilities.ProfileBaseClass.profile_data["features"])
    # A profile that knows its width: where it does not, the library writes to standard output.
    media = {"dpi": DOTS_AN_INCH, "width": {"mm": "Unknown", "pixels": dots}}
    profile.profile_data = {**profile.profile_data, "media": media}
    return printers.Dummy(profile=profile)


@cache
def _library() -> tuple[Any, Any, Any]:
    """Import python-escpos, which would log to the terminal and leave a folder behind."""
    handlers = list(logging.root.handlers)
    from escpos import (  # type: ignore[import-untyped]  # noqa: PLC0415 - a large library
        capabilities,
        constants,
        printer,
    )

    for handler in logging.root.handlers[:]:
        if handler not in handlers:
            logging.root.removeHandler(handler)
    if _CACHE_FOLDER not in os.environ:
        # What it keeps there is for nobody: each process makes a new one.
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return printer, capabilities, constants


def _has_letters(encoder: Any, name: str) -> bool:
    """Tell whether python-escpos knows a page's letters above ASCII."""
    return any(encoder.can_encode(name, chr(point)) for point in range(0xA0, 0x3000))
