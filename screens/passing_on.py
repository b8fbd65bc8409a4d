"""Surplus that goes to a partner: asked, confirmed, done, and its manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.asks import PassOn
from payforward.core.errors import BadInput, Refused
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.money import Money
from payforward.core.text import shown
from screens.asking import ActionIds, ask
from screens.dialogs.confirm import Confirm
from screens.dialogs.deliver_form import TENDERS
from screens.dialogs.pass_on_form import PassOnDraft, PassOnForm, Surplus
from screens.partner_paper import LATER, bring_out_manifest
from screens.program_words import said_handed, said_units
from screens.telling import TENDER_WORDS

if TYPE_CHECKING:
    from textual.app import App

    from db.ledger import Ledger
    from payforward.core.model import Item
    from payforward.core.partners import Partner
    from payforward.core.program_answers import HandedOver
    from screens.desk import Desk


async def pass_on(
    app: App[object], desk: Desk, partner: Partner, *, meant: tuple[Item, int] | None = None
) -> str:
    """Ask what is passed on, do it, bring the manifest out; return what became of it.

    Must run in a worker.

    Args:
        app: Where to ask.
        desk: The ledger.
        partner: Who receives it.
        meant: What stands in the form at first: an item and how much of it.

    Raises:
        Refused: nothing is on the board.
    """
    there = await desk.run(surplus)
    if not there[0].rows:
        raise Refused(
            "Nothing is on the board, so there is nothing to pass on.", reason="nothing-waiting"
        )
    ids = ActionIds()

    async def go(draft: PassOnDraft) -> HandedOver:
        wish = _wish(draft, partner, ids)
        minor = await desk.run(lambda ledger: ledger.money_to_pass_on(wish))
        if not await app.push_screen_wait(_question(draft, partner, minor, desk)):
            raise BadInput("", reason="not-sure")
        return await desk.run(lambda ledger: ledger.pass_on(wish))

    handed = await ask(
        app,
        lambda draft, problem: PassOnForm(
            partner.name, there, desk.money_currency, desk.money, draft, problem=problem
        ),
        go,
        first=None if meant is None else _draft(*meant, desk),
    )
    return "" if handed is None else await _told(app, desk, handed)


def _wish(draft: PassOnDraft, partner: Partner, ids: ActionIds) -> PassOn:
    program = None if draft.program is None else draft.program.id
    return PassOn(
        action=ids.of(draft.item.id, draft.units, draft.tender, program),
        item=draft.item.id,
        partner=partner.id,
        units=draft.units,
        tender=draft.tender,
        program=program,
    )


async def _told(app: App[object], desk: Desk, handed: HandedOver) -> str:
    """Bring the manifest out; return what was passed on, and what became of the paper."""
    how = "" if handed.tender is None else f", {TENDER_WORDS[handed.tender]}"
    said = f"Passed on to {shown(handed.partner)}: {said_handed(handed, desk.money)}{how}."
    paper = await bring_out_manifest(app, desk, handed)
    return f"{said} {paper or LATER}"


def _draft(item: Item, units: int, desk: Desk) -> PassOnDraft:
    """Return what stands in the form at first."""
    is_money = item.kind is ItemKind.MONEY
    many = Money(units, desk.money_currency).typed_text() if is_money else str(units)
    return PassOnDraft(what=shown(item.name), many=many, item=item, units=units, tender=TENDERS[0])


def surplus(ledger: Ledger) -> list[Surplus]:
    """Return what can be passed on, the fund too: of all programs, then of each that has some."""
    board, fund = ledger.board(), ledger.fund()
    found = [(row.item, row.units) for row in board.rows]
    if board.money_minor:
        found.append((fund, board.money_minor))
    each = [
        Surplus(
            tuple((w.item, w.units - w.on_slips) for w in state.waits if w.units > w.on_slips),
            state.program,
        )
        for state in board.programs
        if state.program.kind is ProgramKind.FORWARD
    ]
    return [Surplus(tuple(found)), *(own for own in each if own.rows)]


def _question(draft: PassOnDraft, partner: Partner, minor: int, desk: Desk) -> Confirm:
    """Return the question that says what goes, and exactly how much money with it."""
    what = said_units(draft.item, draft.units, desk.money)
    whose = "" if draft.program is None else f" of {shown(draft.program.name)}"
    how = TENDER_WORDS[draft.tender]
    if draft.item.kind is ItemKind.MONEY:
        along = f"{what}: out of the fund{whose}, {how}."
    elif minor:
        along = f"{what}: off the board{whose}, and {desk.money(minor)} goes along, {how}."
    else:
        along = f"{what}: off the board{whose}. No money was paid for it, so none goes along."
    return Confirm(f"Pass on to {partner.name}", along, yes="Pass it on")
