"""Paper that is owed: queued with the entries that owe it, and marked as it comes out.

What the ledger tells is not kept here a second time: a slip of which nothing is left owes no
paper, and one that was scanned has been printed, whatever its row says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.clock import parse_utc_text
from payforward.core.paper import PaperOwed, PaperState

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

    from db.connection import LedgerFile

VOUCHER: Final = "voucher"

WAITING_SINCE: Final = """
    SELECT made_at
    FROM outbox
    WHERE shop = :shop
    AND form = :form
    AND subject = :subject
    AND state = 'pending'
"""

# The paper that an older code owes is dead.
SUPERSEDE: Final = """
    UPDATE outbox
    SET state = 'dropped', why = 'replaced'
    WHERE shop = :shop
    AND form = :form
    AND subject = :subject
    AND state IN ('pending', 'sent')
"""

# Numbers are per shop and never reused: rows are never deleted.
INSERT_JOB: Final = """
    INSERT INTO outbox (shop, job, form, subject, till, state, tries, made_at)
    SELECT :shop, coalesce(max(job), 0) + 1, :form, :subject, :till, 'pending', 0, :at
    FROM outbox
    WHERE shop = :shop
    RETURNING job
"""

# Something must be left on the slip, and nothing may have been scanned since its newest code.
_OWED: Final = """
    SELECT outbox.job, outbox.subject, outbox.state, outbox.tries, outbox.made_at, outbox.tried_at,
      outbox.why, entry.gift, till.name AS till, printer.name AS printer
    FROM outbox
    JOIN entry ON entry.shop = outbox.shop AND entry.no = outbox.subject
    JOIN till ON till.shop = outbox.shop AND till.till = outbox.till
    LEFT JOIN printer ON printer.shop = outbox.shop AND printer.printer = outbox.printer
    WHERE outbox.shop = :shop
    AND outbox.form = 'voucher'
    AND outbox.state IN ('pending', 'sent')
    AND EXISTS (
      SELECT 1
      FROM waiting
      WHERE waiting.shop = outbox.shop
      AND waiting.slip = outbox.subject
    )
    AND NOT EXISTS (
      SELECT 1
      FROM entry AS scan
      WHERE scan.shop = outbox.shop
      AND scan.slip = outbox.subject
      AND scan.kind = 'redeem'
      AND scan.units < 0
      AND scan.no > (
        SELECT max(issue.no)
        FROM entry AS issue
        WHERE issue.shop = outbox.shop
        AND issue.slip = outbox.subject
        AND issue.code IS NOT NULL
      )
    )
"""

# The plus keeps the planner on the index of open jobs, which the plainer term leads it away from.
OWED_IN_STATE: Final = f"""
    {_OWED}
    AND +outbox.state = :state
    ORDER BY outbox.state, outbox.job
"""

OWED_BY_SLIP: Final = f"""
    {_OWED}
    AND outbox.subject = :slip
"""

# The till's last slip, whatever became of it: an older one is not asked about any more.
OWED_LAST_OF_TILL: Final = f"""
    {_OWED}
    AND outbox.state = 'sent'
    AND outbox.job = (
      SELECT latest.job
      FROM outbox AS latest
      WHERE latest.shop = :shop
      AND latest.form = 'voucher'
      AND latest.till = (SELECT till FROM till WHERE shop = :shop AND name = :till)
      ORDER BY latest.job DESC
      LIMIT 1
    )
"""  # noqa: S608

MARK_SENT: Final = """
    UPDATE outbox
    SET state = 'sent', tries = tries + 1, tried_at = :at, printer = :printer, why = NULL
    WHERE shop = :shop
    AND job = :job
    AND state IN ('pending', 'sent')
"""

MARK_CONFIRMED: Final = """
    UPDATE outbox
    SET state = 'confirmed', why = NULL
    WHERE shop = :shop
    AND job = :job
    AND state IN ('pending', 'sent')
"""

# A try of which not one byte went out is none.
MARK_FAILED: Final = """
    UPDATE outbox
    SET state = 'pending', why = :why,
      tries = tries - CASE WHEN state = 'sent' THEN :back ELSE 0 END
    WHERE shop = :shop
    AND job = :job
    AND state IN ('pending', 'sent')
"""

DROP: Final = """
    UPDATE outbox
    SET state = 'dropped', why = :why
    WHERE shop = :shop
    AND job = :job
    AND state IN ('pending', 'sent')
"""


def queue(database: Database, shop: int, form: str, subject: int, *, till: int, at: str) -> int:
    """Owe one piece of paper, and return its job's number.

    It is called for every code that is issued, in the transaction that issues it and after its
    entries are in: at a gift on a slip, at each slip that is handed out or made of a gift, and
    again at each replacement. A job stands for one code, so the job before it is dropped: what
    another till still prints of that is dead paper, and saying so cannot settle the new one.

    Args:
        database: The transaction that `LedgerFile.write_transaction` gave.
        shop: Whose it is.
        form: `VOUCHER`, ``receipt`` or ``order``.
        subject: The number of a slip's, a gift's or a redemption's first entry.
        till: The number of the till that shall print it.
        at: This instant, as `utc_text` writes it.
    """
    facts = {"shop": shop, "form": form, "subject": subject}
    # Whoever waits for the paper has waited since the first code.
    waited = database.execute(WAITING_SINCE, facts).fetchall()
    database.execute(SUPERSEDE, facts)
    since = waited[0]["made_at"] if waited else at
    (row,) = database.execute(INSERT_JOB, {**facts, "till": till, "at": since}).fetchall()
    return int(row["job"])


def owed_in_state(file: LedgerFile, shop: int, state: PaperState) -> tuple[PaperOwed, ...]:
    """Return the slips whose paper has come so far and no farther, the oldest first."""
    rows = file.read(OWED_IN_STATE, {"shop": shop, "state": str(state)})
    return tuple(map(_owed, rows))


def owed_by_slip(file: LedgerFile, shop: int, slip: int) -> PaperOwed | None:
    """Return the paper that a slip owes or that may not have come out, or None."""
    row = file.read_one(OWED_BY_SLIP, {"shop": shop, "slip": slip})
    return None if row is None else _owed(row)


def unconfirmed_of_till(file: LedgerFile, shop: int, till: str) -> PaperOwed | None:
    """Return a till's last slip where nobody knows yet whether it came out, else None."""
    row = file.read_one(OWED_LAST_OF_TILL, {"shop": shop, "till": till})
    return None if row is None else _owed(row)


def _owed(row: sqlite3.Row) -> PaperOwed:
    tried_at = row["tried_at"]
    return PaperOwed(
        job=row["job"],
        slip=row["subject"],
        gift=row["gift"],
        till=row["till"],
        state=PaperState(row["state"]),
        tries=row["tries"],
        since=parse_utc_text(row["made_at"]),
        tried_at=None if tried_at is None else parse_utc_text(tried_at),
        printer=row["printer"],
        why=row["why"],
    )
