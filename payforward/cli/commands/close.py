"""``payforward close``: the end of a business day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.day_paper import again, bring_day_out, day_and_files
from payforward.cli.day_words import day_lines
from payforward.cli.lazy import Command
from payforward.cli.paper_out import paper_option, paper_out, print_paper_option
from payforward.cli.session import Session, pass_session
from payforward.core.closing import TillSays
from payforward.core.days import day_text
from payforward.core.errors import BadInput
from payforward.core.model import Tender
from payforward.core.people import Guarded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from payforward.core.closing import ClosedDay, DayReport


@click.command("close", cls=Command)
@click.option("--day", metavar="DAY", help="Such as 2026-11-21; the one that is open if not said.")
@click.option("--cash", metavar="AMOUNT", help="What the till's own gift line says, in cash.")
@click.option("--card", metavar="AMOUNT", help="... by card.")
@click.option("--other", metavar="AMOUNT", help="... in other ways.")
@click.option("--note", metavar="TEXT", help="A word about a difference.")
@click.option("--correct", is_flag=True, help="Say anew what the till said of a closed DAY.")
@paper_option
@print_paper_option
@pass_session
def command(
    session: Session,
    *,
    day: str | None,
    cash: str | None,
    card: str | None,
    other: str | None,
    note: str | None,
    correct: bool,
    slip_file: str | None,
    is_printed: bool,
) -> int:
    """Close a day, which then takes no more entries.

    Late work counts on the next. What was taken for gifts stands beside what the shop's own till
    says, for the cash lies in one drawer.
    """
    if correct and day is None:
        raise BadInput("Say which closed day is corrected: --day DAY.", reason="wrong-usage")
    paper = paper_out(slip_file, is_printed=is_printed)
    with session.open() as ledger:
        said = {Tender.CASH: cash, Tender.CARD: card, Tender.OTHER: other}
        code = ledger.shop.currency
        wanted = typed.day_of(day, ledger.reporting_day())
        says = TillSays(
            minor={
                tender: typed.till_minor_of(text, code)
                for tender, text in said.items()
                if text is not None
            },
            note=note,
        )
        if correct:
            assert wanted is not None
            session.guard(ledger, Guarded.CLOSES)
            closed = ledger.correct_close(wanted, says)
        else:
            closed = ledger.close_day(wanted, says)
        report, liability = ledger.day_report(closed.day), ledger.liability(closed.day)
        counts_on = ledger.today()
        out = bring_day_out(ledger, report, liability, paper)
    session.answer(
        day_and_files(report, liability, out),
        lambda: [*_lines(closed, report, counts_on), *out.lines()],
    )
    return out.finish(again(report), is_done=True)


def _lines(closed: ClosedDay, report: DayReport, counts_on: date) -> Iterator[str]:
    if closed.repeated:
        yield f"{day_text(closed.day)} was closed at the same moment by another till:"
    yield from day_lines(report, counts_on)
