"""What the screens behind the counter share: a title, a body, a sentence, their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from payforward.core.clock import zone
from payforward.core.errors import PayforwardError
from screens.leaving import LeavesOnce
from screens.typing_guard import TypingGuard
from screens.widgets.key_bar import KeyBar
from screens.widgets.lines import StatusLine, TitleLine

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from screens.catalogue import Place
    from screens.desk import Desk

POLL_SECONDS: Final = 2.0
"""How often another till's changes are looked for."""


class PlaceScreen(LeavesOnce[None], TypingGuard):
    """A screen of one place of the catalogue; a subclass composes its body."""

    PLACE: ClassVar[Place]
    HEADING: ClassVar[str]
    KEY_LINES: ClassVar[Literal[1, 2]] = 1
    """How many lines its keys may take."""

    def compose(self) -> ComposeResult:
        """Show the title, the body, the sentence and the keys."""
        yield TitleLine(self.HEADING)
        yield from self.compose_body()
        yield StatusLine()
        yield KeyBar.of(self.PLACE, lines=self.KEY_LINES)

    def compose_body(self) -> ComposeResult:
        """Show what stands between the title and the sentence."""
        raise NotImplementedError

    def entitle(self, left: str, right: str = "") -> None:
        """Change the title."""
        self.query_one(TitleLine).show(left, right)

    def say(self, sentence: str) -> None:
        """Say what happened."""
        self.query_one(StatusLine).say(sentence)

    def complain(self, sentence: str) -> None:
        """Say why something did not happen."""
        self.query_one(StatusLine).say(sentence, problem=True)

    def withhold(self, *actions: str) -> None:
        """Leave the keys of these actions out of the line of keys, and no others."""
        self.query_one(KeyBar).withhold(actions)

    async def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
        """Do what the clicked key does."""
        message.stop()
        await self.run_action(message.action)

    def action_help(self) -> None:
        """Say what the words and the keys of this place mean."""
        from screens.help import HelpScreen  # noqa: PLC0415 - it is a place itself

        if self.is_active:
            self.app.push_screen(HelpScreen(self.PLACE))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


class LedgerScreen(PlaceScreen):
    """A place that shows what the ledger says, and says it anew when another till changed it.

    Args:
        desk: The ledger.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._zone = zone(desk.shop.timezone)
        self._seen_version: int | None = None

    def entitle(self, left: str, right: str = "") -> None:
        """Change the title; while practising it says so."""
        super().entitle(f"Practice · {left}" if self.desk.practising else left, right)

    async def load(self) -> None:
        """Ask the ledger and show what it answers.

        Raises:
            PayforwardError: the ledger refuses.
        """
        raise NotImplementedError

    def local(self, at: datetime) -> datetime:
        """Return an instant by the clock on the shop's wall."""
        return at.astimezone(self._zone)

    async def reload(self) -> None:
        """Show what the ledger says now, or its sentence where it cannot."""
        try:
            self._seen_version = await self.desk.run(lambda ledger: ledger.data_version())
            await self.load()
        except PayforwardError as error:
            self.complain(error.message)

    def on_mount(self) -> None:
        """Look for other tills' changes from now on."""
        self.set_interval(POLL_SECONDS, self.look_again)

    async def on_screen_resume(self) -> None:
        """Show it on the way in, and anew on the way back from another screen."""
        await self.reload()

    async def look_again(self) -> None:
        """Show it anew if another till has changed the ledger meanwhile."""
        if not self.is_current:
            return
        try:
            version = await self.desk.run(lambda ledger: ledger.data_version())
        except PayforwardError as error:
            self.complain(error.message)
            return
        if version != self._seen_version:
            await self.reload()
