"""Slips that a partner hands out: asked, handed out, brought out on paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from payforward.core.asks import HandOut
from payforward.core.errors import Refused
from payforward.core.model import ItemKind
from payforward.core.money import Money
from payforward.core.text import shown
from screens import batches, paper
from screens.asking import ActionIds, ask
from screens.dialogs.hand_out_form import (
    FIRST_LABELS,
    PRINTER,
    HandOutDraft,
    HandOutForm,
    OnBoard,
)
from screens.typed import usual_folder

if TYPE_CHECKING:
    from textual.app import App

    from payforward.core.model import Item
    from payforward.core.partners import Partner
    from payforward.core.slip_answers import Issued
    from screens.desk import Desk


@dataclass(frozen=True, slots=True)
class Batch:
    """What might be handed out.

    Args:
        item: Of what.
        slips: How many slips.
        units_each: How much is on each; of money, minor units.
    """

    item: Item
    slips: int
    units_each: int


async def hand_out(
    app: App[object], desk: Desk, partner: Partner, *, meant: Batch | None = None
) -> str:
    """Hand slips out to a partner, from what is on the board; return what became of it.

    Must run in a worker.

    Args:
        app: Where to ask.
        desk: The ledger.
        partner: Who takes them.
        meant: What stands in the form at first.

    Raises:
        Refused: nothing is on the board.
    """
    there = await _on_board(desk)
    if not there.items:
        raise Refused(
            "Nothing is on the board, so there is nothing to hand out.", reason="nothing-waiting"
        )
    drafts: list[HandOutDraft] = []
    ids = ActionIds()

    async def do(draft: HandOutDraft) -> Issued:
        await batches.check_target(draft)
        drafts.append(draft)
        wish = _wish(draft, partner, ids)
        return await desk.run(lambda ledger: ledger.hand_out(wish))

    issued = await ask(
        app,
        lambda draft, problem: HandOutForm(partner.name, there, draft, problem=problem),
        do,
        first=None if meant is None else _draft(meant, there),
    )
    return "" if issued is None else await batches.bring_out(app, desk, issued, drafts[-1])


def _wish(draft: HandOutDraft, partner: Partner, ids: ActionIds) -> HandOut:
    program = None if draft.program is None else draft.program.id
    return HandOut(
        action=ids.of(draft.item.id, draft.slips, draft.units_each, program),
        item=draft.item.id,
        slips=draft.slips,
        units_each=draft.units_each,
        partner=partner.id,
        program=program,
    )


def _draft(meant: Batch, there: OnBoard) -> HandOutDraft:
    """Return what stands in the form at first."""
    is_money = meant.item.kind is ItemKind.MONEY
    each = Money(meant.units_each, there.currency).typed_text() if is_money else None
    return HandOutDraft(
        what=shown(meant.item.name),
        slips=meant.slips,
        each=each or str(meant.units_each),
        item=meant.item,
        units_each=meant.units_each,
        paper=PRINTER if there.prints else FIRST_LABELS,
        folder=Path(there.folder),
    )


async def _on_board(desk: Desk) -> OnBoard:
    board, fund, printer = await desk.run(
        lambda ledger: (ledger.board(), ledger.fund(), ledger.printer_of_till())
    )
    return OnBoard.of(
        board,
        fund,
        desk.money_currency,
        desk.money,
        prints=paper.prints(printer),
        folder=usual_folder(),
    )
