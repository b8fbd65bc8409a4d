"""A slip's square on the terminal itself: for a shop without a printer, and only just issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from payforward.core import codes
from payforward.core.errors import PayforwardError
from payforward.core.text import shown
from payforward.output.qr import QUIET, half_blocks, voucher_payload
from screens import paper
from screens.counter.words import said
from screens.leaving import LeavesOnce
from screens.typing_guard import TypingGuard
from screens.widgets.key_bar import Hint, KeyBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import App, ComposeResult
    from textual.binding import BindingType
    from textual.filter import LineFilter

    from payforward.core.slip_answers import IssuedSlip
    from screens.desk import Desk

BLACK_ON_WHITE: Final = Style(color="#000000", bgcolor="#ffffff", bold=False)
"""Whatever the theme: a scanner looks for dark on light."""

WORDS_CELLS: Final = 19
"""The fewest beside the square in which the code's groups can be read."""

WARNING: Final = (
    "Whoever can see this screen can photograph it, and be served. Turn it to the giver, then "
    "close it."
)
PRACTICE: Final = "Practice"
"""The shop's name on a square that is worth nothing."""
NO_ROOM: Final = "There is no room for the square: make the window larger, or write the letters."


class Square(Static):
    """A square in black on white, even where the terminal shall have no colours.

    Without them its ink would be the terminal's own, which is white on many.
    """

    ALLOW_SELECT = False

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Take no colours away."""
        return ()


class SquareScreen(ModalScreen[None], LeavesOnce[None], TypingGuard):
    """Shows a square in black on white, the code in groups beside it; Esc closes.

    Args:
        slip: The slip with its code.
        what: What it is good for.
        payload: What the square says.
        practising: Whether it is worth nothing.
    """

    CSS_PATH = "square.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "close", "Close", show=False)]

    def __init__(
        self, slip: IssuedSlip, what: str, payload: str, *, practising: bool = False
    ) -> None:
        super().__init__()
        assert slip.code is not None
        self._letters = codes.format(slip.code.letters)
        self._number = slip.slip.slip
        self._what = what
        self._practising = practising
        self._squares = tuple(half_blocks(payload, quiet) for quiet in range(QUIET, 0, -1))

    def compose(self) -> ComposeResult:
        """Show the square, and the words beside it."""
        with Horizontal(id="sheet"):
            yield Square("", id="square", markup=False)
            with VerticalScroll(id="beside"):
                if self._practising:
                    yield Static(PRACTICE, id="practice", markup=False)
                yield Static(Content(shown(self._what)), id="what", markup=False)
                yield Static(f"Slip {self._number}", id="number", markup=False)
                yield Static(self._letters, id="letters", markup=False)
                yield Static(WARNING, id="warning", markup=False)
                yield KeyBar([Hint("Esc", "Close", "close")])

    def on_resize(self, event: events.Resize) -> None:
        """Choose the widest quiet zone that there is room for; a square that is cut off is none."""
        width, height = event.size
        fitting = [
            lines
            for lines in self._squares
            if len(lines) <= height and len(lines[0]) + WORDS_CELLS <= width
        ]
        square = self.query_one(Square)
        square.display = bool(fitting)
        if fitting:
            square.styles.width = len(fitting[0][0])
            square.update(Text("\n".join(fitting[0]), style=BLACK_ON_WHITE, no_wrap=True))
        self.query_one("#warning", Static).update(WARNING if fitting else NO_ROOM)

    async def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
        """Do what the clicked key does."""
        message.stop()
        await self.run_action(message.action)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)


async def show_square(app: App[object], desk: Desk, slip: IssuedSlip) -> None:
    """Show the square of a slip that was just issued; its paper is owed no more where none prints.

    Must run in a worker, as everything that waits for a screen.

    Args:
        app: Where to show it.
        desk: The ledger.
        slip: The slip; nothing is shown where its code is known no more.
    """
    if slip.code is None:
        return
    settings, printer = await desk.run(lambda ledger: (ledger.settings(), ledger.printer_of_till()))
    name = PRACTICE if desk.practising else desk.shop.name
    try:
        payload = voucher_payload(name, slip.code, settings.address)
    except PayforwardError:
        payload = voucher_payload(name, slip.code)
    what = said(slip.slip.item, slip.slip.left, desk.money)
    await app.push_screen_wait(SquareScreen(slip, what, payload, practising=desk.practising))
    if not paper.prints(printer):
        await desk.run(lambda ledger: paper.was_shown(ledger, slip.slip.slip))
