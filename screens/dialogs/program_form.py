"""The form for a program: only the fields that its kind has."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from payforward.core.days import day_text, read_day
from payforward.core.errors import BadInput
from payforward.core.model import ProgramKind
from payforward.core.programs import LONGEST_HOURS, Period, Program, clean_program
from payforward.core.text import MAX_NAME, clean_name
from screens.dialogs.dialog import Dialog
from screens.program_words import KINDS, PERIODS, WHAT_IT_DOES
from screens.typed import read_wish
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

SHOWS_ZERO: Final = ("shown", "left out")
_PERIODS: Final = tuple(PERIODS)
_WEEK: Final = _PERIODS.index(Period.WEEK)
_SUCH_AS: Final = {
    ProgramKind.FORWARD: "such as Coffee for the night shift",
    ProgramKind.GIVEAWAY: "such as Free soup",
    ProgramKind.DRIVE: "such as Winter coats",
    ProgramKind.CHARITY: "such as Lifeboats",
}
_SERVES: Final = (ProgramKind.FORWARD, ProgramKind.GIVEAWAY)


class ProgramForm(Dialog[Program]):
    """Asks for a program's name, days and numbers; Enter in any field keeps them.

    Args:
        program: As it is, or a draft of a new one with its kind; what was typed before.
        today: The business day, for days without a year.
        problem: Why it did not do.
    """

    ABOUT: ClassVar = {
        "name-taken": "name",
        "bad-dates": "ends",
        "bad-hours": "hours",
        "bad-budget": "budget",
    }

    def __init__(self, program: Program, today: date, *, problem: str = "") -> None:
        heading = f"Change {program.name}" if program.id else f"Add: {KINDS[program.kind]}"
        super().__init__(heading, yes="Keep it", problem=problem)
        self._program = program
        self._today = today

    def compose_body(self) -> ComposeResult:
        """Show the fields of the kind."""
        now, kind = self._program, self._program.kind
        yield Static(Content(WHAT_IT_DOES[kind]), classes="said", markup=False)
        yield Field(
            "Name",
            now.name,
            placeholder=_SUCH_AS[kind],
            max_length=2 * MAX_NAME,
            dense=True,
            id="name",
        )
        if kind is ProgramKind.GIVEAWAY:
            yield from self._budget_fields()
        if kind is ProgramKind.DRIVE:
            hint = "how many goods you hope for, if you like"
            yield Field("Target", _number(now.target), placeholder=hint, dense=True, id="target")
        yield from self._day_fields()
        if kind is not ProgramKind.CHARITY:
            hint = "such as Mon-Fri 14:00-17:00; a hint"
            yield Field(
                "Hours",
                now.hours or "",
                placeholder=hint,
                max_length=2 * LONGEST_HOURS,
                dense=True,
                id="hours",
            )
        if kind in _SERVES:
            yield from self._public_fields()
        yield Static("", classes="gap", markup=False)

    def _budget_fields(self) -> ComposeResult:
        now = self._program
        hint = "how many servings; empty for no limit"
        yield Field("Budget", _number(now.budget_units), placeholder=hint, dense=True, id="budget")
        with Horizontal(classes="field -tender -dense"):
            yield Label("For", markup=False)
            at = _WEEK if now.budget_period is None else _PERIODS.index(now.budget_period)
            yield Choice([PERIODS[each] for each in _PERIODS], chosen=at, id="period")

    def _day_fields(self) -> ComposeResult:
        now = self._program
        yield Field(
            "Starts",
            _day(now.starts_on),
            placeholder="such as 1 Dec; empty for at once",
            dense=True,
            id="starts",
        )
        yield Field(
            "Ends",
            _day(now.ends_on),
            placeholder="its last day; empty for no end",
            dense=True,
            id="ends",
        )

    def _public_fields(self) -> ComposeResult:
        now = self._program
        hint = "how many are usual; a hint"
        yield Field("Per order", _number(now.order_limit), placeholder=hint, dense=True, id="limit")
        hint = "such as 20 for 20+; empty for all"
        yield Field("Public up to", _number(now.public_cap), placeholder=hint, dense=True, id="cap")
        with Horizontal(classes="field -tender -dense"):
            yield Label("Public at 0", markup=False)
            yield Choice(SHOWS_ZERO, chosen=int(now.hide_zero), id="zero")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> Program:
        """Return the program; the field that is wrong gets the focus.

        Raises:
            BadInput: a name, a day or a number that is none, or that the kind cannot have.
        """
        day = partial(read_day, today=self._today)
        kind = self._program.kind
        draft = replace(
            self._program,
            name=self.read_field("name", lambda typed: clean_name(typed, what="program's name")),
        )
        if kind is ProgramKind.GIVEAWAY:
            units = self.read_field("budget", read_wish)
            period = _PERIODS[self.query_one("#period", Choice).chosen]
            draft = replace(
                draft, budget_units=units, budget_period=None if units is None else period
            )
        if kind is ProgramKind.DRIVE:
            draft = replace(draft, target=self.read_field("target", read_wish))
        draft = replace(
            draft,
            starts_on=self.read_field("starts", day),
            ends_on=self.read_field("ends", day),
        )
        if kind is not ProgramKind.CHARITY:
            draft = replace(draft, hours=self.query_one("#hours", Field).value or None)
        if kind in _SERVES:
            draft = replace(
                draft,
                order_limit=self.read_field("limit", read_wish),
                public_cap=self.read_field("cap", read_wish),
                hide_zero=bool(self.query_one("#zero", Choice).chosen),
            )
        return self._cleaned(draft)

    def _cleaned(self, draft: Program) -> Program:
        """Return a draft that the ledger can keep; the field that is wrong gets the focus."""
        try:
            return clean_program(draft)
        except BadInput as error:
            if error.reason not in self.ABOUT:
                raise
            self.blame(self.query_one(f"#{self.ABOUT[error.reason]}", Field), error.message)
            raise BadInput("", reason=error.reason) from error


def _day(day: date | None) -> str:
    return "" if day is None else day_text(day)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
