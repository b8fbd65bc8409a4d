"""Papers as bytes for receipt printers that speak ESC/POS.

The commands are python-escpos's; what a printer prints in answer is in Epson's ESC/POS command
reference. Lines are parted here, so that no word is torn at the edge of the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from payforward.core.errors import BadInput
from payforward.core.text import shown
from payforward.output.blocks import (
    Big,
    Columns,
    Heading,
    Letters,
    Part,
    Quote,
    Rule,
    Sign,
    Small,
    Square,
    Topic,
    Words,
    stands_apart,
)
from payforward.output.escpos_job import ASCII, Job, Style, usable_code_pages

if TYPE_CHECKING:
    from payforward.output.blocks import Block, Paper

PaperMm: TypeAlias = Literal[58, 80]
"""Widths of rolls, in millimetres."""

DEFAULT_CODE_PAGE: Final = "CP437"
COLUMNS: Final = {58: 32, 80: 42}
"""Letters on a line of each roll; some printers of 80 mm have 48."""
MOST_COLUMNS: Final = 48

_LINES_TO_CUTTER: Final = 4
"""From the head to the knife, where the printer does not feed by itself before it cuts."""


def code_pages() -> tuple[str, ...]:
    """Return the names of the code pages that can be asked for.

    ``ASCII`` is for printers that know none, or another one than they say: whatever is not
    ASCII is an image.
    """
    return (ASCII, *usable_code_pages())


def check_code_page(name: str) -> str:
    """Return a code page's name as `code_pages` writes it.

    Raises:
        BadInput: there is none of that name.
    """
    wanted = name.strip().upper()
    if wanted not in code_pages():
        raise BadInput(
            f"There is no code page {shown(name)[:20]!r}: use one such as CP437, CP858 or ASCII.",
            reason="bad-code-page",
        )
    return wanted


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
        columns: Letters on a line, where it is not the number in `COLUMNS`.

    Raises:
        BadInput: there is no such code page.
    """
    job = Job(
        columns=columns or COLUMNS[paper_mm],
        code_page=check_code_page(code_page),
        native_qr=native_qr,
    )
    for before, block in zip((None, *paper.blocks), paper.blocks, strict=False):
        if before is not None and _stands_apart(before, block):
            job.feed(1)
        _print(job, block)
    return job.cut(_LINES_TO_CUTTER)


def _stands_apart(before: Block, block: Block) -> bool:
    """Tell whether an empty line is between two blocks."""
    if isinstance(before, Rule) or isinstance(block, Rule):
        return False
    return stands_apart(before, block)


def _print(job: Job, block: Block) -> None:
    """Print one block."""
    match block:
        case Heading(text):
            job.text(text, Style(bold=True, height=2))
        case Big(text):
            job.text(text, job.largest(text))
        case Topic(text) | Words(text) | Small(text):
            job.text(text, Style(bold=isinstance(block, Topic)))
        case Quote(text, by):
            job.quote(text, by)
        case Square(payload):
            job.square(payload)
        case Letters(lines):
            job.letters(lines)
        case Columns(left, right) | Part(left, right):
            job.columns_text(left, right, is_part=isinstance(block, Part))
        case Sign(text):
            job.sign(text)
        case Rule():
            job.rule()
