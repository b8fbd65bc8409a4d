"""Goods and money that leave for a partner, and the manifests of what has left."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from payforward.core.asks import Deliver
from payforward.core.days import short_day
from payforward.core.errors import BadInput, Refused
from payforward.core.model import ProgramKind
from payforward.core.partners import Partner
from payforward.core.text import shown
from screens.asking import ActionIds, ask
from screens.catalogue import Place, bindings_of
from screens.dialogs.confirm import Confirm
from screens.dialogs.deliver_form import DeliverDraft, DeliverForm
from screens.partner_paper import LATER, bring_out_manifest
from screens.place_screen import LedgerScreen
from screens.program_words import said_handed, said_units
from screens.telling import TENDER_WORDS, UNDONE_MARK
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from textual.app import App, ComposeResult
    from textual.binding import BindingType

    from db.ledger import Ledger
    from payforward.core.program_answers import HandedOver, ProgramState
    from payforward.core.programs import Program
    from screens.desk import Desk

COLUMNS: Final = (
    Column("Day", 6, 6),
    Column("For", 12, 30),
    Column("What", 16, 60),
    Column("Manifest", 8, 9, right=True, leaves=1),
)
FROM_COLUMNS: Final = (COLUMNS[0], Column("From", 12, 30), *COLUMNS[2:])
NONE_YET: Final = "Nothing was handed over yet. D delivers; P behind Partners passes surplus on."
NO_PARTNERS: Final = "There are no partners yet: More, Partners, A adds one."


class HandoversScreen(LedgerScreen):
    """What a program has handed over, or what a partner has received, newest first.

    Args:
        desk: The ledger.
        of: The program or the partner.
    """

    CSS_PATH = "programs.tcss"
    PLACE = Place.HANDOVERS
    HEADING = "Handed over"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.HANDOVERS)]

    def __init__(self, desk: Desk, of: Program | Partner) -> None:
        super().__init__(desk)
        self._of = of

    def compose_body(self) -> ComposeResult:
        """Show the table."""
        yield Table(COLUMNS, empty=NONE_YET)

    async def load(self) -> None:
        """Show what was handed over."""
        handed = await self.desk.run(self._read)
        of_partner = isinstance(self._of, Partner)
        self.entitle(f"{'For' if of_partner else 'Handed over:'} {self._of.name}")
        rows = [self._row(each) for each in handed]
        self.query_one(Table).show(rows, columns=FROM_COLUMNS if of_partner else COLUMNS)
        back = any(each.taken_back for each in handed)
        if back:
            self.say(f"{UNDONE_MARK} was taken back later.")

    def _read(self, ledger: Ledger) -> tuple[HandedOver, ...]:
        if isinstance(self._of, Partner):
            return ledger.handovers(partner=self._of.id)
        return ledger.handovers(program=self._of.id)

    def _row(self, handed: HandedOver) -> Row:
        mark = f" {UNDONE_MARK}" if handed.taken_back else ""
        return Row(
            key=handed.number,
            cells=(
                short_day(handed.day),
                handed.program_names if isinstance(self._of, Partner) else handed.partner,
                said_handed(handed, self.desk.money) + mark,
                str(handed.number),
            ),
            dim=bool(handed.taken_back),
        )

    async def on_table_chosen(self, message: Table.Chosen) -> None:
        """Bring out the manifest of a line that was clicked while it was marked."""
        message.stop()
        self.action_manifest()

    @work
    async def action_manifest(self) -> None:
        """Bring the marked line's manifest out again."""
        marked = self.query_one(Table).marked
        if marked is None or not self.is_active:
            return
        # A program's own list tells its part of what went; the paper tells all of it.
        handed = await self.desk.run(lambda ledger: ledger.handed_over(marked))
        done = await bring_out_manifest(self.app, self.desk, handed)
        if done:
            self.say(done)


async def deliver(app: App[object], desk: Desk, program: int) -> str:
    """Ask what goes to whom, hand it over, bring the manifest out; return what became of it.

    Must run in a worker.

    Raises:
        Refused: there is nothing to hand over, or nobody to have it.
    """
    state, partners = await desk.run(
        lambda ledger: (ledger.program_state(program), ledger.partners())
    )
    if not state.waits:
        raise Refused(_nothing(state), reason="nothing-waiting")
    if not partners:
        raise Refused(NO_PARTNERS, reason="unknown-partner")
    ids = ActionIds()

    async def hand_over(draft: DeliverDraft) -> HandedOver:
        nonlocal state
        if not await app.push_screen_wait(_question(state, draft, desk)):
            raise BadInput("", reason="not-sure")
        wish = Deliver(
            action=ids.of(draft.partner.id, draft.parts, draft.tender),
            program=program,
            partner=draft.partner.id,
            parts=draft.parts,
            tender=draft.tender,
        )
        try:
            return await desk.run(lambda ledger: ledger.deliver(wish))
        except Refused:
            # Another till was quicker: the form tells what is there now.
            state = await desk.run(lambda ledger: ledger.program_state(program))
            raise

    handed = await ask(
        app,
        lambda draft, problem: DeliverForm(
            state, partners, desk.money_currency, draft, problem=problem
        ),
        hand_over,
    )
    return "" if handed is None else await _told(app, desk, handed)


async def _told(app: App[object], desk: Desk, handed: HandedOver) -> str:
    """Bring the manifest out; return what was handed over, and what became of the paper."""
    said = f"Handed over to {shown(handed.partner)}: {said_handed(handed, desk.money)}."
    paper = await bring_out_manifest(app, desk, handed)
    return f"{said} {paper or LATER}"


def _nothing(state: ProgramState) -> str:
    name = shown(state.program.name)
    if state.program.kind is ProgramKind.CHARITY:
        return f"Nothing is in the jar of {name} just now."
    return f"{name} has nothing here to deliver."


def _question(state: ProgramState, draft: DeliverDraft, desk: Desk) -> Confirm:
    """Return the question that says what goes, counted, and what stays."""
    items = {each.item.id: each.item for each in state.waits}
    there = {each.item.id: each.units for each in state.waits}
    goes = ", ".join(said_units(items[item], units, desk.money) for item, units in draft.parts)
    stays = sum(there.values()) - sum(units for _, units in draft.parts)
    if state.program.kind is ProgramKind.CHARITY:
        goes = f"{goes}, {TENDER_WORDS[draft.tender]}"
    rest = "Nothing stays here."
    if stays > 0:
        if state.program.kind is ProgramKind.CHARITY:
            rest = f"{desk.money(stays)} stays here."
        else:
            rest = f"{stays} {'stays' if stays == 1 else 'stay'} here."
    return Confirm(f"Hand over to {draft.partner.name}", f"{goes}. {rest}", yes="Hand it over")
