"""What an action was about, whatever day it was: who asks again means what was meant then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.partners import read_partners
from db.programs import program_of
from payforward.core.model import ItemKind
from payforward.core.program_answers import ActionBefore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.connection import LedgerFile
    from payforward.core.model import Item

# A hand-out may have thousands of lines, all about the same. What was served was asked for, and
# not what paid for it. The index of an action's lines finds them.
ABOUT_ACTION: Final = """
    SELECT program, coalesce(served_item, item) AS item, partner
    FROM entry
    WHERE shop = :shop
    AND action = :action
    AND item IS NOT NULL
    GROUP BY program, coalesce(served_item, item), partner
    ORDER BY min(line)
"""


def read_action(
    file: LedgerFile, shop: int, items: Mapping[int, Item], action: str
) -> ActionBefore | None:
    """Return what an action was about, None where it was not done.

    Args:
        file: The open ledger.
        shop: Whose it is.
        items: Every item by number.
        action: Its id.
    """
    rows = file.read(ABOUT_ACTION, {"shop": shop, "action": action})
    if not rows:
        return None
    programs = {row["program"] for row in rows}
    partners = {row["partner"] for row in rows if row["partner"] is not None}
    about = [items[number] for number in dict.fromkeys(row["item"] for row in rows)]
    return ActionBefore(
        program=program_of(file, shop, programs.pop()) if len(programs) == 1 else None,
        # Nobody asks for the serving that a giveaway counts with.
        items=tuple(item for item in about if item.kind is not ItemKind.SERVING),
        partner=next((each for each in read_partners(file, shop) if each.id in partners), None),
    )
