"""The end of a business day: what was taken for gifts, and what the shop's own till says of it.

Money is in minor units of the shop's one currency (``*_minor``), days are business days.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from payforward.core.model import Tender
from payforward.core.text import clean_message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

TAKEN_TENDERS: Final = (Tender.CASH, Tender.CARD, Tender.OTHER)
"""What a day's takings come in; what was paid before this ledger began is none of them."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in and went out in one tender on one day.

    Args:
        tender: How.
        given_minor: For gifts.
        jars_minor: For charities' jars.
        refunded_minor: Given back.
        handed_over_minor: To partners, with surplus or out of a jar.
    """

    tender: Tender
    given_minor: int = 0
    jars_minor: int = 0
    refunded_minor: int = 0
    handed_over_minor: int = 0

    @property
    def net_minor(self) -> int:
        """What should be there: the rest of it."""
        came = self.given_minor + self.jars_minor
        return came - self.refunded_minor - self.handed_over_minor


@dataclass(frozen=True, slots=True)
class AtTheCounter:
    """What one cashier did on a day; None is whoever did not say who they were.

    Args:
        cashier: Their name.
        gifts: How many gifts they took.
        served: How many things they handed over.
        served_from_slips: How many of those were paid by slips.
        taken_back: How many acts they took back.
        refunds: How many refunds they made.
    """

    cashier: str | None
    gifts: int = 0
    served: int = 0
    served_from_slips: int = 0
    taken_back: int = 0
    refunds: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """One tender of a closed day: what was taken, and what the till's own gift line said."""

    tender: Tender
    taken_minor: int
    till_minor: int | None = None

    @property
    def difference_minor(self) -> int:
        """What the till has more (positive) or less than was taken; 0 where nobody looked."""
        return 0 if self.till_minor is None else self.till_minor - self.taken_minor


@dataclass(frozen=True, slots=True)
class TillWord:
    """What was said of the till once: when the day was closed, or to correct that.

    Args:
        counted: Each tender.
        note: What was said about a difference.
        at: When; UTC.
        cashier: Who said so.
    """

    counted: tuple[Counted, ...]
    note: str | None
    at: datetime
    cashier: str | None

    @property
    def difference_minor(self) -> int:
        """All differences together."""
        return sum(each.difference_minor for each in self.counted)


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day that is closed.

    Args:
        number: The number of its entry.
        day: It.
        head: The ledger's head, ``NUMBER-8HEX``, right after it: whoever has it on paper can
            prove that nothing was cut off.
        at: When it was closed; UTC.
        cashier: Who closed it.
        words: What was said of the till, the newest first: the last one when it was closed.
        repeated: Whether it had been done before.
    """

    number: int
    day: date
    head: str
    at: datetime
    cashier: str | None
    words: tuple[TillWord, ...]
    repeated: bool = False

    @property
    def counted(self) -> tuple[Counted, ...]:
        """Each tender, as it was said last."""
        return self.words[0].counted

    @property
    def note(self) -> str | None:
        """What was said last about a difference."""
        return self.words[0].note

    @property
    def earlier(self) -> tuple[TillWord, ...]:
        """What was said before it was corrected, the newest first."""
        return self.words[1:]

    @property
    def corrections(self) -> int:
        """How often it was corrected."""
        return len(self.earlier)

    @property
    def corrected_by(self) -> str | None:
        """Who corrected it last."""
        return self.words[0].cashier if self.corrections else None

    @property
    def difference_minor(self) -> int:
        """All differences together, as they were said last."""
        return self.words[0].difference_minor


class DayState(StrEnum):
    """How a day stands: closed; open to be closed; over without a close; before all entries."""

    CLOSED = "closed"
    OPEN = "open"
    OVER = "over"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class DayReport:
    """What happened on a day: its takings, who was at the counter, and its close if there is one.

    ``head`` is the ledger's head as it stands.
    """

    day: date
    currency: str
    taken: tuple[Taken, ...]
    counters: tuple[AtTheCounter, ...]
    head: str
    closed: ClosedDay | None = None
    state: DayState = DayState.OPEN

    @property
    def net_minor(self) -> int:
        """What should be there, in all tenders."""
        return sum(each.net_minor for each in self.taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class TillSays:
    """What the shop's own till said of gifts, by tender, and a note about a difference.

    Where a day is corrected, a tender or a note that is left out stays as it was; a tender whose
    amount is None was looked at by nobody, and an empty note is none.
    """

    minor: Mapping[Tender, int | None] | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Make the words safe."""
        if self.note is not None:
            object.__setattr__(self, "note", clean_message(self.note) or "")
