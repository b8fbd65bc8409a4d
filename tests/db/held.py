"""What tests of drives, jars and surplus share: a drive, a jar, two partners, refusals, stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db import names
from db.append import Appender, Line, Stamp, lock_head
from payforward.core.errors import PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind
from payforward.core.programs import Program

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.model import Entry
    from payforward.core.program_answers import HandedOver
    from tests.db.counter import Counter

FORWARD = 1
"""The program that set-up makes."""


@dataclass(frozen=True)
class Winter:
    """A drive of coats in two sizes and of tins, a jar, and two partners, by number."""

    drive: int
    small: int
    large: int
    tin: int
    jar: int
    shelter: int
    school: int

    @classmethod
    def of(cls, counter: Counter) -> Winter:
        """Make them in a shop; the drive's last day is 1 December 2026."""
        ledger = counter.ledger
        last = date(2026, 12, 1)
        drive = ledger.add_program(
            Program(name="Winter coats", kind=ProgramKind.DRIVE, target=40, ends_on=last)
        ).id
        small, large = ledger.add_goods(drive, "Coat", ["S", "L"])
        (tin,) = ledger.add_goods(drive, "Tin of soup")
        jar = ledger.add_program(Program(name="Lifeboats", kind=ProgramKind.CHARITY)).id
        shelter, school = (ledger.add_partner(name).id for name in ("Shelter", "School"))
        return cls(drive, small.id, large.id, tin.id, jar, shelter, school)


def assert_stories_add_up(counter: Counter) -> None:
    """Fail unless each gift waits, or went, as a whole."""
    rows = counter.ledger._file.read(
        "SELECT no FROM entry JOIN program USING (shop, program) "
        "WHERE gift = no AND entry.kind = 'give' AND program.kind <> 'giveaway'"
    )
    for (gift,) in rows:
        story = counter.ledger.gift(gift)
        went = story.redeemed + story.refunded + story.delivered + story.passed_on
        assert story.units == story.waiting + went


def refused(counter: Counter, act: Callable[[], object]) -> PayforwardError:
    """Return why something was refused, sure that nothing was changed."""
    before = counter.facts()
    with pytest.raises(PayforwardError) as no:
        act()
    assert counter.facts() == before
    return no.value


def listed(handed: HandedOver) -> list[tuple[str, int, int]]:
    """Return what a manifest lists: names, units, money."""
    return [(line.item.name, line.units, line.amount_minor) for line in handed.lines]


def entries_of(counter: Counter, action: str) -> list[Entry]:
    """Return what an action of today wrote."""
    return [e.entry for e in counter.ledger.entries() if e.entry.action == action]


def append(counter: Counter, *lines: Line) -> tuple[Entry, ...]:
    """Write one action as the writer would that asked no plan first."""
    ledger = counter.ledger
    with ledger._file.write_transaction() as database:
        head = lock_head(database, ledger.shop)
        at = "2026-11-21T17:40:00.000Z"
        stamp = Stamp(
            action=new_action_id(),
            request=bytes(32),
            till=names.till_id(ledger._file, database, ledger.shop.id, "till 1", at),
            cashier=None,
            at=at,
            day=max("2026-11-21", head.day),
        )
        return Appender(ledger._file, database, ledger.shop, head, stamp).append(lines)
