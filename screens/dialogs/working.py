"""Long work: how far it has come, and Esc stops it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from payforward.core.errors import PayforwardError
from payforward.core.text import shown
from screens.leaving import LeavesOnce
from screens.typing_guard import TypingGuard
from screens.widgets.key_bar import Hint, KeyBar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    Progress = Callable[[int, int], None]

T = TypeVar("T")


class Stopped(PayforwardError):
    """Somebody stopped it."""

    def __init__(self) -> None:
        super().__init__("It was stopped.", reason="stopped")


class Working(
    ModalScreen["T | PayforwardError"], LeavesOnce["T | PayforwardError"], TypingGuard, Generic[T]
):
    """Does long work and returns what it answers, or why it ended early.

    Args:
        heading: What is done.
        do: Does it in a thread of its own, and calls what it is given with how much is done of
            how much; that raises `Stopped` once somebody pressed Esc.
    """

    CSS_PATH = "working.tcss"
    AUTO_FOCUS = "#box"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "Stop", show=False)]

    def __init__(self, heading: str, do: Callable[[Progress], Awaitable[T]]) -> None:
        super().__init__()
        self._heading = heading
        self._do = do
        self._stopped = threading.Event()

    def compose(self) -> ComposeResult:
        """Show how far it has come."""
        with Vertical(id="box") as box:
            box.can_focus = True
            yield Static(Content(shown(self._heading)), id="heading", markup=False)
            yield Static("One moment.", id="progress", markup=False)
            yield KeyBar([Hint("Esc", "Stop", "stop")])

    def on_mount(self) -> None:
        """Begin."""
        self._run()

    @work
    async def _run(self) -> None:
        try:
            answer = await self._do(self._progress)
        except PayforwardError as error:
            self.dismiss(error)
        else:
            self.dismiss(answer)

    def _progress(self, done: int, total: int) -> None:
        """Hear from the thread at work."""
        if self._stopped.is_set():
            raise Stopped
        self.app.call_from_thread(self._show, done, total)

    def _show(self, done: int, total: int) -> None:
        if self.is_mounted:
            self.query_one("#progress", Static).update(f"{done} of {total}")

    async def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
        """Do what the clicked key does."""
        message.stop()
        await self.run_action(message.action)

    def action_stop(self) -> None:
        """Stop at the next piece."""
        self._stopped.set()
        self.query_one("#progress", Static).update("Stopping after this one.")
