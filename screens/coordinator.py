"""The page of what waits: for a coordinator who tells people, or for the shop's window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.catalogue import Place, bindings_of
from screens.dialogs.paper_form import PaperWay
from screens.partner_paper import Brought, bring_out
from screens.place_screen import LedgerScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.output.waiting_page import WaitingPage
    from screens.desk import Desk

WAYS: Final = (PaperWay.PRINTER, PaperWay.PDF, PaperWay.TEXT)
_NARROWEST: Final = 20
SAID: Final = "Whoever gets it sees what waits now, and never who gave or who was served."


class CoordinatorScreen(LedgerScreen):
    """What is waiting, as it would be sent or hung up."""

    CSS_PATH = "coordinator.tcss"
    PLACE = Place.COORDINATOR
    HEADING = "What is waiting"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.COORDINATOR)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._public = False
        self._page: WaitingPage | None = None

    def compose_body(self) -> ComposeResult:
        """Show the page."""
        with VerticalScroll():
            yield Static("", id="page", markup=False)

    async def load(self) -> None:
        """Show the page as it is now."""
        from payforward.output.waiting_page import waiting_page_of  # noqa: PLC0415 - rarely used

        public = self._public
        page = await self.desk.run(lambda ledger: waiting_page_of(ledger, public=public))
        self._page = page
        self.entitle(self.HEADING, "for the window" if public else "for a coordinator")
        self._draw()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        """Show the page in lines that fit."""
        from payforward.output.waiting_forms import COLUMNS, waiting_text  # noqa: PLC0415 - as above

        if self._page is not None:
            room = self.query_one(VerticalScroll).scrollable_content_region.width - 1
            # The ledger's head is for paper, which may lie around for long.
            text = waiting_text(replace(self._page, head=""), max(min(COLUMNS, room), _NARROWEST))
            self.query_one("#page", Static).update(Content(text))

    async def action_other_page(self) -> None:
        """Change between the page for a coordinator and the one for the window."""
        if not self.is_active:
            return
        self._public = not self._public
        await self.reload()
        capped = "High counts stop at each program’s cap." if self._public else ""
        self.say(capped)

    @work
    async def action_page_out(self) -> None:
        """Bring the page out."""
        page = self._page
        if page is None or not self.is_active:
            return

        def write(path: Path) -> None:
            from payforward.output.waiting_forms import write_waiting_page  # noqa: PLC0415 - slow

            write_waiting_page(page, path)

        done = await bring_out(
            self.app,
            self.desk,
            Brought(
                heading=self.HEADING,
                said=SAID,
                ways=WAYS,
                name="waiting",
                print_it=lambda press: press.print_waiting_page(page),
                write=write,
            ),
        )
        if done:
            self.say(done)
