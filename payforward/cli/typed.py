"""What was typed after a command, read strictly; each complaint is one sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from payforward.core.days import day_text, parse_day, read_past_day
from payforward.core.errors import BadInput, Refused
from payforward.core.ids import new_action_id, parse_action_id
from payforward.core.text import clean_line, plain_forms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from db.ledger import Ledger

_COUNT = re.compile("[+]?[0-9]{1,9}")


def count_of(typed: str) -> int:
    """Return a count; whether it is too few or too many is the ledger's to say.

    Raises:
        BadInput: it is no whole number.
    """
    text = plain_forms(typed).strip()
    if not _COUNT.fullmatch(text):
        raise BadInput(
            f"{clean_line(typed, max_length=24) or 'That'} is not a count: "
            "write a whole number such as 2.",
            reason="bad-count",
        )
    return int(text)


def gift_of(typed: str) -> int:
    """Return the number of a gift.

    Raises:
        BadInput: it is no number.
    """
    text = plain_forms(typed).strip().removeprefix("#")
    if not re.fullmatch("[0-9]{1,18}", text):
        raise BadInput(
            f"{clean_line(typed, max_length=24) or 'That'} is not a gift's number: "
            "'payforward entries' lists gifts by number, 'payforward vouchers' slips.",
            reason="bad-gift",
        )
    return int(text)


def minor_of(typed: str, currency: str) -> int:
    """Return an amount in minor units.

    Raises:
        BadInput: it is no amount above zero of this currency.
    """
    from payforward.core.currencies import currency as find_currency  # noqa: PLC0415
    from payforward.core.money import parse_money  # noqa: PLC0415

    return parse_money(typed, find_currency(currency)).minor


def till_minor_of(typed: str, currency: str) -> int:
    """Return what a till's gift line says, in minor units; nothing at all is an amount too.

    Raises:
        BadInput: it is no amount of this currency.
    """
    from payforward.core.currencies import currency as find_currency  # noqa: PLC0415
    from payforward.core.money import parse_money  # noqa: PLC0415

    text = plain_forms(typed).strip()
    # A day on which more went back than came in.
    is_less = text.startswith("-")
    money = parse_money(text.removeprefix("-"), find_currency(currency), allow_zero=True)
    return -money.minor if is_less else money.minor


def action_of(typed: str | None) -> str:
    """Return the id that was chosen for an action, or a new one.

    Raises:
        BadInput: it is no UUID.
    """
    return new_action_id() if typed is None else parse_action_id(typed)


def words_of(typed: Sequence[str]) -> str:
    """Return a name that was typed as one word or several."""
    return " ".join(typed).strip()


def units_of(count: str | None, money: str | None, *, is_money: bool, currency: str) -> int | None:
    """Return how many units part of an action or gift is, or None for all of it.

    Args:
        count: What ``--count`` said.
        money: What ``--money`` said.
        is_money: Whether the units are money.
        currency: The ledger's.

    Raises:
        BadInput: it says how much in the wrong measure, or in both.
    """
    if count is not None and money is not None:
        raise BadInput("Say --count or --money, not both.", reason="wrong-usage")
    if count is not None and is_money:
        raise BadInput("That was money: say how much with --money.", reason="wrong-usage")
    if money is not None and not is_money:
        raise BadInput("That was no money: say how many with --count.", reason="wrong-usage")
    if count is not None:
        return count_of(count)
    return None if money is None else minor_of(money, currency)


def partner_of(ledger: Ledger, typed: str | None, *, retired: bool = False) -> int | None:
    """Return the number of the partner who was named, None where none was.

    Args:
        ledger: The shop's.
        typed: The whole name.
        retired: Find those too who get nothing any more.

    Raises:
        Refused: there is none of that name.
    """
    if typed is None:
        return None
    try:
        return ledger.find_partner(typed).id
    except Refused:
        from payforward.core.names import name_key  # noqa: PLC0415

        for partner in ledger.partners(retired=True) if retired else ():
            if name_key(partner.name) == name_key(typed):
                return partner.id
        raise


def day_of(typed: str | None, today: date) -> date | None:
    """Return a day that was, where one was typed; without a year it is the last such day.

    Raises:
        BadInput: it is no day.
    """
    return None if typed is None else parse_day(typed, today, past=True)


def past_day_of(typed: str | None, today: date) -> date | None:
    """Return a day that began, where one was typed; without a year it is the last such day.

    Raises:
        BadInput: it is no day, it is to come, or it is before any ledger began.
    """
    return None if typed is None else read_past_day(typed, today)


def days_of(first: str | None, last: str | None, today: date) -> tuple[date | None, date | None]:
    """Return the days that ``--from`` and ``--to`` said.

    Raises:
        BadInput: one is no day, or they are the wrong way round.
    """
    begin, end = day_of(first, today), day_of(last, today)
    if begin is not None and end is not None and end < begin:
        raise BadInput(
            f"{day_text(end)} is before {day_text(begin)}: say the earlier day with --from.",
            reason="bad-day",
        )
    return begin, end
