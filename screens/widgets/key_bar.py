"""The line of keys at the bottom of a screen; each can be clicked as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from payforward.core.text import cell_width
from screens.catalogue import Command, Place, commands_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual import events
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class Hint:
    """A key and what it does.

    Args:
        shown: The key, as people write it.
        title: What it does, in a word or two.
        action: The action of the screen that a click runs.
        help: The same in one sentence.
    """

    shown: str
    title: str
    action: str
    help: str = ""

    @classmethod
    def of(cls, command: Command) -> Self:
        """Return the hint of a command of the catalogue."""
        return cls(command.shown, command.title, command.id, command.help)

    @property
    def width(self) -> int:
        """How many cells it takes with the gap after it."""
        return cell_width(f"{self.shown} {self.title}  ")


class KeyHint(Static):
    """One key of the bar."""

    ALLOW_SELECT = False

    @dataclass
    class Clicked(Message):
        """Somebody clicked or tapped the key.

        Args:
            action: The action that it stands for.
        """

        action: str

    def __init__(self, hint: Hint) -> None:
        content = Content.assemble((hint.shown, "$primary bold"), " ", hint.title)
        super().__init__(content, markup=False)
        self.hint = hint
        self.tooltip = Content(hint.help) if hint.help else None

    def on_click(self, event: events.Click) -> None:
        """Tell the bar."""
        event.stop()
        self.post_message(self.Clicked(self.hint.action))


class KeyBar(Horizontal):
    """The keys of a place, on one line, or on a few where one has no room for all.

    Where those are too narrow, keys go from the end, but the first, which leads back, stays.

    Args:
        hints: The keys, the most needed first.
        lines: The most lines that they may take.
    """

    SCOPED_CSS = False  # so that a class of the app can be named
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        overflow: hidden hidden;

        KeyHint {
            width: auto;
            height: 1;
            margin-right: 2;
            color: $foreground;

            &:hover {
                text-style: underline;
            }
        }
    }

    .-touch KeyBar {
        height: 3;

        KeyHint {
            height: 3;
            padding: 1 0;
        }
    }

    KeyBar.-of-two {
        height: 2;
    }

    .-touch KeyBar.-of-two {
        height: 6;
    }
    """

    @dataclass
    class Chosen(Message):
        """Somebody chose a key with the mouse or a finger.

        Args:
            action: The screen's action that it stands for.
        """

        action: str

    def __init__(self, hints: Sequence[Hint], *, lines: Literal[1, 2] = 1) -> None:
        super().__init__()
        self._hints = tuple(hints)
        self._lines = lines
        self._withheld: frozenset[str] = frozenset()

    @classmethod
    def of(cls, place: Place, *, lines: Literal[1, 2] = 1) -> Self:
        """Return the bar of a place: the way back first, then the catalogue's order."""
        commands = [command for command in commands_of(place) if command.keys]
        commands.sort(key=lambda command: command.id != "close")
        return cls([Hint.of(command) for command in commands], lines=lines)

    def compose(self) -> ComposeResult:
        """Show each key."""
        for hint in self._hints:
            yield KeyHint(hint)

    def withhold(self, actions: Collection[str]) -> None:
        """Leave out the keys of these actions, which would do nothing now, and no others."""
        if self._withheld != frozenset(actions):
            self._withheld = frozenset(actions)
            self._lay_out(self.outer_size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the keys that fit; those of the second line are moved there."""
        self._lay_out(event.size.width)

    def _lay_out(self, whole: int) -> None:
        # The last one needs no gap, and both sides have one cell.
        height = 3 if self.app.has_class("-touch") else 1
        line, start, x = 0, 0, 0
        for key in self.query(KeyHint):
            is_withheld = key.hint.action in self._withheld
            key.set_class(is_withheld, "-withheld")
            if is_withheld:
                key.display = False
                continue
            if x - start + key.hint.width > whole and line + 1 < self._lines:
                line, start = line + 1, x
            x += key.hint.width
            key.display = x - start <= whole
            key.styles.offset = (-start, line * height)
        self.set_class(line > 0, "-of-two")

    def on_key_hint_clicked(self, message: KeyHint.Clicked) -> None:
        """Tell the screen."""
        message.stop()
        self.post_message(self.Chosen(message.action))
