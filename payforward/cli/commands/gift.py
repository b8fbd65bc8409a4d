"""``payforward gift``: one gift, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.entry_words import IDS_HELP, entry_document, entry_lines
from payforward.cli.lazy import Command
from payforward.cli.session import Session, pass_session
from payforward.cli.slip_words import few
from payforward.cli.words import money, said, tender
from payforward.core.clock import utc_text
from payforward.core.days import day_text
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.answers import GiftStory
    from payforward.core.model import Shop


@click.command("gift", cls=Command)
@click.argument("number", metavar="ID")
@click.option(
    "--erase-words",
    is_flag=True,
    help="Erase the giver's name and message for good; the gift itself stays. Again is fine.",
)
@click.option("--ids", "with_ids", is_flag=True, help=IDS_HELP)
@pass_session
def command(session: Session, number: str, *, erase_words: bool, with_ids: bool) -> None:
    """Show one gift and what became of it."""
    gift = typed.gift_of(number)
    with session.open() as ledger:
        if erase_words:
            ledger.erase_words(gift)
        story = ledger.gift(gift)
        shop = ledger.shop
        tells_program = len(ledger.programs(retired=True)) > 1
    session.answer(
        _document(story, shop.currency),
        lambda: _lines(story, shop, tells_program=tells_program, with_ids=with_ids),
    )


def _document(story: GiftStory, currency: str) -> dict[str, object]:
    return {
        "gift": story.gift,
        "program": None if story.program is None else story.program.name,
        "item": story.item.name,
        "units": story.units,
        "amount_minor": story.amount_minor,
        "currency": currency,
        "tender": story.tender.value,
        "given_on": story.given_on.isoformat(),
        "given_at": utc_text(story.given_at),
        "waiting": story.waiting,
        "on_slips": story.on_slips,
        "slips": list(story.slips),
        "redeemed": story.redeemed,
        "refunded": story.refunded,
        "delivered": story.delivered,
        "passed_on": story.passed_on,
        "giver": story.giver,
        "message": story.message,
        "till_receipt": story.till_receipt,
        "erased": story.words_erased,
        "entries": [entry_document(view) for view in story.entries],
    }


def _lines(story: GiftStory, shop: Shop, *, tells_program: bool, with_ids: bool) -> Iterator[str]:
    yield _headline(story, shop, tells_program=tells_program)
    yield from _became(story, shop)
    if story.giver:
        yield f"Given by {shown(story.giver)}."
    if story.message:
        yield f"The giver says: “{shown(story.message)}”"
    if story.till_receipt:
        yield f"The till's receipt: {shown(story.till_receipt)}."
    if story.words_erased:
        yield "What the giver said is erased for good."
    yield ""
    yield from entry_lines(story.entries, shop, with_ids=with_ids)


def _headline(story: GiftStory, shop: Shop, *, tells_program: bool) -> str:
    """Return what was given, and by which program where there are several."""
    what = said(story.units, story.item, shop.currency)
    line = f"Gift {story.gift} of {day_text(story.given_on)}: {what}"
    if tells_program and story.program is not None:
        line += f", {shown(story.program.name)}"
    if story.item.kind is ItemKind.GOODS:
        return f"{line}."
    return f"{line}. {money(story.amount_minor, shop.currency)}, {tender(story.tender)}."


def _became(story: GiftStory, shop: Shop) -> Iterator[str]:
    """Return what became of it."""
    # Goods and a jar's money wait for a partner, and for nobody who asks.
    is_held = story.program is not None and story.program.kind is not ProgramKind.FORWARD
    parts = (
        (story.waiting, "still here" if is_held else "still waiting"),
        (story.redeemed, "enjoyed"),
        (story.refunded, "refunded"),
        (story.delivered, "delivered"),
        (story.passed_on, "passed on"),
    )
    became = [f"{said(units, story.item, shop.currency)} {word}" for units, word in parts if units]
    if became:
        yield f"{', '.join(became)}."
    if story.on_slips:
        numbers = few([str(slip) for slip in story.slips])
        slips = f"slip {numbers}" if len(story.slips) == 1 else f"slips {numbers}"
        yield f"{said(story.on_slips, story.item, shop.currency)} of it on {slips}."
