"""Taking back an act of any day: of another day only by the owner, and always after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.asks import Undo
from payforward.core.days import short_day
from payforward.core.ids import new_action_id
from payforward.core.people import Guarded
from screens.dialogs.confirm import Confirm
from screens.owner import owner_agrees
from screens.taking_back_words import question, taken_back

if TYPE_CHECKING:
    from screens.place_screen import LedgerScreen


async def take_back(screen: LedgerScreen, action: str) -> str | None:
    """Take back what an action did, or what is left of it, once that is agreed to.

    Must run in a worker.

    Returns:
        What was done, in a sentence; None where the person went back.

    Raises:
        PayforwardError: it cannot be taken back.
    """
    desk = screen.desk
    past, today = await desk.run(lambda ledger: (ledger.past_action(action), ledger.today()))
    is_other_day = past.day != today
    if is_other_day and not await owner_agrees(screen.app, desk, Guarded.OTHER_DAYS):
        return None
    heading = f"Take back what was done on {short_day(past.day)}" if is_other_day else "Take back"
    asked = question(past, screen.local(past.at), today, desk.money)
    if not await screen.app.push_screen_wait(Confirm(heading, asked, yes="Take it back")):
        return None
    wish = Undo(
        action=new_action_id(),
        undoes=action,
        units=past.left if past.left < past.units else None,
        of_other_day=is_other_day,
    )
    undone = await desk.run(lambda ledger: ledger.undo(wish))
    return taken_back(undone, desk.money)
