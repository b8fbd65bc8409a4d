"""A counter to practise on: the shop's own menu, a few gifts waiting, nothing that counts."""

from __future__ import annotations

import random
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from db.setup import create_ledger, discard_ledger
from payforward.core.asks import Give
from payforward.core.clock import DEFAULT_CUTOVER_HOUR, SystemClock
from payforward.core.currencies import currency
from payforward.core.menus import MenuRow
from payforward.core.model import MAX_AMOUNT_MINOR
from payforward.core.money import Money
from payforward.demo.menu import CURRENCY, menu_rows
from payforward.demo.practice_programs import copy_for_gifts, copy_others, read_programs
from payforward.demo.stage import Stage, StageClock, Tills
from payforward.demo.year import SHOP, TIMEZONE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from db.ledger import Ledger
    from payforward.core.clock import Clock
    from payforward.core.model import Item

_SINCE_DAYS: Final = 12
# How long ago, how many, by whom, with what words.
_GIFTS: Final = (
    (timedelta(days=12), 2, None, None),
    (timedelta(days=6), 1, "O'Hara", "Enjoy it"),
    (timedelta(days=3), 3, None, None),
    (timedelta(days=1), 2, "Zoë", "Have a warm one"),
    (timedelta(minutes=40), 1, None, None),
)
_FUND_AGO: Final = timedelta(minutes=20)
_FUND_PAYS_FOR: Final = 3


def make_practice(path: Path, *, from_ledger: Ledger | None, clock: Clock | None = None) -> None:
    """Make a throw-away ledger on which a new cashier can try everything.

    Every other thing on the menu waits, so that there is something to serve, to serve for
    another and to find missing; the fund can pay for three of what is missing. The shop's
    programs run as they do there, budgets untouched. A shop whose menu is empty gets an empty
    counter. See `make_demo` on power cuts.

    Args:
        path: Where it will be; there is no file yet.
        from_ledger: Whose shop and menu it shows; Rosa's Café without one. It is only read.
        clock: What time it is.

    Raises:
        Refused: there is a file already.
        LedgerUnusable: the file cannot be made or written there.
    """
    now = (clock or SystemClock()).now().astimezone(UTC)
    menu = [] if from_ledger is None else from_ledger.items()
    shop = None if from_ledger is None else from_ledger.shop
    programs = None if from_ledger is None else read_programs(from_ledger)
    stage_clock = StageClock(now - timedelta(days=_SINCE_DAYS), latest=now)
    create_ledger(
        path,
        shop=SHOP if shop is None else shop.name,
        currency=CURRENCY if shop is None else shop.currency,
        timezone=TIMEZONE if shop is None else shop.timezone,
        cutover_hour=DEFAULT_CUTOVER_HOUR if shop is None else shop.cutover_hour,
        menu=menu_rows(price=-1) if shop is None else _rows(menu, shop.currency),
        clock=stage_clock,
    )
    try:
        with Tills(path, stage_clock) as tills:
            stage = Stage(tills, random.SystemRandom())
            counter = stage.counter()
            _copy_groups(counter, menu)
            if programs is not None:
                copy_for_gifts(counter, programs)
            _put_aside(stage, counter)
            if programs is not None:
                copy_others(counter, programs)
    except BaseException:
        discard_ledger(path)
        raise


def _rows(menu: Sequence[Item], code: str) -> list[MenuRow]:
    money = currency(code)
    return [
        MenuRow(
            line=line,
            name=item.name,
            category=item.category,
            price=Money(item.price_minor, money),
            sku=item.sku,
            barcode=item.barcode,
            tax_rate=item.tax_rate,
            giftable=item.giftable,
        )
        for line, item in enumerate(menu, start=1)
    ]


def _copy_groups(counter: Ledger, menu: Sequence[Item]) -> None:
    """Let the same things be served for each other as in the shop."""
    groups = {item.name: item.groups for item in menu}
    for item in counter.items():
        if item.name in groups and groups[item.name] != item.groups:
            counter.set_groups(item.id, groups[item.name])


def _put_aside(stage: Stage, counter: Ledger) -> None:
    """Put a handful of gifts aside, and money for what has none."""
    now = stage.clock.latest
    menu, programs = counter.items(), counter.programs()
    may_be = [i for i in menu if i.giftable and any(each.takes(i.id) for each in programs)]
    given = may_be[::2][: len(_GIFTS)]
    missing = [item for item in menu if item not in given]
    # The newest gifts where there are few: a ledger that was quiet for long asks about its clock.
    for (ago, units, giver, message), item in zip(
        _GIFTS[len(_GIFTS) - len(given) :], given, strict=True
    ):
        stage.clock.move_to(now - ago)
        counter.give(
            Give(
                action=stage.new_action(),
                item=item.id,
                units=max(1, min(units, MAX_AMOUNT_MINOR // item.price_minor)),
                giver=giver,
                message=message,
            )
        )
    stage.clock.move_to(now - _FUND_AGO)
    dearest = max((item.price_minor for item in missing or given), default=0)
    if dearest:
        amount = min(dearest * _FUND_PAYS_FOR, MAX_AMOUNT_MINOR)
        counter.give(Give(action=stage.new_action(), item=counter.fund().id, units=amount))
