"""What goes to partners: lattes on slips for the shelter, surplus rolls for another café.

Only what nobody waits for is handed out or passed on here, and all of it at once: the oldest gifts
go first, and those that wait on the board shall stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from payforward.core.asks import Give, HandOut, PassOn, RedeemSlip
from payforward.core.model import Tender
from payforward.demo.town import CAFE, SHELTER, after_closing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from payforward.core.codes import Code
    from payforward.demo.counting import Shelf
    from payforward.demo.days import Agenda
    from payforward.demo.town import Town

SLIPS_FOR: Final = "Latte"
SURPLUS: Final = "Cinnamon roll"
SURPLUS_UNITS: Final = 24

_SURPLUS_DAYS_AGO: Final = 86


@dataclass(frozen=True, slots=True)
class Donation:
    """What somebody pays for the shelter's guests.

    Args:
        days_ago: How long before the year's end it is made, or soon after.
        slips: How many slips it is enough for.
        used: How many of them are used, at most.
        giver: Who pays.
        message: What they say.
    """

    days_ago: int
    slips: int
    used: int
    giver: str
    message: str


DONATIONS: Final = (
    Donation(131, 10, 9, "Mrs. Okafor", "For breakfast at the shelter"),
    Donation(33, 10, 6, "The Thursday knitters", "Have a warm one"),
)


class Neighbours:
    """Hands slips out, serves who comes with one, and passes surplus on.

    Args:
        town: Where they are.
        shelves: What waits of each dish.
    """

    def __init__(self, town: Town, shelves: Mapping[str, Shelf]) -> None:
        self._town = town
        self._for_slips = shelves[SLIPS_FOR]
        self._for_surplus = shelves[SURPLUS]
        self._donations = list(DONATIONS)
        self._surplus_on = town.days_ago(_SURPLUS_DAYS_AGO)
        self._too_many = False
        self._passed_on = False
        self._slips: list[tuple[date, Code]] = []

    def plan(self, agenda: Agenda) -> None:
        """Plan what goes to partners on a day, and who comes with a slip."""
        opening = agenda.opening
        while self._slips and self._slips[0][0] <= opening.day:
            _, code = self._slips.pop(0)
            agenda.add(partial(self._serve_slip, code))
        if self._too_many and not self._passed_on:
            agenda.add(self._pass_on, opening.start)
        if opening.day == self._town.last:
            return
        if self._donations and opening.day >= self._town.days_ago(self._donations[0].days_ago):
            agenda.add(partial(self._hand_out, opening.day), after_closing(opening))
        if not self._too_many and opening.day >= self._surplus_on:
            agenda.add(self._bring_too_many, after_closing(opening))

    def _hand_out(self, day: date) -> None:
        """Let somebody pay for slips, and hand them to the shelter; another day if some wait."""
        if self._for_slips.waiting:
            return
        donation, stage = self._donations.pop(0), self._town.stage
        counter = stage.busy_counter()
        self._give(self._for_slips, donation.slips, donation.giver, donation.message)
        ask = HandOut(
            action=stage.new_action(),
            item=self._for_slips.item,
            slips=donation.slips,
            partner=self._town.partner(SHELTER),
        )
        issued = counter.hand_out(ask)
        counter.confirm_papers([paper.job for paper in counter.paper_owed()])
        for slip in issued.slips[: donation.used]:
            assert slip.code is not None
            used_on = day + timedelta(days=self._town.chance.randint(1, 28))
            self._slips.append((used_on, slip.code))
        self._slips.sort(key=lambda each: each[0])

    def _serve_slip(self, code: Code) -> None:
        stage = self._town.stage
        stage.busy_counter().redeem_slip(RedeemSlip(action=stage.new_action(), code=code))

    def _bring_too_many(self) -> None:
        """Let a firm pay for more rolls than anybody will ask for; another day if some wait."""
        if self._for_surplus.waiting:
            return
        self._give(self._for_surplus, SURPLUS_UNITS, "Officina Ferri", "Per tutto il quartiere")
        self._too_many = True

    def _pass_on(self) -> None:
        stage = self._town.stage
        ask = PassOn(
            action=stage.new_action(),
            item=self._for_surplus.item,
            units=SURPLUS_UNITS,
            partner=self._town.partner(CAFE),
        )
        stage.busy_counter().pass_on(ask)
        self._passed_on = True

    def _give(self, shelf: Shelf, units: int, giver: str, message: str) -> None:
        stage = self._town.stage
        ask = Give(
            action=stage.new_action(),
            item=shelf.item,
            units=units,
            tender=Tender.CARD,
            giver=giver,
            message=message,
        )
        stage.busy_counter().give(ask)
