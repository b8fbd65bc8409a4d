"""The program on real terminals: typed, resized, ended and interrupted."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.currencies import currency
from payforward.core.menus import parse_menu
from payforward.core.model import Tender
from tests.conftest import DATA
from tests.needs import needs
from tests.terminal.conftest import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import OpenTerminal, OpenTmux

# What leaves a terminal as it was found: no alternate screen, a cursor, no mouse reports.
LEFT_CLEAN = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?1003l")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the ledger of a shop with its till's menu, by the machine's own clock."""
    path = tmp_path / "shop.db"
    menu = parse_menu((DATA / "loyverse-items.csv").read_bytes(), currency("EUR"))
    create_ledger(path, shop="Rosa's Café", currency="EUR", timezone="UTC", menu=menu.rows)
    return path


@needs("tmux")
def test_a_shops_story_typed_in_tmux(shop: Path, open_tmux: OpenTmux) -> None:
    tmux = open_tmux("--ledger", shop, "--cashier", "Ana")
    tmux.see("Community fund")
    tmux.type("+3lat")
    tmux.see("Give 3 Latte, €11.25, cash?")
    tmux.keys("Right")
    tmux.see("Till receipt")
    tmux.type("Zoë")
    row = tmux.cursor_row()
    tmux.keys("Tab")
    assert wait_until(lambda: tmux.cursor_row() != row)
    tmux.type("Enjoy it!")
    # In a form, an Enter right behind a burst is a scanner's; a hand takes longer.
    time.sleep(0.3)
    tmux.keys("Enter")
    tmux.see("Thank you. 3 Latte put aside. €11.25, cash.")
    tmux.type("lat")
    tmux.see("Serve 1 Latte? 3 waiting.")
    tmux.keys("Enter")
    tmux.see("✓ 1 Latte. 2 still waiting.")
    tmux.type("cap")
    tmux.see("No Cappuccino waiting; 1 Latte can pay.")
    tmux.keys("Enter")
    tmux.see("✓ 1 Cappuccino, paid by 1 Latte. 1 Latte still waiting.")
    tmux.type("+20fu")
    tmux.see("Give €20.00 to the Community fund, cash?")
    tmux.keys("Enter")
    tmux.see("Thank you. €20.00 for the Community fund, cash.")
    tmux.type("cro")
    tmux.see("No Croissant waiting. The fund can pay €3.50.")
    tmux.keys("Enter")
    tmux.see("✓ 1 Croissant. The fund has €16.50.")
    tmux.keys("C-z")
    tmux.see("Take back: 1 Croissant served at")
    tmux.keys("Enter")
    tmux.see("€3.50 is in the fund again.")
    tmux.keys("C-q")
    tmux.see("exit code 0")
    with Ledger.open(shop) as ledger:
        found = ledger.verify()
        assert found.sound, found.problems
        board = ledger.board()
        assert [(row.item.name, row.units) for row in board.rows] == [("Latte", 1)]
        assert board.money_minor == 2000
        story = ledger.gift(1)
        assert (story.giver, story.message, story.tender) == ("Zoë", "Enjoy it!", Tender.CASH)


@needs("tmux")
@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 24), (120, 40)])
def test_every_size_shows_the_counter(
    shop: Path, open_tmux: OpenTmux, width: int, height: int
) -> None:
    tmux = open_tmux("--ledger", shop, width=width, height=height)
    tmux.see("Community fund")

    def keys_on_the_last_line() -> bool:
        lines = tmux.text().rstrip("\n").split("\n")
        return len(lines) == height and "Serve −" in lines[-1]

    assert wait_until(keys_on_the_last_line), tmux.text()
    tmux.run("resize-window", "-x", "40", "-y", "12")
    tmux.type("+lat")
    tmux.see("Give 1 Latte, €3.75")
    tmux.keys("Escape")
    tmux.keys("C-q")
    tmux.see("exit code 0")


def test_quitting_leaves_the_terminal_clean(shop: Path, open_terminal: OpenTerminal) -> None:
    terminal = open_terminal("--ledger", shop)
    terminal.see("Community fund")
    terminal.type(b"+lat")
    terminal.see("Give 1 Latte, €3.75, cash?")
    terminal.type(b"\r")
    terminal.see("Thank you. 1 Latte put aside.")
    terminal.resize(100, 30)
    terminal.see("Thank you. 1 Latte put aside.")
    terminal.type(b"\x11")
    assert terminal.end() == 0
    for restored in LEFT_CLEAN:
        assert terminal.written.rfind(restored) > terminal.written.rfind(b"\x1b[?1049h")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_leaves_the_terminal_clean_and_the_ledger_whole(
    shop: Path, open_terminal: OpenTerminal, name: str
) -> None:
    number = getattr(signal, name)
    terminal = open_terminal("--ledger", shop)
    terminal.see("Community fund")
    terminal.type(b"+lat\r")
    terminal.see("Thank you. 1 Latte put aside.")
    os.kill(terminal.pid, number)
    assert terminal.end() == 128 + number
    for restored in LEFT_CLEAN:
        assert terminal.written.rfind(restored) > terminal.written.rfind(b"\x1b[?1049h")
    with Ledger.open(shop) as ledger:
        assert ledger.verify().sound
        assert [row.units for row in ledger.board().rows] == [1]


@needs("tmux")
def test_the_first_start_sets_a_shop_up(tmp_path: Path, open_tmux: OpenTmux) -> None:
    path = tmp_path / "new" / "shop.db"
    tmux = open_tmux("--ledger", path)
    tmux.see("Welcome.")
    tmux.type("Caffè Nuovo")
    tmux.see("Caffè Nuovo")
    time.sleep(0.3)
    tmux.keys("C-s")
    tmux.see("Community fund")
    # A screen reaches the terminal in pieces: the top line may be half there for a moment.
    assert wait_until(lambda: "Caffè Nuovo" in tmux.text().split("\n")[0]), tmux.text()
    tmux.keys("C-q")
    tmux.see("exit code 0")
    with Ledger.open(path) as ledger:
        assert ledger.shop.name == "Caffè Nuovo"
        assert ledger.verify().sound


@needs("tmux")
def test_leaving_the_first_start_makes_nothing(tmp_path: Path, open_tmux: OpenTmux) -> None:
    path = tmp_path / "new" / "shop.db"
    tmux = open_tmux("--ledger", path)
    tmux.see("Welcome.")
    tmux.type("Caffè Nuovo")
    tmux.keys("Escape")
    tmux.see("exit code 0")
    assert not path.parent.exists()


def test_no_colour_is_respected(
    shop: Path, open_terminal: OpenTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = open_terminal("--ledger", shop)
    terminal.see("Community fund")
    terminal.type(b"\x11")
    assert terminal.end() == 0
    colours = {cell.fg for row in terminal.screen.buffer.values() for cell in row.values()}
    assert colours <= {"default"}
