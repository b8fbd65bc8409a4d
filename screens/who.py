"""Saying who is at the counter: a name, and its PIN where it has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from payforward.core.text import shown
from screens.asking import ask
from screens.dialogs.secret_form import AskSecret
from screens.dialogs.who_dialog import WhoDialog

if TYPE_CHECKING:
    from textual.app import App

    from payforward.core.people import Cashier
    from screens.desk import Desk

NOBODY_KNOWN: Final = "Nobody has a name here yet: ? and People adds people."
NOBODY_HERE: Final = "Nobody is named from now on."


async def choose_who(app: App[Any], desk: Desk) -> str:
    """Ask who is here, and return what became of it; nothing where all is as before.

    Must run in a worker.

    Raises:
        PayforwardError: the ledger refuses.
    """
    cashiers = await desk.run(lambda ledger: ledger.cashiers())
    if not cashiers and desk.cashier is None:
        return NOBODY_KNOWN
    chosen = await app.push_screen_wait(WhoDialog(cashiers, desk.cashier))
    if chosen is None:
        return ""
    if chosen < 0:
        await desk.sign_in(None)
        return NOBODY_HERE
    return await prove_who(app, desk, cashiers[chosen])


async def prove_who(app: App[Any], desk: Desk, cashier: Cashier) -> str:
    """Let somebody be here, once their PIN is right where they have one; return what to say.

    Must run in a worker.

    Raises:
        PayforwardError: the ledger refuses.
    """
    if not cashier.has_pin:
        await desk.sign_in(cashier.name)
        return f"{shown(cashier.name)} is here."

    async def prove(pin: str) -> Cashier | None:
        return await desk.sign_in(cashier.name, pin)

    proven = await ask(
        app, lambda _, problem: AskSecret(f"PIN of {cashier.name}", "PIN", problem=problem), prove
    )
    return "" if proven is None else f"{shown(proven.name)} is here."
