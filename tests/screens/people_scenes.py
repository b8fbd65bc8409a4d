"""People: the place, secrets that are typed unseen, who is at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.people import (
    Guarded,
    passphrase_needed,
    wait_after,
    wrong_passphrase,
    wrong_pin,
)
from screens.counter.screen import CounterScreen
from screens.dialogs.secret_form import AskSecret
from screens.people import PeopleScreen
from tests.screens.stage import Actor, Scene

if TYPE_CHECKING:
    from db.ledger import Ledger


def add_people(ledger: Ledger) -> None:
    """Let there be people of several kinds, one with a PIN."""
    for name in ("Bob [b]the builder[/b]", "李雷", "Maximiliane von und zu Hohenfels-Breitenbach"):
        ledger.add_cashier(name)
    ledger.set_pin(ledger.find_cashier("李雷").id, "4071")


async def people(actor: Actor) -> None:
    await actor.ask(add_people)
    await actor.stage.show(PeopleScreen(actor.stage.desk))


async def new_pin(actor: Actor) -> None:
    await people(actor)
    await actor.press("p")
    await actor.until(lambda: "Once more" in actor.text, "no form")
    await actor.type("4071")


async def new_passphrase(actor: Actor) -> None:
    await people(actor)
    await actor.press("o")
    await actor.until(lambda: "Once more" in actor.text, "no form")
    await actor.type("short")
    await actor.press("enter")


async def owner_asked(actor: Actor) -> None:
    await people(actor)
    said = passphrase_needed(Guarded.PEOPLE).message
    problem = wrong_passphrase(wait_after(9)).message
    await actor.stage.show(AskSecret("The owner", "Passphrase", said=said, problem=problem))
    await actor.settle()
    await actor.type("rosa opens")


async def who(actor: Actor) -> None:
    await actor.ask(add_people)
    await actor.stage.show(CounterScreen(actor.stage.desk))
    await actor.settle()
    await actor.press("ctrl+n")
    await actor.until(lambda: "Who is here" in actor.text, "no list")


async def pin_asked(actor: Actor) -> None:
    await actor.stage.show(CounterScreen(actor.stage.desk))
    await actor.settle()
    problem = wrong_pin("李雷", wait_after(1)).message
    await actor.stage.show(AskSecret("PIN of 李雷", "PIN", problem=problem))
    await actor.settle()
    await actor.type("407")


PEOPLE_SCENES = (
    Scene("people", people),
    Scene("new-pin", new_pin),
    Scene("new-passphrase", new_passphrase),
    Scene("owner-asked", owner_asked),
    Scene("who", who),
    Scene("pin-asked", pin_asked),
)
