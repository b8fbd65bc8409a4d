"""Proof of what went to partners: each delivery went to one of them, and came back from the same.

And of the notes of what was asked for in vain, which name what a menu has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from db.connection import LedgerFile
    from payforward.core.model import Shop

# Each answers how many rows are wrong.
WENT_TO_NOBODY: Final = """
    SELECT count(*)
    FROM entry
    WHERE shop = :shop
    AND kind IN ('deliver', 'pass_on')
    AND partner IS NULL
"""

CAME_BACK_FROM_OTHERS: Final = """
    SELECT count(*)
    FROM entry AS undo
    JOIN entry AS done ON done.shop = undo.shop AND done.no = undo.undoes
    WHERE undo.shop = :shop
    AND undo.kind IN ('deliver', 'pass_on')
    AND undo.partner <> done.partner
"""

MIXED_MANIFESTS: Final = """
    SELECT count(*)
    FROM (
      SELECT action
      FROM entry
      WHERE shop = :shop
      AND kind IN ('deliver', 'pass_on')
      GROUP BY action
      HAVING min(partner) <> max(partner)
      OR min(tender) <> max(tender)
      OR min(kind) <> max(kind)
    ) AS mixed
"""

ASKED_OFF_MENU: Final = """
    SELECT count(*)
    FROM asked
    JOIN item ON item.shop = asked.shop AND item.item = asked.item
    WHERE asked.shop = :shop
    AND item.kind <> 'menu'
"""

_PROBLEMS: Final = (
    (WENT_TO_NOBODY, "{} entries deliver something to nobody"),
    (CAME_BACK_FROM_OTHERS, "{} entries take back from one partner what went to another"),
    (MIXED_MANIFESTS, "{} manifests are of several partners or tenders"),
    (ASKED_OFF_MENU, "{} notes of what was asked for are of nothing that was on the menu"),
)


def partner_problems(file: LedgerFile, shop: Shop) -> list[str]:
    """Return what of the deliveries and of the notes cannot be."""
    problems = []
    for statement, words in _PROBLEMS:
        row = file.read_one(statement, {"shop": shop.id})
        if row is not None and row[0]:
            problems.append(words.format(row[0]))
    return problems
