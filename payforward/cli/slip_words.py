"""Slips as scripts and people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.cli.code_words import grouped, letters
from payforward.cli.words import said, table
from payforward.core.clock import utc_text, zone
from payforward.core.days import day_text
from payforward.core.errors import SlipRefused
from payforward.core.model import ItemKind, SlipState
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from payforward.cli.slip_paper import Delivery
    from payforward.core.model import Shop
    from payforward.core.slip_answers import Issued, IssuedSlip, Slip


def slip_document(slip: Slip, currency: str) -> dict[str, object]:
    """Return one slip for scripts; it bears no code."""
    return {
        "slip": slip.slip,
        "gifts": list(slip.gifts),
        "item": slip.item.name,
        "units": slip.units,
        "left": slip.left,
        "amount_minor": slip.amount_minor,
        "currency": currency,
        "state": slip.state.value,
        "partner": slip.partner,
        "issued_on": slip.issued_on.isoformat(),
        "expires_on": None if slip.expires_on is None else slip.expires_on.isoformat(),
        "ended_at": None if slip.ended_at is None else utc_text(slip.ended_at),
        "ended_till": slip.ended_till,
        "giver": slip.giver,
        "message": slip.message,
        "number": slip.number,
        "of": slip.of,
        "head": slip.head,
    }


def slip_table(slips: Sequence[Slip], currency: str) -> list[str]:
    """Return slips for people, a line each."""
    rows = [
        [
            str(slip.slip),
            _what(slip),
            _left(slip, currency),
            slip.state.value,
            day_text(slip.issued_on),
            slip.partner or "",
        ]
        for slip in slips
    ]
    return table([["slip", "for", "left", "state", "made", "partner"], *rows], "><><<<")


def slip_lines(slip: Slip, shop: Shop) -> Iterator[str]:
    """Return one slip for people."""
    yield f"Slip {slip.slip}: {said(slip.units, slip.item, shop.currency)}, {_state(slip, shop)}"
    made = f"Made on {day_text(slip.issued_on)}"
    if slip.expires_on is not None:
        made += f", good until {day_text(slip.expires_on)}"
    yield f"{made}." if slip.partner is None else f"{made}, for {shown(slip.partner)}."
    if slip.giver:
        yield f"Given by {shown(slip.giver)}."
    if slip.message:
        yield f"The giver says: “{shown(slip.message)}”"
    numbers = few([str(gift) for gift in slip.gifts])
    yield f"Gift {numbers}." if len(slip.gifts) == 1 else f"Gifts {numbers}."


def issued_document(issued: Issued, delivery: Delivery, currency: str) -> dict[str, object]:
    """Return slips as they were issued, for scripts; those not told have no codes."""
    return {
        "action": issued.action,
        "item": issued.item.name,
        "units": issued.units,
        "currency": currency,
        "partner": issued.partner,
        "waiting": issued.waiting,
        "slips": [
            {
                **slip_document(each.slip, currency),
                "voucher": letters(each.code) if delivery.is_told else None,
            }
            for each in issued.slips
        ],
        "files": [str(file) for file in delivery.files],
        "repeated": issued.repeated,
    }


def code_lines(issued: Sequence[IssuedSlip], delivery: Delivery, currency: str) -> Iterator[str]:
    """Return for people where slips are, and their codes, once; not those of a written batch."""
    if len(delivery.files) > 1:
        first, last = (shown(str(delivery.files[at])) for at in (0, -1))
        yield f"Written to {len(delivery.files)} files, from {first} to {last}."
    elif delivery.files:
        yield f"Written to {shown(str(delivery.files[0]))}."
    if not delivery.is_told and delivery.problem is None:
        numbers = few([str(each.slip.slip) for each in issued])
        yield f"Printed slip {numbers}." if len(issued) == 1 else f"Printed slips {numbers}."
    if delivery.is_told and (len(issued) == 1 or not delivery.files):
        yield from _told_codes(issued, currency)


def reminder(delivery: Delivery) -> Iterator[str]:
    """Return for people that the recovery sheet is to be kept, until it is."""
    if delivery.owes_sheet:
        yield "Once, so that slips outlive this machine: payforward vouchers recovery FILE"


def _told_codes(issued: Sequence[IssuedSlip], currency: str) -> Iterator[str]:
    for each in issued:
        what = f"Slip {each.slip.slip}, {said(each.slip.left, each.slip.item, currency)}"
        code = "its code was told once." if each.code is None else grouped(each.code)
        yield f"{what}: {code}"
    untold = [each.slip.slip for each in issued if each.code is None]
    if untold:
        yield f"For a new code: payforward vouchers replace {untold[0]}"


def few(words: Sequence[str], most: int = 20) -> str:
    """Return a list of words in one sentence; of a long one only the beginning.

    >>> few(["1", "2", "3", "4"], most=2)
    '1, 2 and 2 more'
    """
    if len(words) <= most:
        return ", ".join(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"


def with_when(error: SlipRefused, shop: Shop) -> SlipRefused:
    """Return a slip's refusal with when and where it ended."""
    if error.at is None:
        return error
    where = "" if error.till is None else f", {shown(error.till)}"
    sentence = f"{error.message.rstrip('.')} ({instant(error.at, shop)}{where})."
    return SlipRefused(
        sentence,
        reason=error.reason,
        slip=error.slip,
        item=error.item,
        at=error.at,
        till=error.till,
        left=error.left,
    )


def instant(at: datetime, shop: Shop) -> str:
    """Return an instant by the clock on the shop's wall: ``21 Nov 2026 17:40``."""
    local = at.astimezone(zone(shop.timezone))
    return f"{day_text(local.date())} {local:%H:%M}"


def _state(slip: Slip, shop: Shop) -> str:
    if slip.state is SlipState.WAITING:
        if slip.left == slip.units:
            return "waiting."
        return f"{said(slip.left, slip.item, shop.currency)} left."
    if slip.ended_at is None:
        return f"{slip.state.value}."
    where = "" if slip.ended_till is None else f", at {shown(slip.ended_till)}"
    return f"{slip.state.value} {instant(slip.ended_at, shop)}{where}."


def _what(slip: Slip) -> str:
    if slip.item.kind is ItemKind.MONEY:
        return "money"
    return f"{slip.units} {slip.item.name}"


def _left(slip: Slip, currency: str) -> str:
    if slip.item.kind is ItemKind.MONEY:
        return said(slip.left, slip.item, currency)
    return str(slip.left)
