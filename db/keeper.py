"""What the parts of a ledger share: the file, the shop, the moment, the way to act and answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from db import menu, questions
from db.answers import Answers
from db.append import Head
from db.moment import Moment, look
from payforward.core.clock import utc_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.connection import LedgerFile
    from db.issuing import Issuing
    from db.perform import Done, Performer
    from payforward.core.clock import Clock
    from payforward.core.model import Entry, Item, Shop

T = TypeVar("T")


class Keeper:
    """Keeps one part of one shop's ledger.

    Args:
        file: The open file.
        shop: Whose it is.
        clock: What time it is.
    """

    _performer: Performer

    def __init__(self, file: LedgerFile, shop: Shop, clock: Clock) -> None:
        self._file = file
        self._clock = clock
        self.shop = shop

    def _at(self) -> str:
        return utc_text(self._clock.now())

    def _items(self) -> dict[int, Item]:
        return menu.read_items(self._file, self.shop.id)

    def _moment(self) -> Moment:
        return self._moment_of(self._file)

    def _moment_of(self, file: LedgerFile) -> Moment:
        row = file.read_one(questions.READ_HEAD, {"shop": self.shop.id})
        assert row is not None
        return look(file, self.shop, Head(*row), self._clock.now())

    def _telling(
        self, build: Callable[[Answers, Sequence[Entry]], T], issuing: Issuing | None = None
    ) -> Callable[[LedgerFile, Done], T]:
        """Return what makes an answer of an action's entries, with the file that has them."""

        def tell(file: LedgerFile, done: Done) -> T:
            with file.snapshot():
                answers = Answers(
                    file,
                    self.shop,
                    done.items,
                    lambda: self._moment_of(file).day,
                    repeated=done.repeated,
                    issuing=issuing,
                )
                return build(answers, done.entries)

        return tell
