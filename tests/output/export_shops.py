"""Shops whose books are written, and the same numbers by hand: from the stored entries alone."""

from __future__ import annotations

import random
from collections import Counter as Sums
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.accounts import Books, Role
from payforward.core.asks import Give, PassOn, Redeem
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind
from payforward.core.programs import Program
from payforward.core.shop_settings import ShopSettings
from payforward.output.exports.writing import export_bytes
from tests.conftest import FrozenClock
from tests.db.busy_months import BusyMonths
from tests.db.counter import Counter, hurried, raw

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.export_answers import Export

Row = dict[str, Any]

CURRENCIES: Final = {1: "EUR", 2: "JPY", 3: "KWD"}
"""With 2, 0 and 3 decimals."""

DAYS: Final = 110
_RATES: Final = (("Flat white", 10_000), ("Cappuccino", 22_000), ("Latte", 8_875))
_FORWARD_TENDERS: Final = ("cash", "card", "other")


def busy_ledger(folder: Path, seed: int) -> tuple[Path, FrozenClock]:
    """Let a shop live some months; some days are closed, some rates change, one has none."""
    path, clock = folder / "shop.db", FrozenClock()
    currency = CURRENCIES[seed]
    create_ledger(path, shop="Rosa's Café", currency=currency, timezone="UTC", clock=clock)
    chance = random.Random(seed)
    with Ledger.open(path, clock=clock) as ledger:
        counter = Counter.with_menu(hurried(ledger))
        counter = Counter(ledger)
        _set_rates(path, dict(_RATES))
        months = BusyMonths(counter, clock, seed)
        for part in range(DAYS // 10):
            months.live(10)
            if chance.random() < 0.6:
                # A day that is not over: late work of it goes to the next.
                counter.give("Tea", 1)
                ledger.close_day()
            if part == 6:
                _set_rates(path, {"Flat white": 5_500})
    return path, clock


def _set_rates(path: Path, rates: dict[str, int]) -> None:
    with raw(path) as connection:
        for name, rate in rates.items():
            connection.execute("UPDATE item SET tax_rate = ? WHERE name = ?", (rate, name))


def exported(export: Export, form: str, *, continues: bool = False) -> str:
    """Return a whole export."""
    return b"".join(export_bytes(export, form, continues=continues)).decode()


def export_of(
    path: Path,
    clock: FrozenClock,
    form: str,
    first: date | None = None,
    last: date | None = None,
    *,
    continues: bool = False,
) -> str:
    """Return a whole export of a ledger's file."""
    with Ledger.open(path, clock=clock) as ledger:
        return exported(ledger.export_entries(first, last), form, continues=continues)


def rows_of(path: Path) -> list[Row]:
    """Return every stored entry with names, read by plain sqlite3."""
    with raw(path) as connection:
        found = connection.execute(
            "SELECT entry.*, program.kind AS program_kind, program.name AS program_name, "
            "item.kind AS item_kind, item.name AS item_name, served.name AS served_name "
            "FROM entry LEFT JOIN program USING (shop, program) LEFT JOIN item USING (shop, item) "
            "LEFT JOIN item AS served ON served.item = entry.served_item ORDER BY no"
        )
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]


def some_days(rows: list[Row], many: int, seed: int) -> list[date]:
    """Return days by chance, from before the first entry to after the last."""
    first, last = (date.fromisoformat(rows[end]["day"]) for end in (0, -1))
    chance = random.Random(seed)
    span = (last - first).days
    return [first + timedelta(days=chance.randint(-2, span + 2)) for _ in range(many)]


def takings_by_hand(rows: list[Row], until: date, since: date | None = None) -> dict[str, int]:
    """Return what came in and went out by tender, net."""
    sums: Sums[str] = Sums()
    for row in rows:
        is_since = since is None or row["day"] >= since.isoformat()
        if row["tender"] in _FORWARD_TENDERS and is_since and row["day"] <= until.isoformat():
            sums[row["tender"]] += row["amount_minor"]
    return {tender: sums[tender] for tender in _FORWARD_TENDERS}


class VatByHand:
    """VAT of all gifts up to a day, each rounded by fractions.

    ``ahead`` is in gifts that wait and was due when they were sold; ``due`` is what the state
    gets.
    """

    def __init__(self, rows: list[Row], until: date) -> None:
        firsts = {row["no"]: row for row in rows}
        held: Sums[int] = Sums()
        served: dict[str, tuple[int, int]] = {}
        self.due = self.opened = 0
        for row in rows:
            first = firsts[row["gift"]]
            if row["day"] > until.isoformat() or row["program_kind"] != "forward":
                continue
            rate = first["tax_rate"] or 0
            if first["tax_kind"] == "single":
                before = vat(held[row["gift"]], rate)
                held[row["gift"]] += row["amount_minor"]
                change = vat(held[row["gift"]], rate) - before
                if row["kind"] in ("give", "refund", "pass_on"):
                    if row["tender"] == "opening":
                        self.opened += change
                    else:
                        self.due += change
            elif row["kind"] == "redeem":
                paid = served.get(row["action"], (0, 0))[0] + row["amount_minor"]
                served[row["action"]] = paid, row["tax_rate"] or 0
        self.due -= sum(vat(paid, rate) for paid, rate in served.values())
        self.ahead = sum(vat(minor, firsts[gift]["tax_rate"] or 0) for gift, minor in held.items())


def vat(amount_minor: int, rate: int) -> int:
    """Return the VAT in an amount, half away from zero."""
    exact = Fraction(abs(amount_minor)) * rate / (100_000 + rate)
    rounded = int(exact + Fraction(1, 2))
    return rounded if amount_minor >= 0 else -rounded


EVIL: Final = ("=cmd|' /C calc'!A1", "@sum(1)", "-1+1", " +x", "＝1", 'a","b\r\n"', "\t=1;|")
"""Names that a careless program would run."""


def evil_ledger(counter: Counter, clock: FrozenClock) -> Path:
    """Let a shop live in which every name is a formula, and return its ledger."""
    ledger = counter.ledger
    item = ledger.add_item(EVIL[0], 300)
    program = ledger.add_program(Program(name=EVIL[1], kind=ProgramKind.FORWARD))
    partner = ledger.add_partner(EVIL[2])
    jars = [ledger.add_program(Program(name=n, kind=ProgramKind.CHARITY)) for n in EVIL[3:]]
    with Ledger.open(ledger.path, till=EVIL[5], cashier=EVIL[3], clock=clock) as till:
        till.give(
            Give(
                action=new_action_id(),
                item=item.id,
                units=2,
                program=program.id,
                till_receipt=EVIL[4],
                giver="Zoë Secret",
                message="for my Mother",
            )
        )
        for jar in jars:
            ask = Give(action=new_action_id(), item=ledger.fund().id, units=100, program=jar.id)
            till.give(ask)
    served = ledger.redeem(Redeem(action=new_action_id(), item=item.id))
    counter.undo(served.action, reason="Zoë Secret changed her mind")
    ledger.pass_on(PassOn(action=new_action_id(), item=item.id, units=1, partner=partner.id))
    books = Books(books_contribution=True).with_name(Role.CASH, EVIL[0])
    ledger.save_settings(ShopSettings(books=books))
    return ledger.path
