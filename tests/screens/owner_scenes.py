"""The owner's places in the states worth looking at: months, advice, the end of a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from payforward.core.asks import Give, HandOut, NoteAsked, Redeem
from payforward.core.closing import TillSays
from payforward.core.ids import new_action_id
from payforward.core.model import Tender
from screens.advice import AdviceScreen
from screens.closing import ClosingScreen
from screens.dialogs.ask_line import AskLine
from screens.dialogs.choose_one import ChooseOne
from screens.dialogs.confirm import Confirm
from screens.dialogs.export_form import ExportForm
from screens.dialogs.hand_out_form import HandOutForm
from screens.dialogs.till_form import TillForm
from screens.month import MonthScreen
from screens.month.pool_entries import PoolEntriesScreen
from tests.db.counter import hurried
from tests.screens.program_scenes import make_programs
from tests.screens.stage import Actor, Scene

if TYPE_CHECKING:
    from db.ledger import Ledger
    from tests.conftest import FrozenClock


def live(ledger: Ledger, day: int) -> None:
    """Let a day happen: some gifts come, fewer go, some are missed."""
    for at, name in enumerate(("Flat white", "Soup of the day", "Cappuccino")):
        item = ledger.find_item(name)
        if (day + at) % (3 + at) == 0:
            tender = Tender.CARD if at == 1 else Tender.CASH
            ledger.give(Give(action=new_action_id(), item=item.id, units=1 + at, tender=tender))
        if day % 7 == at:
            ledger.redeem(Redeem(action=new_action_id(), item=item.id, units=1))
    if day % 9 == 0:
        latte = ledger.find_item("Latte")
        ledger.note_asked(NoteAsked(action=new_action_id(), item=latte.id, units=1))


def live_on(ledger: Ledger, clock: FrozenClock) -> None:
    """Let seven weeks pass after the busy day."""
    hurried(ledger)
    make_programs(ledger)
    ledger.add_partner("School nurse")
    ledger.set_price(ledger.find_item("Flat white").id, 380)
    for day in range(48):
        clock.at = clock.at.replace(hour=8 + day % 9, minute=10) + timedelta(days=1)
        live(ledger, day)
    soup, shelter = ledger.find_item("Soup of the day"), ledger.partners()[0]
    batch = HandOut(action=new_action_id(), item=soup.id, slips=4, partner=shelter.id)
    ledger.hand_out(batch)


async def lived(actor: Actor) -> None:
    """Let seven weeks pass."""
    await actor.ask(lambda ledger: live_on(ledger, actor.stage.clock))


async def worked_out(actor: Actor) -> None:
    """Wait until the days and the year are known."""
    screen = actor.screen
    assert isinstance(screen, MonthScreen)
    await actor.until(lambda: screen._whole is not None, "not worked out")
    await actor.settle()


async def month(actor: Actor, view: str = "1") -> None:
    await lived(actor)
    await actor.stage.show(MonthScreen(actor.stage.desk))
    await actor.settle()
    await worked_out(actor)
    await actor.press("left", view)
    await worked_out(actor)


async def month_in_money(actor: Actor) -> None:
    await month(actor)
    await actor.press("m")


async def month_of_more_columns(actor: Actor) -> None:
    await month(actor)
    await actor.press("c")


async def month_days(actor: Actor) -> None:
    await month(actor, "2")


async def month_year(actor: Actor) -> None:
    await month(actor, "3")


async def month_ages(actor: Actor) -> None:
    await month(actor, "4")


async def month_served(actor: Actor) -> None:
    await month(actor, "5")


async def month_missed(actor: Actor) -> None:
    await month(actor, "6")


async def month_owed(actor: Actor) -> None:
    await month(actor, "7")


async def month_before_all(actor: Actor) -> None:
    await month(actor)
    await actor.press("left", "left")
    await actor.until(lambda: "The first gift is of" in actor.text, "not empty")


async def month_date(actor: Actor) -> None:
    await month(actor)
    await actor.press("d")
    await actor.until(lambda: actor.is_on(AskLine), "not asked")


async def month_entries(actor: Actor) -> None:
    await month(actor)
    await actor.press("down", "enter")
    await actor.until(lambda: actor.is_on(PoolEntriesScreen), "no entries")
    await actor.settle()


async def export_form(actor: Actor) -> None:
    await month(actor)
    await actor.press("e")
    await actor.until(lambda: actor.is_on(ExportForm), "no form")
    await actor.press("right", "right")


async def export_in_trouble(actor: Actor) -> None:
    await export_form(actor)
    await actor.press("tab", "tab")
    await actor.clear()
    await actor.type("2026-11-30")
    await actor.press("enter")


async def advice(actor: Actor) -> None:
    await lived(actor)
    await actor.stage.show(AdviceScreen(actor.stage.desk))
    await actor.until(lambda: "to look at" in actor.text, "no advice")


async def no_advice(actor: Actor) -> None:
    await actor.stage.show(AdviceScreen(actor.stage.desk))
    await actor.until(lambda: "Nothing to look at" in actor.text, "something")


async def advice_partner(actor: Actor) -> None:
    await advice(actor)
    await actor.press("enter")
    await actor.until(lambda: actor.is_on(ChooseOne), "not asked")


async def advice_hand_out(actor: Actor) -> None:
    await advice_partner(actor)
    await actor.press("enter")
    await actor.until(lambda: actor.is_on(HandOutForm), "no form")


async def closing(actor: Actor) -> None:
    await actor.stage.show(ClosingScreen(actor.stage.desk))
    await actor.until(lambda: "At the counter" in actor.text, "no day")


async def closing_form(actor: Actor) -> None:
    await closing(actor)
    await actor.press("c")
    await actor.until(lambda: actor.is_on(TillForm), "no form")
    await actor.type("18.20")
    await actor.press("tab")
    await actor.type("32")
    await actor.settle()


async def closing_sure(actor: Actor) -> None:
    await closing_form(actor)
    await actor.press("enter")
    await actor.until(lambda: actor.is_on(Confirm), "not asked")


async def closed(actor: Actor) -> None:
    minor = {Tender.CASH: 1820, Tender.CARD: 3200}
    note = "€1.50 in the drawer is a tip."
    await actor.ask(lambda ledger: ledger.close_day(None, TillSays(minor=minor, note=note)))
    await closing(actor)


OWNER_SCENES = (
    Scene("month", month),
    Scene("month-in-money", month_in_money),
    Scene("month-of-more-columns", month_of_more_columns),
    Scene("month-days", month_days),
    Scene("month-year", month_year),
    Scene("month-ages", month_ages),
    Scene("month-served", month_served),
    Scene("month-missed", month_missed),
    Scene("month-owed", month_owed),
    Scene("month-before-all", month_before_all),
    Scene("month-date", month_date),
    Scene("month-entries", month_entries),
    Scene("export-form", export_form),
    Scene("export-in-trouble", export_in_trouble),
    Scene("advice", advice),
    Scene("no-advice", no_advice),
    Scene("advice-partner", advice_partner),
    Scene("advice-hand-out", advice_hand_out),
    Scene("closing", closing),
    Scene("closing-form", closing_form),
    Scene("closing-sure", closing_sure),
    Scene("closed", closed),
)
