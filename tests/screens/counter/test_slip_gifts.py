"""Gifts on slips at the counter: printed, waiting for paper, or shown on the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from payforward.core import codes
from payforward.core.model import SlipState
from payforward.core.printers import PrinterKind
from payforward.core.shop_settings import Printed, ShopSettings
from screens.dialogs.square import SquareScreen
from tests.screens.counter.test_stories import kinds

if TYPE_CHECKING:
    from pathlib import Path

    from db.ledger import Ledger
    from payforward.core.slip_answers import Slip
    from tests.screens.counter.conftest import At, AtCounter


def newest(ledger: Ledger) -> Slip:
    """Return the newest slip."""
    return ledger.slips(most=1)[0]


async def sees(at: At, words: str) -> bool:
    """Return whether the terminal comes to show these words; paper takes its time."""
    found = await at.until(lambda: at.sees(words), 5)
    await at.settle()
    return found


async def test_a_stroke_at_the_end_makes_a_slip(
    at_counter: AtCounter, other_till: Ledger, tmp_path: Path
) -> None:
    other_till.add_printer("Desk", PrinterKind.PDF, str(tmp_path))
    async with at_counter() as at:
        await at.keys("plus", "2", "l", "a", "slash")
        assert at.sees("Give 2 Latte on a slip, €7.20, cash?")
        await at.keys("enter")
        assert kinds(other_till) == [("give", 2, "Latte")]
        assert (newest(other_till).left, newest(other_till).state) == (2, SlipState.WAITING)
        assert at.sees("Thank you. 2 Latte on a slip; it ")
        assert await sees(at, "Thank you. 2 Latte on a slip; it has printed.")
        file = tmp_path / f"slip-{newest(other_till).slip}.pdf"
        assert await at.until(file.exists, 10)
        assert await at.until(lambda: other_till.paper_of_slip(newest(other_till).slip) is None, 5)
        # A folder says that it has the file, so nothing is asked.
        await at.keys("plus", "l", "a")
        assert at.sees("Give 1 Latte, €3.60, cash?")
        assert not at.sees("Did the last slip print?")


async def test_the_form_makes_a_slip_too(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        await at.keys("plus", "l", "a", "right", *["tab"] * 5, "right", "enter")
        assert newest(other_till).item.name == "Latte"
        assert at.sees("Thank you. 1 Latte on a slip.")


async def test_without_a_printer_the_square_is_shown_on_request(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        await at.keys("plus", "l", "a", "slash", "enter")
        slip = newest(other_till).slip
        assert other_till.paper_of_slip(slip) is not None
        assert at.sees("→ shows its square on the screen")
        assert not at.sees("▀")
        await at.keys("right")
        assert await at.until(lambda: isinstance(at.app.screen, SquareScreen), 2)
        assert await sees(at, f"Slip {slip}")
        letters = re.search("(?:[B-X]{4} ){4}[B-X]{4}", "\n".join(at.lines()))
        assert letters is not None
        await at.keys("escape")
        assert await at.until(lambda: not at.modal, 2)
        # Nothing waits for paper, and the code pays.
        assert await at.until(lambda: other_till.paper_of_slip(slip) is None, 2)
        at.app.on_scan(codes.parse(letters[0]))
        assert await sees(at, "✓ 1 Latte.")
        assert newest(other_till).state is SlipState.USED


async def test_paper_that_fails_leaves_the_gift_safe_and_enter_puts_it_on_the_board(
    at_counter: AtCounter, other_till: Ledger, tmp_path: Path
) -> None:
    other_till.add_printer("Off", PrinterKind.FILE, str(tmp_path / "gone" / "lp0"))
    async with at_counter() as at:
        await at.keys("plus", "l", "a", "slash", "enter")
        assert await sees(
            at, "The gift is safe. The slip waits for paper. Enter puts it on the board instead."
        )
        slip = newest(other_till)
        assert slip.left == 1
        assert other_till.paper_of_slip(slip.slip) is not None
        await at.keys("right")
        assert await at.until(lambda: isinstance(at.app.screen, SquareScreen), 2)
        await at.keys("escape", "enter")
        assert await sees(at, "1 Latte is on the board now")
        assert newest(other_till).state is SlipState.WITHDRAWN
        assert at.row("Latte").startswith("▌ Latte 1")


async def test_paper_that_fails_while_the_next_line_is_typed_waits_its_turn(
    at_counter: AtCounter, other_till: Ledger, tmp_path: Path
) -> None:
    (tmp_path / "gone").touch()
    other_till.add_printer("Off", PrinterKind.FILE, str(tmp_path / "gone" / "lp0"))
    async with at_counter() as at:
        await at.keys("plus", "l", "a", "slash", "enter", "c", "a")
        assert await sees(at, "not done yet: 1, Esc shows it")
        assert at.line == "ca"
        await at.keys("escape")
        assert at.sees("The gift is safe. The slip waits for paper.")
        await at.keys("down", "enter")
        assert await sees(at, "Enter prints it anew")


async def test_the_next_gift_asks_whether_the_last_slip_printed(
    at_counter: AtCounter, other_till: Ledger, tmp_path: Path
) -> None:
    device = tmp_path / "lp0"
    device.touch()
    other_till.add_printer("Desk", PrinterKind.FILE, str(device))
    async with at_counter() as at:
        await at.keys("plus", "l", "a", "slash", "enter")
        assert await at.until(lambda: bool(other_till.paper_unconfirmed()), 5)
        await at.until(lambda: at.screen._board.doubted is not None, 5)
        await at.keys("plus", "c", "a")
        assert at.sees("Give 1 Cappuccino, €3.20, cash? Did the last slip print?")
        assert at.sees("Enter yes to both")
        await at.keys("enter")
        assert kinds(other_till)[-1] == ("give", 1, "Cappuccino")
        assert other_till.paper_unconfirmed() == ()
        await at.keys("plus", "c", "a")
        assert not at.sees("Did the last slip print?")


async def test_no_prints_it_anew_and_the_line_comes_back(
    at_counter: AtCounter, other_till: Ledger, tmp_path: Path
) -> None:
    device = tmp_path / "lp0"
    device.touch()
    other_till.add_printer("Desk", PrinterKind.FILE, str(device))
    async with at_counter() as at:
        await at.keys("plus", "l", "a", "slash", "enter")
        assert await at.until(lambda: at.screen._board.doubted is not None, 5)
        first = newest(other_till)
        await at.keys("plus", "c", "a", "down")
        assert at.sees("The last slip did not print. Enter prints it anew.")
        await at.keys("enter")
        assert await sees(at, "It is printing, with a new code; the old one is dead paper.")
        assert newest(other_till).slip == first.slip
        assert newest(other_till).head != first.head
        await at.keys("escape")
        assert at.line == "+ca"
        # Still nobody knows; this time the gift goes to the board.
        await at.keys("down", "down")
        assert at.sees("The last slip did not print. Enter puts its gift on the board instead.")
        await at.keys("enter")
        assert newest(other_till).state is SlipState.WITHDRAWN


async def test_receipts_and_orders_print_where_the_shop_wants_them(
    at_counter: AtCounter, other_till: Ledger, tmp_path: Path
) -> None:
    other_till.add_printer("Desk", PrinterKind.PDF, str(tmp_path))
    other_till.save_settings(
        ShopSettings(paper_receipts=Printed.ALWAYS, order_slips=Printed.ALWAYS)
    )
    async with at_counter() as at:
        await at.keys("plus", "l", "a", "enter")
        assert await at.until(lambda: any(tmp_path.glob("receipt-*.pdf")), 10)
        await at.keys("l", "a", "enter")
        assert await at.until(lambda: any(tmp_path.glob("order-*.pdf")), 10)
