"""A till in a process of its own, told what to do line by line: ``python -m tests.faults.till``.

It reads JSON objects from standard input and answers each with one on standard output:
``{"do": "redeem", "action": ..., "item": ..., "at": MONOTONIC}`` and the like. ``at`` makes
several tills act at one instant. ``live`` makes it act by itself until it dies or its time is up,
telling each action before it starts and again when the ledger has answered.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlite_utils  # noqa: F401 - a till that has sold before has paid for this

from db.ledger import Ledger
from payforward.core.asks import Give, GiveAway, Redeem, RedeemSlip
from payforward.core.codes import Code
from payforward.core.errors import NothingWaiting, PayforwardError, SlipRefused
from payforward.core.ids import new_action_id
from payforward.core.model import PaidFrom

if TYPE_CHECKING:
    from payforward.core.answers import Given, Redeemed

Json = dict[str, Any]


def tell(answer: Json) -> None:
    """Write one line, at once."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def act(ledger: Ledger, order: Json) -> Json:
    """Do one thing and tell how it went and how long it took."""
    if "at" in order:
        time.sleep(max(0.0, order["at"] - time.monotonic()))
    start = time.monotonic()
    try:
        done = perform(ledger, order)
    except PayforwardError as error:
        return {
            "refused": error.reason,
            "message": error.message,
            "waiting": error.waiting if isinstance(error, NothingWaiting) else None,
            **(_slip_facts(error) if isinstance(error, SlipRefused) else {}),
            "seconds": time.monotonic() - start,
        }
    return {
        "done": done.action,
        "units": done.units,
        "amount_minor": done.amount_minor,
        "repeated": done.repeated,
        "seconds": time.monotonic() - start,
    }


def _slip_facts(error: SlipRefused) -> Json:
    at = None if error.at is None else error.at.isoformat()
    return {"slip": error.slip, "slip_at": at, "slip_till": error.till, "left": error.left}


def perform(ledger: Ledger, order: Json) -> Given | Redeemed:
    """Give or redeem what an order says."""
    if order["do"] == "scan":
        return ledger.redeem_slip(
            RedeemSlip(
                action=order["action"], code=Code(order["code"]), units=order.get("units", 1)
            )
        )
    if order["do"] == "give":
        return ledger.give(
            Give(
                action=order["action"],
                item=order["item"],
                units=order.get("units", 1),
                paid_minor=order.get("paid_minor"),
                message=order.get("message"),
                voucher=order.get("voucher", False),
            )
        )
    if order["do"] == "give_away":
        return ledger.give_away(
            GiveAway(
                action=order["action"],
                item=order["item"],
                program=order["program"],
                units=order.get("units", 1),
            )
        )
    return ledger.redeem(
        Redeem(
            action=order["action"],
            item=order["item"],
            units=order.get("units", 1),
            paid_from=PaidFrom(order.get("paid_from", "board")),
        )
    )


def live(ledger: Ledger, order: Json) -> None:
    """Give and redeem by chance, with pauses, for so many seconds."""
    rng = random.Random(order["seed"])
    end = time.monotonic() + order["seconds"]
    fund, items = ledger.fund().id, [item.id for item in ledger.items()]
    while time.monotonic() < end:
        time.sleep(rng.uniform(*order["pause"]))
        one = any_order(rng, items, fund)
        tell({"begun": one})
        tell(act(ledger, one))


def any_order(rng: random.Random, items: list[int], fund: int) -> Json:
    """Return something to do, mostly of several lines: odd prices, the fund, many gifts."""
    action, item = new_action_id(), rng.choice(items)
    kind = rng.randrange(5)
    if kind == 0:
        units = rng.randint(1, 3)
        return {"do": "give", "action": action, "item": item, "units": units, "message": "Enjoy"}
    if kind == 1:
        return {"do": "give", "action": action, "item": item, "units": 3, "paid_minor": 1000}
    if kind == 2:
        return {"do": "give", "action": action, "item": fund, "units": rng.randint(50, 300)}
    if kind == 3:
        return {"do": "redeem", "action": action, "item": item, "units": rng.randint(1, 4)}
    return {"do": "redeem", "action": action, "item": item, "paid_from": "fund"}


def main() -> None:
    """Open the ledger, say so, and do as told."""
    path, till = sys.argv[1:]
    try:
        opened = Ledger.open(Path(path), till=till)
    except PayforwardError as error:
        tell({"refused": error.reason, "message": error.message})
        return
    with opened as ledger:
        tell({"ready": till})
        for line in sys.stdin:
            order = json.loads(line)
            if order["do"] == "live":
                live(ledger, order)
                tell({"lived": till})
            else:
                tell(act(ledger, order))


if __name__ == "__main__":
    main()
