"""Partners: who hands slips out for the shop, and what of those is left."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from payforward.core.asks import TakeBack
from payforward.core.errors import PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.model import SlipState
from payforward.core.text import clean_name, shown
from screens import batches
from screens.asking import ask
from screens.catalogue import Place, bindings_of
from screens.coordinator import CoordinatorScreen
from screens.counter.words import said
from screens.dialogs.ask_line import AskLine, Line
from screens.dialogs.confirm import Confirm
from screens.handing_out import hand_out
from screens.handing_over import HandoversScreen
from screens.partner_batches import BatchesScreen
from screens.passing_on import pass_on
from screens.place_screen import LedgerScreen
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App, ComposeResult
    from textual.binding import BindingType

    from db.ledger import Ledger
    from payforward.core.partners import Partner
    from payforward.core.slip_answers import Slip
    from screens.desk import Desk

COLUMNS: Final = (
    Column("Partner", 14, 40),
    Column("Slips waiting", 13, 13, right=True),
    Column("What is on them", 14, 40, leaves=1),
)
NO_PARTNERS: Final = "No partners yet. A adds one: a shelter, a nurse, a school. H hands out slips."
MOST: Final = 2000


class PartnersScreen(LedgerScreen):
    """The partners, and how many of their slips wait."""

    CSS_PATH = "partners.tcss"
    PLACE = Place.PARTNERS
    HEADING = "Partners"
    KEY_LINES = 2
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.PARTNERS)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._partners: dict[int, Partner] = {}
        self._waiting: dict[int, tuple[Slip, ...]] = {}

    def compose_body(self) -> ComposeResult:
        """Show the table."""
        yield Table(COLUMNS, empty=NO_PARTNERS)

    async def load(self) -> None:
        """Show the partners, and those that are no more while their slips wait."""
        found = await self.desk.run(_with_slips)
        self._partners = {each.id: each for each, _ in found}
        self._waiting = {each.id: slips for each, slips in found}
        self.entitle("Partners")
        self.query_one(Table).show([self._row(each) for each, _ in found])

    def _row(self, partner: Partner) -> Row:
        slips = self._waiting[partner.id]
        items = {slip.item.id: slip.item for slip in slips}
        left = Counter[int]()
        for slip in slips:
            left[slip.item.id] += slip.left
        on_them = ", ".join(said(items[i], n, self.desk.money) for i, n in left.items())
        name = f"{partner.name} (retired)" if partner.retired else partner.name
        return Row(partner.id, (name, str(len(slips) or "–"), on_them), dim=partner.retired)

    @property
    def _marked(self) -> Partner | None:
        """The partner that the keys are about; None while a dialog is open or there are none."""
        marked = self.query_one(Table).marked
        return None if marked is None or not self.is_active else self._partners[marked]

    async def on_table_chosen(self, message: Table.Chosen) -> None:
        """Hand out to a partner that was clicked while it was marked."""
        message.stop()
        self.action_hand_out()

    # -- names --------------------------------------------------------------------------------

    @work
    async def action_add_partner(self) -> None:
        """Add a partner."""
        if not self.is_active:
            return

        async def add(line: Line[str]) -> Partner:
            return await self.desk.run(lambda ledger: ledger.add_partner(line.value))

        added = await ask(self.app, partial(_ask_name, "Add a partner", "", "Add"), add)
        if added is not None:
            await self.reload()
            self.query_one(Table).mark(added.id)
            self.say(f"{shown(added.name)} is a partner. H hands slips out to them.")

    @work
    async def action_rename_partner(self) -> None:
        """Change the marked partner's name."""
        partner = self._marked
        if partner is None:
            return

        async def rename(line: Line[str]) -> Partner:
            return await self.desk.run(lambda ledger: ledger.rename_partner(partner.id, line.value))

        heading = f"Another name for {partner.name}"
        renamed = await ask(
            self.app, partial(_ask_name, heading, partner.name, "Change it"), rename
        )
        if renamed is not None:
            await self.reload()
            self.say(f"They are {shown(renamed.name)} now.")

    @work
    async def action_retire_partner(self) -> None:
        """Hand out no more to the marked partner."""
        partner = self._marked
        if partner is None:
            return
        what = "Nothing more is handed out to them. Slips that they have stay good."
        if await self.app.push_screen_wait(
            Confirm(f"Retire {partner.name}", what, yes="Retire them")
        ):
            try:
                await self.desk.run(lambda ledger: ledger.retire_partner(partner.id))
            except PayforwardError as error:
                self.complain(error.message)
            else:
                await self.reload()
                self.say(f"{shown(partner.name)} is retired. Adding the name brings it back.")

    # -- slips --------------------------------------------------------------------------------

    @work
    async def action_hand_out(self) -> None:
        """Hand slips out to the marked partner, from what is on the board."""
        await self._with_partner(hand_out)

    def action_open_batches(self) -> None:
        """Show what became of the slips that the marked partner took."""
        partner = self._marked
        if partner is not None:
            self.app.push_screen(BatchesScreen(self.desk, partner))

    @work
    async def action_pass_on(self) -> None:
        """Let the marked partner have what is too much on the board."""
        await self._with_partner(pass_on)

    async def _with_partner(
        self, do: Callable[[App[object], Desk, Partner], Awaitable[str]]
    ) -> None:
        """Do something with the marked partner, and say what became of it."""
        partner = self._marked
        if partner is None:
            if not self._partners:
                self.complain(NO_PARTNERS)
            return
        try:
            done = await do(self.app, self.desk, partner)
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            self.say(done)

    def action_received(self) -> None:
        """Show what the marked partner has received, with its manifests."""
        partner = self._marked
        if partner is not None:
            self.app.push_screen(HandoversScreen(self.desk, partner))

    def action_coordinator(self) -> None:
        """Show the page of what is waiting."""
        if self.is_active:
            self.app.push_screen(CoordinatorScreen(self.desk))

    @work
    async def action_take_all_back(self) -> None:
        """Put all that is left on the marked partner's slips back on the board."""
        partner = self._marked
        if partner is None:
            return
        slips = self._waiting[partner.id]
        if not slips:
            self.complain(f"No slips of {shown(partner.name)} wait.")
            return
        what = (
            f"What is left on {len(slips)} of their slips waits for whoever asks then, and those "
            "slips pay no more. A single one goes back behind Slips, B."
        )
        if not await self.app.push_screen_wait(
            Confirm(f"Take back from {partner.name}", what, yes="Take all back")
        ):
            return
        try:
            await self.desk.run(lambda ledger: _take_back(ledger, slips))
        except PayforwardError as error:
            await self.reload()
            self.complain(error.message)
        else:
            await self.reload()
            self.say(f"What was left on {batches.said_slips(len(slips))} is on the board.")


def _with_slips(ledger: Ledger) -> list[tuple[Partner, tuple[Slip, ...]]]:
    """Return each partner with their slips that wait."""
    found = [
        (each, ledger.slips(SlipState.WAITING, partner=each.id, most=MOST))
        for each in ledger.partners(retired=True)
    ]
    return [(each, slips) for each, slips in found if slips or not each.retired]


def _take_back(ledger: Ledger, slips: tuple[Slip, ...]) -> None:
    """Put slips back, those of one item at a time."""
    by_item: dict[int, list[int]] = {}
    for slip in slips:
        by_item.setdefault(slip.item.id, []).append(slip.slip)
    for numbers in by_item.values():
        ledger.take_back(TakeBack(action=new_action_id(), slips=tuple(numbers)))


def _ask_name(
    heading: str, name: str, yes: str, line: Line[str] | None, problem: str
) -> AskLine[str]:
    return AskLine(
        heading,
        "Name",
        name if line is None else line.typed,
        lambda typed: clean_name(typed, what="partner's name"),
        yes=yes,
        problem=problem,
    )
