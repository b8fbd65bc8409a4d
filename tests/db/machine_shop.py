"""The shop that the state machine begins with, as a ledger and as a small shop."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.ledger import Ledger
from payforward.core.model import ProgramKind
from payforward.core.programs import Period, Program
from tests.conftest import FrozenClock
from tests.db.counter import MENU
from tests.db.small_parts import CHARITY, DRIVE, FORWARD, FUND, GIVEAWAY, SmallProgram
from tests.db.small_shop import SmallShop

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAMES = [name for name, _, _ in MENU]
GOODS = ["Coat M", "Coat L", "Tin"]
TILLS = ("till 1", "bar")
PARTNERS = ("Shelter", "School")
START = datetime(2026, 11, 21, 17, 40, tzinfo=UTC)

KIT = (
    SmallProgram(name="Students", kind=FORWARD),
    SmallProgram(name="Tea time", kind=FORWARD, items=frozenset({"Tea", "Latte"})),
    SmallProgram(name="Soup", kind=GIVEAWAY, budget=4, period="week"),
    SmallProgram(name="Bread", kind=GIVEAWAY),
    SmallProgram(name="Coats", kind=DRIVE),
    SmallProgram(name="Jar", kind=CHARITY),
)
"""What a shop may have from its first day on."""


def equip(template: Path, path: Path) -> None:
    """Make a ledger with partners, programs and goods of a ledger with a menu."""
    shutil.copy(template, path)
    with Ledger.open(path, till=TILLS[0], clock=FrozenClock(START)) as ledger:
        ids = {item.name: item.id for item in ledger.items()}
        for partner in PARTNERS:
            ledger.add_partner(partner)
        for draft in KIT:
            program = ledger.add_program(to_program(draft, ids))
            if draft.kind == DRIVE:
                for name in GOODS[:2]:
                    ledger.add_goods(program.id, name)


def small_shop(*, with_kit: bool) -> SmallShop:
    """Return the small shop that is as the template, or as what `equip` makes of it."""
    shop = SmallShop(
        START,
        prices={name: price for name, price, _ in MENU} | {FUND: 1},
        groups={name: group for name, _, group in MENU if group},
    )
    shop.partners = dict.fromkeys(range(1, len(PARTNERS) + 1), True)
    if with_kit:
        for draft in KIT:
            program = shop.add_program(draft)
            if draft.kind == DRIVE:
                shop.add_goods(program.number, GOODS[:2])
    return shop


def to_program(program: SmallProgram, ids: Mapping[str, int]) -> Program:
    """Return a program as the ledger is asked for it."""
    period = program.period
    return Program(
        id=program.number,
        name=program.name,
        kind=ProgramKind(program.kind),
        items=tuple(ids[item] for item in sorted(program.items)),
        starts_on=program.starts,
        ends_on=program.ends,
        budget_units=program.budget,
        budget_period=None if period is None else Period(period),
    )
