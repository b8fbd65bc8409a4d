"""Letting somebody be at the counter, once their PIN is right where they have one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from payforward.core.people import Cashier
from payforward.core.text import shown
from screens.asking import ask
from screens.dialogs.secret_form import AskSecret

if TYPE_CHECKING:
    from textual.app import App

    from screens.desk import Desk
    from screens.dialogs.who_dialog import Nobody


async def let_in(app: App[Any], desk: Desk, who: Cashier | Nobody) -> str:
    """Let somebody, or nobody, be here; return what to say, nothing where all is as before.

    Must run in a worker.

    Raises:
        PayforwardError: the ledger refuses.
    """
    if not isinstance(who, Cashier):
        await desk.sign_in(None)
        return "nobody is named from now on"
    if not who.has_pin:
        await desk.sign_in(who.name)
        return f"{shown(who.name)} is here"

    async def prove(pin: str) -> Cashier | None:
        return await desk.sign_in(who.name, pin)

    proven = await ask(
        app, lambda _, problem: AskSecret(f"PIN of {who.name}", "PIN", problem=problem), prove
    )
    return "" if proven is None else f"{shown(proven.name)} is here"
