"""Proof of what is held: the house's servings, a drive's goods and a jar's money.

Each is asked of the programs that hold something, one by one: a shop that has none of them pays
nothing for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.model import ProgramKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.connection import LedgerFile
    from payforward.core.model import Shop

HOLDING: Final = """
    SELECT program, kind
    FROM program
    WHERE shop = :shop
    AND kind <> 'forward'
    ORDER BY program
"""

# Each answers how many rows are wrong. Servings and goods have no value: nobody pays for them.
PAID_FOR_NOTHING: Final = """
    SELECT count(*)
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND (tender IS NOT NULL OR unit_minor <> 0)
"""

# One serving is one thing of the menu.
SERVED_OTHERWISE: Final = """
    SELECT count(*)
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND kind = 'redeem'
    AND (served + units <> 0 OR NOT EXISTS (
      SELECT 1
      FROM item
      WHERE shop = entry.shop
      AND item = entry.served_item
      AND kind = 'menu'
    ))
"""

# What no budget counts is brought in and handed over in one breath. Every number is above 0: that
# it is asked about keeps the planner on the index of pools.
BROUGHT_IN_AND_KEPT: Final = """
    SELECT count(*)
    FROM (
      SELECT book, action
      FROM entry
      WHERE shop = :shop
      AND program = :program
      AND item > 0
      AND NOT EXISTS (
        SELECT 1
        FROM entry AS opened
        WHERE opened.shop = entry.shop
        AND opened.no = entry.book
        AND opened.kind = 'budget'
      )
      GROUP BY book, action
      HAVING sum(units) <> 0
    ) AS kept
"""

ENDLESS_BUDGETS: Final = """
    SELECT count(*)
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND kind IN ('budget', 'lapse')
    AND kind = 'budget'
    AND expires IS NULL
"""

# Before its period ends a budget lapses where the program ended, where it was changed or retired,
# or where a serving of what had lapsed so was taken back. To add a program counts as a change.
LAPSED_TOO_SOON: Final = """
    SELECT count(*)
    FROM program
    WHERE shop = :shop
    AND program = :program
    AND (
      SELECT count(DISTINCT entry.action)
      FROM entry
      WHERE entry.shop = :shop
      AND entry.program = :program
      AND entry.kind IN ('budget', 'lapse')
      AND entry.kind = 'lapse'
      AND entry.day <= entry.expires
      AND entry.day <= coalesce(program.ends_on, entry.day)
    ) > (
      SELECT count(DISTINCT entry.action)
      FROM entry
      WHERE entry.shop = :shop
      AND entry.program = :program
      AND entry.kind = 'redeem'
      AND entry.undoes IS NOT NULL
    ) + CASE WHEN budget_no > 0 THEN budget_no - 1 ELSE 0 END
"""

LEFT_WITHOUT_TENDER: Final = """
    SELECT count(*)
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND kind IN ('deliver', 'pass_on')
    AND unit_minor > 0
    AND tender IS NULL
"""

_PAID: Final = (PAID_FOR_NOTHING, "{} entries say that somebody paid for what has no value")

PROBLEMS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    ProgramKind.GIVEAWAY: (
        _PAID,
        (SERVED_OTHERWISE, "{} servings paid for another count, or for what is not on the menu"),
        (BROUGHT_IN_AND_KEPT, "{} times servings were brought in and not handed over at once"),
        (ENDLESS_BUDGETS, "{} budgets have no last day"),
        (LAPSED_TOO_SOON, "a budget lapsed before its last day, and nothing was changed"),
    ),
    ProgramKind.DRIVE: (_PAID,),
    ProgramKind.CHARITY: ((LEFT_WITHOUT_TENDER, "{} entries deliver money and do not say how"),),
}
"""What is asked of each kind of program, and what it is called."""


def held_problems(file: LedgerFile, shop: Shop) -> list[str]:
    """Return what of the house's servings, of goods and of jars cannot be."""
    problems = []
    for program in file.read(HOLDING, {"shop": shop.id}):
        facts = {"shop": shop.id, "program": program["program"]}
        for statement, words in PROBLEMS.get(program["kind"], ()):
            row = file.read_one(statement, facts)
            if row is not None and row[0]:
                problems.append(f"program {facts['program']}: {words.format(row[0])}")
    return problems
