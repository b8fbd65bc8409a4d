"""Slips at the counter: scanned, typed, used, of money; the ledger comes first."""

from __future__ import annotations

from asyncio import create_task
from threading import Event
from typing import TYPE_CHECKING

from payforward.core import codes
from payforward.core.asks import Give, RedeemSlip, Replace, TakeBack
from payforward.core.ids import new_action_id
from payforward.core.model import SlipState
from screens.counter import acting_screen
from tests.screens.counter.test_stories import kinds

if TYPE_CHECKING:
    import pytest

    from db.ledger import Ledger
    from payforward.core.codes import Code
    from tests.conftest import FrozenClock
    from tests.screens.counter.conftest import At, AtCounter


def slip_of(ledger: Ledger, item: str, units: int = 1, **words: str) -> tuple[int, Code]:
    """Give on a slip at another till; return its number and code."""
    number = (ledger.fund() if item == "fund" else ledger.find_item(item)).id
    given = ledger.give(
        Give(action=new_action_id(), item=number, units=units, voucher=True, **words)  # type: ignore[arg-type]
    )
    assert given.slip is not None
    assert given.voucher is not None
    return given.slip, given.voucher


async def scan(at: At, code: Code) -> None:
    """Let a scanner read a code, as the app tells of it."""
    at.app.on_scan(code)
    await at.settle()


def told(at: At) -> str:
    """Return what a dialog tells, its lines joined."""
    return " ".join(" ".join(at.lines()).replace("│", " ").split())


