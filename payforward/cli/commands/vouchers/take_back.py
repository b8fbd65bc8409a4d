"""``payforward vouchers take-back``: what is left on slips goes to the board."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from payforward.cli import meant, typed
from payforward.cli.code_words import CODE_HELP, code_of
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.slip_words import with_when
from payforward.cli.words import place, said
from payforward.core.asks import TakeBack
from payforward.core.errors import BadInput, Refused, SlipRefused
from payforward.core.model import MAX_COUNT, SlipState
from payforward.core.slip_answers import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.ledger import Ledger
    from payforward.core.slip_answers import Slip, TakenBack


@click.command("take-back", cls=Command)
@click.argument("gift", nargs=-1)
@click.option("--code", metavar="CODE", help=f"The slip itself, {CODE_HELP}.")
@click.option("--partner", metavar="NAME", help="All slips of a partner that were not used up.")
@click.option("--batch", metavar="NUMBER", help="All of one batch that were not used up.")
@click.option("--id", "action", metavar="UUID", help="Done once at most, however often asked.")
@pass_session
def command(
    session: Session,
    *,
    gift: tuple[str, ...],
    code: str | None,
    partner: str | None,
    batch: str | None,
    action: str | None,
) -> None:
    """Put what is left on slips back on the board.

    GIFT is the number of a slip, or of a gift that waits on one slip; several are taken back
    together. The paper is worth nothing then.
    """
    ways = (code, partner, batch)
    if [bool(gift), *(way is not None for way in ways)].count(True) != 1:
        raise BadInput("Say which slips: GIFT, --code, --partner or --batch.", reason="wrong-usage")
    with session.open() as ledger:
        currency = ledger.shop.currency
        try:
            before = meant.slips_before(ledger, action)
            if batch is None:
                slips = _meant(ledger, gift, code, partner, before)
            else:
                slips = _of_batch(ledger, typed.gift_of(batch), before)
            done = _taken_back(ledger, slips, action)
        except SlipRefused as error:
            raise with_when(error, ledger.shop) from error
    session.answer(_document(done, currency), lambda: _lines(done, currency))


def _meant(
    ledger: Ledger,
    gift: Sequence[str],
    code: str | None,
    partner: str | None,
    before: Sequence[Slip],
) -> list[Slip]:
    """Return the slips that were named, each once; ``before`` are those of a first try."""
    if code is not None:
        found = ledger.look_up(code_of(code))
        if isinstance(found, Receipt):
            raise Refused("This is a giver's receipt, and no slip.", reason="receipt-code")
        return [found]
    if gift:
        numbers = [typed.gift_of(each) for each in gift]
        named = [meant.slip_of(ledger, number, before) for number in numbers]
        return [*{slip.slip: slip for slip in named}.values()]
    number = typed.partner_of(ledger, partner, retired=True)
    of_partner = meant.slips_of_partner(ledger, number, before) or ledger.slips(
        state=SlipState.WAITING, partner=number, most=MAX_COUNT
    )
    if not of_partner:
        raise Refused("That partner has no slip with anything on it.", reason="nothing-waiting")
    return sorted(of_partner, key=lambda slip: slip.slip)


def _of_batch(ledger: Ledger, number: int, before: Sequence[Slip]) -> list[Slip]:
    """Return those slips of a batch with anything on them; of a retry those of the first try.

    Raises:
        Refused: there is no such batch, or nothing is left of it.
    """
    made = ledger.slips_of_action(ledger.batch(number).action)
    of_try = {slip.slip for slip in before}
    found = [slip for slip in made if slip.slip in of_try] or [
        slip for slip in made if slip.state is SlipState.WAITING
    ]
    if not found:
        raise Refused(f"Nothing is left of batch {number}.", reason="nothing-waiting")
    return found


def _taken_back(ledger: Ledger, slips: Sequence[Slip], action: str | None) -> list[TakenBack]:
    """Take slips back, those of one item in one action."""
    by_item = sorted(slips, key=lambda slip: slip.item.id)
    groups = [list(of_item) for _, of_item in groupby(by_item, lambda slip: slip.item.id)]
    if action is not None and len(groups) > 1:
        raise BadInput(
            "Those slips are for several things, and an id is for one: leave --id out.",
            reason="wrong-usage",
        )
    return [
        ledger.take_back(
            TakeBack(
                action=typed.action_of(action),
                slips=tuple(slip.slip for slip in of_item),
            )
        )
        for of_item in groups
    ]


def _document(done: Sequence[TakenBack], currency: str) -> dict[str, object]:
    actions = [
        {
            "action": each.action,
            "item": each.item.name,
            "units": each.units,
            "slips": list(each.slips),
            "waiting": each.waiting,
            "currency": currency,
            "repeated": each.repeated,
        }
        for each in done
    ]
    slips = [slip for each in done for slip in each.slips]
    alone = actions[0] if len(actions) == 1 else {}
    return {**alone, "slips": slips, "actions": actions}


def _lines(done: Sequence[TakenBack], currency: str) -> Iterator[str]:
    for each in done:
        if each.repeated:
            yield "That was done before, and was not done again:"
        what = said(each.units, each.item, currency)
        waiting = said(each.waiting, each.item, currency)
        slips = "1 slip" if len(each.slips) == 1 else f"{len(each.slips)} slips"
        yield f"{what} from {slips} {place(each.item)} again; {waiting} waiting now."
        yield f"To take it back: payforward undo {each.action}"
