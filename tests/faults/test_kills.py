"""What a till confirmed is there after kill -9 at any moment, with four tills writing.

Every till tells an action's id before it asks the ledger and again when the ledger has answered.
"""

from __future__ import annotations

import random
import shutil
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

from db.entries import entries_of_action
from tests.faults.conftest import assert_whole, opened
from tests.faults.till import perform

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.model import Entry
    from tests.db.counter import Counter
    from tests.faults.conftest import StartTills, Till

TILLS = 4
TURNS_A_LEDGER = 25


def _killed(
    tills: list[Till], seconds: float, number: signal.Signals
) -> list[list[dict[str, Any]]]:
    """Let tills sell as fast as they can, kill all at one moment, and return what each said."""
    for till in tills:
        till.order(do="live", seed=random.randrange(10**9), seconds=60, pause=[0, 0.002])
    time.sleep(seconds)
    for till in tills:
        till.kill(number)
    said = [till.hear_all() for till in tills]
    for till in tills:
        till.process.wait()
    return said


def _entries(counter: Counter, action: str) -> tuple[Entry, ...]:
    return entries_of_action(counter.ledger._file, counter.ledger.shop.id, action)


def _is_whole(order: dict[str, Any], entries: tuple[Entry, ...], price_minor: int) -> bool:
    """Tell whether the entries are all that the order asked for, line by line."""
    units = sum(entry.units for entry in entries)
    if order["do"] == "give":
        paid = order.get("paid_minor")
        amount = sum(entry.amount_minor for entry in entries)
        return bool(units == order["units"] and (paid is None or amount == paid))
    served = sum(entry.served or 0 for entry in entries)
    if order.get("paid_from") == "fund":
        return -units == price_minor and served == 1
    return bool(-units == served == order["units"])


def _check(path: Path, said: list[list[dict[str, Any]]]) -> tuple[int, int]:
    """Return how many actions were confirmed, and how many were stored without a word of it."""
    confirmed = unheard = 0
    with opened(path) as counter:
        prices = {item.id: item.price_minor for item in counter.ledger.items()}
        for words in said:
            orders = _orders(words)
            for number, (order, answer) in enumerate(orders):
                entries = _entries(counter, order["action"])
                if "done" in answer:
                    confirmed += 1
                    assert entries, f"a confirmed action is gone: {order}"
                    assert sum(abs(e.amount_minor) for e in entries) == answer["amount_minor"]
                elif "refused" in answer:
                    assert answer["refused"] == "nothing-waiting", answer
                    assert not entries
                else:
                    unheard += bool(entries)
                if entries:
                    assert _is_whole(order, entries, prices.get(order["item"], 1)), order
                if entries and number > len(orders) - 5:
                    before = counter.facts()
                    # The till asks again for its last ones after it came back.
                    assert perform(counter.ledger, order).repeated
                    assert counter.facts() == before
    assert_whole(path)
    return confirmed, unheard


def _orders(words: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for word in words:
        if "begun" in word:
            pairs.append((word["begun"], {}))
        else:
            pairs[-1] = (pairs[-1][0], word)
    return pairs


@pytest.mark.parametrize(
    ("number", "quick", "long"),
    [(signal.SIGKILL, 15, 500), (signal.SIGTERM, 3, 60), (signal.SIGINT, 3, 60)],
    ids=["kill", "term", "int"],
)
def test_what_was_confirmed_is_there_after_a_signal_at_any_moment(
    path: Path,
    start_tills: StartTills,
    full: bool,
    capsys: pytest.CaptureFixture[str],
    number: signal.Signals,
    quick: int,
    long: int,
) -> None:
    confirmed = unheard = 0
    for turn in range(long if full else quick):
        # A ledger that has grown takes ever longer to prove: now and then, a new one.
        shop = path.with_name(f"shop-{turn // TURNS_A_LEDGER}.db")
        if not shop.exists():
            shutil.copy(path, shop)
        tills = start_tills(shop, TILLS)
        one = _check(shop, _killed(tills, random.uniform(0.02, 0.6), number))
        confirmed, unheard = confirmed + one[0], unheard + one[1]
        for till in tills:
            complaint = till.close()
            # An interrupted Python says where it was; nothing else may be complained of.
            assert complaint == "" or complaint.rstrip().endswith("KeyboardInterrupt")
    with capsys.disabled():
        print(f"\n{number.name}: {confirmed} confirmed, {unheard} stored but not yet confirmed")
    assert confirmed > 20