async def test_a_scan_serves_one_at_once_and_the_last_one_says_no_more(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    slip, code = slip_of(other_till, "Latte")
    async with at_counter() as at:
        await scan(at, code)
        assert kinds(other_till) == [("redeem", -1, "Latte")]
        assert other_till.slip(slip).state is SlipState.USED
        assert at.sees(" ✓ 1 Latte. ")
        assert not at.sees("left on this slip")
        await at.keys("enter")
        assert len(kinds(other_till)) == 1


async def test_enter_serves_another_of_what_is_left(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    slip, code = slip_of(other_till, "Flat white", 3)
    async with at_counter() as at:
        await scan(at, code)
        assert other_till.slip(slip).left == 2
        assert at.sees("✓ 1 Flat white. 2 left on this slip.")
        assert at.sees("Enter serves another")
        await at.keys("enter")
        assert other_till.slip(slip).left == 1
        assert at.sees("✓ 1 Flat white. 1 left on this slip.")
        await at.keys("escape")
        assert not at.sees("left on this slip")
        # The board was not touched.
        assert at.row("Flat white").startswith("▌ Flat white 3")


async def test_a_scan_can_be_taken_back(at_counter: AtCounter, other_till: Ledger) -> None:
    slip, code = slip_of(other_till, "Latte")
    async with at_counter() as at:
        await scan(at, code)
        await at.keys("ctrl+z", "enter")
        assert other_till.slip(slip).left == 1


async def test_the_same_code_twice_within_a_moment_is_one_scan(
    at_counter: AtCounter, other_till: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip, code = slip_of(other_till, "Flat white", 3)
    async with at_counter() as at:
        await scan(at, code)
        await scan(at, code)
        assert other_till.slip(slip).left == 2
        monkeypatch.setattr(acting_screen, "SAME_SCAN_SECONDS", 0.0)
        await scan(at, code)
        assert other_till.slip(slip).left == 1


async def test_a_used_slip_offers_the_board_and_tells_when_and_where_only_if_asked(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "Flat white")
    other_till.redeem_slip(RedeemSlip(action=new_action_id(), code=code))
    async with at_counter() as at:
        await scan(at, code)
        assert kinds(other_till) == []
        assert at.sees("This slip has been used. Enter serves one from the board instead.")
        assert not at.sees("till 2")
        await at.keys("right")
        assert at.modal
        assert "served on Saturday 21 November 2026 at 17:40, at till 2." in told(at)
        await at.keys("enter")
        assert await at.until(lambda: not at.modal, 1)
        await at.keys("enter")
        assert kinds(other_till) == [("redeem", -1, "Flat white")]
        assert at.sees("✓ 1 Flat white. 2 still waiting.")


async def test_a_used_slip_of_what_does_not_wait_offers_who_else_can_pay(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "Sandwich")
    other_till.redeem_slip(RedeemSlip(action=new_action_id(), code=code))
    async with at_counter() as at:
        await scan(at, code)
        assert at.sees("This slip has been used. The fund can pay €5.50.")
        await at.keys("enter")
        assert kinds(other_till) == [("redeem", -550, "Community fund")]


async def test_the_loser_of_a_race_hears_when_and_where(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "Flat white", 2)
    async with at_counter() as at:
        await scan(at, code)
        other_till.redeem_slip(RedeemSlip(action=new_action_id(), code=code))
        await at.keys("enter")
        assert at.sees("This slip has been used. Enter serves one from the board instead.")
        await at.keys("right")
        assert "at 17:40, at till 2." in told(at)


async def test_slips_that_cannot_pay_say_so_calmly(
    at_counter: AtCounter, other_till: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced, old = slip_of(other_till, "Flat white")
    other_till.replace(Replace(action=new_action_id(), slip=replaced))
    withdrawn, back = slip_of(other_till, "Flat white")
    other_till.take_back(TakeBack(action=new_action_id(), slips=(withdrawn,)))
    async with at_counter() as at:
        await scan(at, old)
        assert at.sees("A newer slip was made for this one. Enter serves one from the board")
        await scan(at, back)
        assert at.sees("This slip was taken back. Enter serves one from the board instead.")
        await scan(at, codes.new_code())
        assert at.sees("This is not one of our slips.")
        await at.keys("enter")
        assert kinds(other_till) == []


async def test_a_givers_receipt_only_looks(at_counter: AtCounter, other_till: Ledger) -> None:
    flat_white = other_till.find_item("Flat white").id
    given = other_till.give(Give(action=new_action_id(), item=flat_white, units=2))
    assert given.receipt is not None
    async with at_counter() as at:
        await scan(at, given.receipt)
        assert at.sees("This is a giver’s receipt: it tells of a gift, and → shows it.")
        await at.keys("right")
        assert "2 Flat white, given on Saturday 21 November 2026. It still waits." in told(at)
        assert kinds(other_till) == []


async def test_money_on_a_slip_pays_for_what_is_typed_next(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    slip, code = slip_of(other_till, "fund", 1000)
    async with at_counter() as at:
        await scan(at, code)
        assert kinds(other_till) == []
        assert at.sees("This slip holds €10.00. Type what is served.")
        await at.keys("l", "a")
        assert at.sees("Serve 1 Latte from the slip? €6.40 stays on it.")
        await at.keys("enter")
        assert other_till.slip(slip).left == 640
        assert at.sees("✓ 1 Latte. €6.40 left on this slip.")
        # Held down, Enter does a thing once; this is a fresh one.
        await at.keys("left", "enter")
        assert other_till.slip(slip).left == 280
        assert not at.sees("Enter serves another")
        assert at.sees("Esc forgets the slip")
        await at.keys("escape", "f", "l")
        assert at.sees("Serve 1 Flat white? 3 waiting.")


async def test_escape_forgets_a_slip_of_money(at_counter: AtCounter, other_till: Ledger) -> None:
    slip, code = slip_of(other_till, "fund", 300)
    async with at_counter() as at:
        await scan(at, code)
        await at.keys("f", "l")
        assert at.sees("The slip holds €3.00, and 1 Flat white cost €3.50.")
        await at.keys("enter")
        assert kinds(other_till) == []
        await at.keys("down")
        assert at.sees("Serve 1 Flat white? 3 waiting.")
        await at.keys("escape", "escape", "f", "l")
        assert at.sees("Serve 1 Flat white? 3 waiting.")
        assert other_till.slip(slip).left == 300


async def test_what_was_being_typed_comes_back_after_the_verdict(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    slip, code = slip_of(other_till, "Flat white", 2)
    async with at_counter() as at:
        await at.keys("plus", "2", "c", "a", "ctrl+t")
        await scan(at, code)
        assert at.line == ""
        assert at.sees("✓ 1 Flat white. 1 left on this slip.")
        assert at.sees("+2ca is set aside, Esc brings it back")
        await at.keys("escape")
        assert at.line == "+2ca"
        assert at.sees("Give 2 Cappuccino, €6.40, card?")
        await at.keys("enter")
        assert kinds(other_till)[-1] == ("give", 2, "Cappuccino")
        assert other_till.slip(slip).left == 1


async def test_an_act_while_the_ledger_is_slow_never_takes_the_line(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "Flat white")
    other_till.redeem_slip(RedeemSlip(action=new_action_id(), code=code))
    async with at_counter() as at:
        answering = Event()
        slow = create_task(at.screen.desk.run(lambda _: answering.wait(5)))
        at.app.on_scan(code)
        await at.pilot.press("c", "a")
        answering.set()
        await slow
        await at.settle()
        assert at.line == "ca"
        assert at.sees("Serve 1 Cappuccino?")
        await at.keys("escape")
        assert at.sees("This slip has been used.")


async def test_words_that_came_with_a_slip_are_shown_only_if_asked(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    _, code = slip_of(other_till, "Latte", 2, message="[b]Warm[/b]")
    async with at_counter() as at:
        await scan(at, code)
        assert not at.sees("Warm")
        await at.keys("right")
        assert at.sees("“[b]Warm[/b]”")
        await at.keys("escape", "enter")
        assert at.sees(" ✓ 1 Latte. ")
        await at.keys("right")
        assert at.sees("“[b]Warm[/b]”")


async def test_a_code_typed_by_hand_serves(at_counter: AtCounter, other_till: Ledger) -> None:
    slip, code = slip_of(other_till, "Latte")
    _, second = slip_of(other_till, "Latte")
    async with at_counter() as at:
        for letter in codes.format(code.letters).lower():
            await at.keys("space" if letter == " " else letter)
        await at.keys("enter")
        assert other_till.slip(slip).state is SlipState.USED
        assert at.line == ""
        wrong = second.letters[:-1] + ("B" if second.letters[-1] != "B" else "C")
        await at.keys(*wrong[:9].lower())
        assert at.sees("A slip’s letters? 9 of 20.")
        await at.keys(*wrong[9:].lower(), "enter")
        assert at.sees("I can't read this as one of our slips.")
        # It can be mended where it stands.
        assert at.line == wrong.lower()
        await at.keys("backspace", second.letters[-1].lower(), "enter")
        assert len(kinds(other_till)) == 2


async def test_a_blank_screen_shows_the_verdict(at_counter: AtCounter, other_till: Ledger) -> None:
    _, code = slip_of(other_till, "Latte")
    async with at_counter() as at:
        await at.keys("escape", "escape")
        assert not at.sees("Flat white")
        await scan(at, code)
        assert at.sees("✓ 1 Latte.")


async def test_an_expired_slip_says_where_its_gift_is(
    at_counter: AtCounter, other_till: Ledger, clock: FrozenClock
) -> None:
    other_till.save_settings(type(other_till.settings())(expiry_days=2))
    slip, code = slip_of(other_till, "Latte")
    clock.forward(days=3)
    async with at_counter() as at:
        await scan(at, code)
        assert other_till.slip(slip).state is SlipState.EXPIRED
        assert at.sees("This slip has run out. Enter serves one from the board instead.")
        await at.keys("enter")
        assert kinds(other_till)[-1] == ("redeem", -1, "Latte")
