"""What is behind More."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList, Static

from screens.catalogue import COMMANDS
from screens.more import END_PRACTICE, MoreScreen
from tests.screens.stage import NOTHING, on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from textual.widgets.option_list import Option

    from tests.conftest import FrozenClock
    from tests.screens.stage import Actor

IN_MORE = [command for command in COMMANDS if command.in_more]


async def test_every_command_with_its_sentence(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, MoreScreen(), size=(80, 40)) as actor:
        for command in IN_MORE:
            assert all(each.title in actor.text for each in IN_MORE)
            told = " ".join(actor.text.replace("│", " ").split())
            assert command.help in told
            await actor.press("down")
        assert "End practice" not in actor.text


@pytest.mark.parametrize("position", [0, len(IN_MORE) // 2, len(IN_MORE) - 1])
async def test_arrows_and_enter(position: int, ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, MoreScreen()) as actor:
        await actor.press(*["down"] * position, "enter")
        assert actor.stage.result == IN_MORE[position].id


def marked(actor: Actor) -> Option:
    """Return the one option that is marked, of both lists."""
    focused = actor.stage.focused
    assert isinstance(focused, OptionList)
    assert focused.highlighted_option is not None
    return focused.highlighted_option


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_what_is_marked_stays_in_sight_with_its_sentence_and_the_keys(
    size: tuple[int, int], ledger_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(ledger_path, clock, MoreScreen(practising=True), size=size) as actor:
        assert all(each.title in actor.text for each in IN_MORE if each.id != "open_practice")
        steps = len(IN_MORE) - 1
        for step in ["down"] * steps + ["up"] * steps:
            prompt, options = str(marked(actor).prompt), actor.stage.focused
            assert options is not None
            # The frame's own lines, and the sentence's and the keys' below the lists.
            lines = actor.frame()
            below = actor.screen.query_one("#lists").region.bottom
            assert any(prompt in line for line in lines[options.region.y : below]), (prompt, lines)
            assert any("Esc" in line for line in lines[below:])
            told = str(actor.screen.query_one("#sentence", Static).content).split()[:3]
            assert " ".join(told) in " ".join(lines[below:])
            await actor.press(step)
        assert marked(actor).id == END_PRACTICE


async def test_two_lists_are_gone_through_as_one(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, MoreScreen()) as actor:
        for keys, there in (
            (("up",), "quit"),
            (("down",), "open_slips"),
            (("right",), IN_MORE[(len(IN_MORE) + 1) // 2].id),
            (("left",), "open_slips"),
            (("end",), "quit"),
            (("home",), "open_slips"),
            (("tab", "tab"), "open_slips"),
        ):
            await actor.press(*keys)
            assert marked(actor).id == there
        await actor.press("up", "enter")
        assert actor.stage.result == "quit"


async def test_a_letter_goes_to_the_next_that_begins_with_it(
    ledger_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(ledger_path, clock, MoreScreen(practising=True)) as actor:
        for letter, there in (
            ("h", "open_help"),
            ("e", END_PRACTICE),
            ("e", "open_entries"),
            ("z", "open_entries"),
        ):
            await actor.press(letter)
            assert marked(actor).id == there
        assert actor.stage.result is NOTHING


async def test_practice_can_be_ended_and_not_begun_again(
    ledger_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(ledger_path, clock, MoreScreen(practising=True)) as actor:
        assert "Try everything on a throw-away ledger" not in actor.text
        await actor.press("enter")
        assert actor.stage.result == END_PRACTICE


async def test_escape_chooses_nothing(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, MoreScreen()) as actor:
        await actor.press("down", "escape")
        assert actor.stage.result is None


async def test_the_mouse_chooses(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, MoreScreen()) as actor:
        await actor.click("OptionList", x=3, y=0)
        assert actor.stage.result == IN_MORE[0].id


async def test_the_keys_can_be_clicked(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, MoreScreen()) as actor:
        await actor.click_key("next")
        await actor.click_key("open")
        assert actor.stage.result == IN_MORE[1].id
