"""The form for handing over what a drive collected, or what is in a jar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Label, Static

from payforward.core.errors import BadInput
from payforward.core.model import ItemKind, Tender
from payforward.core.money import Money, parse_money
from payforward.core.text import MAX_NAME, shown
from screens.dialogs.dialog import Dialog
from screens.telling import TENDER_WORDS
from screens.typed import read_few, read_one_of
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from payforward.core.currencies import Currency
    from payforward.core.partners import Partner
    from payforward.core.program_answers import ProgramState

TENDERS: Final = (Tender.CASH, Tender.CARD, Tender.OTHER)
NO_SUCH_PARTNER: Final = "No partner begins with {}: see Partners."


@dataclass(frozen=True, slots=True)
class DeliverDraft:
    """What shall be handed over, and to whom.

    Args:
        to: The partner, as typed.
        partner: Who that is.
        typed: How many of each, as typed.
        parts: What that means: an item's number and how many, or minor units; only what goes.
        tender: How money goes.
    """

    to: str
    partner: Partner
    typed: tuple[str, ...]
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
        yield Static(Content(said), classes="said", markup=False)
        yield Field(
            "To",
            names[0] if draft is None else draft.to,
            suggester=SuggestFromList(names, case_sensitive=False),
            max_length=2 * MAX_NAME,
            id="to",
        )
        for at, each in enumerate(self._waits):
            whole = self._whole(each.units)
            value = whole if draft is None else draft.typed[at]
            label = f"{whole} {shown(each.item.name)}"
            if self._is_money:
                label = f"{Money(each.units, self._currency).format()} in the jar"
            yield Field(label, value, placeholder="none", dense=True, id=f"part-{at}")
        if self._is_money:
            with Horizontal(classes="field -tender -dense"):
                yield Label("How", markup=False)
                chosen = 0 if draft is None else TENDERS.index(draft.tender)
                yield Choice([TENDER_WORDS[each] for each in TENDERS], chosen=chosen)
        yield Static("", classes="gap", markup=False)

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> DeliverDraft:
        """Return what shall go.

        Raises:
            BadInput: no such partner, a number that is none, or nothing at all.
        """
        partner = self.read_field("to", self._partner)
        units = [
            self.read_field(f"part-{at}", self._read_money if self._is_money else read_few)
            for at in range(len(self._waits))
        ]
        parts = [(each.item.id, n) for each, n in zip(self._waits, units, strict=True) if n]
        if not parts:
            self.query_one("#part-0", Field).focus_input()
            raise BadInput("Nothing would go: say how many.", reason="bad-count")
        return DeliverDraft(
            to=self.query_one("#to", Field).value,
            partner=partner,
            typed=tuple(
                self.query_one(f"#part-{at}", Field).value for at in range(len(self._waits))
            ),
            parts=tuple(parts),
            tender=TENDERS[self.query_one(Choice).chosen] if self._is_money else Tender.CASH,
        )

    def _partner(self, typed: str) -> Partner:
        return read_one_of(typed, self._partners, lambda each: each.name, NO_SUCH_PARTNER)

    def _whole(self, units: int) -> str:
        return Money(units, self._currency).typed_text() if self._is_money else str(units)

    def _read_money(self, typed: str) -> int:
        return parse_money(typed, self._currency).minor if typed.strip() else 0
