"""Proof of the shapes: each entry is what the guard of its kind would have let in.

Whoever takes the guards away for a moment can write what none of them saw. So the guard itself is
asked again, of every entry: what a kind looks like is said in one place.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from db.verify_file import right_schema

if TYPE_CHECKING:
    from db.connection import LedgerFile
    from payforward.core.model import Shop

GUARD: Final = "entry_has_its_kinds_shape"

_MISSHAPEN: Final = """
    SELECT NEW.no, NEW.kind
    FROM entry AS NEW
    WHERE NEW.shop = :shop
    AND NEW.no > :after
    AND NEW.no <= :last
    AND ({refused})
    ORDER BY NEW.no
"""


def shape_problems(file: LedgerFile, shop: Shop, after: int, last: int) -> list[str]:
    """Return which entries after one number and up to another have not the shape of their kind."""
    parameters = {"shop": shop.id, "after": after, "last": last}
    return [
        f"entry {row['no']}: has not the shape of a {str(row['kind'])[:20]}"
        for row in file.read(_statement(), parameters)
    ]


@cache
def _statement() -> str:
    """Return what asks for all that the guard refuses."""
    guard = right_schema()["trigger", GUARD]
    condition = guard.partition(" ON entry WHEN ")[2].partition(" BEGIN SELECT RAISE(")[0]
    assert condition, f"{GUARD} has another form"
    return _MISSHAPEN.format(refused=condition)
