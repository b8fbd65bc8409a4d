"""Slips on their way out: written to a file, or shown once; then no paper is owed for them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from payforward.cli.asking import progress_of
from payforward.cli.output import OUTPUT_LOST, complain
from payforward.core.errors import LedgerUnusable, PayforwardError, Refused
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from db.ledger import Ledger
    from payforward.cli.slip_target import Target
    from payforward.core.codes import Code
    from payforward.core.slip_answers import IssuedSlip
    from payforward.output.blocks import Paper

SHOWN: Final = "shown on a screen"
"""Why no paper is owed any more for a slip whose code a person or a script has."""


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
