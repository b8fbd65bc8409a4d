"""People and their secrets on the disk: who they are, and every try at a PIN or the passphrase.

A try is counted as a wrong one, and that is committed, before it is looked at: whoever kills the
program, or asks at four tills at once, has used it up all the same.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from db.append import lock_head
from db.faults import damaged
from payforward.core.clock import parse_utc_text, utc_text
from payforward.core.errors import Refused
from payforward.core.names import name_key
from payforward.core.people import (
    SALT_BYTES,
    Cashier,
    hash_secret,
    locked,
    matches,
    said_secret,
    wait_after,
    wait_left,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import timedelta

    from sqlite_utils import Database

    from db.connection import LedgerFile
    from payforward.core.clock import Clock
    from payforward.core.model import Shop

OWNER: Final = "owner"
"""Whose secret the passphrase is; a cashier's is under their number."""

READ_CASHIERS: Final = """
    SELECT cashier.cashier, cashier.name, cashier.retired_at, secret.who IS NOT NULL AS has_pin
    FROM cashier
    LEFT JOIN secret
    ON secret.shop = cashier.shop
    AND secret.who = CAST(cashier.cashier AS TEXT)
    WHERE cashier.shop = :shop
    ORDER BY cashier.cashier
"""

RENAME_CASHIER: Final = """
    UPDATE cashier
    SET name = :name
    WHERE shop = :shop
    AND cashier = :cashier
"""

RETIRE_CASHIER: Final = """
    UPDATE cashier
    SET retired_at = :at
    WHERE shop = :shop
    AND cashier = :cashier
"""

BRING_CASHIER_BACK: Final = """
    UPDATE cashier
    SET retired_at = NULL, name = :name
    WHERE shop = :shop
    AND cashier = :cashier
"""

HAS_LEFT: Final = """
    SELECT retired_at
    FROM cashier
    WHERE shop = :shop
    AND cashier = :cashier
"""

READ_HASH: Final = """
    SELECT hash, failures, failed_at
    FROM secret
    WHERE shop = :shop
    AND who = :who
"""

HAS_HASH: Final = """
    SELECT 1
    FROM secret
    WHERE shop = :shop
    AND who = :who
"""

KEEP_HASH: Final = """
    INSERT INTO secret (shop, who, hash, set_at)
    VALUES (:shop, :who, :hash, :at)
    ON CONFLICT (shop, who) DO UPDATE
    SET hash = excluded.hash, failures = 0, failed_at = NULL, set_at = excluded.set_at
"""

FORGET_HASH: Final = """
    DELETE FROM secret
    WHERE shop = :shop
    AND who = :who
"""

COUNT_TRY: Final = """
    UPDATE secret
    SET failures = failures + 1, failed_at = :at
    WHERE shop = :shop
    AND who = :who
"""

# The clock was put back: the wait is counted from now on.
WAIT_ANEW: Final = """
    UPDATE secret
    SET failed_at = :at
    WHERE shop = :shop
    AND who = :who
"""

# Only of the secret that was tried; it may be another one by now.
WAS_RIGHT: Final = """
    UPDATE secret
    SET failures = 0, failed_at = NULL
    WHERE shop = :shop
    AND who = :who
    AND hash = :hash
"""


