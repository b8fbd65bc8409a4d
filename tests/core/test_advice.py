"""What the owner is advised, and when nothing needs to be said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from payforward.core.advice import AdviceAction, AdviceKind, AdviceRules, ItemLife, advise
from payforward.core.model import Item, ItemKind

if TYPE_CHECKING:
    from payforward.core.advice import Advice

SOUP = Item(3, "Soup", ItemKind.MENU, None, 600, 3)
LATTE = Item(4, "Latte", ItemKind.MENU, None, 360, 4)
FUND = Item(1, "Community fund", ItemKind.MONEY, None, 1, 1)


def _money(minor: int) -> str:
    return f"€{minor // 100}.{minor % 100:02d}"


def _one(**life: Any) -> Advice | None:
    facts: dict[str, Any] = {"item": SOUP, "waiting": 0, "oldest_days": 0, "served": 0} | life
    found = advise([ItemLife(**facts)], _money)
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    "life",
    [
        {"waiting": 0},
        {"waiting": 4, "oldest_days": 90},
        # Less than four weeks' worth.
        {"waiting": 12, "oldest_days": 20, "served": 13},
        {"missed": 2},
        # Nobody can tell yet how it goes.
        {"waiting": 30, "oldest_days": 12, "days": 13},
        {"missed": 9, "item": replace(SOUP, retired=True)},
        {"item": FUND, "waiting": 4 * 360, "unit": 360, "oldest_days": 80},
    ],
)
def test_what_goes_well_needs_no_advice(life: dict[str, Any]) -> None:
    assert _one(**life) is None


def test_a_pile_is_handed_out_but_for_two_weeks_worth() -> None:
    advice = _one(waiting=12, oldest_days=41, served=12)
    assert advice is not None
    assert advice.sentence == (
        "12 Soup waiting, the oldest 41 days, 3 a week served: four weeks' worth."
    )
    assert advice.suggestion == "Hand 6 vouchers to a partner."
    assert (advice.kind, advice.action, advice.units) == (
        AdviceKind.PILE_UP,
        AdviceAction.HAND_OUT,
        6,
    )


def test_what_nobody_asks_for_is_handed_out_but_for_one() -> None:
    advice = _one(waiting=5, oldest_days=20)
    assert advice is not None
    assert (
        advice.sentence == "5 Soup waiting, the oldest 20 days, and none was served in four weeks."
    )
    assert advice.units == 4


def test_the_pace_is_that_of_the_days_there_were() -> None:
    advice = _one(waiting=19, oldest_days=20, served=9, days=21)
    assert advice is not None
    assert "3 a week served: six weeks' worth." in advice.sentence
    assert advice.units == 13
    advice = _one(waiting=9, oldest_days=13, days=14)
    assert advice is not None
    assert advice.sentence.endswith("and none was served in two weeks.")


def test_what_stays_is_rounded_up() -> None:
    advice = _one(waiting=12, oldest_days=41, served=11)
    assert advice is not None
    assert advice.units == 12 - 6


def test_a_slow_pace_is_told_as_it_is() -> None:
    advice = _one(waiting=19, oldest_days=42, served=3)
    assert advice is not None
    assert "3 served in four weeks: 25 weeks' worth." in advice.sentence


def test_half_a_years_worth_goes_to_another_shop() -> None:
    advice = _one(waiting=100, oldest_days=200, served=8)
    assert advice is not None
    assert (advice.kind, advice.action, advice.units) == (
        AdviceKind.SURPLUS,
        AdviceAction.PASS_ON,
        96,
    )
    assert "Pass 96 on" in advice.suggestion
    # So does what nobody asks for at all, once that is known.
    unasked = [_one(waiting=100, oldest_days=20, days=days) for days in (27, 28)]
    assert [each and each.action for each in unasked] == [
        AdviceAction.HAND_OUT,
        AdviceAction.PASS_ON,
    ]


def test_a_gift_that_waits_too_long_is_told() -> None:
    advice = _one(waiting=1, oldest_days=91, served=40)
    assert advice is not None
    assert (advice.kind, advice.action) == (AdviceKind.OLD, AdviceAction.PAGE)
    assert advice.sentence == "1 Soup waiting, the oldest 91 days."


def test_what_is_missed_is_told() -> None:
    advice = _one(item=LATTE, missed=3)
    assert advice is not None
    assert (advice.kind, advice.action) == (AdviceKind.MISSED, AdviceAction.NONE)
    assert advice.sentence == ("Latte was asked for 3 times in four weeks while none was waiting.")


def test_a_full_fund_goes_in_slips_of_a_serving() -> None:
    advice = _one(item=FUND, waiting=10_000, oldest_days=50, served=4_000, unit=360)
    assert advice is not None
    assert advice.sentence == (
        "€100.00 in the fund, the oldest 50 days, €10.00 a week goes: ten weeks' worth."
    )
    assert advice.suggestion == "Hand 22 vouchers of €3.60 to a partner."
    assert advice.units == 22 * 360


def test_the_heaviest_pile_comes_first_and_what_is_missed_last() -> None:
    found = advise(
        [
            ItemLife(item=LATTE, waiting=0, oldest_days=0, served=0, missed=9),
            ItemLife(item=SOUP, waiting=6, oldest_days=9, served=0),
            ItemLife(item=LATTE, waiting=60, oldest_days=9, served=1),
            ItemLife(item=FUND, waiting=9_000, oldest_days=9, served=2_000, unit=300),
        ],
        _money,
    )
    assert [(each.item.name, each.kind) for each in found] == [
        ("Latte", AdviceKind.SURPLUS),
        ("Community fund", AdviceKind.PILE_UP),
        ("Soup", AdviceKind.PILE_UP),
        ("Latte", AdviceKind.MISSED),
    ]


def test_the_thresholds_are_the_shops() -> None:
    life = ItemLife(item=SOUP, waiting=3, oldest_days=15, served=0)
    rules = AdviceRules(pile_up_units=9, old_days=14)
    assert [each.kind for each in advise([life], _money, rules)] == [AdviceKind.OLD]


@pytest.mark.parametrize(
    ("days", "said"), [(0, "the oldest since today,"), (1, "the oldest 1 day,")]
)
def test_a_pile_of_today_is_said_in_whole_words(days: int, said: str) -> None:
    advice = _one(waiting=12, oldest_days=days)
    assert advice is not None
    assert said in advice.sentence
