"""What waits at a shop now, for a coordinator who tells people or for the shop's window.

It tells what somebody who asks can have, and never what was paid for it. What is on slips is
promised to whoever has the slip and does not count. In a window no sum of money stands, and no
count above a program's cap; a coordinator hears what there is, to the last cup and cent, what is
on slips already, and which goods can be fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from payforward.core.currencies import currency as currency_of
from payforward.core.days import day_text
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.money import Money
from payforward.core.programs import Running
from payforward.output.papers import what_text
from payforward.output.partner_papers import sorts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from db.ledger import Ledger
    from payforward.core.answers import Board
    from payforward.core.model import Item
    from payforward.core.program_answers import BudgetState, ProgramState, Waits
    from payforward.core.programs import Program

TITLE: Final = "What is waiting"
PAID: Final = "All of this is paid for. Whoever asks is served like anyone else."
TO_HAND_OUT: Final = (
    "All of this is paid for and can be handed out. Send people to us, or ask us for slips."
)
NOTHING: Final = "Nothing is waiting just now. It may be otherwise tomorrow."
_ORDER: Final = (
    ProgramKind.FORWARD,
    ProgramKind.GIVEAWAY,
    ProgramKind.DRIVE,
    ProgramKind.CHARITY,
)
"""What somebody who asks can have comes first."""
_NONE_HERE: Final = "Nothing is waiting here just now."


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One program on the page.

    Args:
        title: Its name.
        hints: When gifts of it are served, and until when it runs.
        rows: What waits: a count such as ``12`` or ``20+``, and of what.
        words: Sentences below them.
    """

    title: str
    hints: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage:
    """All that the page says.

    Args:
        shop: Whose it is.
        day: The business day, as people read it.
        intro: One sentence at the top.
        sections: The programs.
        head: The ledger's head, or nothing.
    """

    shop: str
    day: str
    intro: str
    sections: tuple[Section, ...]
    head: str = ""


def waiting_page(
    shop_name: str,
    board: Board,
    *,
    items: Mapping[int, Item],
    head: str = "",
    public: bool = False,
) -> WaitingPage:
    """Return what the page says.

    Args:
        shop_name: Whose.
        board: What waits, as the ledger answers it; its day and currency are the page's.
        items: Every item and all goods by number, also retired ones: programs name theirs so.
        head: The ledger's head, ``NUMBER-8HEX``.
        public: Whether it is for everybody's eyes: counts stop at each program's cap, money has
            no amount, and programs that are to be hidden while nothing waits are left out.
    """
    teller = _Teller(board, items, public=public)
    states = sorted(board.programs, key=lambda state: _ORDER.index(state.program.kind))
    sections = tuple(filter(None, map(teller.section, states)))
    return WaitingPage(
        shop=shop_name,
        day=day_text(board.day),
        intro=_intro(sections, has_something=teller.has_something, public=public),
        sections=sections,
        head=head,
    )


def waiting_page_of(ledger: Ledger, *, public: bool = False) -> WaitingPage:
    """Return the page of what waits at a shop now.

    Args:
        ledger: The shop's.
        public: Whether it is for everybody's eyes.
    """
    items = [*ledger.items(retired=True), *ledger.goods(retired=True)]
    return waiting_page(
        ledger.shop.name,
        ledger.board(),
        items={item.id: item for item in items},
        head=ledger.head(),
        public=public,
    )


def _intro(sections: tuple[Section, ...], *, has_something: bool, public: bool) -> str:
    if has_something:
        return PAID if public else TO_HAND_OUT
    return "" if sections else NOTHING


