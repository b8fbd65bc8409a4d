"""Surplus that goes to a partner: asked, confirmed, done, and its manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.asks import PassOn
from payforward.core.errors import BadInput, Refused
from payforward.core.ids import new_action_id
from payforward.core.model import ItemKind
from payforward.core.money import Money
from payforward.core.text import shown
from screens.asking import ask
from screens.dialogs.confirm import Confirm
from screens.dialogs.deliver_form import TENDERS
from screens.dialogs.pass_on_form import PassOnDraft, PassOnForm
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
    there = await desk.run(on_board)
    if not there:
        raise Refused(
            "Nothing is on the board, so there is nothing to pass on.", reason="nothing-waiting"
        )
    # One name for the act as long as it is the same: a second try never passes on twice.
    actions: dict[tuple[object, ...], str] = {}

    async def go(draft: PassOnDraft) -> HandedOver:
        if not await app.push_screen_wait(_question(draft, partner, desk)):
            raise BadInput("", reason="not-sure")
        same = (draft.item.id, draft.units, draft.tender)
        wish = PassOn(
            action=actions.setdefault(same, new_action_id()),
            item=draft.item.id,
            partner=partner.id,
            units=draft.units,
            tender=draft.tender,
        )
        return await desk.run(lambda ledger: ledger.pass_on(wish))

    handed = await ask(
        app,
        lambda draft, problem: PassOnForm(
            partner.name, there, desk.money_currency, desk.money, draft, problem=problem
        ),
        go,
        first=None if meant is None else _draft(*meant, desk),
    )
    if handed is None:
        return ""
    how = "" if handed.tender is None else f", {TENDER_WORDS[handed.tender]}"
    said = f"Passed on to {shown(handed.partner)}: {said_handed(handed, desk.money)}{how}."
    paper = await bring_out_manifest(app, desk, handed)
    return f"{said} {paper or LATER}"


def _draft(item: Item, units: int, desk: Desk) -> PassOnDraft:
    """Return what stands in the form at first."""
    is_money = item.kind is ItemKind.MONEY
    many = Money(units, desk.money_currency).typed_text() if is_money else str(units)
    return PassOnDraft(what=shown(item.name), many=many, item=item, units=units, tender=TENDERS[0])


def on_board(ledger: Ledger) -> list[tuple[Item, int]]:
    """Return what can be passed on, the fund too, each with how much."""
    board = ledger.board()
    found = [(row.item, row.units) for row in board.rows]
    return [*found, (ledger.fund(), board.money_minor)] if board.money_minor else found


def _question(draft: PassOnDraft, partner: Partner, desk: Desk) -> Confirm:
    what = said_units(draft.item, draft.units, desk.money)
    how = TENDER_WORDS[draft.tender]
    along = (
        f"{what}: out of the fund, {how}."
        if draft.item.kind is ItemKind.MONEY
        else f"{what}: off the board, and the money that was paid goes along, {how}."
    )
    return Confirm(f"Pass on to {partner.name}", along, yes="Pass it on")
