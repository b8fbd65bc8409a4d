"""Every key and what it does, from the catalogue; and how the counter's line is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.catalogue import Place, bindings_of, commands_of
from screens.place_screen import PlaceScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from screens.catalogue import Command

EXAMPLES: Final = (
    ("fl Enter", "serves one Flat white"),
    ("2fl Enter", "serves two"),
    ("- Enter", "serves one of the marked row"),
    ("+2ca Enter", "puts two Cappuccino aside"),
    ("+ Enter", "puts one of the marked row aside"),
    ("+20fu Enter", "puts 20.00 into the fund"),
    ("+fl/ Enter", "puts one Flat white on a slip of paper"),
)
GRAMMAR: Final = (
    "One line does it all: + gives, − or nothing serves; then how many, if more than one; then "
    "the first letters of any word of the item; / at the end of a gift makes a slip. The sentence "
    "above the line says what Enter will do. A slip is served when it is scanned, on any screen."
)


WORDS: Final = {
    Place.MONTH: (
        ("Start, End", "what waited when the month began, and when it ended; this month: now"),
        ("Given, Served", "what customers gave, and what was handed over; less what was undone"),
        ("Worth", "what customers paid for that which waits: it is owed, not earned"),
        ("To slips, Off slips", "from the board to slips of paper, and back; it waits as before"),
        ("Ran out", "slips past their last day: what they held went back to the board"),
        ("Budget, Lapsed", "what the house set aside to give, and what of it nobody took"),
        ("Delivered", "what a partner fetched: goods of a drive, money of a jar"),
        ("Passed on", "what went to another shop or a charity, with its money"),
        ("Missed", "asked for while none was waiting, where somebody chose to note it"),
        ("Owed", "prepaid gifts that still wait at the end of a day"),
    ),
    Place.POOL_ENTRIES: (
        ("In all", "the lines added up; what was taken back is taken off"),
        ("Taken back", "undoes an earlier line, which has ↶ from then on"),
    ),
    Place.ADVICE: (
        ("a week served", "how quickly it goes out, by the last four weeks"),
        ("weeks’ worth", "for how long what waits will do at that pace"),
    ),
    Place.CLOSING: (
        ("In all", "what the till should have for gifts: taken, less what was paid out"),
        ("Till says", "what your own till’s line for gifts says, as somebody typed it"),
        ("Close", "ends the day for good: what is done after that counts on the next day"),
        ("Head", "a number of the whole ledger: on paper, it shows later whether it was changed"),
    ),
}
"""What the words of some places mean."""


class HelpScreen(PlaceScreen):
    """All keys by place, after the counter's line with examples.

    Args:
        first: The place that comes before all, with what its words mean.
    """

    CSS_PATH = "help.tcss"
    PLACE = Place.HELP
    HEADING = "Help"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.HELP)]

    def __init__(self, first: Place | None = None) -> None:
        super().__init__()
        self._first = first if first in WORDS else None

    def compose_body(self) -> ComposeResult:
        """Show the grammar, then each place."""
        with VerticalScroll():
            if self._first is not None:
                yield from self._of(self._first)
            yield Static("The counter’s line", classes="heading", markup=False)
            yield Static(GRAMMAR, classes="sentence", markup=False)
            for typed, does in EXAMPLES:
                yield Static(Content.assemble((f"{typed:<16}", "bold"), does), classes="example")
            for place in sorted(Place, key=lambda place: place is not Place.COUNTER):
                if place is not self._first:
                    yield from self._of(place)

    def _of(self, place: Place) -> ComposeResult:
        yield Static(place.value.capitalize(), classes="heading", markup=False)
        for word, means in WORDS.get(place, ()):
            yield Static(Content.assemble((word, "bold"), f": {means}."), classes="example")
        for each in commands_of(place):
            yield from self._told(each)

    def _told(self, command: Command) -> ComposeResult:
        keys = command.shown or "in More"
        head = Content.assemble((f"{keys:<16}", "bold"), command.title)
        yield Static(head, classes="key")
        if command.help.rstrip(".").casefold() != command.title.casefold():
            yield Static(command.help, classes="what", markup=False)
