"""All money adds up after any sequence of actions: the ledger against `SmallShop`.

Two tills act on one file, at any time, with any clock. After each step the board, the fund, each
program and every answer agree; after a refusal nothing has changed, and both refuse for the same
reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from tests.db.machine_checks import Checks
from tests.db.machine_gifts import Gifts
from tests.db.machine_partners import Partners
from tests.db.machine_programs import Programs
from tests.db.machine_shop import TILLS, equip

if TYPE_CHECKING:
    from pathlib import Path


class LedgerAgainstSmallShop(Gifts, Programs, Partners, Checks):
    """Does the same to both, while time goes."""

    @rule(
        by=st.sampled_from(["minutes", "hours", "days", "back", "far", "accepted"]),
        much=st.integers(1, 40),
        seen_to=st.booleans(),
    )
    def time_goes(self, by: str, much: int, seen_to: bool) -> None:
        if by in ("minutes", "hours"):
            self._go(**{by: much})
        elif by == "days":
            self._go(days=1 + much % 3)
        elif by == "back":
            self._go(minutes=-20 * much)
        else:
            days = 5 + much % 6
            self._go(days=days)
            if by == "accepted":
                assert self.ledgers[TILLS[0]].accept_clock() == self.shop.accept_clock()
            else:
                self.give_money(TILLS[1], 1, voucher=False, which=0, how=9)
                self._go(days=-days)
        expired = self.shop.expire_due()
        self.happened("expire", refused="" if expired else "nothing to expire")
        assert self.ledgers[TILLS[1]].expire_due() == expired
        if seen_to:
            # As a till does once a day; else whoever gives away does it first.
            self._settle(TILLS[1])


def test_all_money_adds_up_after_any_sequence_of_actions(
    template: Path, tmp_path: Path, full: bool
) -> None:
    LedgerAgainstSmallShop.template = template
    LedgerAgainstSmallShop.equipped = tmp_path / "equipped.db"
    equip(template, tmp_path / "equipped.db")
    run_state_machine_as_test(
        LedgerAgainstSmallShop,
        settings=settings(
            max_examples=5000 if full else 300,
            stateful_step_count=60 if full else 40,
            derandomize=not full,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
