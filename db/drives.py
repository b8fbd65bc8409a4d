"""What is held for partners: goods that a drive collects, money in a charity's jar, both delivered.

Neither is a gift to whoever asks: it waits apart, and only a partner receives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.append import Line
from db.moment import check_units, said_units
from db.partners import insist_on_partner
from db.picker import pick_from_board
from db.pools import held_by_programs
from db.programs import program_of, refuse_out_of_time, unknown_program
from payforward.core.errors import BadInput, NothingWaiting, Refused
from payforward.core.model import ItemKind, Kind, Place, ProgramKind, Tender

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.connection import LedgerFile
    from db.moment import Moment
    from payforward.core.asks import Collect, Deliver
    from payforward.core.programs import Program

# An undo counts against what it takes back. Every number is above 0: that it is asked about keeps
# the planner on the index of deliveries, and off one that has all it needs of the whole history.
DELIVERED_BY_PROGRAM: Final = """
    SELECT coalesce(CAST(-sum(units) AS BIGINT), 0)
    FROM entry
    WHERE shop = :shop
    AND program = :program
    AND kind IN ('deliver', 'pass_on')
    AND no > 0
"""

MOST_NAMED: Final = 6
"""How many things a sentence names before it says "and more"."""


def held_units(file: LedgerFile, shop: int, program: int) -> dict[int, int]:
    """Return what a drive or a jar holds: units by item, in the items' own order."""
    rows = held_by_programs(file, shop, program)
    return {row["item"]: row["pool_units"] for row in rows}


def delivered_units(file: LedgerFile, shop: int, program: int) -> int:
    """Return what left a program for partners: all its items' units together."""
    row = file.read_one(DELIVERED_BY_PROGRAM, {"shop": shop, "program": program})
    assert row is not None
    return int(row[0])


def plan_collect(moment: Moment, ask: Collect) -> list[Line]:
    """Return the line that takes goods in.

    Raises:
        Refused: it is no drive, it is not its time, or it takes no such goods.
        BadInput: a count that nobody means.
    """
    drive = program_of(moment.file, moment.shop.id, ask.program)
    if drive.retired:
        raise unknown_program()
    if drive.kind is not ProgramKind.DRIVE:
        raise Refused(
            f"{drive.name} collects no goods: choose a drive, or make one.", reason="not-a-drive"
        )
    refuse_out_of_time(drive, moment.day)
    goods = [moment.items[number] for number in drive.items]
    item = next((each for each in goods if each.id == ask.item), None)
    if item is None or item.kind is not ItemKind.GOODS:
        takes = f"takes {named(each.name for each in goods)}" if goods else "has no goods yet"
        raise Refused(
            f"{drive.name} {takes}: choose one of its goods, or add to them.",
            reason="unknown-goods",
        )
    check_units(item, ask.units)
    return [Line(kind=Kind.GIVE, units=ask.units, place=Place.HELD, program=drive.id, item=item.id)]


def plan_deliver(moment: Moment, ask: Deliver) -> list[Line]:
    """Return the lines that bring a partner what is held, the oldest gifts first.

    A drive or a jar that has ended is still delivered; one that was retired too, where what had
    emptied it was taken back since.

    Raises:
        NothingWaiting: nothing is held at all.
        Refused: it is neither a drive nor a jar, less is held, or there is no such partner.
        BadInput: a part that nobody means.
    """
    program = program_of(moment.file, moment.shop.id, ask.program)
    held = held_units(moment.file, moment.shop.id, program.id)
    if program.retired and not held:
        raise unknown_program()
    if program.kind not in (ProgramKind.DRIVE, ProgramKind.CHARITY):
        raise Refused(
            f"{program.name} is neither a drive nor a jar, so there is nothing to deliver: pass "
            "on what waits there instead.",
            reason="not-a-drive",
        )
    insist_on_partner(moment, ask.partner)
    refuse_opening(ask.tender)
    wanted = None if ask.parts is None else _clean_parts(ask.parts)
    if not held:
        raise NothingWaiting(
            f"Nothing of {program.name} is here, so there is nothing to deliver.", waiting=0
        )
    if wanted is not None:
        _refuse_more(moment, program, held, wanted)
    parts = held if wanted is None else {item: wanted[item] for item in held if item in wanted}
    return [
        line for item, units in parts.items() for line in _out_of_held(moment, ask, item, units)
    ]


def refuse_opening(tender: Tender) -> None:
    """Refuse money that would leave as what was paid before the ledger began.

    Raises:
        BadInput: it is that.
    """
    if tender is Tender.OPENING:
        raise BadInput(
            "Say how the money goes along: in cash, by card or otherwise.", reason="bad-tender"
        )


def named(names: Iterable[str]) -> str:
    """Return names as a sentence lists them.

    >>> named(["Coat S", "Coat M", "Coat L"])
    'Coat S, Coat M and Coat L'
    """
    known = list(names)
    shown, last = known[:-1], known[-1]
    if len(known) > MOST_NAMED:
        shown, last = known[:MOST_NAMED], "more"
    return f"{', '.join(shown)} and {last}" if shown else last


def _clean_parts(parts: tuple[tuple[int, int], ...]) -> dict[int, int]:
    wanted = dict(parts)
    if not parts or len(wanted) < len(parts):
        raise BadInput("Name each thing to deliver once.", reason="bad-parts")
    if any(units < 1 for units in wanted.values()):
        raise BadInput("Deliver at least 1 of each thing.", reason="bad-count")
    return wanted


def _refuse_more(
    moment: Moment, program: Program, held: Mapping[int, int], wanted: Mapping[int, int]
) -> None:
    for item, units in wanted.items():
        if units > held.get(item, 0):
            asked = said_units(moment.shop, moment.item(item), units)
            there = named(said_units(moment.shop, moment.items[i], n) for i, n in held.items())
            raise Refused(
                f"{program.name} holds {there}, not {asked}: deliver at most what is there.",
                reason="more-than-collected",
            )


def _out_of_held(moment: Moment, ask: Deliver, item: int, units: int) -> list[Line]:
    picks = pick_from_board(
        moment.file, moment.shop.id, item, units, place=Place.HELD, program=ask.program
    )
    return [
        Line(
            kind=Kind.DELIVER,
            units=-pick.units,
            book=pick.book,
            partner=ask.partner,
            # Goods have no value.
            tender=ask.tender if pick.unit_minor else None,
        )
        for pick in picks
    ]
