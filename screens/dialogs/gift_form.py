"""The form behind →: what a giver may add to a gift."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from payforward.core.errors import BadInput
from payforward.core.model import ItemKind
from payforward.core.money import Money, parse_money
from payforward.core.text import MAX_MESSAGE, MAX_NAME, clean_line, clean_message, clean_name
from screens.counter.ways import GiftDetails
from screens.counter.words import TENDERS, name
from screens.widgets.choice import Choice
from screens.widgets.key_bar import Hint, KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.currencies import Currency
    from payforward.core.model import Tender
    from screens.counter.ways import GiveWay

MAX_RECEIPT: Final = 40


class GiftForm(ModalScreen[GiftDetails | None]):
    """Asks for name, message, tender, amount and the till's receipt number.

    Answers the details, or None where the cashier went back. Enter in any field gives.

    Args:
        way: The gift as far as it is known; its amount stands in a field that may change it.
        currency: The shop's currency.
    """

    CSS_PATH = "gift_form.tcss"
    AUTO_FOCUS = "#giver"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Give", show=False),
        Binding("escape", "back", "Back", show=False),
    ]

    def __init__(self, way: GiveWay, currency: Currency) -> None:
        super().__init__()
        self._amount = Money(way.amount_minor, currency)
        self._is_money = way.item.kind is ItemKind.MONEY
        self._title = name(way.item) if self._is_money else f"{way.units} {name(way.item)}"
        self._details = way.details

    def compose(self) -> ComposeResult:
        """Lay out the fields, the words first: they are what the form is opened for."""
        with Vertical(id="form"):
            yield Static(Content(f"Give {self._title}, {self._amount.format()}"), id="title")
            with Horizontal(classes="field"):
                yield Label("From", markup=False)
                yield Input(
                    self._details.giver or "",
                    id="giver",
                    compact=True,
                    placeholder="a name, if they like",
                    max_length=MAX_NAME,
                )
            with Horizontal(classes="field"):
                yield Label("Message", markup=False)
                yield Input(
                    self._details.message or "",
                    id="message",
                    compact=True,
                    placeholder="a few words for whoever drinks it",
                    max_length=MAX_MESSAGE,
                )
            with Horizontal(classes="field", id="paid-field"):
                yield Label("Paid", markup=False)
                yield Input(self._amount.amount_text(), id="paid", compact=True, max_length=20)
            with Horizontal(classes="field"):
                yield Label("Till receipt", markup=False)
                yield Input(
                    self._details.till_receipt or "",
                    id="receipt",
                    compact=True,
                    placeholder="its number, if the shop keeps it",
                    max_length=MAX_RECEIPT,
                )
            with Horizontal(id="tender-field"):
                yield Label("How", markup=False)
                yield Choice(
                    list(TENDERS.values()),
                    chosen=list(TENDERS).index(self._details.tender),
                    id="tender",
                )
            yield Static("", id="problem", markup=False)
            yield KeyBar(
                [
                    Hint("Enter", "Gives", "submit", "Put the gift aside with these details."),
                    Hint("Tab", "Next", "next", "Go to the next field."),
                    Hint("Esc", "Back", "back", "Go back; the gift stays as it was typed."),
                ]
            )

    def on_mount(self) -> None:
        """Hide the amount of money that was said already."""
        self.query_one("#paid-field").display = not self._is_money

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_submit()

    def action_next(self) -> None:
        """Go to the next field."""
        self.focus_next()

    def action_back(self) -> None:
        """Go back without giving."""
        self.dismiss(None)

    def action_submit(self) -> None:
        """Give, or say which field cannot be understood; nothing typed is lost."""
        for field, read in (
            ("giver", self._giver),
            ("message", self._message),
            ("paid", self._paid),
        ):
            try:
                read()
            except BadInput as error:
                self.query_one("#problem", Static).update(Content(error.message))
                self.query_one(f"#{field}", Input).focus()
                return
        self.dismiss(
            GiftDetails(
                tender=self._tender(),
                giver=self._giver(),
                message=self._message(),
                till_receipt=clean_line(self._value("receipt"), max_length=MAX_RECEIPT) or None,
                paid_minor=self._paid(),
            )
        )

    def _value(self, field: str) -> str:
        return self.query_one(f"#{field}", Input).value

    def _giver(self) -> str | None:
        typed = self._value("giver")
        return clean_name(typed, what="name") if typed.strip() else None

    def _message(self) -> str | None:
        return clean_message(self._value("message"))

    def _paid(self) -> int | None:
        if self._is_money:
            return None
        return parse_money(self._value("paid"), self._amount.currency).minor

    def _tender(self) -> Tender:
        return list(TENDERS)[self.query_one(Choice).chosen]
