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


class HelpScreen(PlaceScreen):
    """All keys by place, after the counter's line with examples."""

    CSS_PATH = "help.tcss"
    PLACE = Place.HELP
    HEADING = "Help"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.HELP)]

    def compose_body(self) -> ComposeResult:
        """Show the grammar, then each place."""
        with VerticalScroll():
            yield Static("The counter’s line", classes="heading", markup=False)
            yield Static(GRAMMAR, classes="sentence", markup=False)
            for typed, does in EXAMPLES:
                yield Static(Content.assemble((f"{typed:<16}", "bold"), does), classes="example")
            for place in sorted(Place, key=lambda place: place is not Place.COUNTER):
                yield Static(place.value.capitalize(), classes="heading", markup=False)
                for each in commands_of(place):
                    yield from self._told(each)

    def _told(self, command: Command) -> ComposeResult:
        keys = command.shown or "in More"
        head = Content.assemble((f"{keys:<16}", "bold"), command.title)
        yield Static(head, classes="key")
        if command.help.rstrip(".").casefold() != command.title.casefold():
            yield Static(command.help, classes="what", markup=False)
