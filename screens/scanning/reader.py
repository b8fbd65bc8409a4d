"""Finds codes in what is typed, key by key; knows nothing of screens.

Content comes first: twenty letters that pass their check and stand alone are a scan, however
fast they came. Time comes second: what was typed in one go with them is taken back with them,
and the end that a scanner sends (Enter, CR LF, Tab, ETX) is kept from the screens.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from payforward.core import codes
from screens.scanning.pace import GAP_SECONDS, Typing

if TYPE_CHECKING:
    from payforward.core.codes import Code

MOST_BEFORE: Final = 100
"""The most characters before a code that are its shop's name or address."""

MOST_KEPT: Final = MOST_BEFORE + 2 * codes.LENGTH

LEAST_PAUSE_SECONDS: Final = 0.1
"""What came with smaller gaps before a code was typed with it."""

MOST_PAUSE_SECONDS: Final = 0.3
"""What came with larger gaps before a code was not, however slowly the code came."""

ADDRESS: Final = "HTTPS"
"""The beginning of an address: these letters are on the same keys everywhere."""

ADDRESS_PAUSE_SECONDS: Final = 0.6
"""From there to the code ssh may halt for so long."""

ENDING_SECONDS: Final = 0.6
"""For so long after a scan its end may come."""

ENDING_OF_A_HAND_SECONDS: Final = 2.0
"""For so long after a code typed by hand its Enter may come."""

AGAIN_SECONDS: Final = 3.0
"""A scanner that still sees the same code within this time has not been asked again."""

FEWEST_AT_THE_COUNTER: Final = 8
"""A quick hand may write fewer and press Enter at once; product codes have as many."""

BEFORE: Final = "ctrl+b"
"""STX, which may come before a scan."""

ENDS: Final = ("enter", "ctrl+j", "tab", "ctrl+c")
"""What may end a scan: CR, LF, Tab, ETX."""


@dataclass(frozen=True, slots=True)
class PassOn:
    """The key is none of a scan's; it goes where it would go."""


@dataclass(frozen=True, slots=True)
class Swallow:
    """The key is a scanner's and means nothing more."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """The key completed a code; it is swallowed.

    Args:
        code: The code.
        since: When the first character of the scan was typed; infinity where nothing is to be
            taken back.
        again: Whether it is the same scan, read twice.
    """

    code: Code
    since: float = math.inf
    again: bool = False


@dataclass(frozen=True, slots=True)
class Misread:
    """The key ended a code with an error in it; it is swallowed.

    Args:
        since: When the first character of the scan was typed; infinity where a hand typed it,
            which may want to mend it.
    """

    since: float = math.inf


Verdict: TypeAlias = PassOn | Swallow | Scanned | Misread


class ScanReader:
    """Reads keys, and tells which of them are a scanner's."""

    def __init__(self) -> None:
        self._typing = Typing()
        self._recent: deque[tuple[str, float]] = deque(maxlen=MOST_KEPT)
        self._ends: set[str] = set()
        self._ends_until = -math.inf
        self._last: tuple[Code, float] | None = None

    def character(self, character: str, at: float) -> Verdict:
        """Take a character that is text.

        Args:
            character: The character.
            at: When it was typed, as `time.monotonic` tells.
        """
        self._typing.add(at)
        self._ends.clear()
        self._recent.append((character, at))
        found = codes.ending(self._text)
        if found is None or found.code is None:
            return PassOn()
        by_hand = self._largest_gap(found.start) >= GAP_SECONDS
        since = self._since(found.start)
        seconds = ENDING_OF_A_HAND_SECONDS if by_hand else ENDING_SECONDS
        self._expect(*ENDS, until=at + seconds)
        return self._scanned(found.code, at, since)

    def key(self, key: str, at: float, *, line: str | None = None) -> Verdict:
        """Take a key that is no text.

        Args:
            key: Its name.
            at: When it was pressed, as `time.monotonic` tells.
            line: At the counter, what stands in the input; None elsewhere.
        """
        if key == BEFORE:
            return Swallow()
        verdict = self._end(key, at, line) if key in ENDS else PassOn()
        if isinstance(verdict, PassOn):
            # What a quick hand types in two lines is not one run.
            self._typing.restart()
        self._recent.clear()
        return verdict

    def paste(self, text: str, at: float) -> Verdict:
        """Take a text that came as a whole.

        Args:
            text: The text.
            at: When it came, as `time.monotonic` tells.
        """
        self._recent.clear()
        found = codes.ending(text.strip())
        if found is None or found.code is None:
            return PassOn()
        self._expect(*ENDS, until=at + ENDING_SECONDS)
        return self._scanned(found.code, at)

    @property
    def _text(self) -> str:
        return "".join(character for character, _ in self._recent)

    def _scanned(self, code: Code, at: float, since: float = math.inf) -> Scanned:
        """Forget the letters, and tell the code."""
        last, last_at = self._last or (None, -math.inf)
        self._last = (code, at)
        self._recent.clear()
        return Scanned(code, since, again=code == last and at - last_at < AGAIN_SECONDS)

    def _expect(self, *ends: str, until: float) -> None:
        """Swallow each of these keys once, up to a time or the next character."""
        self._ends = set(ends)
        self._ends_until = until

    def _end(self, key: str, at: float, line: str | None) -> Verdict:
        """Judge a key that may end a scan."""
        if key in self._ends and at < self._ends_until:
            self._ends.remove(key)
            return Swallow()
        found = codes.ending(self._text)
        if found is not None and self._typing.ends(at, fewest=codes.LENGTH):
            self._expect("ctrl+j", until=at + ENDING_SECONDS)
            return Misread(self._since(found.start))
        if line is not None:
            return self._end_of_line(key, at, line)
        return PassOn()

    def _end_of_line(self, key: str, at: float, line: str) -> Verdict:
        """Judge a key that may end the counter's line."""
        if key == "enter":
            code = codes.find(line)
            if code is not None:
                self._expect("ctrl+j", until=at + ENDING_SECONDS)
                return self._scanned(code, at)
            if codes.looks_like_code(line):
                return Misread()
        return Swallow() if self._typing.ends(at, fewest=FEWEST_AT_THE_COUNTER) else PassOn()

    def _largest_gap(self, start: int) -> float:
        """Return the largest gap between the characters from an index on."""
        times = [at for _, at in self._recent][start:]
        return max(later - at for at, later in pairwise(times))

    def _since(self, start: int) -> float:
        """Return when the first character was typed of what came in one go with a code."""
        times = [at for _, at in self._recent]
        first = start
        address = self._text.upper().rfind(ADDRESS, 0, start)
        if address >= 0 and self._largest_gap(address) < ADDRESS_PAUSE_SECONDS:
            first = address
        pause = min(MOST_PAUSE_SECONDS, max(LEAST_PAUSE_SECONDS, 3 * self._largest_gap(start)))
        while first > max(0, start - MOST_BEFORE) and times[first] - times[first - 1] < pause:
            first -= 1
        return times[first]
