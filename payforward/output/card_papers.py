"""Small cards for the counter: one that says where the gifts go, one to point at without a word.

The second is for whoever would rather not ask aloud. It names what the shop serves, not what
waits just now, so that it stays right; and it gives nobody a reason to explain anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from payforward.core.model import ItemKind
from payforward.core.printers import PrinterOptions
from payforward.core.text import shown
from payforward.output.blocks import Big, Heading, Paper, Rule, Topic, Words
from payforward.output.papers import unbroken
from payforward.output.statement_words import PROMISE, answer, when_words
from payforward.output.writer import check_target, write_bytes, write_papers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from db.ledger import Ledger
    from payforward.core.model import Item
    from payforward.output.blocks import Block

MOST_ITEMS: Final = 8
"""So many things to point at: more are no longer read at a glance."""


class CardKind(StrEnum):
    """What a card is for."""

    SAYS = "says"
    """It tells where the gifts go."""
    POINT = "point"
    """It is pointed at, instead of asking aloud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that a card says.

    Args:
        kind: What it is for.
        shop: Whose it is.
        big: Its sentence, in large letters.
        items: Names to point at.
        words: Sentences below, in small letters.
    """

    kind: CardKind
    shop: str
    big: str
    items: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def card_of(ledger: Ledger, kind: CardKind = CardKind.SAYS, month: date | None = None) -> Card:
    """Return a card of a shop.

    Args:
        ledger: The shop's.
        kind: What it is for.
        month: Any day of the month that it tells of; without one the last that is over, of a new
            shop this one. A card to point at tells of none.

    Raises:
        Refused: the month has not begun.
    """
    if kind is CardKind.POINT:
        waiting = [row.item for row in ledger.board().rows]
        return pointing_card(ledger.shop.name, ledger.items(), waiting)
    from payforward.output.statement import statement_of  # noqa: PLC0415

    told = statement_of(ledger, month or _last_month(ledger))
    words = () if told.first_day is None else (f"{when_words(told)}. {answer(told)}",)
    return Card(kind=kind, shop=told.shop, big=PROMISE, words=words)


def pointing_card(shop: str, menu: Iterable[Item], waiting: Iterable[Item] = ()) -> Card:
    """Return the card to point at.

    Args:
        shop: Whose.
        menu: Items of the shop's; only what can be given is named, in the menu's order.
        waiting: What waits now is named before all else where the menu is long.
    """
    can = [item for item in menu if item.kind is ItemKind.MENU and item.giftable]
    here = {item.id for item in waiting}
    first = sorted(can, key=lambda item: item.id not in here)[:MOST_ITEMS]
    named = {item.id for item in first}
    return Card(
        kind=CardKind.POINT,
        shop=shop,
        big="I would like what is waiting, please.",
        items=tuple(item.name for item in can if item.id in named),
        words=("Point here, or at what you would like. There is nothing to explain.",),
    )


def card_paper(card: Card) -> Paper:
    """Return it as a slip as wide as a roll."""
    blocks: list[Block] = [Heading(card.shop), Rule(), Big(card.big)]
    if card.items:
        blocks += [Rule(), *(Topic(name) for name in card.items)]
    blocks += [Rule(), *(Words(words) for words in card.words)]
    return Paper(_title(card), tuple(blocks))


def card_pdf(card: Card) -> bytes:
    """Return it as a PDF of one page of A6."""
    from payforward.output.typeset import typeset  # noqa: PLC0415 - a large library

    data = {
        "title": _title(card),
        "shop": shown(card.shop),
        "big": shown(card.big),
        "items": [shown(name) for name in card.items],
        "words": [unbroken(shown(words)) for words in card.words],
    }
    return typeset("card", data, card_paper(card).words(), output="pdf")[0]


def write_card(
    card: Card,
    path: Path,
    *,
    options: PrinterOptions | None = None,
    may_replace: bool = False,
) -> Path:
    """Write it and return its file: .pdf is a page of A6, others are the slip.

    Args:
        card: What it says.
        path: The file.
        options: Of the printer that slips are for.
        may_replace: Whether what is there already may be written over.

    Raises:
        BadInput: as `writer.write_papers`.
    """
    if path.suffix.lower() == ".pdf":
        check_target(path)
        return write_bytes(card_pdf(card), path, may_replace=may_replace)
    options = options or PrinterOptions()
    (file,) = write_papers(
        [card_paper(card)],
        path,
        paper_mm=options.paper_mm,
        code_page=options.code_page,
        native_qr=options.native_qr,
        may_replace=may_replace,
    )
    return file


def _title(card: Card) -> str:
    return "What waits" if card.kind is CardKind.POINT else "Where the gifts go"


def _last_month(ledger: Ledger) -> date:
    """Return a day of the last month that is over, or today where nothing is known of that."""
    today = ledger.reporting_day()
    earlier = today.replace(day=1) - timedelta(days=1)
    first = ledger.month(earlier).first_day
    return earlier if first is not None and first <= earlier else today
