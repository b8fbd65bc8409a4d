"""A shop in plain Python lists, written from the rules alone: what the ledger must agree with."""

from __future__ import annotations

from dataclasses import dataclass

from tests.db.small_partners import SmallPartners
from tests.db.small_parts import CHARITY, FORWARD, FUND, Act, Book, Move, No
from tests.db.small_programs import SmallPrograms
from tests.db.small_slips import SmallSlips
from tests.db.small_undoing import SmallUndoing


@dataclass
class SmallShop(SmallSlips, SmallPrograms, SmallPartners, SmallUndoing):
    """Gifts in and out, and all that its other parts know."""

    def give(
        self,
        item: str,
        units: int,
        paid: int | None,
        program: int | None = None,
        *,
        voucher: bool = False,
    ) -> Act:
        self._check_clock()
        if item in self.retired:
            raise No("not-giftable")
        paid = self.prices[item] * units if paid is None else paid
        own = self.giving_program(item, program)
        is_jar = own.kind == CHARITY
        if is_jar and voucher:
            raise No("bad-slip")
        if item == FUND:
            shares = [(units, 1)]
        elif paid < units:
            raise No("bad-amount")
        else:
            more = paid % units
            shares = [(units - more, paid // units), (more, paid // units + 1)]
        self._mark_clock()
        gift = self.no + 1
        moves: list[Move] = []
        slip = self._new_slip(gift) if voucher else None
        for count, unit_minor in shares:
            if count:
                no = self.no + 1 + len(moves)
                book = Book(no, gift, item, unit_minor, own.number, slip=slip, held=is_jar)
                moves.append(Move(book, count))
        return self._done(Act("give", self.today(), moves))

    def redeem(
        self,
        item: str,
        units: int,
        pay: str,
        substitute: str | None = None,
        program: int | None = None,
    ) -> Act:
        self._check_clock()
        if program is not None and self.program(program).kind != FORWARD:
            raise No("unknown-program")
        price = self.prices[item]
        if pay == "fund":
            if not price * units <= self.waiting(FUND, program):
                raise No("nothing-waiting")
            moves = self._oldest_first([FUND], price * units, program)
        else:
            payers = [item] if pay == "board" else self._substitutes(item)
            if substitute is not None:
                payers = [payer for payer in payers if payer == substitute]
            if sum(self.waiting(payer, program) for payer in payers) < units:
                raise No("nothing-waiting")
            moves = self._oldest_first(payers, units, program)
        self._mark_clock()
        return self._done(Act("redeem", self.today(), moves, units, price * units))

    def _substitutes(self, item: str) -> list[str]:
        group = self.groups.get(item)
        return [
            other
            for other, its_group in self.groups.items()
            if other != item and its_group == group and self.waiting(other)
        ]
