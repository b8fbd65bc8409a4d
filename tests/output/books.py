"""Plain-text books as beancount itself and Debian's hledger read them."""

from __future__ import annotations

import re
import subprocess
from collections import Counter as Sums
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from beancount.core import data
from beancount.loader import load_file

from payforward.core.currencies import currency
from tests.needs import needs

Balances = Callable[[Path, date], dict[str, int]]


def beancount_balances(file: Path, until: date) -> dict[str, int]:
    """Return what each account has at the end of a day, in minor units, as beancount reads it."""
    entries, errors, options = load_file(str(file))
    assert errors == [], [error.message for error in errors]
    sums: Sums[str] = Sums()
    (code,) = options["operating_currency"]
    unit = Decimal(10) ** currency(code).exponent
    for entry in entries:
        if isinstance(entry, data.Transaction) and entry.date <= until:
            for posting in entry.postings:
                assert posting.units is not None
                assert posting.units.currency == code
                minor = Decimal(posting.units.number or 0) * unit
                assert minor == int(minor)
                sums[posting.account] += int(minor)
    return {account: minor for account, minor in sums.items() if minor}


def hledger(file: Path, *arguments: str) -> str:
    """Return what hledger says of a file, sure that it has no complaint."""
    done = subprocess.run(
        ["hledger", "-f", str(file), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def hledger_balances(file: Path, until: date) -> dict[str, int]:
    """Return the same as hledger reads it."""
    hledger(file, "check", "--strict")
    end = (until + timedelta(days=1)).isoformat()
    sums = {}
    for line in hledger(file, "bal", "-N", "--flat", "-e", end).splitlines():
        amount = re.fullmatch(r" *(-?[0-9]+(?:\.([0-9]+))?) ([A-Z]{3})  (\S+)", line)
        assert amount is not None, line
        assert len(amount[2] or "") == currency(amount[3]).exponent
        sums[amount[4]] = int(amount[1].replace(".", ""))
    return sums


def beancount_words(file: Path) -> set[str]:
    """Return what each transaction says, as beancount reads it."""
    entries, _, _ = load_file(str(file))
    return {each.narration or "" for each in entries if isinstance(each, data.Transaction)}


def hledger_words(file: Path) -> set[str]:
    """Return the same as hledger reads it."""
    return set(hledger(file, "descriptions").splitlines())


PROGRAMS = [
    pytest.param("beancount", beancount_balances, id="beancount"),
    pytest.param("hledger", hledger_balances, id="hledger", marks=needs("hledger")),
]
