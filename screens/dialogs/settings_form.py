"""The form for what the shop decides about slips, paper, and how money is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

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

    from payforward.core.money_styles import MoneyStyle

PRINTED: Final = ("no", "yes")
_ORDER: Final = (Printed.NEVER, Printed.ALWAYS)


class SettingsForm(Dialog[ShopSettings]):
    """Asks when slips run out, for the address, which papers print, and how money is written.

    Args:
        settings: As they are.
        code: The shop's currency.
        problem: Why others did not do.
    """

    ABOUT: ClassVar = {"bad-expiry": "days", "bad-address": "address", "bad-locale": "locale"}

    def __init__(self, settings: ShopSettings, code: str, *, problem: str = "") -> None:
        super().__init__("Slips, paper, money", yes="Keep it", problem=problem)
        self._settings = settings
        self._code = code

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
        hint = "such as it_IT; empty for 1,234.50"
        yield Field("Money as in", now.locale or "", placeholder=hint, max_length=20, id="locale")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> ShopSettings:
        """Return what was decided.

        Raises:
            BadInput: an expiry, an address or a locale that is none.
        """
        # What the form does not ask stays as it is.
        return replace(
            self._settings,
            expiry_days=self.read_field("days", _days),
            address=self.query_one("#address", Field).value.strip() or None,
            paper_receipts=_ORDER[self.query_one("#receipts", Choice).chosen],
            order_slips=_ORDER[self.query_one("#orders", Choice).chosen],
            money_style=self.read_field("locale", self._style),
        )

    def _style(self, typed: str) -> MoneyStyle | None:
        if typed.strip().casefold() in ("", "none"):
            return None
        if typed == self._settings.locale:
            return self._settings.money_style
        from payforward.core.locales import money_style  # noqa: PLC0415 - only who changes it pays

        return money_style(typed, self._code)


def _days(typed: str) -> int | None:
    days = plain_forms(typed).strip()
    if days.casefold() in ("", "never", "0"):
        return None
    if not (days.isascii() and days.isdigit() and len(days) <= 5):
        raise BadInput("Write the days as a number, or nothing for never.", reason="bad-expiry")
    return int(days)
