"""Every screen in the states worth looking at; test_every_screen goes through this list."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from payforward.app import PRACTICE_BANNER
from payforward.core.asks import Give, HandOut, RedeemSlip, TakeBack
from payforward.core.codes import Code
from payforward.core.ids import new_action_id
from payforward.core.model import SlipState
from payforward.core.printers import PrinterKind
from payforward.core.slip_answers import IssuedSlip, Slip
from payforward.output.qr import voucher_payload
from screens.counter.scan_verdict import ScanVerdict
from screens.counter.screen import CounterScreen
from screens.dialogs.giver_words import GiverWords, Told
from screens.dialogs.recovery_sheet import RecoverySheet, SheetQuestion
from screens.dialogs.square import SquareScreen
from screens.dialogs.working import Working
from screens.entries import EntriesScreen
from screens.gift import GiftScreen
from screens.help import HelpScreen
from screens.items import ItemsScreen
from screens.more import MoreScreen
from screens.partners import PartnersScreen
from screens.printers import PrintersScreen
from screens.setup import SetupScreen
from screens.slips import SlipsScreen
from screens.waiting_paper import WaitingPaperScreen
from tests.screens.counter_scenes import COUNTER_SCENES
from tests.screens.owner_scenes import OWNER_SCENES
from tests.screens.people_scenes import PEOPLE_SCENES
from tests.screens.program_scenes import PROGRAM_SCENES
from tests.screens.stage import ROOT, Actor, Scene

if TYPE_CHECKING:
    from db.ledger import Ledger


async def more(actor: Actor) -> None:
    await actor.stage.show(EntriesScreen(actor.stage.desk))
    await actor.stage.show(MoreScreen(practising=True))


async def entries(actor: Actor) -> None:
    await actor.stage.show(EntriesScreen(actor.stage.desk))


async def no_entries(actor: Actor) -> None:
    await entries(actor)
    await actor.press("left")


async def gift(actor: Actor) -> None:
    await actor.stage.show(GiftScreen(actor.stage.desk, 1))


async def refund(actor: Actor) -> None:
    await gift(actor)
    await actor.press("r")


async def erase(actor: Actor) -> None:
    await gift(actor)
    await actor.press("e")


async def items(actor: Actor) -> None:
    await actor.stage.show(ItemsScreen(actor.stage.desk))


async def add_item(actor: Actor) -> None:
    await items(actor)
    await actor.press("a")
    await actor.type("Hot chocolate")
    await actor.press("enter")


async def item_groups(actor: Actor) -> None:
    await items(actor)
    await actor.press("g")


async def file_prompt(actor: Actor) -> None:
    put_exports(Path.home() / "Downloads")
    await items(actor)
    await actor.press("i")
    await actor.until(lambda: "items-2026-11.csv" in actor.text, "nothing found")


async def import_preview(actor: Actor) -> None:
    await items(actor)
    await actor.press("i")
    await actor.type(str(ROOT / "tests" / "data" / "square-items.csv"))
    await actor.press("enter")
    await actor.until(lambda: "From square" in actor.text, "no preview")


async def help_screen(actor: Actor) -> None:
    await actor.stage.show(HelpScreen())


async def setup(actor: Actor) -> None:
    await actor.stage.show(SetupScreen(new_path(actor), actor.stage.clock))


async def setup_in_trouble(actor: Actor) -> None:
    await setup(actor)
    await actor.press("enter")
    await actor.clear()
    await actor.type("dollars")
    await actor.press("ctrl+s")
    await actor.until(lambda: "no currency" in actor.text, "no complaint")


async def counter(actor: Actor) -> None:
    await actor.stage.show(CounterScreen(actor.stage.desk))


async def counter_serving(actor: Actor) -> None:
    await counter(actor)
    await actor.press("c", "a")


async def counter_giving(actor: Actor) -> None:
    await counter(actor)
    await actor.press("plus", "2", "c", "a")


async def counter_gave(actor: Actor) -> None:
    await counter_giving(actor)
    await actor.press("enter")
    await actor.until(lambda: "Thank you." in actor.text, "not given")


async def counter_taking_back(actor: Actor) -> None:
    await counter_gave(actor)
    await actor.press("ctrl+z")
    await actor.until(lambda: "Take back:" in actor.text, "nothing to take back")


async def counter_puzzled(actor: Actor) -> None:
    await counter(actor)
    await actor.press("plus", "0", "c")


async def gift_form(actor: Actor) -> None:
    await counter_giving(actor)
    await actor.press("right")


async def giver_words(actor: Actor) -> None:
    await counter(actor)
    await actor.stage.show(GiverWords(("Enjoy it, whoever you are!", "[b]Zoë[/b]")))


async def practice(actor: Actor) -> None:
    screen = CounterScreen(actor.stage.desk, banner=PRACTICE_BANNER, can_leave=True)
    await actor.stage.show(screen)


async def slips(actor: Actor) -> None:
    await actor.ask(make_slips)
    await actor.stage.show(SlipsScreen(actor.stage.desk))


async def no_slips(actor: Actor) -> None:
    await actor.stage.show(SlipsScreen(actor.stage.desk))


async def find_slip(actor: Actor) -> None:
    await slips(actor)
    await actor.press("f")


async def print_again(actor: Actor) -> None:
    await slips(actor)
    await actor.press("p")


async def square(actor: Actor) -> None:
    slip = Slip(
        slip=14,
        gifts=(14,),
        item=await actor.ask(lambda ledger: ledger.find_item("Latte")),
        units=2,
        left=2,
        amount_minor=720,
        state=SlipState.WAITING,
        issued_on=actor.stage.clock.at.date(),
        expires_on=None,
        partner=None,
        ended_at=None,
        ended_till=None,
        giver=None,
        message=None,
        head="14-0badcafe",
    )
    code = Code("BCDEFGHJKNPRSTVXBCPR")
    payload = voucher_payload(actor.stage.desk.shop.name, code)
    await actor.stage.show(SquareScreen(IssuedSlip(slip, code), "2 Latte", payload))


async def partners(actor: Actor) -> None:
    await actor.ask(make_slips)
    await actor.stage.show(PartnersScreen(actor.stage.desk))


async def no_partners(actor: Actor) -> None:
    await actor.stage.show(PartnersScreen(actor.stage.desk))


async def hand_out(actor: Actor) -> None:
    await partners(actor)
    await actor.press("h")
    await actor.until(lambda: "Hand slips out" in actor.text, "no form")


async def waiting_paper(actor: Actor) -> None:
    await actor.ask(make_slips)
    await actor.stage.show(WaitingPaperScreen(actor.stage.desk))


async def nothing_waits_for_paper(actor: Actor) -> None:
    await actor.stage.show(WaitingPaperScreen(actor.stage.desk))


async def printers(actor: Actor) -> None:
    await actor.ask(
        lambda ledger: [
            ledger.add_printer("Counter", PrinterKind.NETWORK, "192.168.1.50"),
            ledger.add_printer("Kitchen", PrinterKind.FILE, "/dev/usb/lp0"),
        ]
    )
    await actor.stage.show(PrintersScreen(actor.stage.desk))


async def no_printers(actor: Actor) -> None:
    await actor.stage.show(PrintersScreen(actor.stage.desk))


async def printer_form(actor: Actor) -> None:
    await no_printers(actor)
    await actor.press("a", "enter")


async def settings(actor: Actor) -> None:
    await no_printers(actor)
    await actor.press("s")
    await actor.until(lambda: "Slips, paper, money" in actor.text, "no form")


async def recovery_sheet(actor: Actor) -> None:
    lines = ("BCDE FGHJ KNPR STVX BCPR",) * 4
    await no_printers(actor)
    await actor.stage.show(RecoverySheet(lines, prints=True))


async def sheet_question(actor: Actor) -> None:
    await no_printers(actor)
    await actor.stage.show(SheetQuestion(prints=True))


async def working(actor: Actor) -> None:
    await no_partners(actor)
    forever = asyncio.Event()
    await actor.stage.show(Working("Printing 10 slips", lambda _: forever.wait()))


async def told(actor: Actor) -> None:
    await counter(actor)
    await actor.stage.show(Told(("Slip 12. The last of it was served at 14:05, at till 2.",)))


async def counter_giving_slip(actor: Actor) -> None:
    await counter_giving(actor)
    await actor.press("slash")


async def counter_slip_without_printer(actor: Actor) -> None:
    await counter_giving_slip(actor)
    await actor.press("enter")
    await actor.until(lambda: "on a slip." in actor.text, "not given")


async def counter_slip_waits_for_paper(actor: Actor) -> None:
    await actor.ask(
        lambda ledger: ledger.add_printer("Off", PrinterKind.FILE, "/dev/no-such-printer")
    )
    await counter_giving_slip(actor)
    await actor.press("enter")
    await actor.until(lambda: "waits for paper" in actor.text, "no failure")


async def scan(actor: Actor, item: str, units: int, *, use: bool = False) -> None:
    """Scan a slip that another till made, and perhaps used."""
    code = await actor.ask(lambda ledger: make_slip(ledger, item, units))
    if use:
        await actor.ask(
            lambda ledger: ledger.redeem_slip(RedeemSlip(action=new_action_id(), code=code))
        )
    screen = actor.screen
    if isinstance(screen, CounterScreen):
        screen.scanned(code)
    else:
        await actor.stage.show(ScanVerdict(actor.stage.desk, code))
    await actor.settle()


async def counter_scanned(actor: Actor) -> None:
    await counter(actor)
    await scan(actor, "Flat white", 3)
    await actor.until(lambda: "left on" in actor.text, "not served")


async def counter_scanned_aside(actor: Actor) -> None:
    await counter_giving(actor)
    await scan(actor, "Flat white", 3)
    await actor.until(lambda: "left on" in actor.text, "not served")


async def counter_scanned_used(actor: Actor) -> None:
    await counter(actor)
    await scan(actor, "Flat white", 1, use=True)
    await actor.until(lambda: "has been used" in actor.text, "no verdict")


async def counter_scanned_money(actor: Actor) -> None:
    await counter(actor)
    await scan(actor, "", 1000)
    await actor.until(lambda: "holds" in actor.text or "on it" in actor.text, "no verdict")
    await actor.press("c", "a")


async def counter_misread(actor: Actor) -> None:
    await counter(actor)
    screen = actor.screen
    assert isinstance(screen, CounterScreen)
    screen.misread()


async def scan_verdict(actor: Actor) -> None:
    await items(actor)
    await scan(actor, "Flat white", 1, use=True)
    await actor.until(lambda: "has been used" in " ".join(actor.frame()), "no verdict")


def make_slip(ledger: Ledger, item: str, units: int, **words: str) -> Code:
    """Give on a slip, of money without an item's name; return its code."""
    what = ledger.find_item(item) if item else ledger.fund()
    given = ledger.give(
        Give(action=new_action_id(), item=what.id, units=units, voucher=True, **words)  # type: ignore[arg-type]
    )
    assert given.voucher is not None
    return given.voucher


