"""Write the newest schema, and a day's life in it, beside this file."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from db.ledger import Ledger
from db.migrations import SCHEMA_VERSION
from db.setup import create_ledger
from payforward.core.model import PaidFrom
from tests.conftest import FrozenClock
from tests.db.counter import Counter
from tests.db.schemas import SCHEMAS, dump_of, schema_of


def _live(counter: Counter, clock: FrozenClock) -> None:
    """Do one of each thing that a counter can do."""
    first = counter.give("Latte", 3, paid=1000, giver="Ana", message="Enjoy")
    counter.give_money(2000)
    counter.redeem("Latte", 2)
    counter.redeem("Cappuccino", paid_from=PaidFrom.FUND)
    wrong = counter.give("Flat white", 2)
    counter.undo(wrong.action, reason="a slip of the finger")
    counter.give("Flat white", 4)
    counter.redeem("Cappuccino", 2, paid_from=PaidFrom.GROUP, substitute="Flat white")
    counter.refund(first.gift)
    slip = counter.give("Latte", 2, voucher=True)
    assert slip.voucher is not None
    counter.redeem_slip(slip.voucher)
    counter.hand_out("Flat white", 2)
    clock.at -= timedelta(hours=2)
    counter.give("Latte", 5)
    counter.ledger.erase_words(first.gift)


def main() -> None:
    """Write both files."""
    clock = FrozenClock()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "shop.db")
        create_ledger(path, shop="Rosa's Café", currency="EUR", timezone="UTC", clock=clock)
        with closing(sqlite3.connect(path)) as connection:
            # Before the erasing of words rewrites the file, and with it the schema's order.
            _write(f"{SCHEMA_VERSION:04}.sql", schema_of(connection))
        drawn = random.Random(1).randbytes
        with Ledger.open(path, clock=clock, random_bytes=drawn) as ledger:
            _live(Counter.with_menu(ledger), clock)
        with closing(sqlite3.connect(path)) as connection:
            _write(f"{SCHEMA_VERSION:04}.dump.sql", dump_of(connection))


def _write(name: str, text: str) -> None:
    SCHEMAS.joinpath(name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
