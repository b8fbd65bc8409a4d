"""The help tells every key of the catalogue, and examples that are true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.containers import VerticalScroll

from payforward.core.grammar import Verb, parse_entry, quantity
from payforward.core.matching import find_by_letters
from screens.catalogue import COMMANDS, Place, commands_of
from screens.counter.reading import part_slip_mark
from screens.help import EXAMPLES, WORDS, HelpScreen
from screens.month import MonthScreen
from tests.screens.stage import on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock


async def test_every_command_of_every_place(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, HelpScreen(), size=(60, 500)) as actor:
        for command in COMMANDS:
            assert command.title in actor.text
            assert command.shown in actor.text
            assert " ".join(command.help.split()[:3]) in actor.text
        for place in Place:
            assert place.value.capitalize() in actor.text


@pytest.mark.parametrize("place", list(WORDS))
async def test_a_question_mark_tells_first_of_the_place_where_it_is_pressed(
    place: Place, ledger_path: Path, clock: FrozenClock
) -> None:
    assert any(each.keys == ("question_mark",) for each in commands_of(place))
    async with on_stage(ledger_path, clock, HelpScreen(place), size=(80, 500)) as actor:
        at = [actor.text.index(said) for said in (place.value.capitalize(), *dict(WORDS[place]))]
        assert max(at) < actor.text.index("The counter’s line")


async def test_the_month_has_a_key_for_it(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, MonthScreen) as actor:
        await actor.press("question_mark")
        assert actor.is_on(HelpScreen)
        assert "To slips, Off slips: from the board" in actor.text
        await actor.press("escape")
        assert actor.is_on(MonthScreen)


async def test_it_scrolls_and_closes(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, HelpScreen(), size=(60, 20)) as actor:
        assert "The counter’s line" in actor.text
        await actor.press("down", "down", "pagedown")
        await actor.pilot.wait_for_animation()
        assert actor.screen.query_one(VerticalScroll).scroll_offset.y > 2
        await actor.press("escape")
        assert actor.stage.result is None
        assert not actor.is_on(HelpScreen)


NAMES = ["Flat white", "Cappuccino", "Community fund"]


@pytest.mark.parametrize(
    ("example", "verb", "count", "item"),
    [
        (0, Verb.SERVE, None, "Flat white"),
        (1, Verb.SERVE, 2, "Flat white"),
        (2, Verb.SERVE, None, None),
        (3, Verb.GIVE, 2, "Cappuccino"),
        (4, Verb.GIVE, None, None),
        (5, Verb.GIVE, 20, "Community fund"),
        (6, Verb.GIVE, None, "Flat white"),
    ],
)
def test_the_examples_are_true(
    example: int, verb: Verb, count: int | None, item: str | None
) -> None:
    line, on_slip = part_slip_mark(EXAMPLES[example][0].removesuffix(" Enter"))
    assert on_slip is ("slip" in EXAMPLES[example][1])
    typed = parse_entry(line)
    assert typed.verb is verb
    assert quantity(typed) == count
    found = find_by_letters(typed.letters, NAMES)[:1] if typed.letters else []
    assert [NAMES[index] for index in found] == ([] if item is None else [item])
