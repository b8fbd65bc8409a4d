"""Papers as bytes for receipt printers that speak ESC/POS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from payforward.output.blocks import Paper

PaperMm: TypeAlias = Literal[58, 80]
"""Widths of rolls, in millimetres."""

ASCII: Final = "ASCII"
"""A code page for printers that know none: whatever is not ASCII is printed as an image."""
DEFAULT_CODE_PAGE: Final = "CP437"


def code_pages() -> tuple[str, ...]:
    """Return the names of the code pages that can be asked for."""
    raise NotImplementedError


def check_code_page(name: str) -> str:
    """Return a code page's name as `code_pages` writes it.

    Raises:
        BadInput: there is none of that name.
    """
    raise NotImplementedError


def escpos_bytes(
    paper: Paper,
    *,
    paper_mm: PaperMm = 80,
    native_qr: bool = False,
    code_page: str = DEFAULT_CODE_PAGE,
    columns: int | None = None,
) -> bytes:
    """Return what prints a paper, from ESC @ to the partial cut.

    Args:
        paper: What to print.
        paper_mm: The width of the roll: 58 or 80.
        native_qr: Whether the printer draws squares itself (GS ( k); otherwise they are images.
        code_page: One of `code_pages`. What it lacks is printed as an image.
        columns: Letters on a line, where it is not 32 (58 mm) or 42 (80 mm).

    Raises:
        BadInput: there is no such code page.
    """
    raise NotImplementedError
