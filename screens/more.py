"""Everything that is not done at the counter itself, as one list."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
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
    from collections.abc import Awaitable, Callable, Sequence

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
        letter = (event.character or "").casefold()
        if not letter.isalpha():
            return  # the screen's guard hears of it there
        self.note(event)
        event.stop()
        event.prevent_default()
        self.go_to_letter(letter)

    def go_to_letter(self, letter: str) -> None:
        """Go to the next option that begins with the letter."""
        here = -1 if self.highlighted is None else self.highlighted
        for step in range(1, self.option_count + 1):
            index = (here + step) % self.option_count
            if self.name_at(index).casefold().startswith(letter):
                self.highlighted = index
                return

    def name_at(self, index: int) -> str:
        """Return what an option is called."""
        return str(self.get_option_at_index(index).prompt)


class Half(LetterList):
    """One of two lists beside each other, through which the keys go as through one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,right", "across", "Across", show=False),
        Binding("home", "take_first", "First", show=False),
        Binding("end", "take_last", "Last", show=False),
    ]

    halves: Sequence[Half] = ()
    """Both, the left one first; told by whoever composes them."""

    @property
    def _other(self) -> Half:
        return self.halves[1 - self.halves.index(self)]

    def take(self, index: int) -> None:
        """Mark one of its options; the list that has the focus is the one that counts."""
        self.highlighted = max(0, min(index, self.option_count - 1))
        self.focus()

    def state(self) -> tuple[int | None, bool]:  # type: ignore[override]
        """Return which one is marked, and whether that counts."""
        return self.highlighted, self.has_focus

    def restore(self, state: object) -> None:
        """Become again what `state` told."""
        assert isinstance(state, tuple)
        self.highlighted, had_focus = state
        if had_focus:
            self.focus()

    def note(self, event: events.Key) -> None:
        """Remember both lists: a letter may go from one to the other."""
        if event.is_printable:
            self._other.remember(event.time)
        super().note(event)

    def remember(self, at: float) -> None:
        """Remember what it is before a character that the other list hears."""
        self._noted.append((at, self.state()))

    def action_across(self) -> None:
        """Go to what is beside."""
        self._other.take(self.highlighted or 0)

    def action_cursor_down(self) -> None:
        """Go on, at the end to the top of the other list."""
        here = -1 if self.highlighted is None else self.highlighted
        if here + 1 < self.option_count:
            self.take(here + 1)
        else:
            self._other.take(0)

    def action_cursor_up(self) -> None:
        """Go back, from the top to the end of the other list."""
        if self.highlighted:
            self.take(self.highlighted - 1)
        else:
            self._other.take(self._other.option_count - 1)

    def action_take_first(self) -> None:
        """Go to the first of all."""
        self.halves[0].take(0)

    def action_take_last(self) -> None:
        """Go to the last of all."""
        self.halves[-1].take(self.halves[-1].option_count - 1)

    def go_to_letter(self, letter: str) -> None:
        """Go to the next option of either list that begins with the letter."""
        every = [(half, index) for half in self.halves for index in range(half.option_count)]
        here = every.index((self, self.highlighted or 0))
        for half, index in (*every[here + 1 :], *every[: here + 1]):
            if half.name_at(index).casefold().startswith(letter):
                half.take(index)
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
            with Horizontal(id="lists"):
                options = self._options()
                middle = (len(options) + 1) // 2
                halves = [
                    Half(*part, markup=False) for part in (options[:middle], options[middle:])
                ]
                for half in halves:
                    half.halves = halves
                yield from halves
            yield Static(id="sentence", markup=False)
            yield KeyBar(
                [
                    Hint("Esc", "Back", "cancel", "Go back to the counter."),
                    Hint("Enter", "Open", "open", "Do what is marked."),
                    Hint("↑ ↓ → ←", "or first letter", "next", "Go to the next one."),
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
            half = next(each for each in self.query(Half) if "open_advice" in _ids(each))
            half.replace_option_prompt("open_advice", Content(said))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the marked command does."""
        event.stop()
        self._say()

    def on_descendant_focus(self) -> None:
        """Say what is marked in the other list."""
        self._say()

    def _say(self) -> None:
        marked = self._marked.highlighted_option
        sentence = "" if marked is None else self._sentences[marked.id or ""]
        self.query_one("#sentence", Static).update(Content(sentence))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the command."""
        event.stop()
        self.dismiss(event.option_id)

    async def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
        """Do what the clicked key does."""
        message.stop()
        await self.run_action(message.action)

    @property
    def _marked(self) -> Half:
        """The list that counts."""
        halves = list(self.query(Half))
        return next((half for half in halves if half.has_focus), halves[0])

    def action_open(self) -> None:
        """Choose what is marked."""
        self._marked.action_select()

    def action_next(self) -> None:
        """Mark the next one."""
        self._marked.action_cursor_down()

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


def _ids(half: Half) -> list[str | None]:
    return [option.id for option in half.options]
