"""The form behind → where goods are taken in: what whoever brings them may say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.text import MAX_MESSAGE, MAX_NAME, clean_giver, clean_message
from screens.counter.drive_ways import BringerWords
from screens.counter.words import name
from screens.dialogs.dialog import Dialog
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from screens.counter.drive_ways import CollectWay


class GoodsWordsForm(Dialog[BringerWords]):
    """Asks for a name and a message; Enter in any field takes the goods in.

    Args:
        way: The goods as far as they are known.
    """

    AUTO_FOCUS = "#giver SafeInput"

    def __init__(self, way: CollectWay) -> None:
        super().__init__(f"Take in {way.units} {name(way.goods.item)}", yes="Take in")
        self._said = way.said

    def compose_body(self) -> ComposeResult:
        """Show the fields."""
        said = self._said
        hint = "a name, if they like"
        yield Field("From", said.giver or "", placeholder=hint, max_length=MAX_NAME, id="giver")
        hint = "a few words for whoever receives it"
        yield Field(
            "Message", said.message or "", placeholder=hint, max_length=MAX_MESSAGE, id="message"
        )

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> BringerWords:
        """Return the words.

        Raises:
            BadInput: a field cannot be understood; nothing typed is lost.
        """
        return BringerWords(
            giver=self.read_field("giver", clean_giver),
            message=self.read_field("message", clean_message),
        )
