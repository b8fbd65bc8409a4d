"""What Enter could do about a slip's paper: print it anew, or put its gift on the board."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from payforward.core.asks import TakeBack
from screens.counter import slip_words
from screens.counter.slip_ways import TELLS_MORE
from screens.counter.ways import GiveWay

if TYPE_CHECKING:
    from payforward.core.answers import Given
    from payforward.core.model import Item
    from payforward.core.paper import PaperOwed
    from payforward.core.slip_answers import IssuedSlip
    from screens.counter.ways import Surroundings, Way
    from screens.counter.words import Variants


@dataclass(frozen=True, slots=True)
class OnSlipWay:
    """A gift was put on a slip, and there is no printer: its square can be shown."""

    given: Given
    slip: IssuedSlip

    def sentence(self, around: Surroundings) -> Variants:
        """Thank for it."""
        return slip_words.given(self.given, around.money, "")

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        return slip_words.NO_CODE if self.slip.code is None else slip_words.SHOWS_SQUARE

    def ask(self, action: str) -> None:  # noqa: ARG002
        """Ask for nothing."""
        return

    @property
    def row(self) -> Item:
        """What was given."""
        return self.given.item


@dataclass(frozen=True, slots=True)
class WaitingPaperWay:
    """A slip could not be printed: Enter puts its gift on the board."""

    slip: IssuedSlip

    def sentence(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Say that the gift is safe."""
        return slip_words.WAITS

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        return slip_words.WAITS_KEYS

    def ask(self, action: str) -> TakeBack:
        """Return the way back to the board."""
        return TakeBack(action=action, slips=(self.slip.slip.slip,))

    @property
    def row(self) -> Item:
        """What was given."""
        return self.slip.slip.item


@dataclass(frozen=True, slots=True)
class PrintAnewWay:
    """A slip that did not come out: the press prints it again, with a new code.

    Args:
        slip: Its number.
        why: What went wrong.
    """

    slip: int
    why: str = "The last slip did not print."

    def sentence(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Say what Enter does."""
        return (f"{self.why} Enter prints it anew.", self.why, "Print it anew?")

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        return slip_words.ENTER_NEW_CODE

    def ask(self, action: str) -> None:  # noqa: ARG002
        """Ask the ledger for nothing: the press does that once the printer is ready."""
        return

    @property
    def row(self) -> None:
        """It is about no row."""
        return


@dataclass(frozen=True, slots=True)
class ToBoardWay:
    """A slip that did not come out: its gift goes to the board."""

    slip: int

    def sentence(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Say what Enter does."""
        return (
            "The last slip did not print. Enter puts its gift on the board instead.",
            "Put its gift on the board instead?",
        )

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        return slip_words.ENTER_BOARD

    def ask(self, action: str) -> TakeBack:
        """Return the way back to the board."""
        return TakeBack(action=action, slips=(self.slip,))

    @property
    def row(self) -> None:
        """It is about no row."""
        return


SHOWS_SQUARE: Final = (OnSlipWay, WaitingPaperWay)
"""Ways about a slip that was just issued: → shows its square on the screen."""


def more_behind(way: Way) -> bool:
    """Return whether → shows something more about a slip."""
    if isinstance(way, SHOWS_SQUARE):
        return way.slip.code is not None
    return isinstance(way, TELLS_MORE) and bool(way.behind)


def with_doubt(ways: tuple[Way, ...], doubted: PaperOwed | None) -> tuple[Way, ...]:
    """Return the ways of a line; where a gift is given, ask whether the last slip came out.

    Args:
        ways: What the line means.
        doubted: The slip that was sent to a printer that cannot say whether it printed.
    """
    if doubted is None or not ways or not isinstance(ways[0], GiveWay):
        return ways
    first = replace(ways[0], doubted=doubted)
    return (first, PrintAnewWay(doubted.slip), ToBoardWay(doubted.slip), *ways[1:])
