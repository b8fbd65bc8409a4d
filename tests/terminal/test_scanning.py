"""Scanners at real terminals: every ending, at the counter and into an open form."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core import codes
from payforward.core.asks import Give
from payforward.core.ids import new_action_id
from tests.needs import needs
from tests.terminal.conftest import wait_until
from tests.terminal.test_terminal import shop

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.codes import Code
    from tests.terminal.conftest import OpenTerminal, OpenTmux, Terminal

__all__ = ["shop"]

GAP_SECONDS = 0.02
ENDINGS = ("\r", "\r\n", "\t", "\x03\r", "")

FALLING = """
import sys
from payforward.__main__ import main
from payforward.app import PayforwardApp

def fall(app, code):
    letters, kept = code.letters, list(code.letters)
    raise RuntimeError("it fell")

PayforwardApp.on_scan = fall
sys.exit(main())
"""


def make_slips(shop: Path, count: int) -> list[Code]:
    """Put lattes on slips, and return their codes."""
    with Ledger.open(shop, till="till 9") as ledger:
        latte = ledger.find_item("Latte").id
        asks = [
            Give(action=new_action_id(), item=latte, units=1, voucher=True) for _ in range(count)
        ]
        made = [ledger.give(ask).voucher for ask in asks]
    return [code for code in made if code is not None]


def has_served(shop: Path, times: int) -> bool:
    with Ledger.open(shop) as ledger:
        return sum(view.kind.value == "redeem" for view in ledger.entries()) == times


def scan(terminal: Terminal, text: str, gap: float) -> None:
    """Type as a scanner does; without a gap, in one lump."""
    if not gap:
        terminal.type(text.encode())
    for char in text if gap else "":
        terminal.type(char.encode())
        time.sleep(gap)
        terminal.read()


def shows(terminal: Terminal, words: str) -> bool:
    terminal.read()
    return any(words in line for line in terminal.screen.display)


@pytest.mark.parametrize("gap", [GAP_SECONDS, 0.0], ids=["20ms", "lump"])
def test_scans_serve_at_the_counter(shop: Path, open_terminal: OpenTerminal, gap: float) -> None:
    slips = make_slips(shop, len(ENDINGS))
    terminal = open_terminal("--ledger", shop)
    terminal.see("Community fund")
    for number, (code, ending) in enumerate(zip(slips, ENDINGS, strict=True), 1):
        scan(terminal, f"\x02HTTPS://CAFE.EXAMPLE/V/{code.letters}{ending}", gap)
        assert wait_until(partial(has_served, shop, number)), terminal.screen.display
        terminal.see("✓ 1 Latte.")
        time.sleep(0.7)  # what comes later than an ending is a hand's
        terminal.read()
    assert not shows(terminal, "EXAMPLE")
    terminal.type(b"\x11")
    assert terminal.end() == 0
    with Ledger.open(shop) as ledger:
        assert ledger.verify().sound
        assert len(ledger.entries()) == 2 * len(ENDINGS)


@pytest.mark.parametrize("gap", [GAP_SECONDS, 0.0], ids=["20ms", "lump"])
def test_scans_leave_an_open_form_as_it_was(
    shop: Path, open_terminal: OpenTerminal, gap: float
) -> None:
    slips = make_slips(shop, len(ENDINGS))
    terminal = open_terminal("--ledger", shop)
    terminal.see("Community fund")
    terminal.type(b"+2lat")
    terminal.see("Give 2 Latte, €7.50, cash?")
    terminal.type(b"\x1b[C")
    terminal.see("Till receipt")
    scan(terminal, "Maria", 0.12)
    time.sleep(0.3)
    for number, (code, ending) in enumerate(zip(slips, ENDINGS, strict=True), 1):
        scan(terminal, f"\x02ROSA GIFT {code.letters}{ending}", gap)
        assert wait_until(partial(has_served, shop, number)), terminal.screen.display
        terminal.see("✓ 1 Latte.")
        time.sleep(0.7)
        terminal.type(b"\x1b")
        assert wait_until(lambda: not shows(terminal, "✓ 1 Latte."))
        terminal.see("Till receipt")
        assert shows(terminal, " Maria ")
    terminal.type(b"\r")
    terminal.see("Thank you. 2 Latte put aside.")
    terminal.type(b"\x11")
    assert terminal.end() == 0
    with Ledger.open(shop) as ledger:
        assert ledger.verify().sound
        story = ledger.gift(len(ENDINGS) * 2 + 1)
        assert (story.giver, story.message, story.units) == ("Maria", None, 2)


@needs("tmux")
@pytest.mark.parametrize("end", [("Enter", "C-j"), ("Tab",)])
def test_a_scan_in_tmux_serves(shop: Path, open_tmux: OpenTmux, end: tuple[str, ...]) -> None:
    (code,) = make_slips(shop, 1)
    tmux = open_tmux("--ledger", shop)
    tmux.see("Community fund")
    for char in f"ROSA GIFT {code.letters}":
        tmux.type(char)
    tmux.keys(*end)
    tmux.see("✓ 1 Latte.")
    assert "GIFT" not in tmux.text()
    assert has_served(shop, 1)


def test_a_crash_shows_no_letter_on_the_terminal(shop: Path, open_terminal: OpenTerminal) -> None:
    (code,) = make_slips(shop, 1)
    terminal = open_terminal("--ledger", shop, program=("-c", FALLING))
    terminal.see("Community fund")
    terminal.type(f"ROSA GIFT {code.letters}\r".encode())
    terminal.see("it fell")
    assert terminal.end() == 1
    left = terminal.written[terminal.written.rfind(b"\x1b[?1049l") :].decode()
    assert "RuntimeError" in left
    assert not any(group in left for group in codes.format(code.letters).split())
