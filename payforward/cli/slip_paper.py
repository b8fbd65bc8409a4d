"""Slips on their way out: written to a file, or shown once; then no paper is owed for them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from payforward.cli.asking import progress_of
from payforward.cli.meant import slips_before
from payforward.cli.output import OUTPUT_LOST, complain
from payforward.core.errors import BadInput, LedgerUnusable, PayforwardError, Refused
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db.ledger import Ledger
    from payforward.core.answers import IssuedSlip
    from payforward.core.codes import Code
    from payforward.output.blocks import Paper

SHEETS: Final = ("a4-3x8", "a4-2x5", "letter-3x8", "letter-2x5")

SHOWN: Final = "shown on a screen"
"""Why no paper is owed any more for a slip whose code a person or a script has."""

slip_option = click.option(
    "--slip",
    "slip_file",
    metavar="FILE",
    help="Write the slip to FILE: .pdf .png .svg .txt or .escpos, by its ending.",
)
print_option = click.option(
    "--print", "is_printed", is_flag=True, help="Print the slip at this till's printer."
)
sheet_option = click.option(
    "--sheet",
    type=click.Choice(SHEETS, case_sensitive=False),
    help="Put the slips of a .pdf on sheets of labels, so many across and down.",
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where slips go: to a file, perhaps as a sheet of labels; or without one to the printer."""

    path: Path | None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of slips.

    Args:
        files: The files they are in.
        is_told: Whether their codes may be shown: what was printed, or still waits for paper,
            has no other bearer than the paper.
        problem: One sentence where they are not out.
        owes_sheet: Whether the recovery sheet was never written.
    """

    files: tuple[Path, ...] = ()
    is_told: bool = True
    problem: str | None = None
    owes_sheet: bool = False


def target_of(
    file: str | None, sheet: str | None = None, *, is_printed: bool = False, count: int = 1
) -> Target | None:
    """Return where slips go, None where they are only shown.

    Call it before anything is given: what cannot be written is refused while nothing has changed.

    Raises:
        BadInput: the ending is unknown, the folder is missing or must not be written to, or a
            sheet of labels was asked for where there is none.
    """
    if file is None:
        if sheet is not None:
            raise BadInput("Say where the sheets go: add --slip FILE.pdf.", reason="wrong-usage")
        return Target(None) if is_printed else None
    if is_printed:
        raise BadInput("Say --slip FILE or --print, not both.", reason="wrong-usage")
    from payforward.output.pdf import MOST_LABELS  # noqa: PLC0415 - only files pay for it
    from payforward.output.writer import check_target  # noqa: PLC0415

    path = Path(file)
    check_target(path, layout=sheet)
    if sheet is not None and count > MOST_LABELS:
        raise BadInput(
            f"{count} slips are too many for one set of sheets: take {MOST_LABELS} at a time.",
            reason="too-many-slips",
        )
    return Target(path, sheet)


def refuse_used_file(
    ledger: Ledger, target: Target | None, count: int = 1, *, action: str | None = None
) -> None:
    """Refuse to write over a file that may hold other slips; call it before anything is given.

    Args:
        ledger: Where slips are given.
        target: Where they go.
        count: How many.
        action: What ``--id`` said: of a retry nothing is written any more.

    Raises:
        BadInput: something is in the file; or the id is no UUID.
    """
    if target is None or target.path is None or slips_before(ledger, action):
        return
    from payforward.output.writer import check_unused  # noqa: PLC0415

    check_unused(target.path, count)


def bring_out(
    ledger: Ledger,
    issued: Sequence[IssuedSlip],
    target: Target | None,
    answer: Callable[[Delivery], None],
) -> int:
    """Write or print slips, answer, note that their paper is out; return the exit code.

    Without a target the answer itself shows the codes. Slips stay in the outbox until they are
    out, whatever happens on the way.

    Args:
        ledger: Where they are.
        issued: The slips as they were just issued, or as a retry hears of them.
        target: Where they go.
        answer: Tells people or scripts; the codes only if `Delivery.is_told`.
    """
    # What fails from here on undoes nothing: the answer must not be lost for it.
    try:
        delivery, jobs = _delivered(ledger, issued, target)
        delivery = replace(delivery, owes_sheet=bool(issued) and ledger.sheet_is_owed())
    except LedgerUnusable as error:
        delivery, jobs = not_noted([each.slip.slip for each in issued], error), []
    answer(delivery)
    problem = delivery.problem or _problem_of_shown(ledger, issued, jobs, target)
    if problem is None:
        return 0
    complain(shown(problem))
    return OUTPUT_LOST


def paper_of(ledger: Ledger, issued: IssuedSlip) -> Paper:
    """Return the paper of a slip whose code is known."""
    from payforward.output.papers import voucher_paper  # noqa: PLC0415 - heavy

    assert issued.code is not None
    return voucher_paper(
        ledger.shop.name,
        issued.slip,
        issued.code,
        currency=ledger.shop.currency,
        address=ledger.settings().address,
    )


def write(ledger: Ledger, papers: Sequence[Paper], target: Target) -> tuple[Path, ...]:
    """Write papers as this till's printer would have them, and return the files.

    Raises:
        BadInput: the file cannot be written, or the papers do not fit there.
    """
    from payforward.core.printers import PrinterOptions  # noqa: PLC0415
    from payforward.output.writer import write_papers  # noqa: PLC0415 - heavy

    assert target.path is not None
    printer = ledger.printer_of_till()
    options = PrinterOptions() if printer is None else printer.options
    return write_papers(
        papers,
        target.path,
        paper_mm=options.paper_mm,
        layout=target.sheet,
        code_page=options.code_page,
        native_qr=options.native_qr,
        may_replace=False,
        progress=progress_of("Slips written"),
    )


def not_noted(slips: Sequence[int], error: LedgerUnusable) -> Delivery:
    """Return that slips are made, but the ledger failed before their paper was settled."""
    return _waiting(slips, f"could not be settled ({error.message.rstrip('.')})")


def how_later(slips: Sequence[int]) -> str:
    """Return which commands bring slips out that wait for paper."""
    if len(slips) == 1:
        file = f"'payforward vouchers replace {slips[0]} --slip FILE' writes it"
        return f"{file}, 'payforward print' prints it"
    return "'payforward print --slip FILE' writes what waits, 'payforward print' prints it"


def _jobs(ledger: Ledger, issued: Sequence[IssuedSlip]) -> list[int]:
    """Return the outbox's jobs of the codes that this very call made, and that are the newest."""
    jobs = []
    for each in issued:
        owed = ledger.paper_of_slip(each.slip.slip)
        # Asked after the job: if this code is still the newest, that job is its own.
        if owed is not None and each.code is not None and _is_newest(ledger, each.code):
            jobs.append(owed.job)
    return jobs


