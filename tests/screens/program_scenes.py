"""Programs, partners and what was asked for, in the states worth looking at."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from payforward.core.asks import (
    Collect,
    Deliver,
    Give,
    GiveAway,
    HandOut,
    NoteAsked,
    PassOn,
    RedeemSlip,
    TakeBack,
)
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind
from payforward.core.programs import Period, Program
from screens.asked import AskedScreen
from screens.coordinator import CoordinatorScreen
from screens.dialogs.confirm import Confirm
from screens.dialogs.deliver_form import DeliverForm
from screens.dialogs.own_items import OwnItems
from screens.dialogs.paper_form import PaperForm
from screens.dialogs.pass_on_form import PassOnForm
from screens.dialogs.program_form import ProgramForm
from screens.entries import EntriesScreen
from screens.gift import GiftScreen
from screens.partners import PartnersScreen
from screens.programs import ProgramsScreen
from screens.widgets.table import Table
from tests.screens.stage import Actor, Scene

if TYPE_CHECKING:
    from db.ledger import Ledger


def make_programs(ledger: Ledger) -> None:
    """Make one of each kind, some of which are over or not begun, and let them do something."""
    soup = ledger.find_item("Soup of the day")
    free = ledger.add_program(
        Program(
            name="Free soup",
            kind=ProgramKind.GIVEAWAY,
            items=(soup.id,),
            hours="Mon-Fri 14:00-17:00",
            budget_units=20,
            budget_period=Period.WEEK,
        )
    )
    ledger.give_away(GiveAway(action=new_action_id(), item=soup.id, program=free.id, units=8))
    ledger.add_program(Program(name="Yesterday\u2019s bread", kind=ProgramKind.GIVEAWAY))
    drive = make_drive(ledger)
    jar = ledger.add_program(Program(name="Lifeboats", kind=ProgramKind.CHARITY))
    fund = ledger.fund()
    ledger.give(Give(action=new_action_id(), item=fund.id, units=1240, program=jar.id))
    ledger.add_program(
        Program(
            name="Advent for the night shift",
            kind=ProgramKind.FORWARD,
            starts_on=date(2026, 11, 29),
            ends_on=date(2026, 12, 24),
        )
    )
    shelter = ledger.add_partner("Shelter at St. Anne\u2019s")
    small = ledger.find_goods(drive.id, "Coat S")
    ledger.deliver(
        Deliver(
            action=new_action_id(),
            program=drive.id,
            partner=shelter.id,
            parts=((small.id, 5),),
        )
    )


def make_drive(ledger: Ledger) -> Program:
    drive = ledger.add_program(
        Program(
            name="Winter coats",
            kind=ProgramKind.DRIVE,
            target=40,
            ends_on=date(2026, 12, 20),
        )
    )
    coats = ledger.add_goods(drive.id, "Coat", ("S", "M", "L"))
    blankets = ledger.add_goods(drive.id, "Blanket")
    for item, units in zip((*coats, *blankets), (12, 7, 3, 6), strict=True):
        ledger.collect(Collect(action=new_action_id(), item=item.id, program=drive.id, units=units))
    ledger.drop_goods(drive.id, blankets[0].id)
    return drive


async def programs(actor: Actor) -> None:
    await actor.ask(make_programs)
    await actor.stage.show(ProgramsScreen(actor.stage.desk))
    await actor.settle()


async def mark(actor: Actor, name: str, *keys: str) -> None:
    """Mark a program and press keys."""
    await programs(actor)
    table = actor.screen.query_one(Table)
    table.mark(next(row.key for row in table.rows if row.cells[0] == name))
    await actor.settle()
    await actor.press(*keys)


async def add_program(actor: Actor) -> None:
    await programs(actor)
    await actor.press("a")


async def program_form(actor: Actor) -> None:
    await mark(actor, "Free soup", "c")
    await actor.until(lambda: actor.is_on(ProgramForm), "no form")


async def program_form_in_trouble(actor: Actor) -> None:
    await program_form(actor)
    await actor.press("tab", "tab", "tab")
    await actor.type("soon")
    await actor.press("enter")
    await actor.until(lambda: "is not a day" in actor.text, "no complaint")


async def drive_form(actor: Actor) -> None:
    await mark(actor, "Winter coats", "c")
    await actor.until(lambda: actor.is_on(ProgramForm), "no form")


async def own_items(actor: Actor) -> None:
    await mark(actor, "Free soup", "i")
    await actor.until(lambda: actor.is_on(OwnItems), "no list")


async def goods(actor: Actor) -> None:
    await mark(actor, "Winter coats", "g")


async def no_goods(actor: Actor) -> None:
    await actor.ask(lambda ledger: ledger.add_program(Program(name="Tins", kind=ProgramKind.DRIVE)))
    await mark(actor, "Tins", "g")


async def goods_form(actor: Actor) -> None:
    await goods(actor)
    await actor.press("a")


async def deliver(actor: Actor) -> None:
    await mark(actor, "Winter coats", "d")
    await actor.until(lambda: actor.is_on(DeliverForm), "no form")


async def deliver_sure(actor: Actor) -> None:
    await deliver(actor)
    await actor.press("tab")
    await actor.clear()
    await actor.type("2")
    await actor.press("enter")
    await actor.until(lambda: actor.is_on(Confirm), "not asked")


async def deliver_jar(actor: Actor) -> None:
    await mark(actor, "Lifeboats", "d")
    await actor.until(lambda: actor.is_on(DeliverForm), "no form")


async def handovers(actor: Actor) -> None:
    await mark(actor, "Winter coats", "m")


async def no_handovers(actor: Actor) -> None:
    await mark(actor, "Lifeboats", "m")


async def manifest(actor: Actor) -> None:
    await handovers(actor)
    await actor.press("enter")
    await actor.until(lambda: actor.is_on(PaperForm), "no form")


def make_batches(ledger: Ledger) -> None:
    """Hand two batches out, of which one came back in part."""
    shelter = ledger.add_partner("Shelter at St. Anne\u2019s")
    for name, units, used in (("Soup of the day", 10, 6), ("", 2000, 0)):
        item = ledger.find_item(name) if name else ledger.fund()
        each = 1 if name else 500
        ledger.give(Give(action=new_action_id(), item=item.id, units=units))
        issued = ledger.hand_out(
            HandOut(
                action=new_action_id(),
                item=item.id,
                slips=units // each,
                units_each=each,
                partner=shelter.id,
            )
        )
        for slip in issued.slips[:used]:
            assert slip.code is not None
            ledger.redeem_slip(RedeemSlip(action=new_action_id(), code=slip.code))
        back = tuple(slip.slip.slip for slip in issued.slips[used : used + 2])
        ledger.take_back(TakeBack(action=new_action_id(), slips=back))


async def batches(actor: Actor) -> None:
    await actor.ask(make_batches)
    await actor.stage.show(PartnersScreen(actor.stage.desk))
    await actor.settle()
    await actor.press("b")


async def no_batches(actor: Actor) -> None:
    await actor.ask(lambda ledger: ledger.add_partner("School nurse"))
    await actor.stage.show(PartnersScreen(actor.stage.desk))
    await actor.settle()
    await actor.press("b")


async def pass_on(actor: Actor) -> None:
    await actor.ask(lambda ledger: ledger.add_partner("Caf\u00e9 Nord"))
    await actor.stage.show(PartnersScreen(actor.stage.desk))
    await actor.settle()
    await actor.press("p")
    await actor.until(lambda: actor.is_on(PassOnForm), "no form")


async def coordinator(actor: Actor) -> None:
    await actor.ask(make_programs)
    await actor.stage.show(CoordinatorScreen(actor.stage.desk))


async def asked(actor: Actor) -> None:
    for name, units in (("Cappuccino", 1), ("Latte", 2), ("Latte", 1)):
        item = await actor.ask(lambda ledger: ledger.find_item(name))  # noqa: B023 - asked at once
        ask = NoteAsked(action=new_action_id(), item=item.id, units=units)
        await actor.ask(lambda ledger: ledger.note_asked(ask))  # noqa: B023
        actor.stage.clock.forward(minutes=7)
    await actor.stage.show(AskedScreen(actor.stage.desk))


async def nothing_asked(actor: Actor) -> None:
    await actor.stage.show(AskedScreen(actor.stage.desk))


async def entries_of_programs(actor: Actor) -> None:
    await actor.ask(make_programs)
    await actor.ask(pass_two_on)
    await actor.stage.show(EntriesScreen(actor.stage.desk))


def pass_two_on(ledger: Ledger) -> None:
    soup, partner = ledger.find_item("Soup of the day"), ledger.partners()[0]
    ledger.pass_on(PassOn(action=new_action_id(), item=soup.id, partner=partner.id, units=2))


async def gift_of_goods(actor: Actor) -> None:
    await actor.ask(make_programs)
    gifts = [
        view.entry.gift
        for view in await actor.ask(lambda ledger: ledger.entries())
        if view.item is not None and view.item.name == "Coat S"
    ]
    await actor.stage.show(GiftScreen(actor.stage.desk, gifts[0]))


PROGRAM_SCENES = (
    Scene("programs", programs),
    Scene("add-program", add_program),
    Scene("program-form", program_form),
    Scene("program-form-in-trouble", program_form_in_trouble),
    Scene("drive-form", drive_form),
    Scene("own-items", own_items),
    Scene("goods", goods),
    Scene("no-goods", no_goods),
    Scene("goods-form", goods_form),
    Scene("deliver", deliver),
    Scene("deliver-sure", deliver_sure),
    Scene("deliver-jar", deliver_jar),
    Scene("handovers", handovers),
    Scene("no-handovers", no_handovers),
    Scene("manifest", manifest),
    Scene("batches", batches),
    Scene("no-batches", no_batches),
    Scene("pass-on", pass_on),
    Scene("coordinator", coordinator),
    Scene("asked", asked),
    Scene("nothing-asked", nothing_asked),
    Scene("entries-of-programs", entries_of_programs),
    Scene("gift-of-goods", gift_of_goods),
)
