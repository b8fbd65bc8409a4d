"""Proof of what was noted at closes: each says of the takings what the entries of its day say.

What the shop's own till said is a person's word, of which no entry knows; that it was said at
every close, and that no word before a correction is gone, can be proven.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.connection import LedgerFile
    from db.replay_closes import Closed
    from payforward.core.model import Shop

ALL_NOTED: Final = """
    SELECT no, version, tender, taken_minor, note, at, cashier
    FROM closing
    WHERE shop = :shop
    ORDER BY no, version, tender
"""

Noted = tuple[object, ...]
_NO, _VERSION, _TENDER, _TAKEN = range(4)


def close_problems(file: LedgerFile, shop: Shop, closed: Mapping[int, Closed]) -> list[str]:
    """Return what of the notes does not fit the closes, as `ClosesReplayed` gathered them."""
    rows = file.read_plain(ALL_NOTED, {"shop": shop.id})
    noted = {no: list(each) for no, each in groupby(rows, itemgetter(_NO))}
    problems = [f"entry {no}: is no close, but has notes of one" for no in noted.keys() - closed]
    for no, close in closed.items():
        problems += [f"close {no}: {what}" for what in _wrong(close, noted.get(no, ()))]
    return problems


def _wrong(close: Closed, rows: Sequence[Noted]) -> Iterator[str]:
    versions = [list(each) for _, each in groupby(rows, itemgetter(_VERSION))]
    said = [each[0][_VERSION] for each in versions]
    if said != list(range(1, len(versions) + 1)) or not versions:
        yield "what was noted of it, or before it was corrected, is missing"
    for version in versions:
        if {row[_TENDER] for row in version} != set(close.taken):
            yield f"version {version[0][_VERSION]} of its notes has not a row for each tender"
        if len({row[_TAKEN + 1 :] for row in version}) > 1:
            yield f"version {version[0][_VERSION]} of its notes was not written at one time"
        for row in version:
            right = close.taken.get(str(row[_TENDER]))
            if right is not None and row[_TAKEN] != right:
                yield f"{row[_TAKEN]} was noted as taken in {row[_TENDER]}; entries say {right}"
    if said[:1] == [1] and versions[0][0][-2:] != (close.at, close.cashier):
        yield "its first note is not of when it was closed, or not of who closed it"
