"""Every screen in the states worth looking at; test_every_screen goes through this list."""

from __future__ import annotations

import os
from pathlib import Path

from payforward.app import PRACTICE_BANNER
from screens.counter.screen import CounterScreen
from screens.dialogs.giver_words import GiverWords
from screens.entries import EntriesScreen
from screens.gift import GiftScreen
from screens.help import HelpScreen
from screens.items import ItemsScreen
from screens.more import MoreScreen
from screens.setup import SetupScreen
from tests.screens.stage import ROOT, Actor, Scene


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
)
