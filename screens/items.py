"""The menu: what can be given, at what price, and what may be served for what."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from payforward.core.errors import PayforwardError
from payforward.core.menus import Menu, parse_menu
from payforward.core.money import Money, parse_money
from payforward.core.people import Guarded
from payforward.core.text import clean_name, shown
from screens.asking import ask
from screens.catalogue import Place, bindings_of
from screens.dialogs.ask_line import AskLine, Line
from screens.dialogs.confirm import Confirm
from screens.dialogs.file_prompt import FilePrompt
from screens.dialogs.import_preview import ImportPreview
from screens.dialogs.item_form import ItemDraft, ItemForm
from screens.menu_file import read_menu_file
from screens.owner import owners
from screens.place_screen import LedgerScreen
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.answers import MenuChanges
    from payforward.core.model import Item
    from screens.desk import Desk

COLUMNS: Final = (
    Column("Name", 12, 40),
    Column("Price", 5, 14, right=True),
    Column("Waiting", 7, 7, right=True),
    Column("Served for", 8, 30, leaves=1),
    Column("Category", 8, 20, leaves=2),
)
NO_ITEMS: Final = "The menu is empty. A adds an item, I brings in the till’s file."


class ItemsScreen(LedgerScreen):
    """The items on the menu."""

    CSS_PATH = "items.tcss"
    PLACE = Place.ITEMS
    HEADING = "Items"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.ITEMS)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._items: dict[int, Item] = {}
        self._waiting: dict[int, int] = {}

    def compose_body(self) -> ComposeResult:
        """Show the table."""
        yield Table(COLUMNS, empty=NO_ITEMS)

    async def load(self) -> None:
        """Show the menu."""
        items, board = await self.desk.run(lambda ledger: (ledger.items(), ledger.board()))
        self._items = {item.id: item for item in items}
        self._waiting = {row.item.id: row.units for row in board.rows}
        self.entitle("Items", f"{len(items)} on the menu")
        self.query_one(Table).show([self._row(item) for item in items])

    def _row(self, item: Item) -> Row:
        waiting = self._waiting.get(item.id, 0)
        return Row(
            key=item.id,
            cells=(
                item.name,
                self.desk.money(item.price_minor),
                str(waiting) if waiting else "–",
                ", ".join(item.groups),
                item.category or "",
            ),
        )

    @property
    def _marked(self) -> Item | None:
        """The item that the keys are about; None while a dialog is open or the menu is empty."""
        marked = self.query_one(Table).marked
        return None if marked is None or not self.is_active else self._items[marked]

    async def on_table_chosen(self, message: Table.Chosen) -> None:
        """Change the price of an item that was clicked while it was marked."""
        message.stop()
        self.action_price_item()

    @work
    @owners(Guarded.MENU)
    async def action_add_item(self) -> None:
        """Add an item at the end of the menu."""
        if not self.is_active:
            return

        async def add(draft: ItemDraft) -> Item:
            return await self.desk.run(
                lambda ledger: ledger.add_item(
                    draft.name, draft.price_minor, category=draft.category or None
                )
            )

        added = await ask(
            self.app,
            lambda draft, problem: ItemForm(self.desk.money_currency, draft, problem=problem),
            add,
        )
        if added is not None:
            await self.reload()
            self.query_one(Table).mark(added.id)
            price = self.desk.money(added.price_minor)
            self.say(f"{shown(added.name)} is on the menu at {price}.")

    @work
    @owners(Guarded.MENU)
    async def action_price_item(self) -> None:
        """Change the marked item's price."""
        item = self._marked
        if item is None:
            return
        now = Money(item.price_minor, self.desk.money_currency)

        def make(draft: Line[int] | None, problem: str) -> AskLine[int]:
            return AskLine(
                f"Price of {item.name}",
                f"Price, {now.currency.code}",
                now.typed_text() if draft is None else draft.typed,
                lambda typed: parse_money(typed, now.currency).minor,
                yes="Change it",
                said="Gifts that wait already keep what was paid for them.",
                problem=problem,
            )

        async def change(line: Line[int]) -> Item:
            return await self.desk.run(lambda ledger: ledger.set_price(item.id, line.value))

        changed = await ask(self.app, make, change)
        if changed is not None:
            await self.reload()
            self.say(f"{shown(changed.name)} now costs {self.desk.money(changed.price_minor)}.")

    @work
    @owners(Guarded.MENU)
    async def action_group_item(self) -> None:
        """Say within which groups the marked item may be served for another."""
        item = self._marked
        if item is None:
            return

        def make(draft: Line[tuple[str, ...]] | None, problem: str) -> AskLine[tuple[str, ...]]:
            return AskLine(
                f"Groups of {item.name}",
                "Groups",
                ", ".join(item.groups) if draft is None else draft.typed,
                read_groups,
                yes="Keep them",
                said="Items of one group may be served for one another. Part groups with commas; "
                "none at all is fine.",
                problem=problem,
            )

        async def change(line: Line[tuple[str, ...]]) -> Item:
            return await self.desk.run(lambda ledger: ledger.set_groups(item.id, line.value))

        changed = await ask(self.app, make, change)
        if changed is not None:
            await self.reload()
            groups = ", ".join(shown(group) for group in changed.groups) or "no group"
            self.say(f"{shown(changed.name)} is in {groups}.")

    @work
    @owners(Guarded.MENU)
    async def action_retire_item(self) -> None:
        """Take the marked item off the menu, once that is confirmed."""
        item = self._marked
        if item is None:
            return
        waiting = self._waiting.get(item.id, 0)
        still = f"{waiting} still waiting; they can be served as before." if waiting else ""
        question = f"It can no longer be given. {still or 'None of it is waiting.'}"
        sure = await self.app.push_screen_wait(
            Confirm(f"Take {item.name} off the menu", question, yes="Take it off")
        )
        if not sure:
            return
        try:
            await self.desk.run(lambda ledger: ledger.retire_item(item.id))
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            self.say(f"{shown(item.name)} is off the menu. {still}".rstrip())

    @work
    @owners(Guarded.MENU)
    async def action_import_menu(self) -> None:
        """Bring in a till's menu: choose a file, read what it would change, then do it."""
        if not self.is_active:
            return
        looked = await ask(
            self.app,
            lambda path, problem: FilePrompt("" if path is None else str(path), problem=problem),
            self._look_into,
        )
        if looked is None:
            return
        path, menu, changes = looked
        if not await self.app.push_screen_wait(
            ImportPreview(path.name, menu, changes, self.desk.money)
        ):
            self.say("Nothing was changed.")
            return
        try:
            done = await self.desk.run(lambda ledger: ledger.import_menu(menu.rows))
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            self.say(_imported(done))

    async def _look_into(self, path: Path) -> tuple[Path, Menu, MenuChanges | None]:
        data = await asyncio.to_thread(read_menu_file, path)
        menu = await asyncio.to_thread(partial(parse_menu, data, self.desk.money_currency))
        if not menu.rows:
            return path, menu, None
        changes = await self.desk.run(lambda ledger: ledger.import_menu(menu.rows, dry_run=True))
        return path, menu, changes


def read_groups(typed: str) -> tuple[str, ...]:
    """Return the names between commas.

    >>> read_groups("Coffee, Hot drinks, ")
    ('Coffee', 'Hot drinks')

    Raises:
        BadInput: one of them cannot be a name.
    """
    names = (part.strip() for part in typed.split(","))
    return tuple(dict.fromkeys(clean_name(name, what="group's name") for name in names if name))


def _imported(done: MenuChanges) -> str:
    parts = [
        f"{count} {word}"
        for count, word in (
            (len(done.added), "new"),
            (len(done.restored), "back on the menu"),
            (len(done.repriced), "with another price"),
            (len(done.updated), "with other details"),
            (done.unchanged, "as before"),
        )
        if count
    ]
    return f"Brought in: {', '.join(parts)}."
