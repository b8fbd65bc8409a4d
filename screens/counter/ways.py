"""What Enter could do next: the ways from which a cashier chooses, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias

from payforward.core.asks import Give, Redeem
from payforward.core.model import Item, ItemKind, PaidFrom, Tender
from payforward.core.text import shown
from screens.counter import gift_words, program_words, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from payforward.core.answers import Board, Offer
    from payforward.core.asks import Collect, GiveAway, NoteAsked, RedeemSlip, TakeBack, Undo
    from payforward.core.paper import PaperOwed
    from payforward.core.program_answers import ProgramState
    from payforward.core.programs import Program
    from screens.counter.asked_ways import ForgetNote
    from screens.counter.words import Variants

    Ask: TypeAlias = (
        Give | Redeem | RedeemSlip | TakeBack | Undo | GiveAway | Collect | NoteAsked | ForgetNote
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sentence may look at: the board as last seen, and the shop's way of writing.

    ``now`` is the time by the clock on the shop's wall, as last seen.
    """

    board: Board
    money: Callable[[int], str]
    local: Callable[[datetime], datetime]
    now: datetime

    def waiting(self, item: Item) -> int:
        """Return how many of an item wait, as last seen."""
        if item.kind is ItemKind.MONEY:
            return self.board.money_minor
        return next((row.units for row in self.board.rows if row.item.id == item.id), 0)

    def state(self, program: int) -> ProgramState | None:
        """Return how a program stands, as last seen."""
        return next((each for each in self.board.programs if each.program.id == program), None)

    def waiting_in(self, program: Program, item: Item) -> int:
        """Return how many of an item wait on the board that are a program's, as last seen."""
        state = self.state(program.id)
        waits = () if state is None else state.waits
        return next((each.units - each.on_slips for each in waits if each.item.id == item.id), 0)


class Way(Protocol):
    """One thing that Enter could do, or a sentence that says why it does nothing."""

    def sentence(self, around: Surroundings) -> Variants:
        """Return what is shown above the input."""
        ...

    def keys(self, around: Surroundings) -> Variants:
        """Return what the keys do now."""
        ...

    def ask(self, action: str) -> Ask | None:
        """Return what Enter asks of the ledger under an action's id; None for nothing."""
        ...

    @property
    def row(self) -> Item | Program | None:
        """What the row is about that it is about."""
        ...


