"""Programs of the small shop: which there are, and what the house gives out of which budget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.db.small_base import SmallBase
from tests.db.small_parts import (
    CHARITY,
    DRIVE,
    FORWARD,
    FUND,
    GIVEAWAY,
    SERVING,
    Act,
    Book,
    Move,
    No,
    SmallProgram,
    in_order,
    take,
)

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class SmallState:
    """How a program stands: items with units, money and how much is on slips, in order."""

    number: int
    running: str
    waits: tuple[tuple[str, int, int, int], ...]
    delivered: int
    budget: tuple[int, int, int, date] | None
    """What it is, what was used, what is left, and until when."""


@dataclass
class SmallPrograms(SmallBase):
    """What the shop has decided on, and what it gives itself."""

    def states(self) -> list[SmallState]:
        """Return how every program stands, the first one first, retired ones too."""
        moved = self.moved()
        return [self._state(program, moved) for program in self.programs]

    def add_program(self, draft: SmallProgram) -> SmallProgram:
        self._check_program(draft, draft)
        self.programs.append(replace(draft, number=len(self.programs) + 1))
        self._settle_unasked(self.programs[-1])
        return self.programs[-1]

    def change_program(self, program: SmallProgram) -> SmallProgram:
        kept = self.program(program.number)
        self._check_program(program, kept)
        self.programs[kept.number - 1] = program
        self._settle_unasked(program)
        return program

    def retire_program(self, number: int) -> SmallProgram:
        program = self.program(number)
        if program.retired:
            raise No("unknown-program")
        if self._state(program, self.moved()).waits:
            raise No("program-holds-gifts")
        others = [p for p in self.programs if p.kind == FORWARD and not p.retired]
        if others == [program]:
            raise No("last-program")
        program.retired = True
        self._settle_unasked(program)
        return program

    def add_goods(self, number: int, names: list[str]) -> None:
        drive = self.program(number)
        if drive.retired:
            raise No("unknown-program")
        if drive.kind != DRIVE:
            raise No("not-a-drive")
        self.goods += [name for name in names if name not in self.goods]
        drive.items |= frozenset(names)

    def giving_program(self, item: str, number: int | None) -> SmallProgram:
        """Return where a gift belongs: the program that was named, or the first that takes it."""
        if number is None:
            for program in self.programs:
                runs = program.kind == FORWARD and program.state(self.today()) == "running"
                if runs and program.takes(item):
                    return program
            raise No("not-in-program")
        named = self._running(number, FORWARD, CHARITY)
        if not named.takes(item):
            raise No("not-in-program")
        return named

    def give_away(self, number: int, item: str, units: int) -> Act:
        self._check_clock()
        program = self._running(number, GIVEAWAY)
        if item in self.retired or not program.takes(item):
            raise No("not-in-program")
        until = program.until(self.today())
        if until is None:
            no = self.no + 1 + self._clock_is_back()
            book = Book(no, no, SERVING, 0, number, held=True)
            moves = [Move(book, units, "give"), Move(book, -units)]
        else:
            if self.left_of(program) < units:
                raise No("over-budget")
            if sum(book.units for book in self._budget(program, until)) < units:
                # The first serving of a period opens its budget; what is refused opens none.
                self.settle(program)
            moves = take(self._budget(program, until), units)
        self._mark_clock()
        return self._done(Act("redeem", self.today(), moves, units, self.prices[item] * units))

    def left_of(self, program: SmallProgram) -> int:
        """Return how many servings may still be given in this period; 0 without a budget."""
        until = program.until(self.today())
        if until is None or program.budget is None:
            return 0
        return max(0, program.budget - self._served(program))

    def settle_budgets(self, *, asked: bool = False) -> int:
        if not asked and not self._is_soon():
            return 0
        return sum([self.settle(program) for program in self.programs])

    def settle(self, program: SmallProgram) -> bool:
        """Bring a budget to what was decided; return whether that changed anything."""
        until = program.until(self.today())
        if program.kind != GIVEAWAY or self._is_far():
            return False
        there = self._budget(program)
        moves = [Move(book, -book.units, "lapse") for book in there if book.until != until]
        current = [book for book in there if book.until == until]
        missing = self.left_of(program) - sum(book.units for book in current)
        if until is not None and missing > 0:
            no = self.no + 1 + self._clock_is_back() + len(moves)
            new = Book(no, no, SERVING, 0, program.number, held=True, until=until)
            moves.append(Move(new, missing, "budget"))
        elif until is not None:
            moves += take(current, -missing, "lapse")
        if not moves:
            return False
        self._mark_clock()
        self._done(Act("settle", self.today(), moves))
        return True

    # -- within --

    def _state(
        self, program: SmallProgram, moved: dict[tuple[int, str, str], tuple[int, int]]
    ) -> SmallState:
        until = program.until(self.today())
        budget = None
        if until is not None and program.budget is not None:
            shown = min(until, program.ends or until)
            budget = program.budget, self._served(program), self.left_of(program), shown
        out = sum(-moved.get((program.number, i, "deliver"), (0, 0))[0] for i in self._all_items())
        return SmallState(
            number=program.number,
            running=program.state(self.today()),
            waits=() if program.kind == GIVEAWAY else self._waits(program.number),
            delivered=out,
            budget=budget,
        )

    def _waits(self, program: int) -> tuple[tuple[str, int, int, int], ...]:
        waits = []
        for item in self._all_items():
            own = [b for b in self.books if b.program == program and b.item == item and b.units]
            if own:
                minor = sum(book.units * book.unit_minor for book in own)
                on_slips = sum(book.units for book in own if book.slip is not None)
                waits.append((item, sum(book.units for book in own), minor, on_slips))
        return tuple(waits)

    def _all_items(self) -> list[str]:
        """Return the menu in its order, goods after it, money last."""
        return [*(item for item in self.prices if item != FUND), *self.goods, FUND]

    def _budget(self, program: SmallProgram, until: date | None = None) -> list[Book]:
        """Return the books of servings that have some left, of a period or of all."""
        own = (b for b in self.books if b.program == program.number and b.item == SERVING)
        return in_order(b for b in own if b.units and until in (None, b.until))

    def _served(self, program: SmallProgram) -> int:
        """Return how many servings the house gave in the period, out of whichever budget."""
        first = program.began(self.today())
        return -sum(
            move.units
            for act in self.acts
            for move in act.moves
            if move.book.program == program.number
            and first <= (act.mirrors or act).day <= self.today()
            and (move.kind or act.kind) == "redeem"
        )

    def _is_soon(self) -> bool:
        """Return whether the last entry is of four days ago or less, or there is none."""
        return self.last_at is None or self.today() - self.day <= timedelta(days=4)

    def _settle_unasked(self, program: SmallProgram) -> bool:
        return self._is_soon() and self.settle(program)

    def _running(self, number: int, *kinds: str) -> SmallProgram:
        program = self.program(number)
        if program.retired or program.kind not in kinds:
            raise No("unknown-program")
        if program.state(self.today()) != "running":
            raise No("not-running")
        return program

    def _check_program(self, program: SmallProgram, kept: SmallProgram) -> None:
        if None not in (program.starts, program.ends) and program.ends < program.starts:  # type: ignore[operator]
            raise No("bad-dates")
        if kept.retired:
            raise No("unknown-program")
        for other in self.programs:
            if not other.retired and other.number != kept.number and other.name == program.name:
                raise No("name-taken")
        had = kept.items if kept.number else frozenset()
        known = set(self.goods if program.kind == DRIVE else self.prices.keys() - {FUND})
        if not program.items <= (known - self.retired) | (had & known):
            raise No("unknown-item")