class _Teller:
    """Tells one program at a time."""

    has_something = False
    """Whether there is anything, so far, for somebody who asks."""

    def __init__(self, board: Board, items: Mapping[int, Item], *, public: bool) -> None:
        self._board = board
        self._items = items
        self._public = public

    def section(self, state: ProgramState) -> Section | None:
        """Return a program's section, or None where it has no place on the page."""
        match state.program.kind:
            case ProgramKind.FORWARD:
                return self._forward(state)
            case ProgramKind.GIVEAWAY:
                return self._giveaway(state)
            case ProgramKind.DRIVE:
                return self._drive(state)
            case ProgramKind.CHARITY:
                return self._jar(state)

    def _forward(self, state: ProgramState) -> Section | None:
        program = state.program
        on_board = [(each.item, each.units - each.on_slips) for each in state.waits]
        money_minor = sum(units for item, units in on_board if item.kind is ItemKind.MONEY)
        rows = tuple(
            (self._count(program, units), item.name)
            for item, units in on_board
            if units > 0 and item.kind is not ItemKind.MONEY
        )
        if not rows and not money_minor and self._is_hidden(state):
            return None
        words = [self._fund(money_minor)] if money_minor else []
        if rows or words:
            self.has_something = True
        else:
            words = [_NONE_HERE]
        return self._told(state, rows, [*words, *self._on_slips(state)])

    def _fund(self, money_minor: int) -> str:
        currency = currency_of(self._board.currency)
        much = "Money" if self._public else Money(money_minor, currency).format()
        return f"{much} in the fund pays for anything on the menu."

    def _on_slips(self, state: ProgramState) -> list[str]:
        """Return what partners and others have on slips already, for a coordinator."""
        if self._public:
            return []
        there = [each for each in state.waits if each.on_slips]
        out = [what_text(each.item, each.on_slips, self._board.currency) for each in there]
        return [f"Besides, on slips that are out: {', '.join(out)}."] if out else []

    def _giveaway(self, state: ProgramState) -> Section | None:
        program, budget = state.program, state.budget
        if state.running is not Running.RUNNING:
            return None
        if budget is not None and not budget.left and self._public and program.hide_zero:
            return None
        things = self._things(program)
        if program.items and not things:
            return None
        words = [f"From the house: {things or 'anything on the menu'}."]
        if budget is not None:
            words.append(self._left(program, budget))
        if budget is None or budget.left:
            self.has_something = True
        return self._told(state, (), words)

    def _left(self, program: Program, budget: BudgetState) -> str:
        if budget.left:
            return f"{self._count(program, budget.left)} left, until {day_text(budget.until)}."
        after = budget.until + timedelta(days=1)
        if program.running(after) is Running.RUNNING:
            return f"None left; there are more from {day_text(after)}."
        return "None left."

    def _drive(self, state: ProgramState) -> Section | None:
        program = state.program
        runs = state.running is Running.RUNNING
        if not (runs or (state.units and not self._public)):
            return None
        if not state.collected and self._is_hidden(state):
            return None
        words = [self._collected(state)] if runs else []
        goods = self._things(program)
        if runs and goods:
            words.append(f"Hoped for: {goods}.")
        rows = () if self._public else tuple(_goods_rows(state.waits))
        if rows:
            words.insert(0, "These are here and can be fetched.")
        return self._told(state, rows, words)

    def _collected(self, state: ProgramState) -> str:
        collected = self._count(state.program, state.collected)
        target = state.program.target
        if target is None:
            return f"{collected} collected so far."
        missing = target - state.collected
        if missing <= 0:
            return f"{collected} of {target} collected: thank you."
        if collected.isdigit():
            return f"{collected} of {target} collected, {missing} to go."
        return f"{collected} of {target} collected."

    def _jar(self, state: ProgramState) -> Section | None:
        # Nothing in it can be handed out to anybody.
        if state.running is not Running.RUNNING or not self._public:
            return None
        return self._told(state, (), ["We collect money for it here."])

    def _told(
        self, state: ProgramState, rows: tuple[tuple[str, str], ...], words: list[str]
    ) -> Section:
        return Section(
            title=state.program.name,
            hints=tuple(_hints(state.program, self._board.day, public=self._public)),
            rows=rows,
            words=tuple(words),
        )

    def _is_hidden(self, state: ProgramState) -> bool:
        """Return whether an empty program is left out."""
        if state.running is not Running.RUNNING:
            return True
        return self._public and state.program.hide_zero

    def _count(self, program: Program, count: int) -> str:
        cap = program.public_cap
        if self._public and cap is not None and count > cap:
            return f"{cap}+"
        return str(count)

    def _things(self, program: Program) -> str:
        """Return the names of a program's own items in use: ``Soup, Coat (S, M, L)``."""
        found = [self._items[each] for each in program.items if each in self._items]
        return _listed([item for item in found if not item.retired])


def _listed(items: list[Item]) -> str:
    from payforward.core.program_answers import Waits  # noqa: PLC0415

    told = []
    for sort in sorts(Waits(item, 1, 0) for item in items):
        sizes = [size for size, _ in sort.sizes if size]
        told.append(f"{sort.kind} ({', '.join(sizes)})" if sizes else sort.kind)
    return ", ".join(told)


def _goods_rows(waits: tuple[Waits, ...]) -> list[tuple[str, str]]:
    return [(str(each.units), each.item.name) for each in waits if each.units > 0]


def _hints(program: Program, day: date, *, public: bool) -> list[str]:
    hints = [program.hours] if program.hours else []
    if program.order_limit is not None and not public:
        hints.append(f"usually at most {program.order_limit} for one order")
    if program.starts_on is not None and day < program.starts_on:
        hints.append(f"from {day_text(program.starts_on)}")
    if program.ends_on is not None and day <= program.ends_on:
        hints.append(f"until {day_text(program.ends_on)}")
    return hints