def make_slips(ledger: Ledger) -> None:
    """Make slips of every kind: waiting, used, of money, a partner's, put back."""
    used = make_slip(ledger, "Latte", 1)
    ledger.redeem_slip(RedeemSlip(action=new_action_id(), code=used))
    begun = make_slip(ledger, "Flat white", 3)
    ledger.redeem_slip(RedeemSlip(action=new_action_id(), code=begun))
    make_slip(ledger, "", 1000)
    shelter = ledger.add_partner("Shelter at St. Anne’s")
    ledger.add_partner("School nurse")
    soup = ledger.find_item("Soup of the day")
    issued = ledger.hand_out(
        HandOut(action=new_action_id(), item=soup.id, slips=2, partner=shelter.id)
    )
    ledger.take_back(TakeBack(action=new_action_id(), slips=(issued.slips[0].slip.slip,)))


def put_exports(folder: Path) -> None:
    """Put two files into a folder of a person's own, the newer one last."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, name in enumerate(("catalog-old.csv", "items-2026-11.csv")):
        (folder / name).write_text("Name,Price\n")
        os.utime(folder / name, (at, at))


def new_path(actor: Actor) -> Path:
    """Return where no ledger is yet."""
    return actor.stage.path.with_name("new.db")


SCENES = (
    Scene("counter", counter),
    Scene("counter-serving", counter_serving),
    Scene("counter-giving", counter_giving),
    Scene("counter-gave", counter_gave),
    Scene("counter-taking-back", counter_taking_back),
    Scene("counter-puzzled", counter_puzzled),
    Scene("counter-giving-slip", counter_giving_slip),
    Scene("counter-slip-without-printer", counter_slip_without_printer),
    Scene("counter-slip-waits-for-paper", counter_slip_waits_for_paper),
    Scene("counter-scanned", counter_scanned),
    Scene("counter-scanned-aside", counter_scanned_aside),
    Scene("counter-scanned-used", counter_scanned_used),
    Scene("counter-scanned-money", counter_scanned_money),
    Scene("counter-misread", counter_misread),
    Scene("scan-verdict", scan_verdict),
    Scene("told", told),
    Scene("square", square),
    Scene("slips", slips),
    Scene("no-slips", no_slips),
    Scene("find-slip", find_slip),
    Scene("print-again", print_again),
    Scene("partners", partners),
    Scene("no-partners", no_partners),
    Scene("hand-out", hand_out),
    Scene("working", working),
    Scene("waiting-paper", waiting_paper),
    Scene("nothing-waits-for-paper", nothing_waits_for_paper),
    Scene("printers", printers),
    Scene("no-printers", no_printers),
    Scene("printer-form", printer_form),
    Scene("settings", settings),
    Scene("sheet-question", sheet_question),
    Scene("recovery-sheet", recovery_sheet),
    Scene("gift-form", gift_form),
    Scene("giver-words", giver_words),
    Scene("practice", practice),
    Scene("more", more),
    Scene("entries", entries),
    Scene("no-entries", no_entries),
    Scene("gift", gift),
    Scene("refund", refund),
    Scene("erase", erase),
    Scene("items", items),
    Scene("add-item", add_item),
    Scene("item-groups", item_groups),
    Scene("file-prompt", file_prompt),
    Scene("import-preview", import_preview),
    Scene("help", help_screen),
    Scene("setup", setup),
    Scene("setup-in-trouble", setup_in_trouble),
    *PROGRAM_SCENES,
    *OWNER_SCENES,
    *PEOPLE_SCENES,
    *COUNTER_SCENES,
)
