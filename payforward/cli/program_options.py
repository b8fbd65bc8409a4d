"""What may be said of a program at the command line, and what it then decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

import click

from payforward.cli import typed
from payforward.core.days import parse_day
from payforward.core.errors import BadInput
from payforward.core.model import ProgramKind
from payforward.core.names import name_key
from payforward.core.programs import Period, Program
from payforward.core.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from db.ledger import Ledger

NONE: Final = "none"
"""What is typed to clear what was decided."""

Goods = tuple[str, tuple[str, ...]]
"""What is collected, and its sizes."""

_OPTIONS: Final = (
    click.option(
        "--item",
        "items",
        multiple=True,
        metavar="ITEM",
        help="It is for this item alone; say it again for more. Else for all on the menu.",
    ),
    click.option(
        "--goods",
        multiple=True,
        metavar="GOODS",
        help='What a drive takes, such as "Coat: S, M, L" or "Tins"; say it again for more.',
    ),
    click.option("--from", "starts_on", metavar="DAY", help="Its first day, such as 2026-11-23."),
    click.option("--to", "ends_on", metavar="DAY", help="Its last day."),
    click.option(
        "--hours", metavar="TEXT", help='When it is served, such as "Mon-Fri 14-17": a hint.'
    ),
    click.option(
        "--budget",
        metavar="N",
        help="So many servings a giveaway may give; --per says how often.",
    ),
    click.option(
        "--per",
        type=click.Choice([str(each) for each in Period], case_sensitive=False),
        help="How often a budget begins anew; a week begins on Monday. What is left lapses.",
    ),
    click.option("--limit", metavar="N", help="So many are usual for one order: a hint."),
    click.option("--cap", metavar="N", help='The highest count shown in public: above it, "20+".'),
    click.option(
        "--hide-zero/--show-zero",
        "hide_zero",
        default=None,
        help="Leave it out in public while nothing waits, or show it.",
    ),
    click.option("--target", metavar="N", help="So many goods a drive hopes for."),
)


class Said(TypedDict):
    """What was typed behind each option; None, or nothing, where it was not."""

    items: tuple[str, ...]
    goods: tuple[str, ...]
    starts_on: str | None
    ends_on: str | None
    hours: str | None
    budget: str | None
    per: str | None
    limit: str | None
    cap: str | None
    hide_zero: bool | None
    target: str | None


def program_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add all of them to a command."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def changes_of(ledger: Ledger, said: Said, program: Program | None = None) -> dict[str, Any]:
    """Return the fields of a program that were typed; the word none clears one.

    Args:
        ledger: Where its items are.
        said: What was typed.
        program: What it is so far; None for a new one.

    Raises:
        BadInput: what was typed is no day, no count or half a budget.
        Refused: an item is not on the menu.
    """
    changes: dict[str, Any] = {}
    if said["items"]:
        changes["items"] = _items(ledger, said["items"])
    for name in ("starts_on", "ends_on"):
        if said[name] is not None:
            changes[name] = _day(said[name], ledger.today())
    if said["hours"] is not None:
        changes["hours"] = None if _is_none(said["hours"]) else said["hours"]
    numbers = {"order_limit": said["limit"], "public_cap": said["cap"], "target": said["target"]}
    changes |= {name: _number(text) for name, text in numbers.items() if text is not None}
    if said["hide_zero"] is not None:
        changes["hide_zero"] = said["hide_zero"]
    return changes | _budget(said["budget"], said["per"], program)


def goods_of(said: Said, kind: ProgramKind) -> list[Goods]:
    """Return what was typed behind ``--goods``, each with its sizes.

    Raises:
        BadInput: it is not for a drive, has no name, or is named twice.
    """
    if said["goods"] and kind is not ProgramKind.DRIVE:
        raise BadInput("Only a drive takes goods: leave --goods out.", reason="bad-item")
    if said["items"] and kind is ProgramKind.DRIVE:
        raise BadInput(
            'A drive takes goods and not items of the menu: say --goods "Coat: S, M, L".',
            reason="bad-item",
        )
    goods = [_goods(text) for text in said["goods"]]
    names = [f"{name} {size}".strip() for name, sizes in goods for size in sizes or ("",)]
    seen: set[str] = set()
    for name in names:
        if name_key(clean_name(name, what="name of the goods")) in seen:
            raise BadInput(f"{name} is named twice: once is enough.", reason="bad-item")
        seen.add(name_key(name))
    return goods


def sizes_of(text: str | None) -> tuple[str, ...]:
    """Return sizes that were typed with commas between them.

    >>> sizes_of("S, M,,L")
    ('S', 'M', 'L')
    """
    return tuple(size.strip() for size in (text or "").split(",") if size.strip())


def _goods(text: str) -> Goods:
    """Return goods and their sizes.

    >>> _goods("Coat: S, M"), _goods("Tins")
    (('Coat', ('S', 'M')), ('Tins', ()))
    """
    name, _, sizes = text.partition(":")
    return clean_name(name, what="name of the goods"), sizes_of(sizes)


def _items(ledger: Ledger, names: Sequence[str]) -> tuple[int, ...]:
    if all(map(_is_none, names)):
        return ()
    return tuple(ledger.find_item(name).id for name in names)


def _day(text: str | None, today: date) -> date | None:
    return None if text is None or _is_none(text) else parse_day(text, today)


def _number(text: str) -> int | None:
    return None if _is_none(text) else typed.count_of(text)


def _budget(budget: str | None, per: str | None, program: Program | None) -> dict[str, Any]:
    """Return a budget's number and period; one that is changed keeps the other."""
    if budget is None and per is None:
        return {}
    if budget is not None and _is_none(budget):
        if per is not None:
            raise BadInput("Without a budget there is no --per: leave it out.", reason="bad-budget")
        return {"budget_units": None, "budget_period": None}
    units = None if program is None else program.budget_units
    period = None if program is None else program.budget_period
    return {
        "budget_units": units if budget is None else typed.count_of(budget),
        "budget_period": period if per is None else Period(per),
    }


def _is_none(text: str) -> bool:
    return text.strip().casefold() == NONE
