"""The counter with programs: the house, a drive, a jar, what is asked for in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.model import ProgramKind
from payforward.core.programs import Program
from screens.counter.screen import CounterScreen
from tests.screens.counter.programs import drive, house, jar
from tests.screens.stage import Actor, Scene

if TYPE_CHECKING:
    from db.ledger import Ledger


def add_programs(ledger: Ledger) -> None:
    """Let the house give soup, a drive take coats, a jar take money; and a second program."""
    house(ledger, order_limit=2)
    drive(ledger)
    jar(ledger, "Lifeboat [b]crew[/b]")
    house(ledger, "Yesterday’s bread", budget=None)
    ledger.add_program(Program(name="Neighbours", kind=ProgramKind.FORWARD))


async def with_programs(actor: Actor) -> None:
    await actor.ask(add_programs)
    await actor.stage.show(CounterScreen(actor.stage.desk))


async def the_house_pays(actor: Actor) -> None:
    await with_programs(actor)
    await actor.press("3", "s", "o", "down", "down")


async def taking_in(actor: Actor) -> None:
    await with_programs(actor)
    await actor.press("plus", "3", *"coat", "space", "m")


async def took_in(actor: Actor) -> None:
    await taking_in(actor)
    await actor.press("enter")
    await actor.until(lambda: "taken in: 3 of 40" in actor.text, "not taken in")


async def into_the_jar(actor: Actor) -> None:
    await with_programs(actor)
    await actor.press("plus", "5", *"jar")


async def jar_form(actor: Actor) -> None:
    await into_the_jar(actor)
    await actor.press("right")


async def program_choice(actor: Actor) -> None:
    await with_programs(actor)
    await actor.press("plus", "2", "c", "a", "right")


async def noting(actor: Actor) -> None:
    await with_programs(actor)
    await actor.press("l", "a", "up", *["down"] * 9)


async def noted(actor: Actor) -> None:
    await noting(actor)
    await actor.press("enter")
    await actor.until(lambda: "Noted:" in actor.text, "not noted")


async def many_programs(actor: Actor) -> None:
    await actor.ask(add_programs)
    await actor.ask(
        lambda ledger: [drive(ledger, f"Drive {n}", f"Thing {n}", ()) for n in range(12)]
    )
    await actor.stage.show(CounterScreen(actor.stage.desk))
    await actor.press(*["down"] * 12)


COUNTER_SCENES = (
    Scene("counter-with-programs", with_programs),
    Scene("counter-house-pays", the_house_pays),
    Scene("counter-taking-in", taking_in),
    Scene("counter-took-in", took_in),
    Scene("counter-into-jar", into_the_jar),
    Scene("counter-jar-form", jar_form),
    Scene("counter-program-choice", program_choice),
    Scene("counter-noting", noting),
    Scene("counter-noted", noted),
    Scene("counter-many-programs", many_programs),
)
