"""The app's ear for scanners: hears each key before any screen, and takes a scan out of them."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, runtime_checkable

from textual import events
from textual.app import App
from textual.command import CommandPalette
from textual.widgets import Input

from screens.counter.entry_input import EntryInput
from screens.scanning.pace import GAP_SECONDS
from screens.scanning.reader import Misread, PassOn, Scanned, ScanReader
from screens.scanning.taking_back import MOST_NOTED, Passed, TakesBack
from screens.typing_guard import TypingGuard

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    from payforward.core.codes import Code
    from screens.scanning.reader import Verdict
    from screens.scanning.taking_back import TakenBack

T = TypeVar("T")

PATIENCE_SECONDS: Final = 0.3
"""What has not answered by then is on its way out."""


@runtime_checkable
class TakesScans(Protocol):
    """A screen at which slips are served: the counter."""

    def scanned(self, code: Code) -> None:
        """Hear that a code was scanned or typed; where it had been typed is as it was before."""

    def misread(self) -> None:
        """Hear that a code with an error in it was scanned or typed."""


@dataclass(eq=False)
class _Scan:
    """A scan that is being taken back.

    Args:
        verdict: What it was.
        step: How far that is: 0 while its characters are on their way, 1 while fields take them
            back, 2 when it has been told.
        waits: How many answers the step waits for.
    """

    verdict: Scanned | Misread
    step: int = 0
    waits: int = 0


class ScanWatch(App[T]):
    """An app in which a scan works on every screen and presses no key.

    Every code comes to `on_scan` once, after the fields are as they were before it was typed.
    """

    _sign: events.Key | None = None

    @cached_property
    def _reader(self) -> ScanReader:
        return ScanReader()

    @cached_property
    def _typed_into(self) -> deque[tuple[float, MessagePump]]:
        """When a character was typed, and to what it went."""
        return deque(maxlen=MOST_NOTED)

    def on_scan(self, code: Code) -> None:
        """Pass a scanned code to the topmost screen that takes scans."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, TakesScans):
                screen.scanned(code)
                return

    def on_misread(self) -> None:
        """Pass on that a scan, or a line typed at the counter, was a code with an error."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, TakesScans):
                screen.misread()
                return

    async def on_event(self, event: events.Event) -> None:
        """Hear a key or a paste before the screens do; pass on what is no scanner's."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        verdict = self._judge(event)
        await self._let_sign_go(event)
        if not isinstance(verdict, PassOn):
            self._act_on(verdict)
        elif isinstance(event, events.Key) and self._may_open_more(event):
            self._sign = event
            self.set_timer(GAP_SECONDS, partial(self._pass_on_sign, event))
        else:
            await self._pass_on(event)

    @property
    def holds_key(self) -> bool:
        """Whether a key is being held back."""
        return self._sign is not None

    def _may_open_more(self, event: events.Key) -> bool:
        """Tell whether it is a question mark that opens More; M is one on a French keyboard."""
        into = self.focused
        return event.character == "?" and isinstance(into, EntryInput) and not into.value

    async def _let_sign_go(self, event: events.Key | events.Paste) -> None:
        """Forget a question mark that begins a scan; pass on one that a key follows later."""
        sign, self._sign = self._sign, None
        is_text = isinstance(event, events.Key) and event.is_printable
        if sign is not None and not (is_text and event.time - sign.time < GAP_SECONDS):
            await self._pass_on(sign)

    async def _pass_on_sign(self, sign: events.Key) -> None:
        if self._sign is sign:
            self._sign = None
            await self._pass_on(sign)

    async def _pass_on(self, event: events.Key | events.Paste) -> None:
        """Let a key go where it would go, and remember where that was."""
        await super().on_event(event)
        if isinstance(event, events.Key):
            self._typed_into.append((event.time, self.focused or self.screen))

    def _fatal_error(self) -> None:
        """Leave after an error that nobody expected; Textual's own way would show every letter."""
        from rich.traceback import Traceback  # noqa: PLC0415 - only a crash pays for it

        self.panic(Traceback())

    def _judge(self, event: events.Key | events.Paste) -> Verdict:
        if isinstance(event, events.Paste):
            return self._reader.paste(event.text, event.time)
        if isinstance(self.screen, TypingGuard) and self.screen.is_letting_go(event):
            return PassOn()
        if event.is_printable:
            return self._reader.character(event.character or "", event.time)
        return self._reader.key(event.key, event.time, line=self._counter_line())

    def _counter_line(self) -> str | None:
        if not isinstance(self.screen, TakesScans):
            return None
        return self.focused.value if isinstance(self.focused, Input) else ""

    # -- taking a scan back -------------------------------------------------------------------

    def _act_on(self, verdict: Verdict) -> None:
        """Let the fields take a scan back, then tell of it.

        Its characters may still be on their way: what follows them knows when they are there.
        """
        if isinstance(verdict, Scanned | Misread):
            scan = _Scan(verdict)
            went_to = {target for at, target in self._typed_into if at >= verdict.since}
            self._wait(scan, [target.post_message(Passed(scan)) for target in went_to])

    def on_passed(self, message: Passed) -> None:
        """Go on with a scan, all of whose characters have come to a field."""
        message.stop()
        self._one_less(message.scan, step=0)

    def on_taken_back(self, message: TakenBack) -> None:
        """Go on with a scan that a field has taken back."""
        message.stop()
        self._one_less(message.scan, step=1)

    def _one_less(self, scan: object, *, step: int) -> None:
        """Count an answer, unless it comes too late."""
        assert isinstance(scan, _Scan)
        if step == scan.step:
            scan.waits -= 1
            if scan.waits == 0:
                self._go_on(scan, step)

    def _wait(self, scan: _Scan, posted: list[bool]) -> None:
        """Go on when as many answers have come, or when one of them is lost."""
        scan.waits = sum(posted)
        if scan.waits:
            self.set_timer(PATIENCE_SECONDS, partial(self._go_on, scan, scan.step))
        else:
            self._go_on(scan, scan.step)

    def _go_on(self, scan: _Scan, step: int) -> None:
        """Take the next step of a scan, unless that was done: take it back, tell of it."""
        if step != scan.step:
            return
        scan.step += 1
        since = scan.verdict.since
        if step == 0:
            screens = self.screen_stack if since < math.inf else []
            fields = [field for screen in screens for field in screen.walk_children(TakesBack)]
            self._wait(scan, [field.call_later(field.take_back, since, scan) for field in fields])
            return
        if isinstance(self.screen, CommandPalette):
            self.pop_screen()  # its own field takes nothing back
        if isinstance(scan.verdict, Misread):
            self.on_misread()
        elif not scan.verdict.again:
            self.on_scan(scan.verdict.code)
