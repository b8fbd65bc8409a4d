"""People on the screens: names, PINs, the owner's passphrase, and who is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, OptionList

from db.ledger import Ledger
from screens.counter.screen import CounterScreen
from screens.dialogs.ask_line import AskLine
from screens.dialogs.confirm import Confirm
from screens.dialogs.secret_form import AskSecret, NewSecret
from screens.dialogs.who_dialog import WhoDialog
from screens.people import PeopleScreen
from tests.screens.stage import Actor, on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock

PHRASE = "rosa opens at seven"


def with_people(ledger: Ledger) -> None:
    """Let there be three people, one with a PIN."""
    for name in ("Bob", "Cleo"):
        ledger.add_cashier(name)
    ledger.set_pin(ledger.find_cashier("Bob").id, "4071")


def set_passphrase(ledger: Ledger) -> None:
    ledger.set_passphrase(None, PHRASE)


async def type_secret(actor: Actor, secret: str) -> None:
    """Type a secret and Enter, and see that nothing of it can be read."""
    await actor.type(secret)
    assert secret not in "".join(actor.frame())
    assert "•" * len(secret) in "".join(actor.frame())
    await actor.press("enter")


# -- the place --------------------------------------------------------------------------------


async def test_people_are_added_named_given_pins_and_retired(
    ledger_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(ledger_path, clock, PeopleScreen) as actor:
        assert "Nobody has a name here yet, and nobody needs one." in actor.text
        await actor.press("a")
        await actor.until(lambda: actor.is_on(AskLine), "no question")
        await actor.type("Bob")
        await actor.press("enter")
        await actor.until(lambda: actor.status.startswith("Bob is one of the people."), "not added")
        await actor.press("n")
        await actor.until(lambda: actor.is_on(AskLine), "no question")
        await actor.clear()
        await actor.type("Bobby")
        await actor.press("enter")
        await actor.until(lambda: actor.status == "Bob is called Bobby now.", "not named")
        await actor.press("p")
        await actor.until(lambda: actor.is_on(NewSecret), "no question")
        assert "Empty for none" not in actor.text
        await actor.type("12")
        await actor.press("enter")
        assert "A PIN is 4 to 8 digits: type others." in actor.text
        await actor.clear()
        await actor.type("4071")
        await actor.press("enter")
        assert "Type it once more, to be sure." in actor.text
        await actor.type("4072")
        await actor.press("enter")
        assert "The two are not the same" in actor.text
        await type_secret(actor, "4071")
        await actor.until(lambda: actor.status == "Bobby has a PIN now.", "no PIN")
        (bobby,) = await actor.ask(lambda ledger: ledger.cashiers())
        assert bobby.has_pin
        await actor.press("r")
        await actor.until(lambda: actor.is_on(AskSecret), "the PIN was not asked for")
        assert "Only with the PIN, as long as there is no passphrase." in actor.text
        await type_secret(actor, "9999")
        await actor.until(lambda: "That is not the PIN of Bobby: try again." in actor.text, "?")
        await type_secret(actor, "4071")
        await actor.until(lambda: actor.is_on(Confirm), "no question")
        await actor.press("enter")
        await actor.until(lambda: actor.status == "Bobby has left.", "not retired")
        assert await actor.ask(lambda ledger: ledger.cashiers()) == []


async def test_a_pin_is_taken_away_by_leaving_it_empty(
    ledger_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(ledger_path, clock, None) as actor:
        await actor.ask(with_people)
        await actor.stage.show(PeopleScreen(actor.stage.desk))
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(AskSecret), "the PIN was not asked for")
        await actor.press("enter")
        assert "Type the PIN now, or Esc." in actor.text
        await type_secret(actor, "4071")
        await actor.until(lambda: actor.is_on(NewSecret), "no question")
        assert "Empty for none." in actor.text
        await actor.press("enter")
        await actor.until(lambda: "Bob has no PIN: the name is only said." in actor.status, "?")


async def test_the_passphrase_is_set_changed_and_taken_away(
    ledger_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(ledger_path, clock, PeopleScreen) as actor:
        assert "no passphrase" in actor.frame()[0]
        await actor.press("o")
        await actor.until(lambda: actor.is_on(NewSecret), "no question")
        await actor.type("short")
        await actor.press("enter")
        assert "The passphrase has 5 characters: take 8 or more" in actor.text
        await actor.clear()
        await actor.type(PHRASE)
        await actor.press("tab")
        await type_secret(actor, PHRASE)
        await actor.until(lambda: actor.status == "The passphrase is set.", "not set")
        assert "with a passphrase" in actor.frame()[0]
        await actor.ask(lambda ledger: ledger.check_passphrase(PHRASE))
        await actor.press("o")
        await actor.until(lambda: actor.is_on(AskSecret), "the old one was not asked for")
        assert "payforward people passphrase --forgotten" in actor.text
        await type_secret(actor, PHRASE)
        await actor.until(lambda: actor.is_on(NewSecret), "no question")
        await actor.press("enter")
        await actor.until(lambda: "no passphrase any more" in actor.status, "still there")
        assert not await actor.ask(lambda ledger: ledger.has_passphrase())


# -- who is here ------------------------------------------------------------------------------


def header(actor: Actor) -> str:
    return actor.frame()[0]


async def test_who_is_here_is_three_keys(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(with_people)
        await actor.stage.show(CounterScreen(actor.stage.desk))
        await actor.settle()
        assert "Ana · till 1" in header(actor)
        await actor.press("f", "l")
        await actor.press("ctrl+n", "c", "enter")
        await actor.until(lambda: "Cleo · till 1" in header(actor), "not changed")
        assert "Cleo is here" in actor.text
        entry = actor.stage.focused
        assert isinstance(entry, Input)
        assert entry.value == "fl", "the line that was being typed stays"
        await actor.press("enter")
        await actor.until(lambda: "1 Flat white" in actor.text, "not served")
        entries = await actor.ask(lambda ledger: ledger.entries())
        assert entries[-1].cashier == "Cleo"


async def test_a_pin_is_asked_for_where_there_is_one(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(with_people)
        await actor.stage.show(CounterScreen(actor.stage.desk))
        await actor.press("ctrl+n", "b", "enter")
        await actor.until(lambda: actor.is_on(AskSecret), "no PIN asked for")
        await type_secret(actor, "4072")
        await actor.until(lambda: "That is not the PIN of Bob: try again." in actor.text, "?")
        await actor.press("escape")
        assert "Ana · till 1" in header(actor), "whoever was here still is"
        await actor.press("ctrl+n", "b", "enter")
        await actor.until(lambda: actor.is_on(AskSecret), "no PIN asked for")
        await type_secret(actor, "4071")
        await actor.until(lambda: "Bob · till 1" in header(actor), "not let in")
        await actor.press("ctrl+n", "n", "enter")
        await actor.until(lambda: " till 1" in header(actor) and "·" not in header(actor), "?")


async def test_with_nobody_named_nothing_is_asked(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, None) as actor:
        await actor.stage.desk.sign_in(None)
        await actor.stage.show(CounterScreen(actor.stage.desk))
        await actor.settle()
        assert "·" not in header(actor)
        await actor.press("ctrl+n")
        assert actor.is_on(CounterScreen)
        assert "nobody has a name yet: ? and People adds people" in actor.text


async def test_the_list_marks_who_is_here(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(with_people)
        await actor.stage.show(CounterScreen(actor.stage.desk))
        await actor.press("ctrl+n")
        await actor.until(lambda: actor.is_on(WhoDialog), "no list")
        options = actor.screen.query_one(OptionList)
        assert [str(each.prompt) for each in options.options] == [
            "Ana",
            "Bob  PIN",
            "Cleo",
            "No name",
        ]
        assert options.highlighted == 0


async def test_a_name_changed_here_is_the_one_in_the_header(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, PeopleScreen) as actor:
        assert "this till" in actor.text
        await actor.press("n")
        await actor.until(lambda: actor.is_on(AskLine), "no question")
        await actor.clear()
        await actor.type("Anna")
        await actor.press("enter")
        await actor.until(lambda: actor.status == "Ana is called Anna now.", "not named")
        assert actor.stage.desk.cashier == "Anna"
        await actor.stage.show(CounterScreen(actor.stage.desk))
        await actor.settle()
        assert "Anna · till 1" in header(actor)
        await actor.press("f", "l", "enter")
        await actor.until(lambda: "✓" in actor.text, "not served")
        assert len(await actor.ask(lambda ledger: ledger.cashiers())) == 1


async def test_who_left_at_another_till_is_named_here_no_more(
    busy_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.stage.show(CounterScreen(actor.stage.desk))
        await actor.settle()
        assert "Ana · till 1" in header(actor)
        with Ledger.open(busy_path, till="till 2", clock=clock) as other:
            other.retire_cashier(other.find_cashier("Ana").id)
        await actor.press("f", "l", "enter")
        await actor.until(lambda: "✓" in actor.text, "not served")
        await actor.until(
            lambda: "Ana is named no more: Ctrl+N says who is here" in actor.text, "?"
        )
        assert "·" not in header(actor)
        assert (await actor.ask(lambda ledger: ledger.entries()))[-1].cashier is None
