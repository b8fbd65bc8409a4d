"""Another program holds the ledger: the screens say so, and go on."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from screens.entries import EntriesScreen
from screens.gift import GiftScreen
from screens.items import ItemsScreen
from screens.place_screen import LedgerScreen
from tests.screens.stage import Actor, on_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.ledger import Ledger
    from screens.desk import Desk
    from tests.conftest import FrozenClock


def flat_whites(desk: Desk) -> GiftScreen:
    return GiftScreen(desk, 1)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the ledger as a program does that cannot share it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


async def be_impatient(actor: Actor) -> None:
    def wait_little(ledger: Ledger) -> None:
        ledger._file.connection.execute("PRAGMA busy_timeout = 50")

    await actor.ask(wait_little)


@pytest.mark.parametrize(
    ("screen", "keys", "before_enter"),
    [
        (flat_whites, ("r",), "Refund gift"),
        (flat_whites, ("e",), "Erase the giver"),
        (ItemsScreen, ("r",), "off the menu"),
        (ItemsScreen, ("p",), "Price of"),
        (ItemsScreen, ("g",), "Groups of"),
        (EntriesScreen, ("left",), ""),
    ],
)
async def test_a_held_ledger_is_told_and_survived(
    screen: Any, keys: tuple[str, ...], before_enter: str, busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, screen) as actor:
        await be_impatient(actor)
        await actor.press(*keys)
        assert before_enter in actor.text
        with held(busy_path):
            await actor.press("enter" if before_enter else "right")
            assert "busy" in actor.text, actor.text
            if actor.screen.is_modal:
                await actor.press("escape")
            assert isinstance(actor.screen, LedgerScreen)
            await actor.screen.look_again()
            await actor.screen.reload()
        await actor.screen.reload()
        assert actor.stage.is_running