def _is_newest(ledger: Ledger, code: Code) -> bool:
    try:
        ledger.look_up(code)
    except Refused:
        return False
    return True


def _delivered(
    ledger: Ledger, issued: Sequence[IssuedSlip], target: Target | None
) -> tuple[Delivery, list[int]]:
    """Return what became of slips, and the jobs of those whose codes the answer shows."""
    if target is None:
        return Delivery(), _jobs(ledger, issued)
    if target.path is None:
        return _printed(ledger, issued), []
    return _written(ledger, issued, target), []


def _problem_of_shown(
    ledger: Ledger, issued: Sequence[IssuedSlip], jobs: Sequence[int], target: Target | None
) -> str | None:
    """Owe no paper for codes that were shown; return what is wrong with them, if anything is."""
    made = [each for each in issued if each.code is not None]
    if target is not None or not made:
        return None
    try:
        dropped = ledger.drop_papers(jobs, SHOWN)
    except LedgerUnusable as error:
        return not_noted([each.slip.slip for each in made], error).problem
    return None if dropped == len(made) else _newer_elsewhere(made)


def _newer_elsewhere(issued: Sequence[IssuedSlip]) -> str:
    return (
        "Another till made newer slips of some of these meanwhile, and only those are "
        f"good: {how_later([each.slip.slip for each in issued])}."
    )


def _written(ledger: Ledger, issued: Sequence[IssuedSlip], target: Target) -> Delivery:
    """Write slips, or say why not and what brings them out later."""
    if any(each.code is None for each in issued):
        return _told_before(ledger, issued)
    jobs = _jobs(ledger, issued)
    try:
        with _safe_meanwhile(len(issued)):
            files = write(ledger, [paper_of(ledger, each) for each in issued], target)
    except PayforwardError as error:
        slips = [each.slip.slip for each in issued]
        return _waiting(slips, f"could not be written ({error.message.rstrip('.')})")
    if ledger.confirm_papers(jobs) < len(issued):
        return Delivery(files, problem=_newer_elsewhere(issued))
    return Delivery(files)


def _printed(ledger: Ledger, issued: Sequence[IssuedSlip]) -> Delivery:
    """Print slips, those of a partner with their list; after one that cannot be, the rest wait."""
    from payforward.core.paper import PaperState  # noqa: PLC0415
    from payforward.output.press import Press  # noqa: PLC0415 - heavy

    with _safe_meanwhile(len(issued)):
        outcomes = Press(ledger).print_slips(issued, progress_of("Slips printed"))
    for done, outcome in enumerate(outcomes[: len(issued)]):
        if outcome.state is PaperState.PENDING:
            why = (outcome.why or "the printer takes nothing").rstrip(".")
            left = [one.slip.slip for one in issued[done:]]
            return _waiting(left, f"could not be printed ({why})")
    if len(outcomes) > len(issued) and not outcomes[-1].is_out:
        why = (outcomes[-1].why or "the printer takes nothing").rstrip(".")
        again = f"payforward partners batches --batch {issued[0].slip.slip} --print"
        return Delivery(
            is_told=False,
            problem=f"The slips are printed, but not their list to sign ({why}): '{again}' does.",
        )
    return Delivery(is_told=False)


def _waiting(slips: Sequence[int], why: str) -> Delivery:
    """Return that slips wait for paper, and why."""
    what, wait = ("its slip", "waits") if len(slips) == 1 else (f"{len(slips)} slips", "wait")
    return Delivery(
        is_told=False,
        problem=f"The gift is safe, but {what} {why} and {wait} for paper: {how_later(slips)}.",
    )


def _told_before(ledger: Ledger, issued: Sequence[IssuedSlip]) -> Delivery:
    """Return the answer to a retry: its slips are out, or wait for paper."""
    slips = [each.slip.slip for each in issued]
    waiting = [slip for slip in slips if ledger.paper_of_slip(slip) is not None]
    if not waiting:
        return Delivery()
    return Delivery(
        is_told=False,
        problem="That was done before, but not all of its paper is out, and codes are told once: "
        f"{how_later(waiting)}.",
    )


@contextmanager
def _safe_meanwhile(count: int) -> Iterator[None]:
    """Say that nothing is lost where writing is interrupted or fails as nobody foresaw."""
    try:
        yield
    except PayforwardError:
        raise
    except BaseException:
        what = "the slip waits" if count == 1 else f"the {count} slips wait"
        complain(f"The gift is safe, and {what} for paper: 'payforward print' brings it out.")
        raise
