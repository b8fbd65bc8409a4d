"""What papers are made of: plain data, in the order from top to bottom.

Every text is made safe as a block is made, so whatever a giver or a menu file wrote is nothing
but letters to a printer, a typesetter or a browser.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeAlias

from payforward.core.text import shown


class _Safe:
    """Makes the texts of a block safe."""

    def __post_init__(self) -> None:
        for each in fields(self):  # type: ignore[arg-type]
            value = getattr(self, each.name)
            safe = shown(value) if isinstance(value, str) else tuple(shown(part) for part in value)
            object.__setattr__(self, each.name, safe)


@dataclass(frozen=True)
class Heading(_Safe):
    """Whose paper it is: the shop's name."""

    text: str


@dataclass(frozen=True)
class Big(_Safe):
    """What the paper is about: ``1 Flat white``."""

    text: str


@dataclass(frozen=True)
class Topic(_Safe):
    """What the blocks after it are about, where there are several such: a program's name."""

    text: str


@dataclass(frozen=True)
class Words(_Safe):
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Quote(_Safe):
    """A giver's own words, and who says them where that was told; either may be empty."""

    text: str
    by: str = ""


@dataclass(frozen=True)
class Square(_Safe):
    """A QR code. ``payload`` is of the alphanumeric set."""

    payload: str


@dataclass(frozen=True)
class Letters(_Safe):
    """A code for eyes and hands: lines of groups of letters, each as wide as the others."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Columns(_Safe):
    """A line with something at the left and something at the right."""

    left: str
    right: str


@dataclass(frozen=True)
class Part(_Safe):
    """A line of what the `Columns` above it is made of, set in a little."""

    left: str
    right: str


@dataclass(frozen=True)
class Sign(_Safe):
    """A line to write on by hand, and under it what belongs there."""

    text: str


@dataclass(frozen=True)
class Small(_Safe):
    """Small print."""

    text: str


@dataclass(frozen=True)
class Rule(_Safe):
    """A line across."""


Block: TypeAlias = (
    Heading | Big | Topic | Words | Quote | Square | Letters | Columns | Part | Sign | Small | Rule
)


def stands_apart(before: Block, block: Block) -> bool:
    """Tell whether paper of a typewriter's kind has an empty line between two blocks."""
    if isinstance(before, Square | Topic) or isinstance(block, Sign):
        return False
    columns = (Columns, Part)
    if isinstance(before, columns) and isinstance(block, columns):
        return False
    return type(before) is not type(block)


@dataclass(frozen=True)
class Paper:
    """One piece of paper. ``title`` names it where files have names."""

    title: str
    blocks: tuple[Block, ...]

    def words(self) -> str:
        """Return all its text in one, to see which letters it needs."""
        texts = [self.title]
        for block in self.blocks:
            for each in fields(block):
                value = getattr(block, each.name)
                texts += [value] if isinstance(value, str) else value
        return "\n".join(texts)
