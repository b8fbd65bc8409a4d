"""Personal words: kept beside the entries, outside the chain, and erasable for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from db.connection import LedgerFile

GIVER: Final = "giver"
MESSAGE: Final = "message"
REASON: Final = "reason"
ERASED: Final = "erased"
"""Marks that there were words once; its text is the day on which they were erased."""

INSERT_WORDS: Final = """
    INSERT INTO words (shop, no, kind, words)
    VALUES (:shop, :no, :kind, :words)
"""

WORDS_OF_ENTRY: Final = """
    SELECT kind, words
    FROM words
    WHERE shop = :shop
    AND no = :no
"""

WORDS_ABOUT_GIFT: Final = """
    SELECT DISTINCT words.no
    FROM words
    JOIN entry ON entry.shop = words.shop AND entry.no = words.no
    WHERE entry.shop = :shop
    AND entry.gift = :gift
"""

ERASE_WORDS: Final = """
    DELETE FROM words
    WHERE shop = :shop
    AND no = :no
"""


def keep_words(database: Database, shop: int, no: int, words: Mapping[str, str | None]) -> None:
    """Keep what a person said with the entry ``no``; empty words are not kept."""
    for kind, text in words.items():
        if text:
            database.execute(INSERT_WORDS, {"shop": shop, "no": no, "kind": kind, "words": text})


def words_of(file: LedgerFile, shop: int, no: int) -> dict[str, str]:
    """Return the words kept with an entry, by kind."""
    return {row[0]: row[1] for row in file.read(WORDS_OF_ENTRY, {"shop": shop, "no": no})}


def erase_words(database: Database, shop: int, gift: int, day: str) -> None:
    """Erase all words about a gift for good, leaving only that there were some.

    The reasons of its corrections go too: they name people as messages do. The caller rewrites
    the file afterwards, for the copies that pages keep.
    """
    rows = database.query(WORDS_ABOUT_GIFT, {"shop": shop, "gift": gift})
    for no in {gift, *(int(row["no"]) for row in rows)}:
        database.execute(ERASE_WORDS, {"shop": shop, "no": no})
        keep_words(database, shop, no, {ERASED: day})


def same_words(kept: Mapping[str, str], asked: Mapping[str, str | None]) -> bool:
    """Return whether a retry brings the words of the first time; erased words match any."""
    if ERASED in kept:
        return True
    return dict(kept) == {kind: text for kind, text in asked.items() if text}
