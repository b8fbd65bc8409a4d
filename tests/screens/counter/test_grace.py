"""Slips of the finger, other tills, slow disks, fingers on glass: the counter stays calm."""

from __future__ import annotations

import itertools
import sqlite3
from typing import TYPE_CHECKING

import pytest
from textual.events import Key
from textual.widgets import Input

from payforward.core.asks import Give, Redeem
from payforward.core.ids import new_action_id
from screens.counter.entry_input import EntryInput
from screens.counter.menu_list import MenuList
from screens.more import MoreScreen
from tests.screens.counter.test_stories import kinds

if TYPE_CHECKING:
    from pathlib import Path

    from db.ledger import Ledger
    from tests.conftest import FrozenClock
    from tests.screens.counter.conftest import AtCounter


async def test_holding_enter_down_serves_once(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        await at.keys("f", "l", *["enter"] * 25)
        assert kinds(other_till) == [("redeem", -1, "Flat white")]


async def test_holding_enter_down_never_accepts_what_another_till_left(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    cappuccino = other_till.find_item("Cappuccino")
    async with at_counter() as at:
        await at.keys("c", "a")
        assert at.sees("Serve 1 Cappuccino? 1 waiting.")
        other_till.redeem(Redeem(action=new_action_id(), item=cappuccino.id))
        await at.keys(*["enter"] * 25)
        assert kinds(other_till) == []
        assert at.sees("The last one has just gone; 1 Flat white can pay.")
        # A fresh Enter does accept it.
        await at.keys("left", "enter")
        assert kinds(other_till) == [("redeem", -1, "Flat white")]


async def test_an_enter_that_outruns_its_sentence_accepts_only_the_plain_thing(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        await at.pilot.press("l", "a", "enter")
        await at.settle()
        served = kinds(other_till)
        # Either the sentence was shown in time, or nothing was done and it is shown now.
        assert served in ([], [("redeem", -1, "Flat white")])
        entry = at.screen.query_one(EntryInput)
        with entry.prevent(Input.Changed):
            entry.value = "la"
        at.screen._line_changed(Input.Changed(entry, "la"))
        at.screen.action_yes()
        await at.settle()
        assert kinds(other_till) == served
        assert at.sees("No Latte waiting;")


async def test_an_empty_enter_does_nothing(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        await at.keys("enter", "down", "enter", "space", "enter")
        assert kinds(other_till) == []


async def test_another_tills_change_appears_and_the_highlight_keeps_its_item(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        await at.keys("down", "down")
        menu = at.screen.query_one(MenuList)
        latte = other_till.find_item("Latte")
        assert menu.highlighted == latte.id
        before = [line.split("  ")[0] for line in at.lines()[2:7]]
        other_till.give(Give(action=new_action_id(), item=latte.id, units=7))
        assert await at.until(lambda: at.row("Latte").startswith("▌ Latte 7"), 2.0)
        other_till.add_item("Aperitivo", 500)
        assert await at.until(lambda: at.sees("Aperitivo"), 2.0)
        assert menu.highlighted == latte.id
        assert [line.split("  ")[0] for line in at.lines()[2:7]] == before


async def test_the_shown_sentence_changes_its_number_and_never_its_item(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    flat_white = other_till.find_item("Flat white")
    async with at_counter() as at:
        await at.keys("f", "l")
        other_till.redeem(Redeem(action=new_action_id(), item=flat_white.id))
        assert await at.until(lambda: at.sees("Serve 1 Flat white? 2 waiting."), 2.0)


async def test_a_busy_ledger_never_freezes_the_screen(
    at_counter: AtCounter, other_till: Ledger, shop: Path
) -> None:
    blocker = sqlite3.connect(shop, isolation_level=None)
    async with at_counter() as at:
        await at.keys("f", "l")
        blocker.execute("BEGIN EXCLUSIVE")
        await at.pilot.press("enter")
        await at.pilot.press("plus", "l")
        assert await at.until(lambda: at.sees("Give 1 Latte, €3.60, cash?"), 2.0)
        blocker.execute("ROLLBACK")
        blocker.close()
        await at.settle()
        assert kinds(other_till) == [("redeem", -1, "Flat white")]
        # The next line was being typed, so the verdict is told in passing.
        assert at.sees("− 1 Flat white")
        assert at.sees("Give 1 Latte, €3.60, cash?")


async def test_a_locked_ledger_says_so_and_enter_tries_the_very_same_again(
    at_counter: AtCounter, other_till: Ledger, shop: Path
) -> None:
    blocker = sqlite3.connect(shop, isolation_level=None)
    async with at_counter() as at:
        await at.app.desk.run(
            lambda ledger: ledger._file.connection.execute("PRAGMA busy_timeout = 50")
        )
        await at.keys("plus", "l")
        blocker.execute("BEGIN EXCLUSIVE")
        await at.keys("enter")
        assert at.sees("nothing was changed, try again")
        assert at.sees("Enter tries again")
        blocker.execute("ROLLBACK")
        blocker.close()
        await at.keys("left", "enter")
        assert kinds(other_till) == [("give", 1, "Latte")]
        assert at.sees("Thank you. 1 Latte put aside.")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("+0ca", "0 is not a count"),
        ("+123ca", "123 is not a count"),
        ("zzz", "Nothing on the menu begins with “zzz”."),
        ("+1.5ca", "1.5 is not a count"),
        ("+fu", "How much for the fund? Type it, such as +20."),
        ("+1.505fu", "1.505"),
        ("2fu", "The fund pays for an item"),
    ],
)
async def test_what_cannot_be_meant_gets_a_sentence_and_does_nothing(
    at_counter: AtCounter, other_till: Ledger, keys: str, words: str
) -> None:
    async with at_counter() as at:
        names = {"+": "plus", ".": "full_stop"}
        await at.keys(*(names.get(key, key) for key in keys))
        assert at.sees(words)
        await at.keys("enter")
        assert kinds(other_till) == []
        assert at.line == keys


async def test_escape_forgets_and_twice_blanks_the_screen(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        await at.keys("plus", "2", "c", "a", "escape")
        assert at.line == ""
        assert not at.sees("Give 2")
        await at.keys("escape")
        assert not any(line.strip() for line in at.lines())
        await at.keys("enter")
        assert at.sees("Flat white")
        await at.keys("escape", "escape")
        assert not any(line.strip() for line in at.lines())
        # The key that wakes the counter counts: what was meant as a gift stays one.
        await at.pilot.press("plus", "c", "a")
        await at.settle()
        assert at.sees("Give 1 Cappuccino, €3.20, cash?")
        assert kinds(other_till) == []


async def test_keys_in_one_lump_leave_a_screen_once(at_counter: AtCounter) -> None:
    async with at_counter() as at:
        for opening in (("question_mark",), ("plus", "l", "right")):
            await at.keys("escape", *opening)
            assert at.app.screen.is_modal
            for key in ("escape",) * 4:
                at.app.post_message(Key(key, None))
            assert await at.until(lambda: not at.modal, 3)
            await at.keys("left")
            assert at.sees("Rosa's Café")


async def test_a_ledger_kept_busy_never_closes_the_counter(
    at_counter: AtCounter, other_till: Ledger, shop: Path
) -> None:
    blocker = sqlite3.connect(shop, isolation_level=None)
    async with at_counter() as at:
        await at.app.desk.run(
            lambda ledger: ledger._file.connection.execute("PRAGMA busy_timeout = 30")
        )
        blocker.execute("BEGIN EXCLUSIVE")
        for keys in (("f", "l"), ("escape", "ctrl+z"), ("question_mark", "escape")):
            await at.keys(*keys)
        assert at.sees("busy")
        await at.keys("escape", "f", "l", "enter")
        blocker.execute("ROLLBACK")
        blocker.close()
        await at.keys("escape", "f", "l")
        assert at.sees("Serve 1 Flat white? 3 waiting."), at.lines()
        await at.keys("enter")
        assert kinds(other_till) == [("redeem", -1, "Flat white")]


async def test_what_failed_never_takes_over_the_line_that_is_typed(
    at_counter: AtCounter, other_till: Ledger, shop: Path
) -> None:
    blocker = sqlite3.connect(shop, isolation_level=None)
    async with at_counter() as at:
        await at.app.desk.run(
            lambda ledger: ledger._file.connection.execute("PRAGMA busy_timeout = 300")
        )
        await at.keys("f", "l")
        blocker.execute("BEGIN EXCLUSIVE")
        await at.pilot.press("enter", "plus", "s", "o")
        assert await at.until(lambda: at.sees("not done yet: 1, Esc shows it"), 5)
        blocker.execute("ROLLBACK")
        blocker.close()
        assert at.sees("Give 1 Soup of the day, €6.00, cash?")
        await at.keys("enter")
        assert kinds(other_till) == [("give", 1, "Soup of the day")]
        assert at.sees("not done yet: 1")
        await at.keys("escape")
        assert at.sees("Enter tries again")
        await at.keys("enter")
        assert kinds(other_till)[1:] == [("redeem", -1, "Flat white")]
        assert not at.sees("not done yet")


async def test_typing_over_a_failure_keeps_it(
    at_counter: AtCounter, other_till: Ledger, shop: Path
) -> None:
    blocker = sqlite3.connect(shop, isolation_level=None)
    async with at_counter() as at:
        await at.app.desk.run(
            lambda ledger: ledger._file.connection.execute("PRAGMA busy_timeout = 30")
        )
        await at.keys("plus", "l")
        blocker.execute("BEGIN EXCLUSIVE")
        await at.keys("enter")
        assert at.sees("Enter tries again")
        blocker.execute("ROLLBACK")
        blocker.close()
        await at.keys("f", "l")
        assert at.sees("not done yet: 1")
        await at.keys("enter", "escape")
        assert at.sees("Enter tries again")
        await at.keys("enter")
        done = [(kind, units) for kind, units, _ in kinds(other_till)]
        assert done == [("redeem", -1), ("give", 1)]


async def test_the_way_to_pay_changes_with_one_key(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        await at.keys("plus", "l", "ctrl+t")
        assert at.sees("Give 1 Latte, €3.60, card?")
        await at.keys("enter")
        (view,) = (v for v in other_till.entries() if v.till == "till 1")
        assert view.entry.tender == "card"
        await at.keys("plus", "l", "ctrl+t", "ctrl+t")
        assert at.sees("Give 1 Latte, €3.60, cash?")


async def test_a_last_one_that_goes_under_the_sentence_is_told(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    cappuccino = other_till.find_item("Cappuccino")
    async with at_counter() as at:
        await at.keys("c", "a")
        other_till.redeem(Redeem(action=new_action_id(), item=cappuccino.id))
        assert await at.until(lambda: at.sees("The last Cappuccino has just gone."), 3)
        assert at.sees("Enter looks what else there is")
        await at.keys("enter")
        assert kinds(other_till) == []
        assert at.sees("The last one has just gone; 1 Flat white can pay.")


async def test_a_question_mark_opens_more_only_on_an_empty_line(at_counter: AtCounter) -> None:
    async with at_counter() as at:
        await at.keys("f", "question_mark")
        assert at.line == "f?"
        await at.keys("escape", "question_mark")
        assert isinstance(at.app.screen, MoreScreen)


async def test_fingers_tap_row_verb_and_yes(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        rows = at.lines()
        soup = next(y for y, line in enumerate(rows) if "Soup" in line)
        await at.pilot.click(offset=(5, soup))
        await at.pilot.click(offset=(10, 23))
        await at.settle()
        assert at.sees("Serve 1 Soup of the day? 2 waiting.")
        # The finger bounces: what stands there now is No.
        await at.pilot.click(offset=(70, 23))
        await at.settle()
        assert kinds(other_till) == [("redeem", -1, "Soup of the day")]
        await at.pilot.click(offset=(30, 23))
        await at.pilot.click(offset=(5, 20))
        await at.settle()
        assert kinds(other_till)[-1] == ("give", 1, "Soup of the day")
        assert at.app.focused is at.screen.query_one(EntryInput)


async def test_tall_rows_for_fingers(at_counter: AtCounter) -> None:
    async with at_counter() as at:
        at.app.action_toggle_touch()
        await at.pilot.pause()
        buttons = [y for y, line in enumerate(at.lines()) if "Serve −" in line]
        assert at.screen.query_one("Buttons").size.height == 3
        rows = [y for y, line in enumerate(at.lines()) if "€3." in line]
        assert [b - a for a, b in itertools.pairwise(rows)] == [2] * (len(rows) - 1)
        assert len(buttons) == 1


async def test_words_that_a_menu_brings_are_inert(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    other_till.add_item("[b]Mocha[/b] [@click=app.quit]x[/]", 400)
    async with at_counter() as at:
        await at.keys("plus", "m", "o")
        assert at.sees("Give 1 [b]Mocha[/b] [@click=app.quit]x[/], €4.00, cash?")


async def test_nobody_in_the_queue_learns_who_received(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        for keys in (("f", "l"), ("l", "a"), ("s", "a")):
            await at.keys(*keys, "enter")
            shown = " ".join(at.lines()).casefold()
            for loud in ("free", "charity", "redeem", "refused", "giveaway", "entry", "gift"):
                assert loud not in shown


async def test_practice_is_a_counter_of_its_own(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        at.app.action_open_practice()
        assert await at.until(lambda: at.sees("Practice: nothing here counts."), 15)
        await at.keys("plus", "enter")
        assert at.sees("Thank you.")
        assert kinds(other_till) == []
        folder = at.app.desk.path.parent
        assert folder.exists()
        await at.keys("question_mark")
        await at.keys("enter")
        assert await at.until(lambda: not at.sees("Practice"), 5)
        assert at.sees("Rosa's Café")
        assert not folder.exists()
        await at.keys("plus", "enter")
        assert kinds(other_till) == [("give", 1, "Flat white")]


async def test_a_date_far_ahead_asks_once_and_then_does_what_was_asked(
    at_counter: AtCounter, other_till: Ledger, clock: FrozenClock
) -> None:
    async with at_counter() as at:
        clock.forward(days=20)
        await at.keys("plus", "l", "enter")
        assert at.sees("Nothing was written here for over a week. Is today 2026-12-11?")
        assert kinds(other_till) == []
        await at.keys("left", "enter")
        assert at.sees("Thank you. 1 Latte put aside.")
        assert kinds(other_till) == [("jump", 0, None), ("give", 1, "Latte")]
        assert other_till.verify().sound
