"""The form for giving money back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from payforward.core.errors import BadInput
from payforward.core.model import ItemKind, Tender
from payforward.core.money import Money, parse_money
from payforward.core.text import plain_forms, shown
from screens.dialogs.dialog import Dialog
from screens.telling import TENDER_WORDS
from screens.typing_guard import PAUSE_SECONDS
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from payforward.core.answers import GiftStory
    from payforward.core.currencies import Currency

TENDERS: Final = (Tender.CASH, Tender.CARD, Tender.OTHER)


@dataclass(frozen=True, slots=True)
class RefundDraft:
    """What shall be given back.

    Args:
        typed: How much, as it was typed.
        units: How many units; of money, minor units.
        tender: How it is paid out.
    """

    typed: str
    units: int
    tender: Tender


class RefundForm(Dialog[RefundDraft]):
    """Asks how much of what waits is refunded, and how it is paid out.

    Args:
        story: The gift.
        currency: The shop's.
        draft: What was typed before.
        problem: Why it did not do.
    """

    PAUSE = PAUSE_SECONDS
    ABOUT: ClassVar = {"nothing-waiting": "many", "bad-count": "many"}

    def __init__(
        self,
        story: GiftStory,
        currency: Currency,
        draft: RefundDraft | None = None,
        *,
        problem: str = "",
    ) -> None:
        super().__init__(f"Refund gift {story.gift}", yes="Refund", problem=problem)
        self._is_money = story.item.kind is ItemKind.MONEY
        self._currency = currency
        waiting = Money(story.waiting, currency)
        what = waiting.format() if self._is_money else f"{story.waiting} {story.item.name}"
        self._said = f"Still waiting of it: {what}."
        everything = waiting.typed_text() if self._is_money else str(story.waiting)
        paid = story.tender if story.tender in TENDERS else Tender.CASH
        self._draft = draft or RefundDraft(everything, story.waiting, paid)

    def compose_body(self) -> ComposeResult:
        """Show what waits, how much of it, and how it is paid."""
        yield Static(Content(shown(self._said)), classes="said", markup=False)
        label = f"Amount, {self._currency.code}" if self._is_money else "How many"
        yield Field(label, self._draft.typed, max_length=40, id="many")
        with Horizontal(classes="field -tender"):
            yield Label("Paid out", markup=False)
            yield Choice(
                [TENDER_WORDS[tender] for tender in TENDERS],
                chosen=TENDERS.index(self._draft.tender),
            )

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> RefundDraft:
        """Return how much and how; whether so much waits is the ledger's to say."""
        units = self.read_field("many", self._units)
        typed = self.query_one("#many", Field).value
        return RefundDraft(typed, units, TENDERS[self.query_one(Choice).chosen])

    def _units(self, typed: str) -> int:
        if self._is_money:
            return parse_money(typed, self._currency).minor
        count = plain_forms(typed).strip()
        if not (count.isascii() and count.isdigit() and len(count) <= 5):
            raise BadInput("Write how many as a number, such as 1.", reason="bad-count")
        return int(count)