@dataclass(frozen=True, slots=True)
class NoWay:
    """Only words: Enter does nothing."""

    said: Variants
    hint: Variants = ("",)

    def sentence(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return the words."""
        return self.said

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
class GiftDetails:
    """What the form adds to a gift."""

    tender: Tender = Tender.CASH
    giver: str | None = None
    message: str | None = None
    till_receipt: str | None = None
    paid_minor: int | None = None
    on_slip: bool = False
    """Whether it waits on a slip of paper instead of on the board."""
    program: int | None = None
    """To which program it is given; None for the usual one."""


@dataclass(frozen=True, slots=True)
class GiveWay:
    """Put ``units`` of an item aside; of money, that many minor units.

    Args:
        item: What is given.
        units: How many.
        details: What the form adds.
        doubted: The till's last slip, if nobody knows whether it printed: yes says that it did.
        jar: The charity's, where the money is for one.
        takers: The programs that could take it, the usual one first.
    """

    item: Item
    units: int
    details: GiftDetails = field(default_factory=GiftDetails)
    doubted: PaperOwed | None = None
    jar: Program | None = None
    takers: tuple[Program, ...] = ()

    @property
    def amount_minor(self) -> int:
        """What is to be paid."""
        if self.details.paid_minor is not None:
            return self.details.paid_minor
        return self.units * self.item.price_minor

    @property
    def named(self) -> Program | None:
        """To which program it is given, where there is a choice."""
        if self.jar is not None or len(self.takers) < 2:
            return None
        wanted = self.details.program
        return next((each for each in self.takers if each.id == wanted), self.takers[0])

    def sentence(self, around: Surroundings) -> Variants:
        """Ask whether to give it."""
        amount, tender = around.money(self.amount_minor), self.details.tender
        to, on_slip = self.named, self.details.on_slip
        name = "" if to is None else shown(to.name)
        question = (
            gift_words.give_question(
                self.item, self.units, amount, tender, on_slip=on_slip, to=name
            )
            if self.jar is None
            else program_words.jar_question(self.jar, amount, tender)
        )
        if self.doubted is None:
            return question
        return tuple(f"{each} Did the last slip print?" for each in question) + question[-1:]

    def for_others(self) -> Iterator[GiveWay]:
        """Yield the same gift to each other program that could take it."""
        for program in self.takers[1:]:
            yield replace(self, details=replace(self.details, program=program.id))

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        return gift_words.ENTER_GIVES if self.doubted is None else gift_words.ENTER_BOTH

    def paid_by(self, tender: Tender) -> GiveWay:
        """Return the same gift, paid another way."""
        return replace(self, details=replace(self.details, tender=tender))

    def with_details(self, details: GiftDetails) -> GiveWay:
        """Return the same gift with what the form said."""
        return replace(self, details=details)

    def ask(self, action: str) -> Give:
        """Return the gift."""
        is_money = self.item.kind is ItemKind.MONEY
        # What was named is what is asked for, whatever becomes the usual one meanwhile.
        program = self.jar or self.named
        return Give(
            action=action,
            item=self.item.id,
            units=self.units,
            paid_minor=None if is_money else self.amount_minor,
            tender=self.details.tender,
            till_receipt=self.details.till_receipt,
            giver=self.details.giver,
            message=self.details.message,
            voucher=self.details.on_slip,
            program=None if program is None else program.id,
        )

    @property
    def row(self) -> Item | Program:
        """What is given, or whose jar takes it."""
        return self.item if self.jar is None else self.jar


@dataclass(frozen=True, slots=True)
class ServeWay:
    """Hand over what an offer says; ``asked`` is how many were asked for."""

    offer: Offer
    asked: int
    just_gone: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is simply what was asked for, paid by what waits of it."""
        return self.offer.paid_from is PaidFrom.BOARD and self.offer.units == self.asked

    def sentence(self, around: Surroundings) -> Variants:
        """Say who pays."""
        return words.serve_question(
            self.offer,
            self.asked,
            self._waiting(around),
            around.money,
            there=around.waiting(self.offer.item),
            just_gone=self.just_gone,
        )

    def keys(self, around: Surroundings) -> Variants:
        """Return what the keys do now."""
        if self.offer.paid_from is PaidFrom.BOARD:
            if self._waiting(around) < self.offer.units:
                return words.ENTER_LOOKS
            return words.ENTER_YES
        return words.ENTER_SERVES

    def _waiting(self, around: Surroundings) -> int:
        """Return how many wait of what pays, as last seen."""
        if self.offer.program is None:
            return around.waiting(self.offer.payer)
        return around.waiting_in(self.offer.program, self.offer.payer)

    def ask(self, action: str) -> Redeem:
        """Return the redemption."""
        group = self.offer.paid_from is PaidFrom.GROUP
        return Redeem(
            action=action,
            item=self.offer.item.id,
            units=self.offer.units,
            paid_from=self.offer.paid_from,
            substitute=self.offer.payer.id if group else None,
            program=None if self.offer.program is None else self.offer.program.id,
        )

    @property
    def row(self) -> Item:
        """What is served."""
        return self.offer.item


@dataclass(frozen=True, slots=True)
class RetryWay:
    """Ask the very same again, under the same id: it happens once at most.

    Args:
        again: What was asked.
        why: What went wrong.
        accepts_date: Whether trying again says first that the machine's date is right.
    """

    again: Ask
    why: Variants
    accepts_date: bool = False

    def sentence(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Say what went wrong."""
        return self.why

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        return words.ENTER_DATE if self.accepts_date else words.ENTER_AGAIN

    def ask(self, action: str) -> Ask:  # noqa: ARG002
        """Return the same question."""
        return self.again

    @property
    def row(self) -> None:
        """It is about no row."""
        return
