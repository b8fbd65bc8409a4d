"""The form for handing over what a drive collected, or what is in a jar."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from payforward.core.errors import BadInput
from payforward.core.model import ItemKind, Tender
from payforward.core.money import Money, parse_money
from payforward.core.text import shown
from screens.dialogs.dialog import Dialog
from screens.program_words import said_units
from screens.telling import TENDER_WORDS
from screens.typed import read_few
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint
from screens.widgets.pick_field import PickField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from payforward.core.currencies import Currency
    from payforward.core.partners import Partner
    from payforward.core.program_answers import ProgramState, Waits

TENDERS: Final = (Tender.CASH, Tender.CARD, Tender.OTHER)
NO_SUCH_PARTNER: Final = "No partner begins with {}: ↓ goes through those there are."


@dataclass(frozen=True, slots=True)
class DeliverDraft:
    """What shall be handed over, and to whom.

    Args:
        to: The partner, as typed.
        partner: Who that is.
        typed: How many of each item, by its number, as typed.
        parts: What that means: an item's number and how many, or minor units; only what goes.
        tender: How money goes.
    """

    to: str
    partner: Partner
    typed: Mapping[int, str]
    parts: tuple[tuple[int, int], ...]
    tender: Tender


class DeliverForm(Dialog[DeliverDraft]):
    """Asks for the partner and how many of each goods, all of them at first.

    Args:
        state: The drive or the jar; something is in it.
        partners: Who may receive it; at least one.
        currency: The shop's.
        draft: What was typed before.
        problem: Why it did not do.
    """

    def __init__(
        self,
        state: ProgramState,
        partners: Sequence[Partner],
        currency: Currency,
        draft: DeliverDraft | None = None,
        *,
        problem: str = "",
    ) -> None:
        super().__init__(f"Deliver: {state.program.name}", yes="Look at it", problem=problem)
        self._waits = state.waits
        self._partners = tuple(partners)
        self._currency = currency
        self._draft = draft

    @property
    def _is_money(self) -> bool:
        return any(each.item.kind is ItemKind.MONEY for each in self._waits)

    def compose_body(self) -> ComposeResult:
        """Show the partner, then a field for each."""
        draft = self._draft
        names = [shown(each.name) for each in self._partners]
        said = "Nothing goes before you have said yes to the list."
        if self._is_money:
            jar = Money(sum(each.units for each in self._waits), self._currency).format()
            said = f"{jar} is in the jar. {said}"
            self.add_class("-money")
        yield Static(Content(said), classes="said", markup=False)
        yield PickField("To", names, None if draft is None else draft.to, dense=True, id="to")
        for at, each in enumerate(self._waits):
            whole = self._whole(each.units)
            value = whole if draft is None else draft.typed.get(each.item.id, whole)
            label = f"{whole} {shown(each.item.name)}"
            if self._is_money:
                label = f"Amount, {self._currency.code}"
            yield Field(label, value, placeholder="none", dense=True, id=f"part-{at}")
        if self._is_money:
            with Horizontal(classes="field -tender -dense"):
                yield Label("How", markup=False)
                chosen = 0 if draft is None else TENDERS.index(draft.tender)
                yield Choice([TENDER_WORDS[each] for each in TENDERS], chosen=chosen)
        yield Static("", classes="gap", markup=False)

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too, and those that choose a partner."""
        more = [Hint("↑ ↓", "Choose", "pick_next")] if len(self._partners) > 1 else []
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next"), *more]

    def answer(self) -> DeliverDraft:
        """Return what shall go.

        Raises:
            BadInput: no such partner, a number that is none, or nothing at all.
        """
        partner = self.read_field("to", self._partner)
        units = [
            self.read_field(f"part-{at}", partial(self._units, each))
            for at, each in enumerate(self._waits)
        ]
        parts = [(each.item.id, n) for each, n in zip(self._waits, units, strict=True) if n]
        if not self._waits:
            raise BadInput("Nothing is left here to hand over: Esc.", reason="nothing-waiting")
        if not parts:
            self.blame(self.query_one("#part-0", Field), "Nothing would go: say how many.")
            raise BadInput("", reason="bad-count")
        return DeliverDraft(
            to=self.query_one("#to", Field).value,
            partner=partner,
            typed={
                each.item.id: self.query_one(f"#part-{at}", Field).value
                for at, each in enumerate(self._waits)
            },
            parts=tuple(parts),
            tender=TENDERS[self.query_one(Choice).chosen] if self._is_money else Tender.CASH,
        )

    def _partner(self, typed: str) -> Partner:
        at = self.query_one("#to", PickField).chosen
        if at is None:
            raise BadInput(
                NO_SUCH_PARTNER.format(f"“{shown(typed[:40])}”"), reason="unknown-partner"
            )
        return self._partners[at]

    def _units(self, waits: Waits, typed: str) -> int:
        """Return how much of something goes; no more than there is.

        Raises:
            BadInput: it is no number, or more than there is.
        """
        units = self._read_money(typed) if self._is_money else read_few(typed)
        if units > waits.units:
            there = said_units(
                waits.item, waits.units, lambda minor: Money(minor, self._currency).format()
            )
            where = "in the jar" if self._is_money else "here"
            raise BadInput(f"Only {there} {_is_are(waits)} {where}.", reason="nothing-waiting")
        return units

    def _whole(self, units: int) -> str:
        return Money(units, self._currency).typed_text() if self._is_money else str(units)

    def _read_money(self, typed: str) -> int:
        return parse_money(typed, self._currency, allow_zero=True).minor if typed.strip() else 0


def _is_are(waits: Waits) -> str:
    return "is" if waits.units == 1 or waits.item.kind is ItemKind.MONEY else "are"
