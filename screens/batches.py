"""Slips that are handed out together: on the printer, on sheets of labels, in other files."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from payforward.core.asks import Replace
from payforward.core.errors import BadInput, PayforwardError
from payforward.core.ids import new_action_id
from payforward.core.text import shown
from screens.dialogs.hand_out_form import PRINTER
from screens.dialogs.working import Working

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import App

    from db.ledger import Ledger
    from payforward.core.slip_answers import Issued, IssuedSlip
    from payforward.output.blocks import Paper
    from payforward.output.odd_papers import Outcome
    from screens.desk import Desk
    from screens.dialogs.hand_out_form import HandOutDraft

    Progress = Callable[[int, int], None]

REST_WAITS = "The rest waits: More, Waiting for paper."


async def check_target(draft: HandOutDraft) -> None:
    """Refuse a file that cannot be written, before anything is handed out.

    Raises:
        BadInput: with a sentence that says what to do.
    """
    if draft.paper is PRINTER:
        return
    from payforward.output.pdf import MOST_LABELS  # noqa: PLC0415 - slow to import
    from payforward.output.writer import check_target as check  # noqa: PLC0415

    path = draft.folder / f"slips{draft.paper.ending}"
    await asyncio.to_thread(check, path, layout=draft.paper.layout)
    if draft.paper.layout is not None and draft.slips > MOST_LABELS:
        raise BadInput(
            f"Too many for one set of sheets: take {MOST_LABELS} at a time.",
            reason="too-many-slips",
        )


async def bring_out(app: App[object], desk: Desk, issued: Issued, draft: HandOutDraft) -> str:
    """Bring a batch out on the paper that was chosen; return what became of it.

    Must run in a worker.
    """
    count = len(issued.slips)
    if draft.paper is PRINTER:
        return await _printed(app, desk, issued)
    first, last = issued.slips[0].slip.slip, issued.slips[-1].slip.slip
    name = f"slips-{first}" if count == 1 else f"slips-{first}-{last}"
    path = draft.folder / f"{name}{draft.paper.ending}"
    outcome = await app.push_screen_wait(
        Working(
            f"Paper for {said_slips(count)}",
            lambda progress: _into_files(desk, issued, path, draft.paper.layout, progress),
        )
    )
    if isinstance(outcome, PayforwardError):
        return f"{said_slips(count)} handed out; paper is still to come. {outcome.message}"
    said = f"{said_slips(count)} in {shown(str(outcome[0]))}: print it, then delete it."
    if len(outcome) > 1:
        where, name = shown(str(path.parent)), shown(outcome[0].name)
        said = f"{said_slips(count)} in {where}, from {name} on: print them, then delete them."
    return f"{said}{await _list_beside(desk, issued, path)}"


async def _list_beside(desk: Desk, issued: Issued, path: Path) -> str:
    """Write the list that the partner signs; return where it is, nothing for a single slip."""
    if len(issued.slips) < 2 or issued.partner is None:  # for one nobody fetches a pen
        return ""
    from payforward.output.partner_files import list_path, write_batch_list  # noqa: PLC0415

    beside = list_path(path if path.suffix == ".txt" else path.with_suffix(".pdf"))
    slips = [each.slip for each in issued.slips]
    shop = desk.shop

    def write() -> None:
        write_batch_list(shop.name, slips, beside, currency=shop.currency)

    try:
        await asyncio.to_thread(write)
    except PayforwardError:
        return " B, then P brings the list to sign."
    return f" The list to sign: {shown(beside.name)}."


async def _printed(app: App[object], desk: Desk, issued: Issued) -> str:
    count = len(issued.slips)
    outcome: tuple[Outcome, ...] | PayforwardError = await app.push_screen_wait(
        Working(
            f"Printing {said_slips(count)}",
            lambda progress: desk.on_press(lambda press: press.print_batch(issued, progress)),
        )
    )
    if isinstance(outcome, PayforwardError):
        return f"{outcome.message} {REST_WAITS}"
    return told(outcome, count)


def said_slips(count: int) -> str:
    """Return how many slips.

    >>> said_slips(1), said_slips(2)
    ('1 slip', '2 slips')
    """
    return f"{count} {'slip' if count == 1 else 'slips'}"


def told(outcomes: tuple[Outcome, ...], count: int) -> str:
    """Return what became of slips that were printed one after the other, and of their list."""
    slips = [outcome for outcome in outcomes if outcome.slip is not None]
    out = sum(outcome.is_out for outcome in slips)
    waits = next((each for each in slips if not each.is_out and each.why), None)
    if waits is not None and out < count:
        return f"{out} of {count} went to the printer. {waits.why}"
    said = f"{said_slips(out)} went to the printer."
    lost = [each.why for each in outcomes if each.slip is None and not each.is_out]
    return f"{said} The list to sign did not: {lost[0]}" if lost else said


async def _into_files(
    desk: Desk, issued: Issued, path: Path, layout: str | None, progress: Progress
) -> tuple[Path, ...]:
    from payforward.output.writer import write_papers  # noqa: PLC0415 - slow to import

    papers = await desk.run(lambda ledger: _papers(ledger, issued))
    write = partial(write_papers, papers, path, layout=layout, progress=progress)
    files = await asyncio.to_thread(write)
    await desk.run(lambda ledger: _confirm(ledger, issued))
    return files


def _papers(ledger: Ledger, issued: Issued) -> list[Paper]:
    """Return each slip's paper; a code that is known no more is replaced first."""
    from payforward.output.papers import voucher_paper  # noqa: PLC0415 - slow to import

    shop, address = ledger.shop, ledger.settings().address
    papers = []
    for each in issued.slips:
        slip = each if each.code is not None else _replaced(ledger, each)
        assert slip.code is not None
        papers.append(
            voucher_paper(shop.name, slip.slip, slip.code, currency=shop.currency, address=address)
        )
    return papers


def _replaced(ledger: Ledger, slip: IssuedSlip) -> IssuedSlip:
    ask = Replace(action=new_action_id(), slip=slip.slip.slip)
    return ledger.replace(ask).slips[0]


def _confirm(ledger: Ledger, issued: Issued) -> None:
    for each in issued.slips:
        owed = ledger.paper_of_slip(each.slip.slip)
        if owed is not None:
            ledger.mark_confirmed(owed.job)
