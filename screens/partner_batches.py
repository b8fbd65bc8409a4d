"""The slips that a partner took, batch by batch, and what became of them; never who used one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from payforward.core.asks import TakeBack
from payforward.core.days import short_day
from payforward.core.errors import PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.model import ItemKind, SlipState
from payforward.core.text import shown
from screens.batches import said_slips
from screens.catalogue import Place, bindings_of
from screens.dialogs.confirm import Confirm
from screens.dialogs.paper_form import PaperWay
from screens.partner_paper import Brought, bring_out
from screens.place_screen import LedgerScreen
from screens.program_words import said_units
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.ledger import Ledger
    from payforward.core.partners import Partner
    from payforward.core.program_answers import Batch
    from screens.desk import Desk

COLUMNS: Final = (
    Column("Day", 6, 6),
    Column("What", 10, 30),
    Column("Slips", 5, 5, right=True, leaves=1),
    Column("Used", 5, 10, right=True),
    Column("Came back", 9, 10, right=True),
    Column("Waiting", 7, 10, right=True),
    Column("", 0, 20, leaves=2),
)
NO_BATCHES: Final = "They took no slips yet. Esc, then H hands some out."
LIST_WAYS: Final = (PaperWay.PRINTER, PaperWay.PDF, PaperWay.TEXT)
LIST_SAID: Final = "It lists the slips' numbers, with a line to sign. No code is on it."


class BatchesScreen(LedgerScreen):
    """A partner's batches, newest first.

    Args:
        desk: The ledger.
        partner: The partner.
    """

    CSS_PATH = "partners.tcss"
    PLACE = Place.BATCHES
    HEADING = "Batches"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.BATCHES)]

    def __init__(self, desk: Desk, partner: Partner) -> None:
        super().__init__(desk)
        self._partner = partner
        self._batches: dict[int, Batch] = {}

    def compose_body(self) -> ComposeResult:
        """Show the table."""
        yield Table(COLUMNS, empty=NO_BATCHES)

    async def load(self) -> None:
        """Show the batches."""
        found = await self.desk.run(lambda ledger: ledger.batches(self._partner.id))
        self._batches = {each.batch: each for each in found}
        self.entitle(f"Slips of {self._partner.name}")
        self.query_one(Table).show([self._row(each) for each in found])

    def _row(self, batch: Batch) -> Row:
        ended = ((batch.expired, "ran out"), (batch.refunded, "refunded"))
        return Row(
            key=batch.batch,
            cells=(
                short_day(batch.day),
                said_units(batch.item, batch.units, self.desk.money),
                str(batch.slips),
                self._said(batch, batch.used),
                self._said(batch, batch.back),
                self._said(batch, batch.left),
                ", ".join(f"{self._said(batch, units)} {how}" for units, how in ended if units),
            ),
            dim=not batch.left,
        )

    def _said(self, batch: Batch, units: int) -> str:
        if not units:
            return "–"
        return self.desk.money(units) if batch.item.kind is ItemKind.MONEY else str(units)

    @property
    def _marked(self) -> Batch | None:
        """The batch that the keys are about; None while a dialog is open or there are none."""
        marked = self.query_one(Table).marked
        return None if marked is None or not self.is_active else self._batches[marked]

    @work
    async def action_take_batch_back(self) -> None:
        """Put what is unused of the marked batch back on the board, once that is confirmed."""
        batch = self._marked
        if batch is None:
            return
        if not batch.left:
            self.complain("None of these slips waits any more.")
            return
        left = said_units(batch.item, batch.left, self.desk.money)
        sure = await self.app.push_screen_wait(
            Confirm(
                f"Take back from {self._partner.name}",
                f"{left} on {said_slips(batch.slips_waiting)}: then it is for whoever asks, and "
                "those slips pay no more.",
                yes="Take them back",
            )
        )
        if not sure:
            return
        try:
            await self.desk.run(lambda ledger: _take_back(ledger, batch))
        except PayforwardError as error:
            await self.reload()
            self.complain(error.message)
        else:
            await self.reload()
            self.say(f"{left} is on the board again.")

    @work
    async def action_print_list(self) -> None:
        """Bring the list of the marked batch's slips out, to be signed."""
        batch = self._marked
        if batch is None:
            return
        slips = await self.desk.run(lambda ledger: ledger.slips_of_action(batch.action))
        shop = self.desk.shop

        def write(path: Path) -> None:
            from payforward.output.partner_files import write_batch_list  # noqa: PLC0415 - slow

            write_batch_list(shop.name, slips, path, currency=shop.currency)

        done = await bring_out(
            self.app,
            self.desk,
            Brought(
                heading=f"{said_slips(len(slips))} of {shown(self._partner.name)}",
                said=LIST_SAID,
                ways=LIST_WAYS,
                name=f"list-{batch.batch}",
                print_it=lambda press: press.print_batch_list(slips),
                write=write,
            ),
        )
        if done:
            self.say(done)


def _take_back(ledger: Ledger, batch: Batch) -> None:
    slips = ledger.slips_of_action(batch.action)
    waiting = tuple(each.slip for each in slips if each.state is SlipState.WAITING)
    ledger.take_back(TakeBack(action=new_action_id(), slips=waiting))
