"""What the counter says of programs, in any room and without the words that it never says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from payforward.core.answers import Offer
from payforward.core.model import Item, ItemKind, PaidFrom, ProgramKind
from payforward.core.program_answers import BudgetState
from payforward.core.programs import Program
from screens.counter import gift_words, house_words, program_words
from screens.counter.words import Variants, fitting

SOUP = Item(5, "Soup of the day", ItemKind.MENU, None, 600, 5)
HOUSE = Program(id=3, name="Evening bowl", kind=ProgramKind.GIVEAWAY, items=(5,))
OFFER = Offer(SOUP, 1, PaidFrom.GIVEAWAY, SOUP, 0, 600, 12, HOUSE)
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 17, 40)  # noqa: DTZ001 - the clock on the shop's wall
BUDGET = BudgetState(20, 8, 12, date(2026, 11, 22))


def asked(**changes: object) -> Variants:
    given = {"offer": OFFER, "asked": 1, "budget": BUDGET, "instead": True, **changes}
    return house_words.house_question(now=NOW, today=TODAY, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (79, "No Soup of the day waiting. The house can pay: 12 left till Sunday."),
        (59, "None waiting. The house can pay: 12 left till Sunday."),
        (39, "The house can pay: 12 left."),
    ],
)
def test_it_is_short_where_room_is(width: int, said: str) -> None:
    assert fitting(asked(), width) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"named": True}, "The house can pay: Evening bowl, 12 left till Sunday."),
        ({"named": True, "budget": None}, "The house can pay: Evening bowl."),
        ({"budget": None}, "No Soup of the day waiting. The house can pay."),
        ({"just_gone": True}, "The last one has just gone. The house can pay: 12 left"),
        ({"instead": False}, "Serve 1 Soup of the day on the house? 12 left till Sunday."),
        (
            {"instead": False, "named": True},
            "Serve 1 Soup of the day from Evening bowl? 12 left till Sunday.",
        ),
        ({"instead": False, "budget": None}, "Serve 1 Soup of the day on the house?"),
        ({"asked": 5}, "The house can pay for 1: 12 left till Sunday."),
        ({"budget": replace(BUDGET, left=0)}, "The last Soup of the day has just gone."),
        ({"budget": replace(BUDGET, until=TODAY)}, "The house can pay: 12 left today."),
        ({"budget": replace(BUDGET, until=date(2026, 11, 30))}, "12 left till 30 Nov."),
    ],
)
def test_who_pays_is_said(changes: dict[str, object], said: str) -> None:
    assert said in asked(**changes)[0]


def test_a_hint_is_said_before_the_whole_sentence() -> None:
    usual = replace(HOUSE, order_limit=1, hours="Mon-Fri 14-17")
    offer = replace(OFFER, program=usual, units=2)
    variants = asked(offer=offer, asked=2)
    assert variants[0].endswith(". 1 an order is usual. Usually Mon-Fri 14-17.")
    assert fitting(variants, 59) == "The house can pay for 2: 12 left. 1 an order is usual."
    assert fitting(variants, 35) == "The house can pay for 2: 12 left."


def test_a_hostile_name_is_shown_as_text() -> None:
    hostile = replace(HOUSE, name="a\u202eb\x1b[31m")
    (said, *_) = asked(offer=replace(OFFER, program=hostile), named=True)
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\x1b" not in program_words.row_name(hostile)


def test_the_counter_never_says_some_words() -> None:
    jar = Program(name="Lifeboat", kind=ProgramKind.CHARITY)
    said = [
        *asked(),
        *asked(instead=False),
        *program_words.jar_pays_nothing(jar),
        *program_words.not_served("Coat"),
        *program_words.goes_to_a_partner(HOUSE),
        *program_words.ANY_ITEM,
        *program_words.NOTES,
        *program_words.OFFERS_OR_NOTES,
        program_words.HOUSE_GIVES,
        program_words.NO_SLIP,
        program_words.how_much(jar),
        *house_words.used_up(SOUP, [HOUSE], TODAY),
        *house_words.row_used_up(HOUSE, TODAY),
        gift_words.not_taken(SOUP),
        gift_words.NO_GIFTS,
        *gift_words.NO_MORE,
    ]
    assert not [
        each for each in said if re.search(r"(?i)\b(redeem|giveaway|entry|free|charity)\b", each)
    ]
