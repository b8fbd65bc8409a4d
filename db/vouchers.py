"""Slips at the counter: found by their code, redeemed, given a new code, refused in calm words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.append import Line
from db.moment import check_units, said_units
from db.picker import Pick, pick_from_slip
from db.receipts import gift_of_receipt
from db.redeeming import lines_of_amount, lines_of_units, servable
from db.slips import ENTRY_OF_CODE, NEXT_CODE_OF_SLIP, Slips
from payforward.core.clock import parse_utc_text
from payforward.core.errors import Refused, SlipRefused
from payforward.core.model import ItemKind, Kind, SlipState

if TYPE_CHECKING:
    from db.connection import LedgerFile
    from db.issuing import Issuing
    from db.moment import Moment
    from db.requests import RedeemDigest
    from payforward.core.asks import Replace
    from payforward.core.model import Item, Shop
    from payforward.core.slip_answers import Slip

NOT_OURS: Final = "This is not one of our slips."

_ENDED: Final = {
    SlipState.USED: ("slip-used", "This slip has been used."),
    SlipState.EXPIRED: ("slip-expired", "This slip has run out; its gift is on the board."),
    SlipState.WITHDRAWN: ("slip-withdrawn", "This slip was taken back."),
    SlipState.REFUNDED: ("slip-refunded", "This slip was refunded."),
}


def slip_of_code(file: LedgerFile, shop: Shop, digest: bytes) -> int:
    """Return the number of the slip whose living code has this digest.

    Raises:
        SlipRefused: it is no slip's, a giver's receipt's, or a slip has a newer one.
    """
    row = file.read_one(ENTRY_OF_CODE, {"shop": shop.id, "code": digest})
    if row is None:
        if gift_of_receipt(file, shop.id, digest) is None:
            raise SlipRefused(NOT_OURS, reason="not-ours")
        raise SlipRefused(
            "This is a giver's receipt: it tells of the gift and pays for nothing.",
            reason="receipt-code",
        )
    newer = file.read_one(
        NEXT_CODE_OF_SLIP, {"shop": shop.id, "slip": row["slip"], "no": row["no"]}
    )
    if newer is not None:
        raise SlipRefused(
            "A new slip was made for this one, so only the new one pays.",
            reason="slip-replaced",
            slip=row["slip"],
            at=parse_utc_text(newer["at"]),
            till=newer["name"],
        )
    return int(row["slip"])


def plan_redeem_slip(moment: Moment, ask: RedeemDigest) -> list[Line]:
    """Return the lines in which a slip pays, oldest gift first.

    Raises:
        SlipRefused: it cannot pay, or not for so many.
        Refused: what shall be served is not what the slip is for, or was not said.
    """
    number = slip_of_code(moment.file, moment.shop, bytes.fromhex(ask.code))
    slip = living(moment, number)
    if slip.item.kind is ItemKind.MONEY:
        return _lines_of_money(moment, slip, ask)
    item = slip.item if ask.item is None else servable(moment, ask.item)
    check_units(item, ask.units)
    if item.id != slip.item.id and not set(item.groups) & set(slip.item.groups):
        raise Refused(
            f"This slip is for {slip.item.name}, and {item.name} is not of the same group.",
            reason="other-item",
        )
    return lines_of_units(item, _picks(moment, slip, ask.units))


def plan_replace(moment: Moment, ask: Replace, issuing: Issuing) -> list[Line]:
    """Return the line that gives a slip a new code.

    Raises:
        SlipRefused: nothing is left on it.
        Refused: there is no such slip, or no code can be made.
    """
    slip = living(moment, ask.slip)
    book = pick_from_slip(moment.file, moment.shop.id, slip.slip, None)[-1].book
    return [Line(kind=Kind.REPLACE, units=0, book=book, code=issuing.new_digest())]


def living(moment: Moment, number: int, *, though_past: bool = False) -> Slip:
    """Return a slip with something on it.

    Raises:
        SlipRefused: nothing is left on it; or its last day is over, unless ``though_past``.
        Refused: there is no slip of that number.
    """
    slip = Slips(moment.file, moment.shop, moment.items, moment.day).one(number)
    if slip is None:
        raise no_slip(number)
    if slip.left == 0 or (slip.state is SlipState.EXPIRED and not though_past):
        raise ended(slip)
    return slip


def slip_meant(moment: Moment, number: int) -> Slip:
    """Return the slip that a person means who names a slip, or a gift of which one waits.

    Raises:
        Refused: it is neither, or several slips of the gift wait, or none does.
    """
    slips = Slips(moment.file, moment.shop, moment.items, moment.day)
    named = slips.one(number)
    waiting = slips.waiting_of_gift(number)
    if named is not None and (named.left or not waiting):
        return named
    if len(waiting) == 1:
        (only,) = waiting
        return living(moment, only, though_past=True)
    if waiting:
        shown = ", ".join(map(str, waiting[:10])) + (" and more" if len(waiting) > 10 else "")
        raise Refused(
            f"Gift {number} waits on {len(waiting)} slips ({shown}): name one of them.",
            reason="several-slips",
        )
    raise Refused(
        f"There is no slip {number}, and no slip of a gift {number} waits.",
        reason="unknown-slip",
    )


def no_slip(number: int) -> Refused:
    """Return the refusal of a number that no slip has."""
    return Refused(f"There is no slip {number}: slips are listed by number.", reason="unknown-slip")


def ended(slip: Slip) -> SlipRefused:
    """Return the refusal of a slip that pays no more."""
    reason, message = _ENDED[slip.state]
    return SlipRefused(
        message,
        reason=reason,
        slip=slip.slip,
        item=slip.item.id,
        at=slip.ended_at,
        till=slip.ended_till,
    )


def _lines_of_money(moment: Moment, slip: Slip, ask: RedeemDigest) -> list[Line]:
    if ask.item is None:
        raise Refused(
            f"This slip holds {said_units(moment.shop, slip.item, slip.left)}: say what is served.",
            reason="item-needed",
        )
    item = servable(moment, ask.item)
    check_units(item, ask.units)
    price = item.price_minor * ask.units
    if price == 0:
        raise Refused(f"{item.name} has no price: nothing can pay for it.", reason="no-price")
    return lines_of_amount(item, _picks(moment, slip, price), ask.units)


def _picks(moment: Moment, slip: Slip, units: int) -> list[Pick]:
    """Return from which of a slip's books so many units come.

    Raises:
        SlipRefused: fewer are left.
    """
    if slip.left < units:
        left = said_units(moment.shop, slip.item, slip.left)
        raise SlipRefused(
            f"This slip still has {left}, not {_asked(moment, slip.item, units)}.",
            reason="slip-short",
            slip=slip.slip,
            item=slip.item.id,
            left=slip.left,
        )
    return pick_from_slip(moment.file, moment.shop.id, slip.slip, units)


def _asked(moment: Moment, item: Item, units: int) -> str:
    return said_units(moment.shop, item, units) if item.kind is ItemKind.MONEY else str(units)
