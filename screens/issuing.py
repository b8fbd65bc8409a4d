"""A slip that gets a new code: it prints, or it is shown where this till has no printer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.asks import MakeSlip, Replace
from payforward.core.ids import new_action_id
from screens import paper
from screens.dialogs.square import show_square

if TYPE_CHECKING:
    from textual.app import App

    from payforward.core.slip_answers import IssuedSlip
    from screens.desk import Desk

NO_PRINTER: Final = "No printer is set up: its square is shown on this screen."
DEAD: Final = "The old paper pays no more."


async def issue_anew(app: App[object], desk: Desk, slip: int) -> str:
    """Give a slip a new code and bring it out; return what became of it.

    Must run in a worker.

    Raises:
        PayforwardError: the ledger refuses; nothing was changed.
    """
    if paper.prints(await desk.run(lambda ledger: ledger.printer_of_till())):
        why = await paper.print_anew(desk, slip)
        return why or f"Slip {slip} is printing with a new code. {DEAD}"
    ask = Replace(action=new_action_id(), slip=slip)
    issued = await desk.run(lambda ledger: ledger.replace(ask))
    await show_square(app, desk, issued.slips[0])
    return f"Slip {slip} has a new code. {DEAD}"


async def issue_of_gift(app: App[object], desk: Desk, gift: int) -> str:
    """Put what waits of a gift on the board on a slip, and bring it out; return what became of it.

    Must run in a worker.

    Raises:
        PayforwardError: the ledger refuses; nothing was changed.
    """
    ask = MakeSlip(action=new_action_id(), gift=gift)
    issued = await desk.run(lambda ledger: ledger.make_slip(ask))
    (slip,) = issued.slips
    return await bring_out(app, desk, slip)


async def bring_out(app: App[object], desk: Desk, slip: IssuedSlip) -> str:
    """Print a slip that was just issued, or show it; return what became of it."""
    number = slip.slip.slip
    if paper.prints(await desk.run(lambda ledger: ledger.printer_of_till())):
        _, why = await paper.print_slip(desk, slip)
        return f"Slip {number} waits for paper. {why}" if why else f"Slip {number} is printing."
    await show_square(app, desk, slip)
    return f"It is on slip {number} now."
