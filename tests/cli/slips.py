"""Slips at the command line: typed on standard input, read back from pictures and papers."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import zxingcpp
from PIL import Image

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core import codes

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Pay


class Typing(io.StringIO):
    """Standard input as a person's keyboard has it."""

    def isatty(self) -> bool:
        return True


def types(monkeypatch: pytest.MonkeyPatch, text: str, *, at_terminal: bool = False) -> None:
    """Let the next command find a text on standard input."""
    monkeypatch.setattr(sys, "stdin", Typing(text) if at_terminal else io.StringIO(text))


def squares(picture: Path) -> list[str]:
    """Return what every square in a picture says."""
    with Image.open(picture) as image:
        return [found.text for found in zxingcpp.read_barcodes(image.convert("L"))]


def wrong_letter(code: str, place: int) -> str:
    """Return a code with one letter changed."""
    other = codes.ALPHABET[(codes.ALPHABET.index(code[place]) + 5) % len(codes.ALPHABET)]
    return code[:place] + other + code[place + 1 :]


def swapped(code: str) -> str:
    """Return a code with two neighbours swapped that are not the same letter."""
    place = next(at for at in range(len(code) - 1) if code[at] != code[at + 1])
    return code[:place] + code[place + 1] + code[place] + code[place + 2 :]


def other_shop(pay: Pay) -> Pay:
    """Return another shop's ledger with a latte on its menu."""
    path = pay.path.with_name("other.db")
    create_ledger(path, shop="Another", currency="EUR", timezone="UTC")
    with Ledger.open(path) as ledger:
        ledger.add_item("Latte", 375, category="Coffee")
    return type(pay)(path, pay.capsys)


def owed(pay: Pay) -> list[int]:
    """Return the slips that wait for paper, as the ledger itself says."""
    with pay.ledger() as ledger:
        return [paper.slip for paper in ledger.paper_owed()]


def seen_states(pay: Pay) -> dict[int, str]:
    """Return every slip's state, as the ledger itself says."""
    with pay.ledger() as ledger:
        return {slip.slip: slip.state.value for slip in ledger.slips(most=10_000)}
