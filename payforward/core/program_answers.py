"""What the ledger answers about programs and partners.

Money is in minor units of the shop's one currency (``*_minor``), days are business days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from payforward.core.model import Item, Tender
    from payforward.core.partners import Partner
    from payforward.core.programs import Program, Running


@dataclass(frozen=True, slots=True)
class Waits:
    """What a program holds of one item: units and the money that goes with them.

    ``on_slips`` is how many of the units are on slips of paper.
    """

    item: Item
    units: int
    amount_minor: int
    on_slips: int = 0


@dataclass(frozen=True, slots=True)
class BudgetState:
    """A giveaway's budget in the period that today is in: servings.

    ``until`` is the last day of the period; what is ``left`` then lapses.
    """

    units: int
    used: int
    left: int
    until: date


@dataclass(frozen=True, slots=True)
class ProgramState:
    """A program and how it stands.

    Args:
        program: It.
        running: Whether it takes part in today.
        waits: What it holds, in the menu's order: gifts that wait, goods that were collected,
            money in a jar. A giveaway holds nothing but its budget.
        delivered: Goods that a drive has brought to partners, or minor units that a jar has.
        budget: How a running giveaway's budget stands; None where it has none.
    """

    program: Program
    running: Running
    waits: tuple[Waits, ...] = ()
    delivered: int = 0
    budget: BudgetState | None = None

    @property
    def units(self) -> int:
        """What it holds, all items together; of a jar, minor units."""
        return sum(each.units for each in self.waits)

    @property
    def collected(self) -> int:
        """What a drive or a jar has taken in so far, of which some may be delivered."""
        return self.units + self.delivered


@dataclass(frozen=True, slots=True)
class Collected:
    """Answer to `Collect`: ``units`` of goods were taken in.

    ``collected`` is what the drive has taken in so far, with what it has delivered already.
    """

    action: str
    gift: int
    item: Item
    units: int
    program: Program
    collected: int
    day: date
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Answer to `Deliver` and `PassOn`: what left the shop, as the manifest lists it.

    Args:
        number: The manifest's: the number of the action's first entry.
        action: Its id.
        programs: Whose it was, of the oldest gift first; surplus may be of several.
        partner: Who received it.
        lines: Each item with its units and, of money and prepaid items, the money that went
            with them. Goods have no value.
        tender: How the money went along; None where there is none.
        day: The business day.
        at: The instant; UTC.
        head: The ledger's head, ``NUMBER-8HEX``, right after it.
        left: What still waits of all those items in the program (on the board, of surplus).
        taken_back: How many of the units were taken back since: 0 or all, mostly.
        came_back: The same by item, with the money that came back with them.
        repeated: Whether it had been done before.
    """

    number: int
    action: str
    programs: tuple[Program, ...]
    partner: str
    lines: tuple[Waits, ...]
    tender: Tender | None
    day: date
    at: datetime
    head: str
    left: int
    taken_back: int = 0
    came_back: tuple[Waits, ...] = ()
    repeated: bool = False

    @property
    def program(self) -> Program:
        """The first of the programs."""
        return self.programs[0]

    @property
    def program_names(self) -> str:
        """The programs' names as one says them: ``Pay it forward and Class 3b``."""
        *others, last = (program.name for program in self.programs)
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def units(self) -> int:
        """All units, of whichever item."""
        return sum(line.units for line in self.lines)

    @property
    def amount_minor(self) -> int:
        """The money that went along."""
        return sum(line.amount_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class Batch:
    """Slips that a partner took at one time, and what of them came back; never from whom.

    ``batch`` is the number of the first of its slips. Units are of ``item``; of money, minor
    units. ``units`` = ``used`` + ``back`` + ``expired`` + ``refunded`` + ``left``.
    """

    batch: int
    action: str
    partner: str
    item: Item
    day: date
    slips: int
    slips_waiting: int
    units: int
    used: int
    back: int
    expired: int
    refunded: int
    left: int


@dataclass(frozen=True, slots=True)
class AskedNote:
    """Answer to `NoteAsked`, and a line of what was asked for while none was waiting.

    ``taken_back`` says that it no longer counts: asking again did not bring it back.
    """

    action: str
    item: Item
    units: int
    till: str
    at: datetime
    day: date
    repeated: bool = False
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class ActionBefore:
    """What an action was about when it was done, under the names of today.

    ``program`` is None where its gifts were of several. ``items`` are what was given, handed over
    or moved, in the order of its lines; ``partner`` is who received it.
    """

    program: Program | None
    items: tuple[Item, ...]
    partner: Partner | None
