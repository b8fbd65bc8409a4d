"""Papers as plain text, the square in half blocks.

Dark squares are ink: it is to be read as black on white, which is how a text file is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
from payforward.output.lines import SET_IN, centre, even, spread, wrap
from payforward.output.qr import half_blocks

if TYPE_CHECKING:
    from payforward.output.blocks import Block, Paper

COLUMNS: Final = 42
"""As wide as a receipt of 80 mm; the largest square takes 41."""


def plain_text(paper: Paper) -> str:
    """Return a paper in lines of at most `COLUMNS` cells."""
    lines: list[str] = []
    for before, block in zip((None, *paper.blocks), paper.blocks, strict=False):
        if before is not None and stands_apart(before, block):
            lines.append("")
        lines += (line.rstrip() for line in _lines(block))
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> list[str]:  # noqa: PLR0911 - one for each kind of block
    """Return one block's lines."""
    match block:
        case Quote(text, by):
            said = _in_the_middle(f"“{text}”") if text else []
            return said + (_in_the_middle(f"from {by}") if by else [])
        case Letters(texts):
            return [line for text in texts for line in _in_the_middle(text)]
        case Square(payload):
            return [centre(line, COLUMNS) for line in half_blocks(payload)]
        case Columns(left, right):
            return spread(left, right, COLUMNS)
        case Part(left, right):
            return [f"{SET_IN}{line}" for line in spread(left, right, COLUMNS - len(SET_IN))]
        case Sign(text):
            return ["", "", "", "_" * COLUMNS, *wrap(text, COLUMNS)]
        case Rule():
            return ["─" * COLUMNS]
        case Heading(text) | Big(text) | Topic(text) | Words(text) | Small(text):
            return _in_the_middle(text)


def _in_the_middle(text: str) -> list[str]:
    """Return a paragraph's lines."""
    return [centre(line, COLUMNS) for line in even(text, COLUMNS) or [""]]