class Secrets:
    """The secrets of one shop.

    Args:
        file: The ledger.
        shop: Whose it is.
        clock: What time it is.
    """

    def __init__(self, file: LedgerFile, shop: Shop, clock: Clock) -> None:
        self._file = file
        self._shop = shop
        self._clock = clock

    def has(self, who: str) -> bool:
        """Return whether somebody has a secret."""
        return self._file.read_one(HAS_HASH, self._of(who)) is not None

    def prove(
        self, who: str, secret: str, *, whose: str, wrong: Callable[[timedelta], Refused]
    ) -> str | None:
        """Return the hash that a secret matches; None where there is none to match.

        Args:
            who: Whose secret it should be.
            secret: What was typed.
            whose: The same for people.
            wrong: Makes the refusal of a wrong one of how long the next try waits.

        Raises:
            Refused: it is wrong, or comes too early after wrong ones.
            LedgerUnusable: the try could not be counted; then it was not looked at.
        """
        tried = self._count(who, whose)
        if tried is None:
            return None
        kept, wait = tried
        try:
            is_right = matches(said_secret(secret), kept)
        except ValueError as error:
            raise damaged(self._file.path) from error
        if not is_right:
            raise wrong(wait)
        with self._file.write_transaction() as database:
            lock_head(database, self._shop)
            database.execute(WAS_RIGHT, {**self._of(who), "hash": kept})
        return kept

    def keep(self, database: Database, who: str, hashed: str) -> None:
        """Keep a secret's hash in the place of any earlier one."""
        facts = {**self._of(who), "hash": hashed, "at": utc_text(self._clock.now())}
        database.execute(KEEP_HASH, facts)

    def forget(self, database: Database, who: str) -> None:
        """Forget somebody's secret."""
        database.execute(FORGET_HASH, self._of(who))

    def stored(self, who: str) -> str | None:
        """Return the hash of somebody's secret; None where they have none."""
        row = self._file.read_one(READ_HASH, self._of(who))
        return None if row is None else str(row["hash"])

    def _count(self, who: str, whose: str) -> tuple[str, timedelta] | None:
        """Count a try as wrong, for good; None where there is nothing to try.

        Returns:
            What it must match, and how long the next one waits if it does not.

        Raises:
            Refused: it comes too early.
        """
        with self._file.write_transaction() as database:
            lock_head(database, self._shop)
            row = self._file.read_one(READ_HASH, self._of(who))
            if row is None:
                return None
            now = self._clock.now()
            failed_at = None if row["failed_at"] is None else parse_utc_text(row["failed_at"])
            left = wait_left(row["failures"], failed_at, now)
            if not left:
                database.execute(COUNT_TRY, {**self._of(who), "at": utc_text(now)})
            elif failed_at is not None and now < failed_at:
                database.execute(WAIT_ANEW, {**self._of(who), "at": utc_text(now)})
        if left:
            raise locked(whose, left)
        return str(row["hash"]), wait_after(row["failures"] + 1)

    def _of(self, who: str) -> dict[str, object]:
        return {"shop": self._shop.id, "who": who}


def hashed(secret: str) -> str:
    """Return what is kept of a new secret; it takes a while, so not under the lock."""
    return hash_secret(secret, secrets.token_bytes(SALT_BYTES))


def read_cashiers(file: LedgerFile, shop: int) -> list[Cashier]:
    """Return everybody who ever was at the counter, the oldest first; those who left too."""
    return [
        Cashier(row["cashier"], row["name"], bool(row["has_pin"]), row["retired_at"] is not None)
        for row in file.read(READ_CASHIERS, {"shop": shop})
    ]


def is_let_in(file: LedgerFile, shop: int, name: str, number: int | None) -> bool:
    """Return whether entries may still name who said at a till who they are.

    Args:
        file: The ledger.
        shop: Whose it is.
        name: What they said.
        number: Theirs, where they had one then.
    """
    if number is not None:
        row = file.read_one(HAS_LEFT, {"shop": shop, "cashier": number})
        return row is not None and row[0] is None
    found = namesake(read_cashiers(file, shop), name)
    if found is None:
        return file.read_one(HAS_HASH, {"shop": shop, "who": OWNER}) is None
    return not found.retired


def namesake(known: Iterable[Cashier], name: str, *, but: int = 0) -> Cashier | None:
    """Return who is called so already, whatever the case and accents."""
    key = name_key(name)
    for cashier in known:
        if cashier.id != but and name_key(cashier.name) == key:
            return cashier
    return None


def refuse_namesake(known: Iterable[Cashier], name: str, *, but: int = 0) -> None:
    """Refuse a name that somebody else has.

    Raises:
        Refused: entries could not tell the two apart.
    """
    other = namesake(known, name, but=but)
    if other is not None:
        raise Refused(
            f"{other.name} is here already: add a letter, so that entries tell the two apart.",
            reason="name-taken",
        )
