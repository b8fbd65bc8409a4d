"""What is typed by hand counts as ever, a code too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from db.ledger import Ledger
from payforward.core import codes
from screens.counter.entry_input import EntryInput
from screens.dialogs.gift_form import GiftForm
from screens.help import HelpScreen
from screens.more import MoreScreen
from tests.conftest import FrozenClock
from tests.screens.scanning.hands import Heard, new_code, type_at, with_error
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.screens.scanning.conftest import AtTill


def entries(path: Path) -> int:
    with Ledger.open(path, clock=FrozenClock()) as ledger:  # that day's, whatever day it is
        return len(ledger.entries())


# -- hands ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", [0.005, 0.03, 0.06, 0.12])
async def test_a_hand_serves_as_quickly_as_it_can(
    gap: float, at_till: AtTill, ledger_path: Path
) -> None:
    async with at_till() as till:
        await till.types("fl", gap)
        await till.types("\r", gap)
        assert await till.until(lambda: entries(ledger_path) == 2)
        assert till.line == ""


@pytest.mark.parametrize("gap", [0.06, 0.12])
async def test_a_hand_gives_through_the_form(
    gap: float, at_till: AtTill, ledger_path: Path
) -> None:
    async with at_till() as till:
        await till.types("+2ca", gap)
        await till.pilot.press("right")
        assert await till.until(lambda: isinstance(till.app.screen, GiftForm))
        await till.types("Zo", gap)
        await till.types("\t", gap)
        await till.types("Hi", gap)
        await till.types("\r", gap)
        assert await till.until(lambda: entries(ledger_path) == 2)
    with Ledger.open(ledger_path) as ledger:
        gift = ledger.gift(2)
        assert (gift.giver, gift.message) == ("Zo", "Hi")


async def test_a_question_mark_opens_more_when_nothing_follows_it(at_till: AtTill) -> None:
    async with at_till() as till:
        await till.types("?", 0)
        assert await till.until(lambda: isinstance(till.app.screen, MoreScreen))
        await till.types("\x1b", 0)
        await till.types("?\r", 0)
        assert await till.until(lambda: len(till.screens) == 3)


async def test_a_question_mark_that_begins_a_text_opens_nothing(at_till: AtTill) -> None:
    async with at_till() as till:
        await till.types("?fl", 0.01)
        assert len(till.screens) == 2
        assert till.line == "fl"


# -- codes typed by hand --------------------------------------------------------------------------


async def test_a_hand_types_a_code_at_the_counter(at_till: AtTill, heard: Heard) -> None:
    code = new_code()
    async with at_till() as till:
        await till.types(codes.format(code.letters.lower()), 0.1)
        assert heard.take() == [code]
        assert till.line == ""
        await till.types("\r", 0)
        assert heard.codes == []


async def test_a_hand_types_a_code_where_letters_may_be_keys(
    ledger_path: Path, clock: FrozenClock, heard: Heard
) -> None:
    code = new_code()
    async with on_stage(ledger_path, clock, HelpScreen()) as actor:
        await type_at(actor.stage, code.letters, 0.1)
        await actor.until(lambda: heard.codes == [code], "not heard")


async def test_a_hands_error_stays_to_be_mended(at_till: AtTill, heard: Heard) -> None:
    code = new_code()
    wrong = with_error(code)
    async with at_till() as till:
        await till.types(wrong, 0.1)
        till.app.post_message(events.Key("home", None))
        await till.types("\r", 0.2)
        assert heard.misread == 1
        assert till.line == wrong
        entry = till.app.screen.query_one(EntryInput)
        entry.replace(code.letters[7], 7, 8)
        await till.types("\r", 0.2)
        assert heard.take() == [code]


@pytest.mark.parametrize("ending", ["\r", "\r\n", "\t"])
async def test_a_scanners_error_is_told_and_taken_back(
    ending: str, at_till: AtTill, heard: Heard
) -> None:
    async with at_till() as till:
        await till.types("+2ca", 0.1)
        await till.pilot.pause(0.3)
        await till.types(f"ROSA GIFT {with_error(new_code())}{ending}", 0.01)
        assert await till.until(lambda: heard.misread == 1)
        assert till.line == "+2ca"
        assert heard.codes == []
