"""A ledger as steps of a journal: what each action did, and what is owed where it is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from payforward.core.accounts import Role
from payforward.core.clock import last_day_of
from payforward.core.model import Kind, ProgramKind
from payforward.core.tax import tax_in
from payforward.output.exports.postings import Account, Poster, What

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payforward.core.export_answers import Export, ExportEntry

ROLE_OWED: Final = {ProgramKind.FORWARD: Role.GIFTS, ProgramKind.CHARITY: Role.HELD}
_ONE_DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Transaction:
    """What one action did.

    Args:
        first: Its first entry.
        what: What happened.
        postings: By account, debits above 0, in minor units: in sum 0.
        units: Of the item, or of what was served; above 0.
        list_price_minor: What was served, at list price; above 0.
    """

    first: ExportEntry
    what: What
    postings: Counter[Account] = field(default_factory=Counter)
    units: int = 0
    list_price_minor: int = 0


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What was owed at the end of a day, by account: credits, so below 0 or 0."""

    day: date
    balances: Mapping[Account, int]


@dataclass(frozen=True, slots=True)
class Opening:
    """What was there at the end of the day before the first, against the opening account."""

    day: date
    postings: Mapping[Account, int]


@dataclass(frozen=True, slots=True)
class DayJournal:
    """What happened on one day, by what it was, program and account; in sum 0."""

    day: date
    lines: Mapping[tuple[What, int, Account], int]


class Owed:
    """Knows what is owed, as the entries themselves say what their pools hold after them."""

    def __init__(self, export: Export) -> None:
        self._programs = export.programs
        self._pools: dict[tuple[int, int], int] = {}
        self._balances: dict[Account, int] = {}
        first = export.first
        for program, day in export.program_days.items():
            if first is not None and day < first and program in export.programs:
                self._set(program, 0, 0)
        for each in export.opening:
            self._set(each.program.id, each.item.id, each.held.amount_minor)

    def see(self, entry: ExportEntry) -> None:
        """Take in what an entry's pool holds after it."""
        if entry.program is not None and entry.item is not None:
            self._set(entry.program, entry.item, entry.pool_minor)

    def balances(self) -> dict[Account, int]:
        """Return what is owed now, by account, as credits."""
        return {account: -minor for account, minor in self._balances.items()}

    def _set(self, program: int, item: int, minor: int) -> None:
        role = ROLE_OWED.get(self._programs[program].kind)
        if role is None:
            return
        account = Account(role, program)
        change = minor - self._pools.get((program, item), 0)
        self._pools[program, item] = minor
        self._balances[account] = self._balances.get(account, 0) + change


def opening_of(export: Export) -> Opening | None:
    """Return what was there before the first day, None where nothing was.

    Of the VAT that was due ahead each gift has its own: see `Poster`.
    """
    if export.first is None or not export.opening:
        return None
    postings: Counter[Account] = Counter(Owed(export).balances())
    if export.books.splits_vat:
        ahead = sum(tax_in(each.held_minor, each.rate) for each in export.taxed_before())
        postings[Account(Role.VAT_AHEAD)] = ahead
    postings[Account(Role.OPENING)] = -postings.total()
    return Opening(export.first - _ONE_DAY, postings)


def steps(export: Export) -> Iterator[Transaction | Checkpoint]:
    """Yield what each action did and, at each close and each month's end, what is owed then.

    The first checkpoint is what was owed before the first day, where one was asked for.
    """
    poster, owed = Poster(export), Owed(export)
    checked = None
    if export.first is not None and export.began_on is not None and export.began_on < export.first:
        checked = export.first - _ONE_DAY
        yield Checkpoint(checked, owed.balances())
    now: Transaction | None = None
    day: date | None = None
    for entry in export.entries():
        if now is not None and entry.action != now.first.action:
            yield from _told(now)
            now = None
        if day is None or entry.day != day.isoformat():
            last, day = day, date.fromisoformat(entry.day)
            ended = None if last is None else last_day_of("month", last)
            if ended is not None and ended < day and ended != checked:
                yield Checkpoint(ended, owed.balances())
        owed.see(entry)
        now = _add(now, entry, poster)
        if entry.kind == Kind.CLOSE:
            checked = day
            yield Checkpoint(day, owed.balances())
    if now is not None:
        yield from _told(now)
    ended = None if day is None else last_day_of("month", day)
    if ended is not None and ended <= export.complete_to and ended != checked:
        yield Checkpoint(ended, owed.balances())


def days(export: Export) -> Iterator[DayJournal]:
    """Yield what happened, day by day; days on which no money moved are left out."""
    poster = Poster(export)
    day = ""
    lines: Counter[tuple[What, int, Account]] = Counter()
    for entry in export.entries():
        if entry.day != day:
            yield from _day(day, lines)
            day, lines = entry.day, Counter()
        for what, program, account, minor in poster.postings(entry):
            lines[what, program, account] += minor
    yield from _day(day, lines)


def _day(day: str, lines: Counter[tuple[What, int, Account]]) -> Iterator[DayJournal]:
    moved = {key: minor for key, minor in lines.items() if minor}
    if moved:
        yield DayJournal(date.fromisoformat(day), moved)


def _add(now: Transaction | None, entry: ExportEntry, poster: Poster) -> Transaction | None:
    """Add an entry to what its action did so far; an action without money does nothing."""
    postings = list(poster.postings(entry))
    if not postings:
        return now
    if now is None:
        now = Transaction(entry, postings[0].what)
    for _, _, account, minor in postings:
        now.postings[account] += minor
    now.units += abs(entry.units if entry.served is None else entry.served)
    now.list_price_minor += abs(entry.list_price_minor or 0)
    return now


def _told(transaction: Transaction) -> Iterator[Transaction]:
    if any(transaction.postings.values()):
        yield transaction
