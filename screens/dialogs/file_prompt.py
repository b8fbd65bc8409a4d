"""Asks for a menu's file: typed, or chosen among those that lie around."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from payforward.core.errors import BadInput
from payforward.core.text import shown
from screens.dialogs.dialog import Dialog, StylePaths
from screens.menu_file import expand, find_menu_files, is_folder
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class FilePrompt(Dialog[Path]):
    """Asks for a file; ↓ goes to those that were found, Enter takes one.

    Args:
        typed: The path that was chosen before.
        problem: Why it did not do.
    """

    CSS_PATH: ClassVar[StylePaths | None] = ["dialog.tcss", "file_prompt.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go_to_list", "List", show=False),
    ]

    ABOUT: ClassVar = {"*": "file"}

    def __init__(self, typed: str = "", *, problem: str = "") -> None:
        super().__init__("Bring in a menu from a file", yes="Look at it", problem=problem)
        self._typed = typed
        self._found: list[Path] = []

    def compose_body(self) -> ComposeResult:
        """Show the field and what was found."""
        yield Static(
            "The item export of Square, Loyverse or Shopify as it is, or any CSV file with "
            "names and prices.",
            classes="said",
            markup=False,
        )
        yield Field(
            "File",
            self._typed,
            placeholder="type a path, or ↓ to choose",
            max_length=1000,
            id="file",
        )
        yield OptionList(markup=False, compact=True)

    def hints(self) -> list[Hint]:
        """Return the keys, the way to the list too."""
        return [*super().hints(), Hint("↓", "Choose", "go_to_list")]

    def on_mount(self) -> None:
        """Look around at once."""
        super().on_mount()
        self._look(self._typed)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Look for what was typed."""
        message.stop()
        self._look(message.value)

    @work(exclusive=True, group="look")
    async def _look(self, typed: str) -> None:
        look = partial(_find, typed, home=Path.home(), here=Path.cwd())
        found, said = await asyncio.to_thread(look)
        self._found = found
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(Content(each)) for each in said])
        options.display = bool(found)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Take a file, or go into a folder."""
        message.stop()
        self._take(self._found[message.option_index])

    @work(exclusive=True, group="take")
    async def _take(self, path: Path) -> None:
        if not await asyncio.to_thread(is_folder, path):
            self.dismiss(path)
            return
        field = self.query_one(Field)
        field.value = f"{path}/"
        field.focus_input()

    def action_go_to_list(self) -> None:
        """Go to what was found."""
        options = self.query_one(OptionList)
        if self._found:
            options.focus()
            options.highlighted = 0

    def action_accept(self) -> None:
        """Take what was typed; a folder is gone into."""
        options = self.query_one(OptionList)
        if options.has_focus and options.highlighted is not None:
            self._take(self._found[options.highlighted])
        elif self.query_one(Field).value.strip():
            self._take(_typed_path(self.query_one(Field).value))
        else:
            super().action_accept()

    def answer(self) -> Path:
        """Return the path that was typed.

        Raises:
            BadInput: nothing was.
        """
        return self.read_field("file", _typed_path)


def _typed_path(typed: str) -> Path:
    if not typed.strip():
        raise BadInput("Type the file's path, or choose one below.", reason="no-file")
    return expand(typed, home=Path.home(), here=Path.cwd())


def _find(typed: str, *, home: Path, here: Path) -> tuple[list[Path], list[str]]:
    """Return what may be meant and how it is written; both touch the disk, so not on the loop."""
    found = find_menu_files(typed, home=home, here=here)
    return found, [_said(path) for path in found]


def _said(path: Path) -> str:
    """Return a path as people write it, safe to show."""
    text = str(path)
    home = str(Path.home())
    short = f"~{text.removeprefix(home)}" if text.startswith(f"{home}/") else text
    return shown(short + ("/" if is_folder(path) else ""))
