"""Endings from outside: whoever closes the terminal's window stops a command as Ctrl+C does."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import FrameType

ENDINGS: Final = ("SIGTERM", "SIGHUP")


class Ending:
    """Hears SIGTERM and SIGHUP, so that what is half written is cleared away, and locks let go.

    A signal that whoever started the program ignores, as ``nohup`` does, stays ignored.
    """

    def __init__(self) -> None:
        self.exit_code = 128 + signal.SIGINT
        """What a shell reports of a program that a signal ended."""
        self._numbers = [getattr(signal, name) for name in ENDINGS if hasattr(signal, name)]

    def hear(self) -> None:
        """Let either end the program by `KeyboardInterrupt` from now on."""
        for number in self._numbers:
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, self._end)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        # The second one of a session that ends must not cut the clearing away short.
        for each in self._numbers:
            signal.signal(each, signal.SIG_IGN)
        self.exit_code = 128 + number
        raise KeyboardInterrupt
