"""Why something cannot be taken back, said so that people know what to do instead."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from db.entries import ENTRIES_OF_GIFT, to_entries
from db.moment import said_units
from db.picker import pick_from_gift
from db.slips import is_past
from db.undoing_moves import is_move
from payforward.core.days import day_text
from payforward.core.errors import OtherDay, PartlyGone, Refused
from payforward.core.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.moment import Moment
    from payforward.core.model import Entry


def of_another_day(moment: Moment, entries: Sequence[Entry], left: int) -> OtherDay:
    """Return the refusal of an action of another day, of which so many units are left."""
    is_over = is_of_past_budget(moment, entries) or is_of_past_slip(moment, entries)
    can_be_undone = left > 0 and not is_over
    is_of_house = can_be_undone and _is_of_house(entries)
    # That nothing need be done is no other way beside the owner's.
    other = "leave it, for it cost nobody but the house" if is_of_house else instead(entries)
    return OtherDay(f"{_was_on(entries)}, and that day is over", other, can_be_undone=can_be_undone)


def of_past_budget(entries: Sequence[Entry]) -> Refused:
    """Return the refusal of servings out of a budget that has lapsed since."""
    return Refused(
        f"{_was_on(entries)}, and the budget that paid for it is over: {instead(entries)}.",
        reason="budget-over",
    )


def is_of_past_budget(moment: Moment, entries: Sequence[Entry]) -> bool:
    """Return whether an action served out of a budget whose last day is over.

    What came back to it would lapse at once, and could be given to nobody.
    """
    today = moment.day.isoformat()
    return any(entry.place == Place.HELD and is_past(entry.expires, today) for entry in entries)


def of_past_slip() -> Refused:
    """Return the refusal to put something back on a slip whose last day is over."""
    return Refused(
        "That slip has run out since, so what was on it stays on the board.", reason="slip-expired"
    )


def is_of_past_slip(moment: Moment, entries: Sequence[Entry]) -> bool:
    """Return whether an action put what was on a slip on the board, and its last day is over."""
    today = moment.day.isoformat()
    return any(e.kind == Kind.TAKE_BACK and is_past(e.expires, today) for e in entries)


def instead(entries: Sequence[Entry]) -> str:
    """Return what people can do about an action that cannot be taken back (any more)."""
    kinds = {Kind(entry.kind) for entry in entries}
    if Kind.REDEEM in kinds:
        # Paid before: it waits again and is in no day's takings, as is right. But nobody ever paid
        # for what the house gave, and so it would be owed to nobody.
        again = "what was never handed over can be given again as paid before"
        is_of_house = _is_of_house(entries)
        return "nothing need be done, it cost nobody but the house" if is_of_house else again
    if Kind.REFUND in kinds:
        return "what shall wait again can be given again"
    if kinds & {Kind.PASS_ON, Kind.DELIVER}:
        return "what came back can be put in again"
    if entries[0].place == Place.HELD:
        return "what is still here of it can be given back"
    if Kind.GIVE in kinds:
        return "what still waits of the gift can be refunded"
    return "do the opposite as a new act"


def refuse_what_is_gone(moment: Moment, entries: Sequence[Entry], wanted: int, left: int) -> None:
    """Refuse to take back more than is left of an action.

    Raises:
        PartlyGone: some of it is left.
        Refused: nothing is.
    """
    gone = _how_it_went(moment, entries)
    if is_move(entries):
        gone = "was used or moved on since"
    elif _waits_elsewhere(moment, entries, left):
        gone = "was enjoyed, refunded or put somewhere else since"
        if left == 0:
            raise Refused(
                "That gift was moved between board and slip since: take that back first.",
                reason="moved",
            )
    if left == 0:
        what = "That" if is_move(entries) else "That gift"
        raise Refused(f"{what} {gone}, so it cannot be taken back.", reason="enjoyed")
    item = moment.items[entries[0].item or 0]
    lost = said_units(moment.shop, item, wanted - left)
    rest = said_units(moment.shop, item, left)
    raise PartlyGone(f"{lost} of that {gone}; take back the other {rest}.", left=left)


def _how_it_went(moment: Moment, entries: Sequence[Entry]) -> str:
    """Return what became of a gift that is not where it was put any more."""
    gift = {"shop": moment.shop.id, "gift": entries[0].gift}
    kinds = {entry.kind for entry in to_entries(moment.file.read(ENTRIES_OF_GIFT, gift))}
    if entries[0].place == Place.HELD:
        return "was delivered or given back already"
    if Kind.PASS_ON in kinds:
        return "was enjoyed, refunded or passed on already"
    return "was enjoyed or refunded already"


def _waits_elsewhere(moment: Moment, entries: Sequence[Entry], left: int) -> bool:
    """Return whether more of a gift waits than is where it was put."""
    first = entries[0]
    if first.kind != Kind.GIVE:
        return False
    picks = pick_from_gift(moment.file, moment.shop.id, first.gift, None, anywhere=True)
    return sum(pick.units for pick in picks) > left


def _was_on(entries: Sequence[Entry]) -> str:
    return f"That was on {day_text(date.fromisoformat(entries[0].day))}"


def _is_of_house(entries: Sequence[Entry]) -> bool:
    return entries[0].place == Place.HELD and any(entry.kind == Kind.REDEEM for entry in entries)
