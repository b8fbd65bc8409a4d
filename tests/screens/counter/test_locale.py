"""A shop chooses how its money is written, and a cashier serves, gives back and closes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.ledger import Ledger
from payforward.core.locales import money_style
from payforward.core.model import Tender
from payforward.core.shop_settings import ShopSettings
from payforward.core.text import cell_width
from screens.closing import ClosingScreen
from screens.dialogs.confirm import Confirm
from screens.dialogs.gift_form import GiftForm
from screens.dialogs.paper_form import PaperForm
from screens.dialogs.settings_form import SettingsForm
from screens.dialogs.till_form import TillForm
from screens.printers import PrintersScreen
from screens.widgets.field import Field
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock
    from tests.screens.counter.conftest import At, AtCounter


def frame(at: At) -> str:
    """Return what the counter shows, its lines joined, spaces that do not break as any other."""
    return " ".join(" ".join(at.lines()).replace("\u00a0", " ").split())


def italian(ledger: Ledger) -> None:
    ledger.save_settings(ShopSettings(money_style=money_style("it_IT", "EUR")))


async def test_the_counter_speaks_of_money_as_the_locale_does(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    italian(other_till)
    other_till.add_item("Catering", 123450)
    async with at_counter() as at:
        assert "Community fund 20,00 €" in frame(at)
        assert "Catering – 1.234,50 €" in frame(at)
        assert all(cell_width(line) == 80 for line in at.lines())
        await at.keys("plus", "2", "c", "a", "p")
        assert "Give 2 Cappuccino, 6,40 €, cash?" in frame(at)
        await at.keys("enter")
        assert "2 Cappuccino put aside. 6,40 €, cash." in frame(at)
        await at.keys("plus", *"20,50fu", "enter")
        assert "20,50 €" in frame(at)
        assert other_till.board().money_minor == 2000 + 2050
        await at.keys("f", "l", "enter")
        assert "✓ 1 Flat white. 2 still waiting." in frame(at)
        assert "€3" not in frame(at)


async def test_a_gift_partly_paid_is_typed_as_the_locale_writes_it(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    italian(other_till)
    async with at_counter() as at:
        await at.keys("plus", "3", "l", "a", "right")
        assert isinstance(at.app.screen, GiftForm)
        paid = at.app.screen.query_one("#paid", Field)
        assert paid.value == "10,80"
        paid.focus_input()
        await at.keys(*["backspace"] * 5, *"10,00", "enter")
        assert not at.modal
        assert "3 Latte put aside. 10,00 €, cash." in frame(at)
        (books,) = [
            view for view in other_till.entries() if view.entry.units == 2 and view.till == "till 1"
        ]
        assert books.entry.unit_minor == 333


async def test_another_till_follows_once_it_looks_again(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        assert "Community fund €20.00" in frame(at)
        italian(other_till)
        assert await at.until(lambda: "Community fund 20,00 €" in frame(at), 10)


async def test_the_owner_chooses_and_closes_with_it(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, PrintersScreen) as actor:
        await actor.press("s")
        await actor.until(lambda: actor.is_on(SettingsForm), "no form")
        await actor.press("tab", "tab", "tab", "tab")
        await actor.type("klingon")
        await actor.press("enter")
        assert "There is no locale 'klingon': write one such as it_IT" in actor.text
        await actor.clear()
        await actor.type("it_IT")
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PrintersScreen), "not kept")
        assert (await actor.ask(lambda ledger: ledger.settings())).locale == "it_IT"
        await actor.stage.show(ClosingScreen(actor.stage.desk))
        await actor.settle()
        report = await actor.ask(lambda ledger: ledger.day_report(clock.at.date()))
        cash = report.taken[0].net_minor
        assert cash == 1870
        assert "In all 18,70 € 32,00 €" in actor.text.replace("\u00a0", " ")
        assert "€1" not in actor.text
        await actor.press("c")
        assert actor.is_on(TillForm)
        await actor.type("18,20 €")
        assert "18,70 €, the till has 0,50 € less" in actor.text.replace("\u00a0", " ")
        await actor.press("enter")
        assert actor.is_on(Confirm)
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no slip")
        await actor.press("escape")
        closed = (await actor.ask(lambda ledger: ledger.day_report(clock.at.date()))).closed
        assert closed is not None
        said = {each.tender: each.till_minor for each in closed.counted}
        assert said[Tender.CASH] == 1820
        await actor.press("c")
        assert actor.screen.query_one("#till-cash", Field).value == "18,20"
        await actor.press("escape")
    # What one chooses, nobody else sees elsewhere: it is the shop's.
    with Ledger.open(busy_path, clock=clock) as ledger:
        assert ledger.settings().locale == "it_IT"
