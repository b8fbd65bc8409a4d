"""The owner's papers: a month's statement, cards for the counter, a day's closing slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.days import month_text
from screens.dialogs.choose_one import ChooseOne
from screens.dialogs.paper_form import PaperWay
from screens.partner_paper import Brought, bring_out
from screens.telling import said_day

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from textual.app import App

    from payforward.core.closing import DayReport
    from screens.desk import Desk

WAYS: Final = (PaperWay.PRINTER, PaperWay.PDF, PaperWay.TEXT)
STATEMENT, SAYS, POINT = "statement", "says", "point"
_PAPERS: Final = (
    (STATEMENT, "The statement", "A page for the wall: what was given, enjoyed, and waits."),
    (SAYS, "The card that says it", "The same in a sentence, small, for the counter."),
    (POINT, "The card to point at", "For whoever would rather not ask aloud."),
)
_SAID: Final = "Nobody's name is on it."


async def bring_out_statement(app: App[object], desk: Desk, month: date) -> str | None:
    """Ask which paper, and bring it out; return what became of it, None where nobody wished.

    Must run in a worker.

    Raises:
        PayforwardError: the ledger cannot be read.
    """
    chosen = await app.push_screen_wait(ChooseOne("Papers of the month", _PAPERS, yes="Choose"))
    if chosen is None:
        return None
    brought = await (_statement(desk, month) if chosen == STATEMENT else _card(desk, month, chosen))
    return await bring_out(app, desk, brought)


async def bring_out_closing(app: App[object], desk: Desk, report: DayReport) -> str | None:
    """Bring a day's closing slip out; return what became of it, None where nobody wished.

    Must run in a worker.
    """
    liability = await desk.run(lambda ledger: ledger.liability(report.day))
    shop = desk.shop

    def write(path: Path) -> None:
        from payforward.output.closing_papers import write_closing  # noqa: PLC0415 - slow to import

        write_closing(shop.name, report, liability, path, currency=shop.currency)

    brought = Brought(
        heading=f"Slip of {said_day(report.day)}",
        said="The day's takings, with the ledger's last number: keep it with the till's own.",
        ways=WAYS,
        name=f"closing-{report.day}",
        print_it=lambda press: press.print_closing(report, liability),
        write=write,
    )
    return await bring_out(app, desk, brought)


async def _statement(desk: Desk, month: date) -> Brought:
    from payforward.output.statement import statement_of  # noqa: PLC0415 - slow to import

    statement = await desk.run(lambda ledger: statement_of(ledger, month))

    def write(path: Path) -> None:
        from payforward.output.statement_papers import write_statement  # noqa: PLC0415

        write_statement(statement, path)

    return Brought(
        heading=f"Statement of {month_text(month)}",
        said=_SAID,
        ways=WAYS,
        name=f"statement-{month:%Y-%m}",
        print_it=lambda press: press.print_statement(statement),
        write=write,
    )


async def _card(desk: Desk, month: date, kind: str) -> Brought:
    from payforward.output.card_papers import CardKind, card_of  # noqa: PLC0415 - slow to import

    card = await desk.run(lambda ledger: card_of(ledger, CardKind(kind), month))

    def write(path: Path) -> None:
        from payforward.output.card_papers import write_card  # noqa: PLC0415

        write_card(card, path)

    return Brought(
        heading="A card for the counter",
        said=_SAID,
        ways=WAYS,
        name=f"card-{kind}",
        print_it=lambda press: press.print_card(card),
        write=write,
    )
