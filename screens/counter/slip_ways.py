"""What Enter could do about a slip: serve from it, or instead of it, or see to its paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from payforward.core.asks import RedeemSlip, TakeBack
from payforward.core.model import Item, ItemKind
from screens.counter import slip_words
from screens.counter.ways import GiveWay, ServeWay

if TYPE_CHECKING:
    from payforward.core.answers import Given, IssuedSlip, Redeemed, Slip
    from payforward.core.asks import Redeem
    from payforward.core.codes import Code
    from payforward.core.paper import PaperOwed
    from screens.counter.ways import Surroundings, Way
    from screens.counter.words import Variants


@dataclass(frozen=True, slots=True)
class AnotherWay:
    """What was just served from a slip, and serving another of it."""

    code: Code
    answer: Redeemed
    behind: tuple[str, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether what is left on the slip reaches for another."""
        paid_with = self.answer.lines[0].item
        price = self.answer.item.price_minor if paid_with.kind is ItemKind.MONEY else 1
        return self.answer.waiting >= price

    def sentence(self, around: Surroundings) -> Variants:
        """Say what was served, and what is left."""
        return slip_words.served(self.answer, slip_words.left(self.answer, around.money))

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        return slip_words.ENTER_ANOTHER_OR_WORDS if self.behind else slip_words.ENTER_ANOTHER

    def ask(self, action: str) -> RedeemSlip:
        """Return the serving of another."""
        return RedeemSlip(action=action, code=self.code, item=self.answer.item.id)

    @property
    def row(self) -> Item:
        """What was served."""
        return self.answer.item


@dataclass(frozen=True, slots=True)
class InsteadWay:
    """A slip cannot pay: serve the same from elsewhere.

    Args:
        why: Why it cannot.
        serve: Who pays instead.
        behind: When and where the slip ended.
    """

    why: Variants
    serve: ServeWay
    behind: tuple[str, ...] = ()

    def sentence(self, around: Surroundings) -> Variants:
        """Say why, and what Enter does."""
        return slip_words.instead(self.why, self.serve.offer, around.money)

    def keys(self, around: Surroundings) -> Variants:
        """Return what the keys do now."""
        keys = self.serve.keys(around)
        if not self.behind:
            return keys
        return (
            "Enter serves   → when and where   ↓ next   Esc no",
            "Enter serves   → when   Esc no",
        )

    def ask(self, action: str) -> Redeem:
        """Return the redemption."""
        return self.serve.ask(action)

    @property
    def row(self) -> Item:
        """What is served."""
        return self.serve.row


@dataclass(frozen=True, slots=True)
class UnpaidWay:
    """A slip cannot pay, and Enter does nothing; other ways may follow."""

    why: Variants
    hint: Variants
    behind: tuple[str, ...] = ()

    def sentence(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Say why."""
        return self.why

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what can be done instead."""
        return self.hint

    def ask(self, action: str) -> None:  # noqa: ARG002
        """Ask for nothing."""
        return

    @property
    def row(self) -> None:
        """It is about no row."""
        return


@dataclass(frozen=True, slots=True)
class HeldSlip:
    """A slip of money that was scanned, and waits for what shall be served."""

    code: Code
    slip: Slip


@dataclass(frozen=True, slots=True)
class FromSlipWay:
    """Let a slip of money pay for what was typed."""

    held: HeldSlip
    item: Item
    units: int

    @property
    def left_minor(self) -> int:
        """What would be left on it; below 0 it does not reach."""
        return self.held.slip.left - self.item.price_minor * self.units

    @property
    def is_plain(self) -> bool:
        """Whether it is simply what was asked for."""
        return self.left_minor >= 0

    def sentence(self, around: Surroundings) -> Variants:
        """Ask, or say that it does not reach."""
        if self.left_minor < 0:
            price = around.money(self.item.price_minor * self.units)
            left = around.money(self.held.slip.left)
            return slip_words.too_dear(self.item, self.units, price, left)
        left = around.money(self.left_minor)
        return slip_words.from_slip_question(self.item, self.units, left)

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        if self.left_minor < 0:
            return ("↓ who else can pay   Esc forgets the slip",)
        return ("Enter yes   ↓ next   Esc forgets the slip", "Enter yes   Esc forgets the slip")

    def ask(self, action: str) -> RedeemSlip | None:
        """Return the serving; nothing where the slip does not reach."""
        if self.left_minor < 0:
            return None
        return RedeemSlip(action=action, code=self.held.code, item=self.item.id, units=self.units)

    @property
    def row(self) -> Item:
        """What is served."""
        return self.item


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
        return (f"{self.why} Enter prints it anew.", "Print it anew?")

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


TELLS_MORE: Final = (AnotherWay, InsteadWay, UnpaidWay)
"""Ways with paragraphs behind →, or none."""

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
