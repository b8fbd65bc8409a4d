"""Paper that is owed: queued with the entries that owe it, and marked as it comes out.

What the ledger tells is not kept here a second time: a slip of which nothing is left owes no
paper, and one that was scanned has been printed, whatever its row says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

VOUCHER: Final = "voucher"

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
    database.execute(SUPERSEDE, facts)
    (row,) = database.execute(INSERT_JOB, {**facts, "till": till, "at": at}).fetchall()
    return int(row["job"])
