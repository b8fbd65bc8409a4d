"""What bringing a menu in would change, to be read before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from payforward.core.text import shown
from screens.leaving import LeavesOnce
from screens.typing_guard import PAUSE_SECONDS, TypingGuard
from screens.widgets.key_bar import Hint, KeyBar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from payforward.core.answers import MenuChanges
    from payforward.core.menus import Menu


class ImportPreview(ModalScreen[bool], LeavesOnce[bool], TypingGuard):
    """Shows the changes; returns whether to make them.

    Args:
        name: The file's name.
        menu: What was read from it.
        changes: What it would change; None where nothing in it can be brought in.
        money: Returns an amount of minor units as people read it.
    """

    CSS_PATH = "import_preview.tcss"
    PAUSE = PAUSE_SECONDS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Bring in", show=False),
        Binding("escape", "cancel", "Not now", show=False),
    ]

    def __init__(
        self, name: str, menu: Menu, changes: MenuChanges | None, money: Callable[[int], str]
    ) -> None:
        super().__init__()
        self._file = name
        self._menu = menu
        self._changes = changes
        self._money = money

    def compose(self) -> ComposeResult:
        """Show the list and the keys."""
        with Vertical(id="box"):
            yield Static(Content(f"From {shown(self._file)}"), id="heading", markup=False)
            with VerticalScroll(id="changes"):
                for heading, lines in self.sections():
                    text = Content.assemble((heading, "bold"), *(f"\n  {each}" for each in lines))
                    yield Static(text, markup=False)
            yield KeyBar(self._hints())

    def _hints(self) -> list[Hint]:
        back = Hint("Esc", "Not now", "cancel")
        bring = Hint("Enter", "Bring it in", "accept")
        scroll = Hint("↑ ↓", "Read on", "read_on")
        return [back, scroll] if self._changes is None else [back, bring, scroll]

    def sections(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield each heading with its lines, safe to show."""
        if self._changes is None:
            yield "Nothing in this file can be brought in.", ()
        else:
            yield from self._changed(self._changes)
        skipped = [
            f"line {row.line}: {shown(row.name) or 'no name'}: {shown(row.reason)}"
            for row in self._menu.skipped
        ]
        if skipped:
            yield f"Left out, {len(skipped)}", skipped
        if self._menu.notes:
            yield "Please note", [shown(note) for note in self._menu.notes]

    def _changed(self, changes: MenuChanges) -> Iterator[tuple[str, Sequence[str]]]:
        prices = {row.name: row.price.minor for row in self._menu.rows}
        if changes.added:
            added = [f"{shown(name)}  {self._money(prices[name])}" for name in changes.added]
            yield f"New, {len(added)}", added
        if changes.restored:
            yield (
                f"Back on the menu, {len(changes.restored)}",
                [shown(name) for name in changes.restored],
            )
        if changes.repriced:
            yield (
                f"Other prices, {len(changes.repriced)}",
                [
                    f"{shown(change.item.name)}  {self._money(change.old_minor)} → "
                    f"{self._money(change.new_minor)}"
                    for change in changes.repriced
                ],
            )
        if changes.updated:
            yield (
                f"Other details, {len(changes.updated)}",
                [shown(name) for name in changes.updated],
            )
        if changes.unchanged:
            yield f"As they are, {changes.unchanged}", ()
        if changes.absent:
            yield (
                f"Not in the file, left as they are, {len(changes.absent)}",
                [shown(name) for name in changes.absent],
            )

    async def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
        """Do what the clicked key does."""
        message.stop()
        await self.run_action(message.action)

    def action_read_on(self) -> None:
        """Scroll on."""
        self.query_one("#changes", VerticalScroll).scroll_page_down()

    def action_accept(self) -> None:
        """Make the changes, where there are any to make."""
        self.dismiss(self._changes is not None)

    def action_cancel(self) -> None:
        """Make none."""
        self.dismiss(False)
