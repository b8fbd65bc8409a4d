"""The goods' part of a ledger: what the drives take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from db import menu, program_goods, programs
from db.append import lock_head
from db.keeper import Keeper
from payforward.core.errors import Refused
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.text import clean_name

if TYPE_CHECKING:
    from sqlite_utils import Database

    from payforward.core.model import Item
    from payforward.core.programs import Program

Goods = tuple[str, Sequence[str]]
"""What is collected, and in which sizes."""


class GoodsKeeper(Keeper):
    """Keeps the goods of one shop's drives; a part of `Ledger`."""

    def goods(self, *, retired: bool = False) -> list[Item]:
        """Return all goods that any drive takes, in the order in which they were added."""
        with self._file.snapshot():
            found = self._items().values()
        return [i for i in found if i.kind is ItemKind.GOODS and (retired or not i.retired)]

    def find_goods(self, program: int, name: str) -> Item:
        """Return the goods of a drive that a person named.

        Raises:
            Refused: it takes none of that name; what it takes is in the sentence.
        """
        with self._file.snapshot():
            drive = self._live(program)
            items = self._items()
            own = [items[number] for number in drive.items]
        return program_goods.find(drive, own, name)

    def add_goods(self, program: int, name: str, sizes: Sequence[str] = ()) -> tuple[Item, ...]:
        """Let a drive take goods of a kind, in these sizes: ``Coat`` in S, M and L.

        Goods that another drive takes already are the same goods.

        Raises:
            BadInput: a name that is none.
            Refused: it is no drive, or something on the menu has the name.
        """
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            added = self._take_goods(database, program, [(name, sizes)])
            known = menu.read_items(self._file, self.shop.id)
            return tuple(known[item] for item in added)

    def drop_goods(self, program: int, item: int) -> Program:
        """Let a drive take no more of these goods; what it has collected stays."""
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            drive = self._live_drive(program)
            left = tuple(each for each in drive.items if each != item)
            programs.update_program(database, self.shop.id, drive.id, replace(drive, items=left))
            return self._live(program)

    # -- within -------------------------------------------------------------------------------

    def _take_goods(self, database: Database, program: int, goods: Sequence[Goods]) -> list[int]:
        """Let a drive take goods too, under the lock, and return their numbers."""
        if not goods:
            return []
        drive = self._live_drive(program)
        at = self._at()
        added = [
            program_goods.ensure_goods(
                database,
                self.shop.id,
                at,
                menu.read_items(self._file, self.shop.id),
                name=name,
                kind=kind,
            )
            for kind, name in _names(goods)
        ]
        items = tuple(dict.fromkeys((*drive.items, *added)))
        programs.update_program(database, self.shop.id, drive.id, replace(drive, items=items))
        return list(dict.fromkeys(added))

    def _live(self, number: int) -> Program:
        program = programs.program_of(self._file, self.shop.id, number)
        if program.retired:
            raise programs.unknown_program()
        return program

    def _live_drive(self, number: int) -> Program:
        drive = self._live(number)
        if drive.kind is not ProgramKind.DRIVE:
            raise Refused(
                f"{drive.name} is no drive: only drives take goods.", reason="not-a-drive"
            )
        return drive


def _names(goods: Sequence[Goods]) -> list[tuple[str, str]]:
    """Return each kind of goods with the name of each of its sizes."""
    found: list[tuple[str, str]] = []
    for name, sizes in goods:
        kind = clean_name(name, what="name of the goods")
        names = [f"{kind} {clean_name(size, what='size')}" for size in sizes] or [kind]
        found += [(kind, each) for each in names]
    return list(dict.fromkeys(found))
