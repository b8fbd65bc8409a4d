"""The form for surplus that goes to a partner with its money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from payforward.core.model import ItemKind, Tender
from payforward.core.money import parse_money
from payforward.core.text import shown
from screens.dialogs.deliver_form import TENDERS
from screens.dialogs.dialog import Dialog
from screens.program_words import said_units
from screens.telling import TENDER_WORDS
from screens.typed import read_count, read_one_of
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from payforward.core.currencies import Currency
    from payforward.core.model import Item

NOTHING_SO: Final = "Nothing on the board begins with {}."


@dataclass(frozen=True, slots=True)
class PassOnDraft:
    """What shall be passed on.

    Args:
        what: The item, as typed.
        many: How many, as typed.
        item: What that is.
        units: How many that is; of money, minor units.
        tender: How the money goes along.
    """

    what: str
    many: str
    item: Item
    units: int
    tender: Tender


class PassOnForm(Dialog[PassOnDraft]):
    """Asks what, how many, and how its money goes along.

    Args:
        partner: Their name.
        there: What is on the board, the fund too, each with how much; at least one.
        currency: The shop's.
        money: How amounts are written.
        draft: What was typed before.
        problem: Why it did not do.
    """

    def __init__(
        self,
        partner: str,
        there: Sequence[tuple[Item, int]],
        currency: Currency,
        money: Callable[[int], str],
        draft: PassOnDraft | None = None,
        *,
        problem: str = "",
    ) -> None:
        super().__init__(f"Pass on to {partner}", yes="Look at it", problem=problem)
        self._there = tuple(there)
        self._currency = currency
        self._money = money
        self._draft = draft

    def compose_body(self) -> ComposeResult:
        """Show what waits, then the fields."""
        draft = self._draft
        waits = ", ".join(said_units(item, units, self._money) for item, units in self._there[:6])
        more = " and more" if len(self._there) > 6 else ""
        said = f"On the board: {waits}{more}. The money that was paid goes along, oldest first."
        yield Static(Content(shown(said)), classes="said", markup=False)
        item, _ = max(self._there, key=lambda each: each[1] * (each[0].kind is ItemKind.MENU))
        name = draft.what if draft else shown(item.name)
        yield Field("What", name, max_length=80, id="what")
        hint = "empty for all of it"
        yield Field(
            "How many", draft.many if draft else "", placeholder=hint, max_length=20, id="many"
        )
        with Horizontal(classes="field -tender"):
            yield Label("Money goes", markup=False)
            chosen = 0 if draft is None else TENDERS.index(draft.tender)
            yield Choice([TENDER_WORDS[each] for each in TENDERS], chosen=chosen)

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> PassOnDraft:
        """Return what shall be passed on.

        Raises:
            BadInput: nothing on the board is so called, or a number that is none.
        """
        item, there = self.read_field("what", self._what)
        return PassOnDraft(
            what=self.query_one("#what", Field).value,
            many=self.query_one("#many", Field).value,
            item=item,
            units=self.read_field("many", lambda typed: self._units(item, typed, there)),
            tender=TENDERS[self.query_one(Choice).chosen],
        )

    def _what(self, typed: str) -> tuple[Item, int]:
        return read_one_of(typed, self._there, lambda each: each[0].name, NOTHING_SO)

    def _units(self, item: Item, typed: str, there: int) -> int:
        if not typed.strip():
            return there
        if item.kind is ItemKind.MONEY:
            return parse_money(typed, self._currency).minor
        return read_count(typed)
