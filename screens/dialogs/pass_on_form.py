"""The form for surplus that goes to a partner with its money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from payforward.core.errors import BadInput
from payforward.core.model import ItemKind, Tender
from payforward.core.money import parse_money
from payforward.core.text import shown
from screens.dialogs.deliver_form import TENDERS
from screens.dialogs.dialog import Dialog
from screens.dialogs.hand_out_form import ANY
from screens.program_words import said_units
from screens.telling import TENDER_WORDS
from screens.typed import read_count
from screens.widgets.choice import Choice, OneOf
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint
from screens.widgets.pick_field import PickField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from payforward.core.currencies import Currency
    from payforward.core.model import Item
    from payforward.core.programs import Program

NOTHING_SO: Final = "Nothing on the board begins with {}: ↓ goes through it."


NOTHING_OF: Final = "{} has no {} on the board: choose another, or any."


@dataclass(frozen=True, slots=True)
class Surplus:
    """What is on the board, the fund too, each with how much: one program's, or of all."""

    rows: tuple[tuple[Item, int], ...]
    program: Program | None = None


@dataclass(frozen=True, slots=True)
class PassOnDraft:
    """What shall be passed on.

    Args:
        what: The item, as typed.
        many: How many, as typed.
        item: What that is.
        units: How many that is; of money, minor units.
        tender: How the money goes along.
        program: Whose gifts go; None for the oldest of all.
    """

    what: str
    many: str
    item: Item
    units: int
    tender: Tender
    program: Program | None = None


class PassOnForm(Dialog[PassOnDraft]):
    """Asks what, how many, and how its money goes along.

    Args:
        partner: Their name.
        there: What is on the board, of all programs first, then of each that has some; whose it
            is, is asked only where there is a choice.
        currency: The shop's.
        money: How amounts are written.
        draft: What was typed before.
        problem: Why it did not do.
    """

    ABOUT: ClassVar = {"nothing-waiting": "many", "bad-count": "many"}

    def __init__(
        self,
        partner: str,
        there: Sequence[Surplus],
        currency: Currency,
        money: Callable[[int], str],
        draft: PassOnDraft | None = None,
        *,
        problem: str = "",
    ) -> None:
        super().__init__(f"Pass on to {partner}", yes="Look at it", problem=problem)
        self._there = there[0].rows
        self._whose = tuple(there) if len(there) > 2 else ()
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
        names = [each.name for each, _ in self._there]
        yield PickField("What", names, draft.what if draft else shown(item.name), id="what")
        hint = "empty for all of it"
        yield Field(
            "How many", draft.many if draft else "", placeholder=hint, max_length=20, id="many"
        )
        if self._whose:
            yield from self._whose_fields()
        with Horizontal(classes="field -tender"):
            yield Label("Money goes", markup=False)
            chosen = 0 if draft is None else TENDERS.index(draft.tender)
            yield Choice([TENDER_WORDS[each] for each in TENDERS], chosen=chosen, id="tender")

    def _whose_fields(self) -> ComposeResult:
        chosen = None if self._draft is None else self._draft.program
        numbers = [each.program and each.program.id for each in self._whose]
        with Horizontal(classes="field -tender"):
            yield Label("Given to", markup=False)
            yield OneOf(
                [shown(each.program.name) if each.program else ANY for each in self._whose],
                chosen=numbers.index(chosen.id) if chosen and chosen.id in numbers else 0,
                id="program",
            )

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too, and those that choose what."""
        more = [Hint("↑ ↓", "Choose", "pick_next")] if len(self._there) > 1 else []
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next"), *more]

    def answer(self) -> PassOnDraft:
        """Return what shall be passed on.

        Raises:
            BadInput: nothing on the board is so called, or a number that is none.
        """
        item, there = self.read_field("what", self._what)
        whose = self._whose[self.query_one("#program", OneOf).chosen] if self._whose else None
        if whose is not None and whose.program is not None:
            there = next((units for each, units in whose.rows if each.id == item.id), 0)
            if not there:
                name = shown(whose.program.name)
                self.query_one("#program", OneOf).focus()
                raise BadInput(NOTHING_OF.format(name, shown(item.name)), reason="nothing-waiting")
        return PassOnDraft(
            what=self.query_one("#what", Field).value,
            many=self.query_one("#many", Field).value,
            item=item,
            units=self.read_field("many", lambda typed: self._units(item, typed, there)),
            tender=TENDERS[self.query_one("#tender", Choice).chosen],
            program=None if whose is None else whose.program,
        )

    def _what(self, typed: str) -> tuple[Item, int]:
        at = self.query_one("#what", PickField).chosen
        if at is None:
            raise BadInput(NOTHING_SO.format(f"“{shown(typed[:40])}”"), reason="unknown-item")
        return self._there[at]

    def _units(self, item: Item, typed: str, there: int) -> int:
        if not typed.strip():
            return there
        if item.kind is ItemKind.MONEY:
            return parse_money(typed, self._currency).minor
        return read_count(typed)
