"""What happens at the café's counter, done through the ledger, and what waits there since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from payforward.core.asks import Give, Redeem, Refund, Undo
from payforward.core.model import Kind, PaidFrom, Tender
from payforward.demo.people import some_words

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from datetime import date

    from db.ledger import Ledger
    from payforward.core.answers import Given, Undone
    from payforward.demo.menu import Dish
    from payforward.demo.stage import Stage

TAKE_BACKS: Final = 0.012
"""The share of actions that are a slip of the finger, taken back at once."""

WITH_RECEIPT: Final = 0.8
_TENDERS: Final = ((Tender.CASH, Tender.CARD, Tender.OTHER), (52, 43, 5))
_FIRST_CLOSING: Final = 1180
_NEAR_IN_PRICE_MINOR: Final = 60


@dataclass
class Shelf:
    """What waits of one dish.

    Args:
        dish: Which.
        item: Its number on the ledger's menu.
        kept_from: The day from which on gifts of it are left waiting.
        waiting: How many wait.
        older: Of these, how many are from before ``kept_from``; None until that day.
        retired: It is off the menu.
    """

    dish: Dish
    item: int
    kept_from: date
    waiting: int = 0
    older: int | None = None
    retired: bool = False

    @property
    def free(self) -> int:
        """How many may be served."""
        return self.waiting if self.older is None else self.older

    @property
    def settled(self) -> bool:
        """Whether its last gifts are being given, which shall still wait at the end."""
        return self.older is not None

    def now_waiting(self, waiting: int) -> None:
        """Take note of what the ledger says waits, after something was served from it."""
        if self.older is not None:
            self.older += waiting - self.waiting
        self.waiting = waiting


class Counting:
    """Does what people ask for at the counter.

    Args:
        stage: The tills.
        chance: Who comes and what they want.
        shelves: What is on the menu.
        fund_item: The number of the item that money is.
    """

    def __init__(
        self, stage: Stage, chance: random.Random, shelves: Sequence[Shelf], fund_item: int
    ) -> None:
        self._stage = stage
        self._chance = chance
        self.shelves = shelves
        self._fund_item = fund_item
        self.fund_minor = 0
        self.reserve_minor = 1_000
        self._day_no = 0
        self._receipts: dict[str, int] = {}
        self._refundable: list[tuple[Shelf, int]] = []

    def open_day(self) -> None:
        """Begin a new day: the till's receipts count from one again."""
        self._day_no += 1
        self._receipts.clear()

    def write_slate(self) -> None:
        """Write the paper slate's tally into the ledger."""
        counter = self._stage.busy_counter()
        for shelf in self.shelves:
            if shelf.dish.on_slate:
                paid = shelf.dish.on_slate * (shelf.dish.prices_minor[0] - 10)
                given = counter.give(
                    Give(
                        action=self._stage.new_action(),
                        item=shelf.item,
                        units=shelf.dish.on_slate,
                        paid_minor=paid,
                        tender=Tender.OPENING,
                    )
                )
                shelf.waiting = given.waiting
        self.fund_minor = counter.give(
            Give(
                action=self._stage.new_action(),
                item=self._fund_item,
                units=1_840,
                tender=Tender.OPENING,
            )
        ).waiting

    def give(self, shelf: Shelf, units: int) -> None:
        """Let somebody give units of a dish; now and then it is taken back at once."""
        if shelf.retired:
            return
        counter = self._stage.busy_counter()
        given = self._give(counter, shelf.item, units)
        shelf.waiting = given.waiting
        if shelf.settled:
            return
        if self._chance.random() < TAKE_BACKS:
            part = 1 if units > 1 and self._chance.random() < 0.4 else None
            shelf.waiting = self._take_back(counter, given.action, units=part).waiting
        elif self._chance.random() < 0.2:
            self._refundable.append((shelf, given.gift))

    def give_money(self, amount_minor: int) -> None:
        """Let somebody put money into the fund."""
        counter = self._stage.busy_counter()
        self.fund_minor = self._give(counter, self._fund_item, amount_minor).waiting

    def serve(self, shelf: Shelf, units: int) -> None:
        """Serve what somebody asks for from wherever it can be paid; else they go without."""
        if shelf.free:
            self._serve(shelf, min(units, shelf.free), PaidFrom.BOARD, shelf)
            return
        payer = self._substitute(shelf, units)
        if payer is not None and self._chance.random() < 0.6:
            self._serve(shelf, units, PaidFrom.GROUP, payer)
        else:
            self.serve_from_fund(shelf, units)

    def serve_from_fund(self, shelf: Shelf, units: int = 1) -> bool:
        """Let the fund pay, as long as it keeps its reserve; say whether it did."""
        counter = self._stage.busy_counter()
        item = next((i for i in counter.items() if i.id == shelf.item), None)
        if item is None or self.fund_minor - item.price_minor * units < self.reserve_minor:
            return False
        ask = Redeem(
            action=self._stage.new_action(),
            item=shelf.item,
            units=units,
            paid_from=PaidFrom.FUND,
        )
        self.fund_minor = counter.redeem(ask).waiting
        return True

    def settle_fund(self, least_minor: int, most_minor: int) -> None:
        """Bring the fund between two amounts: somebody gives, or it pays for large meals."""
        if self.fund_minor < least_minor:
            short = least_minor - self.fund_minor
            self.give_money(-(-short // 500) * 500)
        dearest = max(self.shelves, key=lambda shelf: shelf.dish.prices_minor[-1])
        while self.fund_minor > most_minor and self.serve_from_fund(dearest):
            pass

    def refund(self) -> None:
        """Give the money back for a gift of the last days, if it still waits."""
        counter = self._stage.busy_counter()
        while self._refundable:
            shelf, gift = self._refundable.pop()
            if shelf.settled or not counter.gift(gift).waiting:
                continue
            ask = Refund(action=self._stage.new_action(), gift=gift, reason="Paid twice")
            shelf.waiting = counter.refund(ask).waiting
            return

    def _serve(self, asked: Shelf, units: int, paid_from: PaidFrom, payer: Shelf) -> None:
        counter = self._stage.busy_counter()
        ask = Redeem(
            action=self._stage.new_action(),
            item=asked.item,
            units=units,
            paid_from=paid_from,
            substitute=payer.item if paid_from is PaidFrom.GROUP else None,
        )
        payer.now_waiting(counter.redeem(ask).waiting)
        if not payer.settled and self._chance.random() < TAKE_BACKS:
            undone = self._take_back(counter, ask.action, units=None)
            assert undone.kind is Kind.REDEEM
            payer.now_waiting(undone.waiting)

    def _give(self, counter: Ledger, item: int, units: int) -> Given:
        giver, message = some_words(self._chance)
        (tender,) = self._chance.choices(*_TENDERS)
        ask = Give(
            action=self._stage.new_action(),
            item=item,
            units=units,
            tender=tender,
            till_receipt=self._receipt(counter.till),
            giver=giver,
            message=message,
        )
        return counter.give(ask)

    def _take_back(self, counter: Ledger, action: str, *, units: int | None) -> Undone:
        self._stage.clock.move_to(
            self._stage.clock.now() + timedelta(seconds=self._chance.randint(8, 50))
        )
        return counter.undo(Undo(action=self._stage.new_action(), undoes=action, units=units))

    def _receipt(self, till: str) -> str | None:
        """Return the number that the till printed: closing and receipt, both counted up."""
        self._receipts[till] = self._receipts.get(till, 0) + self._chance.randint(1, 9)
        if self._chance.random() >= WITH_RECEIPT:
            return None
        return f"{_FIRST_CLOSING + self._day_no:04d}-{self._receipts[till]:04d}"

    def _substitute(self, asked: Shelf, units: int) -> Shelf | None:
        """Return what else of the asked dish's group could pay, nearest in price."""
        if asked.dish.alone:
            return None
        price = asked.dish.prices_minor[-1]
        near = [
            (abs(shelf.dish.prices_minor[-1] - price), shelf)
            for shelf in self.shelves
            if shelf.dish.category == asked.dish.category
            and shelf is not asked
            and not shelf.dish.alone
            and shelf.free >= units
        ]
        far, shelf = min(near, key=lambda pair: pair[0], default=(0, None))
        return shelf if far <= _NEAR_IN_PRICE_MINOR else None
