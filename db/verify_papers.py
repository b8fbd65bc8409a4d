"""Proof of what stands beside the entries: receipts, the peppers' marks, the paper that is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from db.connection import LedgerFile
    from payforward.core.model import Shop

# Each answers how many rows are wrong; that what they name is there, the foreign keys prove.
STRAY_RECEIPTS: Final = """
    SELECT count(*)
    FROM receipt
    JOIN entry ON entry.shop = receipt.shop AND entry.no = receipt.gift
    WHERE receipt.shop = :shop
    AND (entry.gift <> entry.no OR entry.kind <> 'give')
"""

RECEIPTS_THAT_PAY: Final = """
    SELECT count(*)
    FROM receipt
    JOIN entry ON entry.code = receipt.code
    WHERE receipt.shop = :shop
"""

STRAY_JOBS: Final = """
    SELECT count(*)
    FROM outbox
    JOIN entry ON entry.shop = outbox.shop AND entry.no = outbox.subject
    WHERE outbox.shop = :shop
    AND NOT CASE outbox.form
      WHEN 'voucher' THEN coalesce(entry.slip, 0) = entry.no
      WHEN 'receipt' THEN entry.gift = entry.no AND entry.kind = 'give'
      ELSE entry.kind = 'redeem' AND entry.undoes IS NULL
    END
"""

# Each code of a slip has its job, and only the newest one's may be open.
SLIPS_OF_OTHER_JOBS: Final = """
    SELECT count(*)
    FROM (
      SELECT slip, count(code) AS codes
      FROM entry
      WHERE shop = :shop
      AND slip IS NOT NULL
      GROUP BY slip
    ) AS issued
    LEFT JOIN (
      SELECT subject, count(*) AS jobs, sum(state IN ('pending', 'sent')) AS open
      FROM outbox
      WHERE shop = :shop
      AND form = 'voucher'
      GROUP BY subject
    ) AS owed ON owed.subject = issued.slip
    WHERE coalesce(owed.jobs, 0) <> issued.codes
    OR owed.open > 1
"""

MISSING_PEPPERS: Final = """
    SELECT coalesce(max(pepper), 0) - count(*)
    FROM pepper
    WHERE shop = :shop
"""

CODES_OF_NO_PEPPER: Final = """
    SELECT count(*)
    FROM (
      SELECT code FROM receipt WHERE shop = :shop
      UNION ALL
      SELECT code FROM entry WHERE shop = :shop AND slip IS NOT NULL AND code IS NOT NULL
    ) AS issued
    WHERE NOT EXISTS (SELECT 1 FROM pepper WHERE shop = :shop)
"""

_PROBLEMS: Final = (
    (STRAY_RECEIPTS, "{} receipts are of no gift"),
    (RECEIPTS_THAT_PAY, "{} receipts bear the code of a slip"),
    (STRAY_JOBS, "{} papers are owed to entries that owe none"),
    (SLIPS_OF_OTHER_JOBS, "{} slips have another number of papers than of codes"),
    (MISSING_PEPPERS, "{} marks of peppers are missing"),
    (CODES_OF_NO_PEPPER, "{} codes were issued, but the mark of their pepper is missing"),
)


def paper_problems(file: LedgerFile, shop: Shop) -> list[str]:
    """Return what of the receipts, the peppers and the outbox does not fit the entries."""
    problems = []
    for statement, words in _PROBLEMS:
        row = file.read_one(statement, {"shop": shop.id})
        if row is not None and row[0]:
            problems.append(words.format(row[0]))
    return problems
