"""What happened on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Static

from screens.catalogue import Place, bindings_of
from screens.place_screen import PlaceScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from screens.desk import Desk


class EntriesScreen(PlaceScreen):
    """The entries of a business day."""

    PLACE = Place.ENTRIES
    HEADING = "Entries"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.ENTRIES)]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose_body(self) -> ComposeResult:
        """Show the day."""
        yield Static("")
