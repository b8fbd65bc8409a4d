"""What the owner's passphrase guards on the screens, and for how long it is good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.core.errors import Refused
from payforward.core.model import ProgramKind
from payforward.core.people import Guarded
from payforward.core.programs import Program
from screens import owner
from screens.dialogs.ask_line import AskLine
from screens.dialogs.confirm import Confirm
from screens.dialogs.goods_form import GoodsForm
from screens.dialogs.item_form import ItemForm
from screens.dialogs.printer_form import PrinterForm
from screens.dialogs.program_form import ProgramForm
from screens.dialogs.secret_form import AskSecret, NewSecret
from screens.dialogs.settings_form import SettingsForm
from screens.goods import GoodsScreen
from screens.items import ItemsScreen
from screens.people import PeopleScreen
from screens.printers import PrintersScreen
from screens.programs import ProgramsScreen
from tests.screens.stage import on_stage
from tests.screens.test_people import PHRASE, set_passphrase, type_secret, with_people

if TYPE_CHECKING:
    from pathlib import Path

    from db.ledger import Ledger
    from tests.conftest import FrozenClock


def a_drive(ledger: Ledger) -> int:
    """Let there be a drive, and return its number."""
    return ledger.add_program(Program(name="Coats", kind=ProgramKind.DRIVE)).id


async def test_the_owner_is_asked_once_and_again_after_five_minutes(
    busy_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(owner, "monotonic", lambda: now[0])
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(set_passphrase)
        await actor.stage.show(ItemsScreen(actor.stage.desk))
        await actor.press("a")
        await actor.until(lambda: actor.is_on(AskSecret), "not asked")
        said = "Changing the menu and its prices needs the owner's passphrase."
        assert said in actor.text
        await type_secret(actor, "rosa opens at eight")
        await actor.until(lambda: "not the owner's passphrase: try again." in actor.text, "?")
        await type_secret(actor, PHRASE)
        await actor.until(lambda: actor.is_on(ItemForm), "not let in")
        await actor.press("escape")
        now[0] += 299
        await actor.press("a")
        await actor.until(lambda: actor.is_on(ItemForm), "asked again too soon")
        await actor.press("escape")
        now[0] += 2
        await actor.press("a")
        await actor.until(lambda: actor.is_on(AskSecret), "not asked again")
        await actor.press("escape")
        assert actor.is_on(ItemsScreen)


@pytest.mark.parametrize(
    ("place", "key", "what", "dialog"),
    [
        (ItemsScreen, "p", Guarded.MENU, AskLine),
        (ItemsScreen, "g", Guarded.MENU, AskLine),
        (ItemsScreen, "r", Guarded.MENU, Confirm),
        (ProgramsScreen, "enter", Guarded.PROGRAMS, ProgramForm),
        (PrintersScreen, "s", Guarded.SETTINGS, SettingsForm),
        (PrintersScreen, "a", Guarded.SETTINGS, PrinterForm),
        (GoodsScreen, "a", Guarded.PROGRAMS, GoodsForm),
        (PeopleScreen, "a", Guarded.PEOPLE, AskLine),
        (PeopleScreen, "n", Guarded.PEOPLE, AskLine),
        (PeopleScreen, "p", Guarded.PEOPLE, NewSecret),
        (PeopleScreen, "r", Guarded.PEOPLE, Confirm),
    ],
)
async def test_what_is_the_owners(
    place: type, key: str, what: Guarded, dialog: type, busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(with_people)
        await actor.ask(set_passphrase)
        about = [await actor.ask(a_drive)] if place is GoodsScreen else []
        await actor.stage.show(place(actor.stage.desk, *about))
        await actor.settle()
        await actor.press(key)
        await actor.until(lambda: actor.is_on(AskSecret), "not asked")
        assert what.doing in actor.text
        await actor.press("escape")
        assert actor.is_on(place)
        await actor.press(key)
        await actor.until(lambda: actor.is_on(AskSecret), "not asked")
        await type_secret(actor, PHRASE)
        await actor.until(lambda: actor.is_on(dialog), "not let in")


async def test_guessing_is_locked_on_the_screen(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(set_passphrase)
        for _ in range(3):
            with pytest.raises(Refused):
                await actor.ask(lambda ledger: ledger.check_passphrase("rosa opens at eight"))
        await actor.stage.show(ItemsScreen(actor.stage.desk))
        await actor.press("a")
        await actor.until(lambda: actor.is_on(AskSecret), "not asked")
        await type_secret(actor, PHRASE)
        sentence = "Too many wrong tries for the owner: wait 1 second, then try again."
        await actor.until(lambda: sentence in actor.text, "not locked")
        clock.forward(seconds=1)
        await type_secret(actor, PHRASE)
        await actor.until(lambda: actor.is_on(ItemForm), "not let in")


async def test_whoever_changes_takes_no_owner_along(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(with_people)
        await actor.ask(set_passphrase)
        await actor.stage.show(ItemsScreen(actor.stage.desk))
        await actor.press("a")
        await actor.until(lambda: actor.is_on(AskSecret), "not asked")
        await type_secret(actor, PHRASE)
        await actor.until(lambda: actor.is_on(ItemForm), "not let in")
        await actor.press("escape")
        await actor.stage.desk.sign_in("Cleo")
        await actor.press("a")
        await actor.until(lambda: actor.is_on(AskSecret), "not asked again")
