"""What the shop decides, asked for in one form: from More, and from the printers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from screens.asking import ask
from screens.dialogs.settings_form import SettingsForm

if TYPE_CHECKING:
    from typing import Any

    from textual.app import App

    from payforward.core.shop_settings import ShopSettings
    from screens.desk import Desk

KEPT: Final = "It is kept, for all tills. Slips that are out already stay as they are."


async def change_settings(app: App[Any], desk: Desk) -> str | None:
    """Ask for the shop's settings and keep them; return what became of it, None for nothing.

    Must run in a worker. The owner has agreed.
    """
    now = await desk.run(lambda ledger: ledger.settings())

    async def save(decided: ShopSettings) -> ShopSettings:
        kept = await desk.run(lambda ledger: ledger.save_settings(decided))
        desk.write_money_as(kept)
        return kept

    saved = await ask(
        app,
        lambda decided, problem: SettingsForm(decided or now, desk.shop.currency, problem=problem),
        save,
    )
    return None if saved is None else KEPT
