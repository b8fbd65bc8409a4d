"""``payforward report card``: small cards for the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli.lazy import Command
from payforward.cli.paper_out import bring_out, paper_option, paper_out, print_paper_option
from payforward.cli.session import Session, pass_session
from payforward.core.days import parse_month
from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.printers import PrinterOptions
    from payforward.output.press import Outcome, Press


@click.command("card", cls=Command)
@click.argument("month", required=False)
@click.option("--point", "is_pointing", is_flag=True, help="The one to point at, without a word.")
@paper_option
@print_paper_option
@pass_session
def command(
    session: Session,
    month: str | None,
    slip_file: str | None,
    *,
    is_pointing: bool,
    is_printed: bool,
) -> int:
    """Make a card for the counter that says where the gifts go.

    It tells of MONTH, such as 2026-11. If none is said, it is the last one that is over, or a
    new shop's first. A .pdf is a page of A6. Without a FILE it is shown.
    """
    if is_pointing and month is not None:
        raise BadInput(
            "The card to point at tells of no month: leave it out.", reason="wrong-usage"
        )
    paper = paper_out(slip_file, is_printed=is_printed)
    from payforward.output.card_papers import (  # noqa: PLC0415 - heavy
        CardKind,
        card_of,
        card_paper,
        write_card,
    )
    from payforward.output.plain import plain_text  # noqa: PLC0415

    with session.open() as ledger:
        typed = None if month is None else parse_month(month, ledger.reporting_day())
        card = card_of(ledger, CardKind.POINT if is_pointing else CardKind.SAYS, typed)

        def write(path: Path, options: PrinterOptions) -> Path:
            return write_card(card, path, options=options)

        def print_it(press: Press) -> Outcome:
            return press.print_card(card)

        out = bring_out(ledger, paper, write, print_it)
    session.answer(
        {
            "kind": str(card.kind),
            "shop": card.shop,
            "says": card.big,
            "items": list(card.items),
            "words": list(card.words),
            "files": [str(file) for file in out.files],
        },
        lambda: out.lines() or plain_text(card_paper(card)).splitlines(),
    )
    return out.finish("--slip FILE writes it", is_done=False)
