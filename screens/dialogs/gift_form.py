"""The form behind →: what a giver may add to a gift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal
from textual.widgets import Label, Static

from payforward.core.model import ItemKind, Tender
from payforward.core.money import Money, parse_money
from payforward.core.text import (
    MAX_MESSAGE,
    MAX_NAME,
    MAX_RECEIPT,
    clean_giver,
    clean_message,
    clean_receipt,
    shown,
)
from screens.counter.program_words import row_name
from screens.counter.ways import GiftDetails
from screens.counter.words import name
from screens.dialogs.dialog import Dialog
from screens.telling import TENDER_WORDS
from screens.widgets.choice import Choice, OneOf
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from payforward.core.currencies import Currency
    from payforward.core.programs import Program
    from screens.counter.ways import GiveWay

_ANSWERS: Final = {**TENDER_WORDS, Tender.OPENING: "before"}
"""Short enough for a line of 54 cells."""

ALL_PASSED_ON: Final = "All of it is passed on; it pays for nothing here."

_PLACES: Final = ("for the board", "a slip of paper")
"""Where it waits: for whoever asks, or for whoever brings the slip."""


class GiftForm(Dialog[GiftDetails]):
    """Asks for name, message, amount, the till's receipt number and how it was paid.

    Answers the details, or None where the cashier went back. Enter in any field gives.

    Args:
        way: The gift as far as it is known; its amount stands in a field that may change it.
        currency: The shop's currency.
        programs: To which it can be given, the usual one first; asked only where there is a
            choice.
    """

    AUTO_FOCUS = "#giver SafeInput"

    def __init__(self, way: GiveWay, currency: Currency, programs: Sequence[Program] = ()) -> None:
        self._amount = Money(way.amount_minor, currency)
        self._is_money = way.item.kind is ItemKind.MONEY
        self._details = way.details
        self._jar = way.jar
        self._programs = tuple(programs) if len(programs) > 1 else ()
        amount, units = self._amount.format(), "" if self._is_money else f"{way.units} "
        if way.jar is None:
            super().__init__(f"Give {units}{name(way.item)}, {amount}", yes="Give")
        else:
            super().__init__(f"Put {amount} into the {row_name(way.jar)}", yes="Put in")

    def compose_body(self) -> ComposeResult:
        """Show the fields, the words first: they are what the form is opened for."""
        details = self._details
        if self._jar is not None:
            yield Static(ALL_PASSED_ON, classes="said", markup=False)
        hint = "a name, if they like"
        yield Field("From", details.giver or "", placeholder=hint, max_length=MAX_NAME, id="giver")
        hint = "a few words for whoever enjoys it" if self._jar is None else "a few words with it"
        yield Field(
            "Message", details.message or "", placeholder=hint, max_length=MAX_MESSAGE, id="message"
        )
        if not self._is_money:
            yield Field("Paid", self._amount.typed_text(), max_length=20, id="paid")
        hint = "its number, if the shop keeps it"
        receipt = details.till_receipt or ""
        yield Field("Till receipt", receipt, placeholder=hint, max_length=MAX_RECEIPT, id="receipt")
        # With one line more, there is no room to leave lines empty: 20 must hold the keys too.
        line = "-tender" if self._programs else "field -tender"
        with Horizontal(classes=line):
            yield Label("How", markup=False)
            chosen = list(_ANSWERS).index(details.tender)
            yield Choice(list(_ANSWERS.values()), chosen=chosen, id="tender")
        if self._jar is None:
            with Horizontal(classes=line):
                yield Label("As", markup=False)
                yield Choice(_PLACES, chosen=int(details.on_slip), id="place")
        if self._programs:
            numbers = [program.id for program in self._programs]
            chosen = numbers.index(details.program) if details.program in numbers else 0
            with Horizontal(classes="field -tender"):
                yield Label("For", markup=False)
                names = [shown(program.name) for program in self._programs]
                yield OneOf(names, chosen=chosen, id="program")

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
            on_slip=self._jar is None and bool(self.query_one("#place", Choice).chosen),
            program=self._program(),
        )

    def _paid(self, typed: str) -> int:
        return parse_money(typed, self._amount.currency).minor

    def _program(self) -> int | None:
        if not self._programs:
            return None
        return self._programs[self.query_one("#program", OneOf).chosen].id

    def _tender(self) -> Tender:
        return list(_ANSWERS)[self.query_one("#tender", Choice).chosen]
