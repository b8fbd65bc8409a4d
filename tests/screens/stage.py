"""A stage for one screen: a real ledger, the program's look, keys; and what is seen then."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import pytest
from textual._compositor import LayoutUpdate
from textual.strip import Strip
from textual.widgets import Input, TextArea

from db.ledger import Ledger
from payforward.core.asks import Give, Redeem, Refund, Undo
from payforward.core.ids import new_action_id
from payforward.core.model import Item, PaidFrom, Tender
from screens.desk import Desk, Station
from screens.scanning.pace import END_SECONDS
from screens.scanning.watch import ScanWatch
from screens.themes import DARK, THEMES
from screens.typing_guard import TypingGuard
from screens.widgets.key_bar import KeyHint
from screens.widgets.lines import StatusLine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from textual.app import App
    from textual.pilot import Pilot
    from textual.screen import Screen

    from tests.conftest import FrozenClock

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 20.0
SETTLING_ROUNDS = 6
"""More than any key starts one after the other: what is asked of the ledger, and shown then."""
SIZES = ((80, 24), (60, 20), (120, 40))
NOTHING = object()
HOSTILE = (
    "[b]bold[/b]",
    "[@click=app.quit]x[/]",
    "[/]",
    "\x1b[31mred\x1b]52;c;aGk=\x07",
    "a\u202eb\u2066c",
    "李雷 👩‍👩‍👧 é\u0301\u0301",
)

T = TypeVar("T")

ScreenKind: TypeAlias = "type[Screen[Any]]"


class Stage(ScanWatch[object]):
    """An app that shows one screen at a time on a ledger.

    Args:
        path: The ledger.
        clock: What time it is.
    """

    TITLE = "Payforward"
    CSS_PATH = ROOT / "screens" / "common.tcss"

    def __init__(self, path: Path, clock: FrozenClock) -> None:
        super().__init__()
        self.path = path
        self.clock = clock
        self._desk: Desk | None = None
        self.result: object = NOTHING

    @property
    def desk(self) -> Desk:
        assert self._desk is not None
        return self._desk

    async def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK
        if self.path.exists():
            self._desk = await Desk.open(Station(self.path, "till 1", "Ana"), self.clock)

    async def on_unmount(self) -> None:
        if self._desk is not None:
            await self._desk.close()

    async def show(self, screen: Screen[Any]) -> None:
        """Show a screen; what it returns is in ``result`` then."""

        def keep(result: object) -> None:
            self.result = result

        await self.push_screen(screen, keep)


@dataclass(frozen=True)
class Actor:
    """Somebody at a stage: presses keys, clicks, and sees what there is.

    Every act waits until its consequences are on the screen.
    """

    stage: Stage
    pilot: Pilot[object]

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, as a hand does: no key runs into the next."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()
            if self._is_busy():
                while self._is_busy():  # noqa: ASYNC110 - time itself is waited for
                    await asyncio.sleep(0.01)
                await self.settle()

    async def type(self, text: str) -> None:
        """Type text where the focus is, as a paste does."""
        focused = self.stage.focused
        assert isinstance(focused, Input | TextArea)
        if isinstance(focused, Input):
            focused.insert_text_at_cursor(text)
        else:
            focused.insert(text)
        await self.settle()

    async def clear(self) -> None:
        """Empty the field that has the focus."""
        focused = self.stage.focused
        assert isinstance(focused, Input)
        focused.clear()
        await self.settle()

    async def click(self, selector: str, *, x: int = 1, y: int = 0) -> None:
        """Click into a widget, at an offset from its corner."""
        await self.pilot.click(selector, offset=(x, y))
        await self.settle()

    async def click_at(self, x: int, y: int) -> None:
        """Click somewhere on the screen."""
        await self.pilot.click(offset=(x, y))
        await self.settle()

    async def click_key(self, action: str) -> None:
        """Click the key of an action in the bar on top."""
        key = next(key for key in self.screen.query(KeyHint) if key.hint.action == action)
        await self.pilot.click(key)
        await self.settle()

    async def settle(self) -> None:
        """Wait until the ledger has answered what was asked, and that is shown."""
        for _ in range(SETTLING_ROUNDS):
            await self.pilot.pause(0)
            if self.stage._desk is not None:
                await self.stage._desk.run(lambda ledger: ledger.till)
        await self.pilot.pause()

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for something that another thread brings about."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < end, f"{what}\n" + "\n".join(self.frame())
            await self.settle()

    async def ask(self, question: Callable[[Ledger], T]) -> T:
        """Ask the ledger."""
        return await self.stage.desk.run(question)

    def _is_busy(self) -> bool:
        """Tell whether a key is held back, or an Enter now would belong to the text before."""
        screen = self.stage.screen
        if self.stage.holds_key:
            return True
        if not isinstance(screen, TypingGuard):
            return False
        return screen.holds_key or time.monotonic() - screen.typing.last < END_SECONDS

    @property
    def screen(self) -> Screen[Any]:
        return self.stage.screen

    def is_on(self, *kinds: ScreenKind) -> bool:
        """Tell whether the screen on top is of one of these kinds."""
        return isinstance(self.stage.screen, kinds)

    @property
    def status(self) -> str:
        """The sentence above the keys."""
        return str(self.screen.query_one(StatusLine).content)

    @property
    def text(self) -> str:
        """Everything that can be read, the lines joined and runs of spaces made one.

        Of a dialog, only what is in its box.
        """
        lines = self.frame()
        if self.screen.is_modal:
            lines = [line.split("│")[1] for line in lines if line.count("│") >= 2]
        return " ".join(" ".join(lines).split())

    def frame(self) -> list[str]:
        """Return the lines on the screen, dialogs over what is below them."""
        return [strip.text for strip in strips(self.stage)]


def strips(app: App[Any]) -> list[Strip]:
    """Return the rows that the terminal would show, as Textual's strips."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(update, LayoutUpdate)
    return [Strip.join(row) for row in update.strips]


