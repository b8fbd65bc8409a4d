"""Everything that is not done at the counter itself, as one list."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from payforward.core.errors import PayforwardError
from screens.catalogue import COMMANDS, Command, Place
from screens.leaving import LeavesOnce
from screens.scanning.taking_back import TakesBack
from screens.telling import said_advice
from screens.typing_guard import TypingGuard
from screens.widgets.key_bar import Hint, KeyBar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

END_PRACTICE = "end_practice"
END_COMMAND = Command(
    END_PRACTICE, "End practice", "Go back to the shop's own ledger.", Place.COUNTER
)


class LetterList(OptionList, TakesBack):
    """A list of options of which a letter finds the next one that begins with it."""

    def state(self) -> int | None:
        """Return which one is marked."""
        return self.highlighted

    def restore(self, state: object) -> None:
        """Mark another one again."""
        assert state is None or isinstance(state, int)
        self.highlighted = state

    def on_key(self, event: events.Key) -> None:
        """Go to the next option that begins with the letter."""
        self.note(event)
        letter = (event.character or "").casefold()
        if not letter.isalpha():
            return
        event.stop()
        event.prevent_default()
        here = -1 if self.highlighted is None else self.highlighted
        for step in range(1, self.option_count + 1):
            index = (here + step) % self.option_count
            prompt = self.get_option_at_index(index).prompt
            if str(prompt).casefold().startswith(letter):
                self.highlighted = index
                return


class MoreScreen(ModalScreen[str | None], LeavesOnce[str | None], TypingGuard):
    """The commands behind More; returns the chosen one's id, or None.

    Args:
        practising: Whether to offer the end of the practice first.
        count_advice: Answers how many things there are for the owner to look at.
    """

    CSS_PATH = "more.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Back", show=False)]

    def __init__(
        self,
        *,
        practising: bool = False,
        count_advice: Callable[[], Awaitable[int]] | None = None,
    ) -> None:
        super().__init__()
        self._practising = practising
        self._count_advice = count_advice
        self._sentences: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Show the list and its keys."""
        with Vertical(id="box") as box:
            box.border_title = "More"
            yield LetterList(*self._options(), markup=False)
            yield Static(id="sentence", markup=False)
            yield KeyBar(
                [
                    Hint("Esc", "Back", "cancel", "Go back to the counter."),
                    Hint("Enter", "Open", "open", "Do what is marked."),
                    Hint("↑ ↓", "or first letter", "next", "Go to the next one."),
                ]
            )

    def _options(self) -> list[Option]:
        """Return an option for each command: one line, or two where fingers choose."""
        below = "\n" if self.app.has_class("-touch") else ""
        offered = [c for c in COMMANDS if c.in_more]
        if self._practising:
            offered = [END_COMMAND, *(c for c in offered if c.id != "open_practice")]
        self._sentences = {c.id: c.help for c in offered}
        return [Option(Content(f"{c.title}  {c.shown}".rstrip() + below), id=c.id) for c in offered]

    @work
    async def on_mount(self) -> None:
        """Say how many things there are to look at, as soon as the ledger has told."""
        count = 0
        if self._count_advice is not None:
            # A ledger that cannot answer says so where it is opened.
            with suppress(PayforwardError):
                count = await self._count_advice()
        if count and self.is_mounted:
            below = "\n" if self.app.has_class("-touch") else ""
            said = f"Advice  {said_advice(count)}{below}"
            self.query_one(LetterList).replace_option_prompt("open_advice", Content(said))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the marked command does."""
        event.stop()
        sentence = self._sentences.get(event.option_id or "", "")
        self.query_one("#sentence", Static).update(Content(sentence))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the command."""
        event.stop()
        self.dismiss(event.option_id)

    async def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
        """Do what the clicked key does."""
        message.stop()
        await self.run_action(message.action)

    def action_open(self) -> None:
        """Choose what is marked."""
        self.query_one(LetterList).action_select()

    def action_next(self) -> None:
        """Mark the next one."""
        self.query_one(LetterList).action_cursor_down()

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
