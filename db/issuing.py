"""Codes made within one call: in clear only there, and told only if the ledger kept them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db import outbox
from db.peppers import PepperUnwritableError
from db.perform import Beside
from db.receipts import INSERT_RECEIPT, RECEIPTS_OF_GIFT
from db.settings import read_settings
from payforward.core.codes import new_code
from payforward.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlite_utils import Database

    from db.connection import LedgerFile
    from db.moment import Moment
    from db.pepper import Pepper
    from db.peppers import Peppers
    from payforward.core.codes import Code
    from payforward.core.model import Entry


class Issuing(Beside):
    """The codes that one call of the ledger makes.

    Args:
        peppers: What makes their digests.
        random_bytes: Answers so many bytes that nobody can guess.
        receipt: Whether the action gets a receipt code for its gift's giver.
    """

    def __init__(
        self, peppers: Peppers, random_bytes: Callable[[int], bytes], *, receipt: bool = False
    ) -> None:
        self._peppers = peppers
        self._random_bytes = random_bytes
        self._receipt = receipt
        self._pepper: Pepper | None = None
        self._why_not: Refused | PepperUnwritableError | None = None
        self._made: dict[bytes, Code] = {}

    def __repr__(self) -> str:
        """Return nothing that could be spent: tracebacks show it."""
        return f"Issuing({len(self._made)} codes)"

    def before(self, database: Database, at: str) -> None:
        """Find the pepper or make the first; without one, a gift is safe all the same."""
        try:
            self._pepper = self._peppers.for_new_codes(database, at)
        except (Refused, PepperUnwritableError) as why:
            self._why_not = why

    def after(self, database: Database, entries: Sequence[Entry]) -> None:
        """Owe the paper of each slip's code, and issue the receipt code of a gift.

        Where the pepper is lost, a gift gets no receipt code.
        """
        for entry in entries:
            if entry.code is not None and entry.slip is not None:
                outbox.queue(
                    database,
                    entry.shop,
                    outbox.VOUCHER,
                    entry.slip,
                    till=entry.till,
                    at=entry.at,
                )
        if self._receipt and self._pepper is not None:
            facts = {"shop": entries[0].shop, "gift": entries[0].gift, "at": entries[0].at}
            database.execute(INSERT_RECEIPT, {**facts, "code": self.new_digest()})

    def insist(self) -> None:
        """Refuse where the pepper is lost, before anything is planned.

        Raises:
            Refused: it is lost.
            PepperUnwritableError: the first one cannot be written.
        """
        if self._why_not is not None:
            raise self._why_not

    def new_digest(self) -> bytes:
        """Return the digest of a code made now.

        Raises:
            Refused: see `insist`.
            PepperUnwritableError: see `insist`.
        """
        self.insist()
        assert self._pepper is not None
        code = new_code(self._random_bytes)
        digest = self._pepper.digest(code)
        self._made[digest] = code
        return digest

    def told(self, digest: bytes | None) -> Code | None:
        """Return the code of a digest that the ledger keeps, if this very call made it."""
        return None if digest is None else self._made.get(digest)

    def told_receipt(self, file: LedgerFile, shop: int, gift: int) -> Code | None:
        """Return a gift's receipt code, if this very call made it and the ledger keeps it."""
        rows = file.read(RECEIPTS_OF_GIFT, {"shop": shop, "gift": gift})
        return next(filter(None, (self.told(bytes(row["code"])) for row in rows)), None)


def expires_on(moment: Moment) -> str | None:
    """Return the last day of a slip made now, where the shop has set an expiry."""
    days = read_settings(moment.file, moment.shop.id).expiry_days
    return None if days is None else (moment.day + timedelta(days=days)).isoformat()
