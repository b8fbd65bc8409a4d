"""What the counter's line stands for now: the ways that Enter could go, or the last verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from screens.counter import words
from screens.counter.giving import Tenders
from screens.counter.ways import NoWay

if TYPE_CHECKING:
    from screens.counter.slip_ways import HeldSlip
    from screens.counter.ways import Way
    from screens.counter.words import Variants

SILENCE: Final[Variants] = ("",)


@dataclass(frozen=True, slots=True)
class Said:
    """What an empty line said."""

    ways: tuple[Way, ...]
    at: int
    verdict: tuple[Variants, Variants]
    giver_words: tuple[str, ...]


class Choosing:
    """The ways from which the cashier chooses, one at a time, and what was said last.

    It knows no widget: the screen changes it and shows what it says. Every change of the typed
    line has a number of its own, so that late answers to an older line can be dropped.
    """

    def __init__(self) -> None:
        self.line_no = 0
        self.enter_waits = False
        """Whether Enter was pressed before the line's sentence was there."""
        self.giver_words: tuple[str, ...] = ()
        """What came with what was served last; a new line forgets it."""
        self.held: HeldSlip | None = None
        """A slip of money that waits for what shall be served from it."""
        self.verdict: tuple[Variants, Variants] = (SILENCE, words.IDLE)
        self.before: Said | None = None
        """While a line is being typed: what was said before its first letter."""
        self.tenders = Tenders()
        """How the next gift is paid if nothing is said."""
        self._ways: tuple[Way, ...] = ()
        self._at = 0
        self._owed: list[tuple[Way, ...]] = []

    @property
    def is_open(self) -> bool:
        """Whether there is anything to choose from."""
        return bool(self._ways)

    @property
    def ways(self) -> tuple[Way, ...]:
        """All of them."""
        return self._ways

    @property
    def chosen(self) -> Way | None:
        """What the sentence says, or None where it is only a verdict."""
        return self._ways[self._at] if self._ways else None

    @property
    def has_next(self) -> bool:
        """Whether another way follows."""
        return self._at < len(self._ways) - 1

    @property
    def owed(self) -> int:
        """How many failures wait to be shown."""
        return len(self._owed)

    def new_line(self) -> int:
        """Forget what was chosen and said for the line as it was; return the new one's number."""
        self.line_no += 1
        self.enter_waits = False
        self.before = None
        self.giver_words = ()
        self.verdict = (SILENCE, words.IDLE)
        self.offer(())
        return self.line_no

    @property
    def said(self) -> Said:
        """What is said now."""
        return Said(self._ways, self._at, self.verdict, self.giver_words)

    def say_again(self, said: Said) -> None:
        """Say what was said before."""
        self._ways, self._at = said.ways, said.at
        self.verdict, self.giver_words = said.verdict, said.giver_words

    def offer(self, ways: tuple[Way, ...]) -> None:
        """Let these be the ways; the first one is chosen."""
        self._ways = ways
        self._at = 0

    def change(self, ways: tuple[Way, ...]) -> None:
        """Let these be the ways instead of as many others; the choice stays where it is."""
        self._ways = ways

    def step(self, steps: int) -> None:
        """Choose another way, as far as there are any; up from mere words is the last one.

        Where much else waits, noting what was asked for would be many keys away.
        """
        if steps < 0 and self._at == 0 and isinstance(self.chosen, NoWay):
            self._at = len(self._ways) - 1
            return
        self._at = max(0, min(len(self._ways) - 1, self._at + steps))

    def take_enter(self) -> bool:
        """Return whether an Enter waited for the sentence, once."""
        waited, self.enter_waits = self.enter_waits, False
        return waited

    def owe(self, ways: tuple[Way, ...]) -> None:
        """Keep what failed until it can be shown: never over a line that is being typed."""
        self._owed.append(ways)

    def offer_owed(self) -> bool:
        """Let the oldest failure be what is chosen from; return whether there was one."""
        if not self._owed:
            return False
        self.offer(self._owed.pop(0))
        return True
