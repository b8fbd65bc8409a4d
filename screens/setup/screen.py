"""The form of the first start."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Static, TextArea

from db.setup import create_ledger
from payforward.core.clock import DEFAULT_CUTOVER_HOUR
from payforward.core.currencies import codes
from payforward.core.errors import PayforwardError
from payforward.core.text import MAX_NAME, shown
from screens.leaving import LeavesOnce
from screens.setup import form
from screens.setup.guesses import guess_currency, guess_zone, zone_names
from screens.typing_guard import TypingGuard
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint, KeyBar
from screens.widgets.lines import StatusLine, TitleLine
from screens.widgets.safe_input import SafeTextArea

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.clock import Clock

WELCOME: Final = (
    "Welcome. The shop’s name is enough; the rest is a guess to look over. Enter goes on, "
    "Ctrl S opens the counter."
)
# Which field a refusal of the ledger's is about.
_FIELD_OF: Final = {
    "bad-name": form.SHOP,
    "unknown-currency": form.CURRENCY,
    "unknown-timezone": form.TIMEZONE,
    "bad-hour": form.HOUR,
}


class SetupScreen(LeavesOnce[bool], TypingGuard):
    """Asks what a ledger needs and makes it; returns whether one was made.

    Args:
        path: Where the ledger will be.
        clock: What time it is; the machine's own without one.
    """

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = f"#{form.SHOP} Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("ctrl+s", "make", "Open the counter", show=False),
    ]

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        super().__init__()
        self._path = path
        self._clock = clock
        self._zones: list[str] = []
        self._making = False

    def compose(self) -> ComposeResult:
        """Show the fields, the guesses standing in them."""
        yield TitleLine("Payforward", "first start")
        with VerticalScroll(id="form", can_focus=False):
            yield Static(WELCOME, id="welcome", markup=False)
            yield from self._fields()
            yield from self._items()
            yield Button("Open the counter", id="make", variant="primary", compact=True)
        yield StatusLine()
        yield KeyBar(
            [
                Hint("Esc", "Leave", "leave", "Leave without making anything."),
                Hint("Tab", "Next field", "app.focus_next"),
                Hint("^S", "Open the counter", "make"),
            ]
        )

    def _fields(self) -> ComposeResult:
        """Show a field for each thing that is needed, with a guess where one can be made."""
        yield Field("Shop", max_length=2 * MAX_NAME, placeholder="its name", id=form.SHOP)
        yield Field(
            "Currency",
            guess_currency(os.environ),
            placeholder="three letters, such as EUR",
            suggester=SuggestFromList(codes(), case_sensitive=False),
            max_length=20,
            id=form.CURRENCY,
        )
        yield Field(
            "Time zone",
            guess_zone(os.environ),
            placeholder="such as Europe/Rome, or a city",
            max_length=60,
            id=form.TIMEZONE,
        )
        yield Field(
            "Day ends at",
            str(DEFAULT_CUTOVER_HOUR),
            placeholder="the hour, 0 to 23",
            max_length=5,
            id=form.HOUR,
        )
        yield Field(
            "Menu file",
            placeholder="your till’s export, if you have it",
            max_length=1000,
            id=form.MENU_FILE,
        )

    def _items(self) -> ComposeResult:
        """Show the place for a few items, for a shop without a file."""
        with Vertical(id=form.ITEMS):
            yield Static("or a few items, one a line:", classes="label", markup=False)
            yield SafeTextArea(
                placeholder="Flat white 3.50\nSoup of the day 6",
                tab_behavior="focus",
                compact=True,
            )
            yield Static("", classes="-wrong", markup=False)

    def on_mount(self) -> None:
        """Learn the time zones' names meanwhile."""
        self.query_one(TextArea).cursor_blink = False
        self._learn_zones()

    @work
    async def _learn_zones(self) -> None:
        self._zones = await asyncio.to_thread(zone_names)
        field = self.query_one(f"#{form.TIMEZONE}", Field)
        field.suggest(SuggestFromList(self._zones, case_sensitive=False))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go on to the next field."""
        message.stop()
        self.focus_next()

    def on_button_pressed(self, message: Button.Pressed) -> None:
        """Make the ledger."""
        message.stop()
        self.action_make()

    async def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
        """Do what the clicked key does."""
        message.stop()
        await self.run_action(message.action)

    def action_leave(self) -> None:
        """Leave without making anything."""
        if not self._making:
            self.dismiss(False)

    def action_make(self) -> None:
        """Make the ledger, unless that is being done."""
        if not self._making:
            self._making = True
            self._make()

    @work
    async def _make(self) -> None:
        try:
            await self._read_and_make()
        finally:
            self._making = False

    async def _read_and_make(self) -> None:
        typed = self._typed()
        if not self._zones:
            self._zones = await asyncio.to_thread(zone_names)
        facts = await asyncio.to_thread(form.read_form, typed, self._zones)
        self._complain(facts.wrong)
        if facts.wrong:
            return
        making = partial(
            create_ledger,
            self._path,
            shop=facts.shop,
            currency=facts.currency,
            timezone=facts.timezone,
            cutover_hour=facts.cutover_hour,
            menu=facts.menu,
            clock=self._clock,
        )
        try:
            await asyncio.to_thread(making)
        except PayforwardError as error:
            field = _FIELD_OF.get(error.reason)
            if field is None:
                self.query_one(StatusLine).say(error.message, problem=True)
            else:
                self._complain({field: error.message})
        else:
            if facts.skipped:
                self.app.notify(
                    f"{facts.skipped} rows of the file were left out; "
                    "More, Items, Import tells which.",
                    markup=False,
                )
            self.dismiss(True)

    def _typed(self) -> form.Typed:
        value = {field.id: field.value for field in self.query(Field)}
        return form.Typed(
            shop=value[form.SHOP],
            currency=value[form.CURRENCY],
            timezone=value[form.TIMEZONE],
            hour=value[form.HOUR],
            menu_file=value[form.MENU_FILE],
            items=self.query_one(TextArea).text,
        )

    def _complain(self, wrong: dict[str, str]) -> None:
        """Say next to each field what is wrong with it, and go to the first that is."""
        self.query_one(StatusLine).say("Something needs another look." if wrong else "")
        for field in self.query(Field):
            field.complain(wrong.get(field.id or "", ""))
        items = self.query_one(f"#{form.ITEMS}")
        items.query_one(".-wrong", Static).update(Content(shown(wrong.get(form.ITEMS, ""))))
        items.set_class(form.ITEMS in wrong, "-is-wrong")
        first = next((field for field in self.query(Field) if field.id in wrong), None)
        if first is not None:
            first.focus_input()
        elif wrong:
            self.query_one(TextArea).focus()
