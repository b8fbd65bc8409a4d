"""What the screens behind the counter share: a title, a body, a sentence, their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from screens.widgets.key_bar import KeyBar
from screens.widgets.lines import StatusLine, TitleLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from screens.catalogue import Place


class PlaceScreen(Screen[None]):
    """A screen of one place of the catalogue; a subclass composes its body."""

    PLACE: ClassVar[Place]
    HEADING: ClassVar[str]

    def compose(self) -> ComposeResult:
        """Show the title, the body, the sentence and the keys."""
        yield TitleLine(self.HEADING)
        yield from self.compose_body()
        yield StatusLine()
        yield KeyBar.of(self.PLACE)

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

    async def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
        """Do what the clicked key does."""
        message.stop()
        await self.run_action(message.action)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
