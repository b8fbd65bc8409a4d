"""What Enter could do about a slip: serve from it, or instead of it, or see to its paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from payforward.core.asks import RedeemSlip
from payforward.core.model import Item, ItemKind, SlipState
from screens.counter import slip_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.ledger import Ledger
    from payforward.core.answers import Redeemed
    from payforward.core.asks import GiveAway, Redeem
    from payforward.core.codes import Code
    from payforward.core.programs import Program
    from payforward.core.slip_answers import Slip
    from screens.counter.house_ways import HouseWay
    from screens.counter.ways import ServeWay, Surroundings
    from screens.counter.words import Variants


@dataclass(frozen=True, slots=True)
class AnotherWay:
    """What was just served from a slip, and serving another of it."""

    code: Code
    answer: Redeemed
    behind: tuple[str, ...] = ()

    @property
    def is_of_money(self) -> bool:
        """Whether the slip holds money."""
        return self.answer.lines[0].item.kind is ItemKind.MONEY

    @property
    def is_possible(self) -> bool:
        """Whether what is left on the slip reaches for another."""
        price = self.answer.item.price_minor if self.is_of_money else 1
        return self.answer.waiting >= price

    def sentence(self, around: Surroundings) -> Variants:
        """Say what was served, and what is left."""
        return slip_words.served(self.answer, slip_words.left(self.answer, around.money))

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        if self.is_of_money:
            if self.behind:
                return slip_words.ENTER_ANOTHER_OF_MONEY_OR_WORDS
            return slip_words.ENTER_ANOTHER_OF_MONEY
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
    serve: ServeWay | HouseWay
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

    def ask(self, action: str) -> Redeem | GiveAway:
        """Return the redemption."""
        return self.serve.ask(action)

    @property
    def row(self) -> Item | Program:
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
    """A slip of money that was scanned, and is in hand for what shall be served."""

    code: Code
    slip: Slip

    def with_left(self, left: int) -> HeldSlip | None:
        """Return it with so much left; nothing where that is nothing."""
        return replace(self, slip=replace(self.slip, left=left)) if left else None

    def now(self, ledger: Ledger) -> HeldSlip | None:
        """Return it as it is now, in the ledger's thread; nothing where it cannot pay any more."""
        slip = ledger.slip(self.slip.slip)
        return replace(self, slip=slip) if slip.state is SlipState.WAITING else None

    def verdict(self, money: Callable[[int], str]) -> tuple[Variants, Variants]:
        """Return what is said of it while nothing is typed."""
        return slip_words.holds(self.slip, money), slip_words.ESC_FORGETS


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
            return ("↓ who else can pay   Esc no",)
        return ("Enter yes   ↓ next   Esc no", "Enter yes   Esc no")

    def ask(self, action: str) -> RedeemSlip | None:
        """Return the serving; nothing where the slip does not reach."""
        if self.left_minor < 0:
            return None
        return RedeemSlip(action=action, code=self.held.code, item=self.item.id, units=self.units)

    @property
    def row(self) -> Item:
        """What is served."""
        return self.item


TELLS_MORE: Final = (AnotherWay, InsteadWay, UnpaidWay)
"""Ways with paragraphs behind →, or none."""
