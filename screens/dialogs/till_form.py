"""The form for what the shop's own till says of gifts at the end of a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static

from payforward.core.closing import TAKEN_TENDERS, TillSays
from payforward.core.errors import BadInput
from payforward.core.money import Money, parse_money
from payforward.core.text import MAX_MESSAGE, plain_forms, shown
from screens.dialogs.dialog import Dialog, StylePaths
from screens.telling import TENDER_WORDS
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from payforward.core.closing import DayReport
    from payforward.core.currencies import Currency
    from payforward.core.model import Tender

_MINUS: Final = ("-", "−")
_SAID: Final = "What the till's own line for gifts says. Leave empty what nobody looked at."


@dataclass(frozen=True, slots=True)
class TillDraft:
    """What the till said.

    Args:
        typed: Of each tender, as it was typed.
        note: As it was typed.
        says: What that means.
    """

    typed: Mapping[Tender, str]
    note: str
    says: TillSays


class TillForm(Dialog[TillDraft]):
    """Asks what the till says, tender by tender; the difference stands below as one types.

    Args:
        heading: What is done.
        report: The day.
        currency: The shop's.
        draft: What was typed before.
        yes: What Enter does.
        problem: Why it did not do.
    """

    CSS_PATH: ClassVar[StylePaths | None] = ["dialog.tcss", "till_form.tcss"]

    def __init__(
        self,
        heading: str,
        report: DayReport,
        currency: Currency,
        draft: TillDraft | None = None,
        *,
        yes: str,
        problem: str = "",
    ) -> None:
        super().__init__(heading, yes=yes, problem=problem)
        self._taken = {each.tender: each.net_minor for each in report.taken}
        self._currency = currency
        self._draft = draft or _said_before(report, currency)

    def compose_body(self) -> ComposeResult:
        """Show a field for each tender, and one for a note."""
        yield Static(_SAID, classes="said", markup=False)
        for tender in TAKEN_TENDERS:
            typed = self._draft.typed.get(tender, "")
            name = TENDER_WORDS[tender].capitalize()
            yield Field(name, typed, max_length=40, dense=True, id=f"till-{tender}")
            with Horizontal(classes="beside"):
                yield Label("Taken here", markup=False)
                yield Static("", classes="-far", id=f"beside-{tender}", markup=False)
        yield Field("Note", self._draft.note, max_length=MAX_MESSAGE, id="note")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def on_mount(self) -> None:
        """Say how far what stands in the fields is from what was taken."""
        super().on_mount()
        for tender in TAKEN_TENDERS:
            self._compare(tender)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Say anew how far it is."""
        message.stop()
        for tender in TAKEN_TENDERS:
            self._compare(tender)

    def _compare(self, tender: Tender) -> None:
        taken = self._taken[tender]
        try:
            till = self._read(self.query_one(f"#till-{tender}", Field).value)
        except BadInput:
            till = None
        said = f"{Money(taken, self._currency).format()}{self._said_beside(till, taken)}"
        beside = self.query_one(f"#beside-{tender}", Static)
        beside.update(Content(said))
        beside.set_class(till is not None and till != taken, "-differs")

    def _said_beside(self, till: int | None, taken: int) -> str:
        if till is None:
            return ""
        if till == taken:
            return ", the same"
        over = Money(abs(till - taken), self._currency).format()
        return f", the till has {over} {'more' if till > taken else 'less'}"

    def answer(self) -> TillDraft:
        """Return what the till said.

        Raises:
            BadInput: an amount that is none.
        """
        minor = {tender: self.read_field(f"till-{tender}", self._read) for tender in TAKEN_TENDERS}
        note = self.query_one("#note", Field).value
        typed = {tender: self.query_one(f"#till-{tender}", Field).value for tender in TAKEN_TENDERS}
        return TillDraft(typed, note, TillSays(minor=minor, note=note))

    def _read(self, typed: str) -> int | None:
        """Return an amount, which may be below zero where refunds were more; None for nothing."""
        text = plain_forms(typed).strip()
        if not text:
            return None
        below = text.startswith(_MINUS)
        amount = parse_money(text[1:] if below else text, self._currency, allow_zero=True)
        return -amount.minor if below else amount.minor


def _said_before(report: DayReport, currency: Currency) -> TillDraft:
    """Return what was said when the day was closed; nothing of a day that is open."""
    closed = report.closed
    said = {} if closed is None else {each.tender: each.till_minor for each in closed.counted}
    typed = {
        tender: Money(minor, currency).typed_text()
        for tender, minor in said.items()
        if minor is not None
    }
    note = "" if closed is None or closed.note is None else shown(closed.note)
    return TillDraft(typed, note, TillSays())
