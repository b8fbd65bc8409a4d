"""The form for what the shop decides about slips and paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal
from textual.widgets import Label

from payforward.core.errors import BadInput
from payforward.core.shop_settings import Printed, ShopSettings
from payforward.core.text import plain_forms
from screens.dialogs.dialog import Dialog
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from textual.app import ComposeResult

PRINTED: Final = ("no", "yes")
_ORDER: Final = (Printed.NEVER, Printed.ALWAYS)


class SettingsForm(Dialog[ShopSettings]):
    """Asks when slips run out, for the shop's address, and which papers print.

    Args:
        settings: As they are.
        problem: Why others did not do.
    """

    def __init__(self, settings: ShopSettings, *, problem: str = "") -> None:
        super().__init__("Slips and paper", yes="Keep it", problem=problem)
        self._settings = settings

    def compose_body(self) -> ComposeResult:
        """Show the fields."""
        now = self._settings
        days = "" if now.expiry_days is None else str(now.expiry_days)
        hint = "days; empty for never, which is kindest"
        yield Field("Slips run out", days, placeholder=hint, max_length=10, id="days")
        hint = "such as gifts.example.org, if you have it"
        yield Field("Web address", now.address or "", placeholder=hint, max_length=80, id="address")
        with Horizontal(classes="field -tender"):
            yield Label("Receipts", markup=False)
            yield Choice(PRINTED, chosen=_ORDER.index(now.paper_receipts), id="receipts")
        with Horizontal(classes="field -tender"):
            yield Label("Order slips", markup=False)
            yield Choice(PRINTED, chosen=_ORDER.index(now.order_slips), id="orders")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> ShopSettings:
        """Return what was decided.

        Raises:
            BadInput: an expiry or an address that is none.
        """
        # What the form does not ask stays as it is.
        return replace(
            self._settings,
            expiry_days=_days(self.query_one("#days", Field).value),
            address=self.query_one("#address", Field).value.strip() or None,
            paper_receipts=_ORDER[self.query_one("#receipts", Choice).chosen],
            order_slips=_ORDER[self.query_one("#orders", Choice).chosen],
        )


def _days(typed: str) -> int | None:
    days = plain_forms(typed).strip()
    if days.casefold() in ("", "never", "0"):
        return None
    if not (days.isascii() and days.isdigit() and len(days) <= 5):
        raise BadInput("Write the days as a number, or nothing for never.", reason="bad-expiry")
    return int(days)
