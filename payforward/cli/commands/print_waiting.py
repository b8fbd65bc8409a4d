"""``payforward print``: what waits for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from payforward.cli import typed
from payforward.cli.asking import progress_of
from payforward.cli.hints import HINTS
from payforward.cli.lazy import Command
from payforward.cli.output import OUTPUT_LOST, complain
from payforward.cli.session import Session, pass_session
from payforward.cli.slip_paper import Delivery, bring_out
from payforward.cli.slip_target import refuse_used_file, sheet_option, target_of
from payforward.cli.slip_words import few, instant, slip_document
from payforward.core.asks import Replace
from payforward.core.clock import utc_text
from payforward.core.errors import BadInput, Refused, SlipRefused
from payforward.core.ids import new_action_id
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.ledger import Ledger
    from payforward.cli.slip_target import Target
    from payforward.core.model import Shop
    from payforward.core.paper import PaperOwed
    from payforward.core.printers import Printer
    from payforward.core.slip_answers import IssuedSlip
    from payforward.output.odd_papers import Outcome


MOST_TOLD: Final = 20
"""So many slips that wait are told one by one to people; scripts hear of all."""


@click.command("print", cls=Command)
@click.option("--test", "is_test", is_flag=True, help="Print a test at PRINTER, or at this till's.")
@click.argument("printer", nargs=-1)
@click.option("--slip", "slip_file", metavar="FILE", help="Write what waits to FILE instead.")
@sheet_option
@pass_session
def command(
    session: Session,
    *,
    is_test: bool,
    printer: tuple[str, ...],
    slip_file: str | None,
    sheet: str | None,
) -> int:
    """Print what waits for paper.

    Each slip gets a new code for it, so that paper which comes late is worth nothing. What
    cannot be printed waits on.
    """
    if printer and not is_test:
        raise BadInput("A printer is named for --test only: leave it out.", reason="wrong-usage")
    target = target_of(slip_file, sheet)
    with session.open() as ledger:
        if is_test:
            return _test(session, ledger, typed.words_of(printer))
        if target is not None:
            return _write(session, ledger, target)
        return _print(session, ledger)


def _print(session: Session, ledger: Ledger) -> int:
    from payforward.output.press import Press  # noqa: PLC0415 - heavy

    shop = ledger.shop
    outcomes = Press(ledger).print_waiting(progress_of("Slips printed"))
    printed = [each.slip for each in outcomes if each.is_out]
    waiting = ledger.paper_owed()
    unsure = ledger.unconfirmed_of_till()
    session.answer(
        {
            "printed": printed,
            "waiting": [_owed_document(each) for each in waiting],
            "unconfirmed": None if unsure is None else _owed_document(unsure),
        },
        lambda: _lines(printed, waiting, unsure, shop),
    )
    if not waiting:
        return 0
    complain(_why(outcomes, len(waiting)))
    return OUTPUT_LOST


def _why(outcomes: Sequence[Outcome], count: int) -> str:
    """Return one sentence for what waits on: why, and what helps."""
    last = outcomes[-1] if outcomes else None
    wait = "1 slip waits" if count == 1 else f"{count} slips wait"
    if last is None or last.why is None or last.is_out:
        return f"{wait} for paper: 'payforward print' prints it."
    hint = HINTS.get(last.reason or "")
    return f"{wait} for paper. {last.why}" + ("" if hint is None else f" {hint}")


def _owed_document(owed: PaperOwed) -> dict[str, object]:
    return {
        "slip": owed.slip,
        "gift": owed.gift,
        "till": owed.till,
        "since": utc_text(owed.since),
        "tries": owed.tries,
        "tried_at": None if owed.tried_at is None else utc_text(owed.tried_at),
        "printer": owed.printer,
        "why": owed.why,
    }


def _lines(
    printed: Sequence[int | None],
    waiting: Sequence[PaperOwed],
    unsure: PaperOwed | None,
    shop: Shop,
) -> Iterator[str]:
    if printed:
        numbers = few([str(slip) for slip in printed])
        yield f"Printed slip {numbers}." if len(printed) == 1 else f"Printed slips {numbers}."
    elif not waiting:
        yield "No slip waits for paper."
    for owed in waiting[:MOST_TOLD]:
        since = f"Slip {owed.slip} of gift {owed.gift} waits since {instant(owed.since, shop)}"
        yield f"{since}." if owed.why is None else f"{since}: {shown(owed.why)}"
    if len(waiting) > MOST_TOLD:
        yield f"{len(waiting) - MOST_TOLD} more wait."
    if unsure is not None:
        yield (
            f"If slip {unsure.slip} did not come out of {shown(unsure.printer or 'the printer')}: "
            f"payforward vouchers replace {unsure.slip} --print"
        )


def _write(session: Session, ledger: Ledger, target: Target) -> int:
    """Give what waits new codes, and write it to a file."""
    issued: list[IssuedSlip] = []
    waiting = ledger.paper_owed()
    if waiting:
        refuse_used_file(ledger, target, len(waiting))
    tell = progress_of("New codes made")
    for done, owed in enumerate(waiting):
        tell(done, len(waiting))
        try:
            issued += ledger.replace(Replace(action=new_action_id(), slip=owed.slip)).slips
        except SlipRefused:
            # It was used or put back meanwhile: no paper is owed.
            continue
    tell(len(waiting), len(waiting))
    currency = ledger.shop.currency

    def answer(delivery: Delivery) -> None:
        session.answer(
            {
                "slips": [slip_document(each.slip, currency) for each in issued],
                "files": [str(file) for file in delivery.files],
            },
            lambda: _written_lines(issued, delivery),
        )

    return bring_out(ledger, issued, target if issued else None, answer)


def _written_lines(issued: Sequence[IssuedSlip], delivery: Delivery) -> Iterator[str]:
    if not issued:
        yield "No slip waits for paper."
    for file in delivery.files:
        yield f"Written to {shown(str(file))}."
    if issued and delivery.files:
        count = "1 slip" if len(issued) == 1 else f"{len(issued)} slips"
        yield f"{count} written, each with a new code."


def _test(session: Session, ledger: Ledger, name: str) -> int:
    from payforward.output.press import Press  # noqa: PLC0415 - heavy

    printer = Press(ledger).print_test(_printer(ledger, name))
    session.answer(
        {"printer": printer.name, "reports": printer.options.reports},
        lambda: _test_lines(printer),
    )
    return 0


def _printer(ledger: Ledger, name: str) -> Printer:
    """Return the printer that was named, else this till's.

    Raises:
        Refused: there is none.
    """
    found = ledger.find_printer(name) if name else ledger.printer_of_till()
    if found is None:
        raise Refused("This till has no printer yet.", reason="no-printer")
    return found


def _test_lines(printer: Printer) -> Iterator[str]:
    yield f"A test went to {shown(printer.name)}: read every line of it, and scan its square."
    if printer.options.reports:
        yield "It says by itself whether a slip came out."
    else:
        yield "It cannot say whether a slip came out; the counter asks after the next gift."
