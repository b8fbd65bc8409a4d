"""The form behind →: what a giver may add to a gift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal
from textual.widgets import Label

from payforward.core.model import ItemKind, Tender
from payforward.core.money import Money, parse_money
from payforward.core.text import (
    MAX_MESSAGE,
    MAX_NAME,
    MAX_RECEIPT,
    clean_giver,
    clean_message,
    clean_receipt,
)
from screens.counter.ways import GiftDetails
from screens.counter.words import name
from screens.dialogs.dialog import Dialog
from screens.telling import TENDER_WORDS
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from payforward.core.currencies import Currency
    from screens.counter.ways import GiveWay

_ANSWERS: Final = {**TENDER_WORDS, Tender.OPENING: "before"}
"""Short enough for a line of 54 cells."""

_PLACES: Final = ("for the board", "a slip of paper")
"""Where it waits: for whoever asks, or for whoever brings the slip."""


class GiftForm(Dialog[GiftDetails]):
    """Asks for name, message, amount, the till's receipt number and how it was paid.

    Answers the details, or None where the cashier went back. Enter in any field gives.

    Args:
        way: The gift as far as it is known; its amount stands in a field that may change it.
        currency: The shop's currency.
    """

    AUTO_FOCUS = "#giver SafeInput"

    def __init__(self, way: GiveWay, currency: Currency) -> None:
        self._amount = Money(way.amount_minor, currency)
        self._is_money = way.item.kind is ItemKind.MONEY
        self._details = way.details
        units = "" if self._is_money else f"{way.units} "
        super().__init__(f"Give {units}{name(way.item)}, {self._amount.format()}", yes="Give")

    def compose_body(self) -> ComposeResult:
        """Show the fields, the words first: they are what the form is opened for."""
        details = self._details
        hint = "a name, if they like"
        yield Field("From", details.giver or "", placeholder=hint, max_length=MAX_NAME, id="giver")
        hint = "a few words for whoever enjoys it"
        yield Field(
            "Message", details.message or "", placeholder=hint, max_length=MAX_MESSAGE, id="message"
        )
        if not self._is_money:
            yield Field("Paid", self._amount.amount_text(), max_length=20, id="paid")
        hint = "its number, if the shop keeps it"
        receipt = details.till_receipt or ""
        yield Field("Till receipt", receipt, placeholder=hint, max_length=MAX_RECEIPT, id="receipt")
        with Horizontal(classes="field -tender"):
            yield Label("How", markup=False)
            chosen = list(_ANSWERS).index(details.tender)
            yield Choice(list(_ANSWERS.values()), chosen=chosen, id="tender")
        with Horizontal(classes="field -tender"):
            yield Label("As", markup=False)
            yield Choice(_PLACES, chosen=int(details.on_slip), id="place")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> GiftDetails:
        """Return the details; what is wrong with a field is said below it.

        Raises:
            BadInput: a field cannot be understood; nothing typed is lost.
        """
        return GiftDetails(
            tender=self._tender(),
            giver=self.read_field("giver", clean_giver),
            message=self.read_field("message", clean_message),
            till_receipt=self.read_field("receipt", clean_receipt),
            paid_minor=None if self._is_money else self.read_field("paid", self._paid),
            on_slip=bool(self.query_one("#place", Choice).chosen),
        )

    def _paid(self, typed: str) -> int:
        return parse_money(typed, self._amount.currency).minor

    def _tender(self) -> Tender:
        return list(_ANSWERS)[self.query_one("#tender", Choice).chosen]
