"""What must hold after each step of the state machine, and what is proved now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis.stateful import invariant

from tests.db.machine_base import MachineBase
from tests.db.machine_shop import TILLS
from tests.db.small_parts import CHARITY, DRIVE, FORWARD, FUND, GIVEAWAY, SERVING
from tests.db.small_programs import SmallState
from tests.db.small_slips import SmallBatch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from payforward.core.program_answers import Batch, ProgramState

BETWEEN_PROOFS = 15

LAST_OF_POOLS = """
    SELECT program, item, pool_units, pool_minor
    FROM entry
    WHERE no IN (SELECT max(no) FROM entry WHERE item IS NOT NULL GROUP BY program, item)
"""

MOVED_BY_KIND = """
    SELECT program, item, kind, sum(units), sum(amount_minor)
    FROM entry
    WHERE item IS NOT NULL AND units <> 0
    GROUP BY program, item, kind
"""

LAST_OF_BOOKS = """
    SELECT book, balance
    FROM entry AS e
    WHERE item IS NOT NULL
    AND seq = (SELECT max(seq) FROM entry WHERE book = e.book)
"""

PLACES = """
    SELECT DISTINCT program.kind, waiting.place, item.kind
    FROM waiting
    JOIN program ON program.program = waiting.program
    JOIN item ON item.item = waiting.item
"""

MAY_WAIT = {
    *((FORWARD, place, kind) for place in ("board", "slip") for kind in ("menu", "money")),
    (GIVEAWAY, "held", "serving"),
    (DRIVE, "held", "goods"),
    (CHARITY, "held", "money"),
}
"""What may wait where: nothing of the house, of a drive or of a jar is a gift to whoever asks."""


class Checks(MachineBase):
    """Compares both."""

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            with self.stack:
                self._prove()

    @invariant()
    def the_board_agrees(self) -> None:
        if not hasattr(self, "stack"):
            return
        self.steps += 1
        board = self.ledgers[TILLS[self.steps % 2]].board()
        seen = {row.item.name: row.units for row in board.rows}
        fund = {FUND: board.money_minor} if board.money_minor else {}
        assert seen | fund == self.shop.board()
        assert board.day == self.shop.today()
        expected = [s for s in self.shop.states() if s.running == "running" or s.waits]
        assert [_state(told) for told in board.programs] == expected
        if self.steps % BETWEEN_PROOFS == 0:
            self._prove()

    def _prove(self) -> None:
        checked = self.ledgers[TILLS[0]].verify()
        assert not checked.problems, checked.problems
        assert checked.entries == self.shop.no, (checked.entries, self.shop.no)
        self._prove_sums()
        self._prove_gifts()
        self._prove_slips()
        self._prove_what_left()
        states = self.ledgers[TILLS[1]].program_states(retired=True)
        assert [_state(told) for told in states] == self.shop.states()
        told = [(note.item.name, note.units, note.day) for note in self.ledgers[TILLS[0]].asked()]
        kept = [(n.item, n.units, n.day) for n in self.shop.notes if not n.forgotten]
        assert sorted(told) == sorted(kept)

    def _prove_sums(self) -> None:
        names = dict(self.file.execute("SELECT item, name FROM item").fetchall())
        last = self.file.execute(LAST_OF_POOLS).fetchall()
        moved = self.file.execute(MOVED_BY_KIND).fetchall()
        balances = dict(self.file.execute(LAST_OF_BOOKS).fetchall())
        places = set(self.file.execute(PLACES).fetchall())
        expected = self.shop.moved()
        assert {(p, names[i], k): (u, m) for p, i, k, u, m in moved} == expected
        pools: dict[tuple[int, str], tuple[int, int]] = {}
        for (program, item, _), (units, minor) in expected.items():
            so_far = pools.get((program, item), (0, 0))
            pools[program, item] = so_far[0] + units, so_far[1] + minor
        assert {(p, names[i]): (u, m) for p, i, u, m in last} == pools
        assert pools == self.shop.pools()
        assert balances == {book.no: book.units for book in self.shop.books}
        assert places <= MAY_WAIT

    def _prove_gifts(self) -> None:
        ledger = self.ledgers[TILLS[0]]
        for gift in {book.gift for book in self.shop.books if book.item != SERVING}:
            own = [book for book in self.shop.books if book.gift == gift]
            story = ledger.gift(gift)
            assert story.waiting == sum(book.units for book in own)
            assert story.program is not None
            assert {book.program for book in own} == {story.program.id}
            went = story.redeemed, story.refunded, story.delivered, story.passed_on
            ways = ("redeem", "refund", "deliver", "pass_on")
            assert went == tuple(self.shop.went(gift, way) for way in ways)
            assert story.units == story.waiting + sum(went)

    def _prove_slips(self) -> None:
        slips = self.ledgers[TILLS[0]].slips(most=1000)
        assert {slip.slip: (slip.left, str(slip.state)) for slip in slips} == {
            slip: (self.shop.on_slip(slip), self.shop.state(slip)) for slip in self.shop.expires
        }
        assert {slip.slip for slip in slips} == self.codes.keys()
        assert {slip.slip: (slip.number, slip.of) for slip in slips} == self.shop.places()

    def _prove_what_left(self) -> None:
        ledger = self.ledgers[TILLS[0]]
        batches = ledger.batches()
        for each in batches:
            parts = each.used + each.back + each.expired + each.refunded + each.left
            assert each.units == parts
        numbers = {partner.name: partner.id for partner in ledger.partners(retired=True)}
        assert [_batch(told, numbers) for told in batches] == self.shop.batches()
        handed_over = ledger.handovers()
        assert [
            (told.number, told.units, told.amount_minor, told.taken_back) for told in handed_over
        ] == [
            (act.no, act.total, -act.amount_minor, self.shop.taken_back(act))
            for act in self.shop.handed_over()
        ]
        for told in handed_over[:2]:
            assert ledger.handed_over(told.number) == told


def _state(told: ProgramState) -> SmallState:
    budget = told.budget
    return SmallState(
        number=told.program.id,
        running=str(told.running),
        waits=tuple((w.item.name, w.units, w.amount_minor, w.on_slips) for w in told.waits),
        delivered=told.delivered,
        budget=None if budget is None else (budget.units, budget.used, budget.left, budget.until),
    )


def _batch(told: Batch, numbers: Mapping[str, int]) -> SmallBatch:
    return SmallBatch(
        number=told.batch,
        partner=numbers[told.partner],
        slips=told.slips,
        slips_waiting=told.slips_waiting,
        units=told.units,
        used=told.used,
        back=told.back,
        expired=told.expired,
        refunded=told.refunded,
        left=told.left,
    )
