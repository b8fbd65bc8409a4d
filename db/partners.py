"""Partners: who hands slips out for a shop, or takes what it passes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.errors import Refused
from payforward.core.names import name_key
from payforward.core.partners import Partner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from db.connection import LedgerFile
    from db.moment import Moment

READ_PARTNERS: Final = """
    SELECT partner, name, retired_at
    FROM partner
    WHERE shop = :shop
    ORDER BY partner
"""

# Numbers are per shop and never reused: rows are never deleted.
INSERT_PARTNER: Final = """
    INSERT INTO partner (shop, partner, name, name_key, created_at)
    SELECT :shop, coalesce(max(partner), 0) + 1, :name, :name_key, :at
    FROM partner
    WHERE shop = :shop
    RETURNING partner
"""

RENAME_PARTNER: Final = """
    UPDATE partner
    SET name = :name, name_key = :name_key
    WHERE shop = :shop
    AND partner = :partner
"""

LIVE_PARTNER: Final = """
    SELECT partner
    FROM partner
    WHERE shop = :shop
    AND partner = :partner
    AND retired_at IS NULL
"""

RETIRE_PARTNER: Final = """
    UPDATE partner
    SET retired_at = :at
    WHERE shop = :shop
    AND partner = :partner
"""

BRING_PARTNER_BACK: Final = """
    UPDATE partner
    SET retired_at = NULL, name = :name
    WHERE shop = :shop
    AND partner = :partner
"""


def read_partners(file: LedgerFile, shop: int) -> list[Partner]:
    """Return all partners that the shop ever had, the oldest first."""
    return [
        Partner(row["partner"], row["name"], retired=row["retired_at"] is not None)
        for row in file.read(READ_PARTNERS, {"shop": shop})
    ]


def insist_on_partner(moment: Moment, partner: int) -> None:
    """Refuse a number that is no partner's, or one's that left.

    Raises:
        Refused: it is that.
    """
    parameters = {"shop": moment.shop.id, "partner": partner}
    if moment.file.read_one(LIVE_PARTNER, parameters) is None:
        raise Refused("There is no such partner: see the partners.", reason="unknown-partner")


def insert_partner(database: Database, shop: int, at: str, name: str) -> int:
    """Add a partner and return its number."""
    facts = {"shop": shop, "name": name, "name_key": name_key(name), "at": at}
    (row,) = database.execute(INSERT_PARTNER, facts).fetchall()
    return int(row["partner"])


def rename_partner(database: Database, shop: int, partner: int, name: str) -> None:
    """Give a partner another name."""
    facts = {"shop": shop, "partner": partner, "name": name, "name_key": name_key(name)}
    database.execute(RENAME_PARTNER, facts)


def refuse_namesake(partners: Iterable[Partner], name: str, but: int | None = None) -> None:
    """Refuse a name that another partner has.

    Raises:
        Refused: one that is not retired has it.
    """
    key = name_key(name)
    for partner in partners:
        if not partner.retired and partner.id != but and name_key(partner.name) == key:
            raise Refused(
                f"There is a partner {partner.name} already: choose it, or another name.",
                reason="name-taken",
            )


def retired_namesake(partners: Iterable[Partner], name: str) -> Partner | None:
    """Return the partner of that name that left last, or None."""
    key = name_key(name)
    found = [each for each in partners if each.retired and name_key(each.name) == key]
    return found[-1] if found else None
