"""The goods that a drive takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from payforward.core.errors import PayforwardError
from payforward.core.people import Guarded
from payforward.core.text import shown
from screens.asking import ask
from screens.catalogue import Place, bindings_of
from screens.dialogs.confirm import Confirm
from screens.dialogs.goods_form import GoodsDraft, GoodsForm
from screens.owner import owners
from screens.place_screen import LedgerScreen
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.ledger import Ledger
    from payforward.core.model import Item
    from payforward.core.program_answers import ProgramState
    from screens.desk import Desk

COLUMNS: Final = (
    Column("Goods", 14, 40),
    Column("Here now", 8, 8, right=True),
    Column("", 0, 20, leaves=1),
)
NO_GOODS: Final = "It takes no goods yet. A adds some: Coat, in the sizes S, M and L."
DROPPED: Final = "no more of it"


class GoodsScreen(LedgerScreen):
    """A drive's goods, and how many of each are here.

    Args:
        desk: The ledger.
        drive: The drive's number.
    """

    CSS_PATH = "programs.tcss"
    PLACE = Place.GOODS
    HEADING = "Goods"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.GOODS)]

    def __init__(self, desk: Desk, drive: int) -> None:
        super().__init__(desk)
        self._drive = drive
        self._goods: dict[int, Item] = {}
        self._here: dict[int, int] = {}
        self._taken: tuple[int, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Show the table."""
        yield Table(COLUMNS, empty=NO_GOODS)

    async def load(self) -> None:
        """Show the goods that it takes, and those that are here still."""
        state, goods = await self.desk.run(lambda ledger: _read(ledger, self._drive))
        self._goods = {each.id: each for each in goods}
        self._here = {each.item.id: each.units for each in state.waits}
        self._taken = state.program.items
        self.entitle(f"Goods of {state.program.name}", f"{state.units} here")
        self.query_one(Table).show([self._row(each) for each in goods])

    def _row(self, item: Item) -> Row:
        here = self._here.get(item.id, 0)
        taken = item.id in self._taken
        cells = (item.name, str(here) if here else "–", "" if taken else DROPPED)
        return Row(item.id, cells, dim=not taken)

    @work
    @owners(Guarded.PROGRAMS)
    async def action_add_goods(self) -> None:
        """Add goods, in one size or many."""
        if not self.is_active:
            return

        async def add(draft: GoodsDraft) -> tuple[Item, ...]:
            return await self.desk.run(
                lambda ledger: ledger.add_goods(self._drive, draft.name, draft.sizes)
            )

        added = await ask(self.app, lambda draft, problem: GoodsForm(draft, problem=problem), add)
        if added is not None:
            await self.reload()
            self.query_one(Table).mark(added[-1].id)
            names = ", ".join(shown(each.name) for each in added)
            self.say(f"It takes {names}. + at the counter takes them in.")

    @work
    @owners(Guarded.PROGRAMS)
    async def action_drop_goods(self) -> None:
        """Take no more of the marked goods, once that is confirmed."""
        marked = self.query_one(Table).marked
        if marked is None or not self.is_active:
            return
        item = self._goods[marked]
        if marked not in self._taken:
            self.complain(f"It takes no more {shown(item.name)} already. A adds it again.")
            return
        here = self._here.get(marked, 0)
        stays = f"The {here} that are here stay." if here else "None of it is here."
        sure = await self.app.push_screen_wait(
            Confirm(f"Take no more {item.name}", stays, yes="Drop it")
        )
        if not sure:
            return
        try:
            await self.desk.run(lambda ledger: ledger.drop_goods(self._drive, marked))
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            self.say(f"It takes no more {shown(item.name)}.")


def _read(ledger: Ledger, drive: int) -> tuple[ProgramState, list[Item]]:
    """Return a drive, and all goods that it takes or holds."""
    state = ledger.program_state(drive)
    held = {each.item.id for each in state.waits}
    goods = ledger.goods(retired=True)
    return state, [each for each in goods if each.id in state.program.items or each.id in held]