@asynccontextmanager
async def on_stage(
    path: Path,
    clock: FrozenClock,
    show: Callable[[Desk], Screen[Any]] | Screen[Any] | None,
    *,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Actor]:
    """Show a screen, or what ``show`` makes of the desk, and hand the keys over."""
    stage = Stage(path, clock)
    async with stage.run_test(size=size) as pilot:
        actor = Actor(stage, pilot)
        await actor.settle()
        if show is not None:
            await stage.show(show(stage.desk) if callable(show) else show)
            await actor.settle()
        yield actor


@dataclass(frozen=True)
class Scene:
    """A screen in a state worth looking at.

    Args:
        name: Names its pictures.
        set_up: Brings it about: shows screens, presses keys.
    """

    name: str
    set_up: Callable[[Actor], Awaitable[None]]


MENU = (
    ("Flat white", 350, "Coffee"),
    ("Cappuccino", 320, "Coffee"),
    ("Latte", 360, "Coffee"),
    ("Soup of the day", 600, "Kitchen"),
    ("Cheese & tomato sandwich on sourdough", 750, "Kitchen"),
)


def fill_menu(path: Path, clock: FrozenClock) -> dict[str, Item]:
    """Put a menu into a ledger and return its items by name, the fund too."""
    with Ledger.open(path, clock=clock) as ledger:
        for name, price_minor, category in MENU:
            ledger.add_item(name, price_minor, category=category)
        items = [*ledger.items(), ledger.fund()]
    return {item.name: item for item in items}


def live_a_day(path: Path, clock: FrozenClock) -> None:
    """Let a day happen: gifts, words, servings of every kind, a take-back, a refund."""
    items = fill_menu(path, clock)
    with Ledger.open(path, till="till 1", cashier="Ana", clock=clock) as ledger:

        def give(name: str, units: int, tender: Tender = Tender.CASH, **more: Any) -> int:
            clock.forward(minutes=3)
            ask = Give(
                action=new_action_id(), item=items[name].id, units=units, tender=tender, **more
            )
            return ledger.give(ask).gift

        def serve(name: str, units: int = 1, paid_from: PaidFrom = PaidFrom.BOARD) -> str:
            clock.forward(minutes=3)
            action = new_action_id()
            ledger.redeem(
                Redeem(action=action, item=items[name].id, units=units, paid_from=paid_from)
            )
            return action

        clock.at = clock.at.replace(hour=8, minute=2)
        give(
            "Flat white",
            3,
            giver="Maria",
            message="For whoever needs a warm cup today.",
            till_receipt="20261121-0007",
        )
        give("Soup of the day", 2, Tender.CARD)
        give("Community fund", 500)
        give("Community fund", 2000, Tender.CARD)
        serve("Flat white")
        wrong = serve("Soup of the day")
        clock.forward(minutes=1)
        ledger.undo(Undo(action=new_action_id(), undoes=wrong))
        serve("Latte", paid_from=PaidFrom.GROUP)
        serve("Cheese & tomato sandwich on sourdough", paid_from=PaidFrom.FUND)
        sorry = give("Cappuccino", 2)
        clock.forward(minutes=1)
        ledger.refund(Refund(action=new_action_id(), gift=sorry, units=1))
    clock.at = clock.at.replace(hour=17, minute=40)


def refuse_renewal(*, renewing: bool) -> None:
    """Fail where pictures would be renewed and nobody looks at them."""
    if renewing and os.environ.get("CI"):
        pytest.fail("pictures are renewed by a person who looks at them, never in CI")
