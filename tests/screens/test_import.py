"""A till's menu brought in: found, looked at, then done or left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList

from db.ledger import Ledger
from screens.dialogs.file_prompt import FilePrompt
from screens.dialogs.import_preview import ImportPreview
from screens.items import ItemsScreen
from screens.widgets.field import Field
from tests.screens.stage import HOSTILE, ROOT, Actor, on_stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock

SQUARE = ROOT / "tests" / "data" / "square-items.csv"


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, so that only what a test puts there is found."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)


async def choose(actor: Actor, path: Path) -> None:
    await actor.press("i")
    await actor.type(str(path))
    await actor.press("enter")
    await actor.until(lambda: not actor.is_on(ItemsScreen, FilePrompt), "no preview")


async def test_a_menu_is_looked_at_then_brought_in(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, ItemsScreen, size=(80, 40)) as actor:
        await choose(actor, SQUARE)
        assert actor.is_on(ImportPreview)
        assert await actor.ask(lambda ledger: ledger.items()) == []
        assert "From square-items.csv" in actor.text
        await actor.press("enter")
        items = await actor.ask(lambda ledger: ledger.items())
        assert len(items) > 10
        assert actor.status == f"Brought in: {len(items)} new."


async def test_escape_leaves_the_menu_alone(ledger_path: Path, clock: FrozenClock) -> None:
    async with on_stage(ledger_path, clock, ItemsScreen) as actor:
        await choose(actor, SQUARE)
        await actor.press("escape")
        assert await actor.ask(lambda ledger: ledger.items()) == []
        assert actor.status == "Nothing was changed."


async def test_what_changes_is_told_row_by_row(
    busy_path: Path, tmp_path: Path, clock: FrozenClock
) -> None:
    file = tmp_path / "menu.csv"
    file.write_text("Name,Price\nFlat white,3.80\nCappuccino,3.20\nMocha,4\nGift card,\nTip,0\n")
    with Ledger.open(busy_path, clock=clock) as ledger:
        ledger.retire_item(ledger.find_item("Latte").id)
    async with on_stage(busy_path, clock, ItemsScreen, size=(80, 40)) as actor:
        await choose(actor, file)
        for words in (
            "New, 1 Mocha €4.00",
            "Other prices, 1",
            "Flat white €3.50 → €3.80",
            "As they are, 1",
            "Not in the file, left as they are, 2",
            "Left out, 2",
            "line 5: Gift card: no fixed price",
            "line 6: Tip: costs nothing, so it cannot be a gift",
        ):
            assert words in actor.text
        await actor.press("enter")
        assert actor.status == "Brought in: 1 new, 1 with another price, 1 as before."
        flat_white = await actor.ask(lambda ledger: ledger.find_item("Flat white"))
        assert flat_white.price_minor == 380


async def test_a_file_with_nothing_in_it_changes_nothing(
    busy_path: Path, tmp_path: Path, clock: FrozenClock
) -> None:
    file = tmp_path / "menu.csv"
    file.write_text("Name,Price\nGift card,\n")
    async with on_stage(busy_path, clock, ItemsScreen) as actor:
        await choose(actor, file)
        assert "Nothing in this file can be brought in." in actor.text
        await actor.press("enter")
        assert actor.is_on(ItemsScreen)
        assert len(await actor.ask(lambda ledger: ledger.items())) == 5


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("~/missing.csv", "There is no file"),
        ("x" * 300, "cannot be read"),
        ("~/picture.csv", "picture.csv"),
    ],
)
async def test_what_cannot_be_read_comes_back_with_the_path(
    typed: str, sentence: str, ledger_path: Path, home: Path, clock: FrozenClock
) -> None:
    (home / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    async with on_stage(ledger_path, clock, ItemsScreen) as actor:
        await actor.press("i")
        await actor.type(typed)
        await actor.press("enter")
        await actor.until(lambda: sentence in actor.text, "no sentence")
        assert actor.is_on(FilePrompt)
        assert actor.screen.query_one(Field).value


async def test_files_that_lie_around_are_offered(
    ledger_path: Path, home: Path, clock: FrozenClock
) -> None:
    (home / "Downloads").mkdir()
    (home / "Downloads" / "items-2026.csv").write_text("Name,Price\nTea,2\n")
    (home / "notes.md").write_text("no menu")
    async with on_stage(ledger_path, clock, ItemsScreen) as actor:
        await actor.press("i")
        await actor.until(lambda: "~/Downloads/items-2026.csv" in actor.text, "not offered")
        assert "notes.md" not in actor.text
        await actor.press("down", "enter")
        await actor.until(lambda: actor.is_on(ImportPreview), "no preview")
        await actor.press("enter")
        assert [each.name for each in await actor.ask(lambda ledger: ledger.items())] == ["Tea"]


async def test_folders_are_gone_into(ledger_path: Path, home: Path, clock: FrozenClock) -> None:
    (home / "Till" / "Exports").mkdir(parents=True)
    (home / "Till" / "Exports" / "menu.csv").write_text("Name,Price\nTea,2\n")
    async with on_stage(ledger_path, clock, ItemsScreen) as actor:
        await actor.press("i")
        await actor.type("~/Til")
        await actor.until(lambda: "~/Till/" in actor.text, "no folder")
        await actor.press("down", "enter")
        await actor.until(lambda: "~/Till/Exports/" in actor.text, "not gone in")
        await actor.type("Exports")
        await actor.press("enter")
        await actor.until(lambda: "Exports/menu.csv" in actor.text, "not gone in")
        options = actor.screen.query_one(OptionList)
        await actor.press("down")
        assert options.has_focus
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(ImportPreview), "no preview")


async def test_names_of_files_and_rows_are_inert(
    ledger_path: Path, home: Path, clock: FrozenClock
) -> None:
    # A path holds no slash and no NUL in a name.
    names = [each.replace("/", "") for each in HOSTILE]
    rows = "".join(f'"{each}",2\n"{each} skipped",\n' for each in HOSTILE)
    for name in names:
        (home / f"{name}.csv").write_text(f"Name,Price\n{rows}", encoding="utf-8")
    async with on_stage(ledger_path, clock, ItemsScreen, size=(100, 40)) as actor:
        await actor.press("i")
        await actor.until(lambda: "[b]bold[b].csv" in actor.text, "not offered")
        assert "\x1b" not in actor.text
        await actor.press("down", "enter")
        await actor.until(lambda: actor.is_on(ImportPreview), "no preview")
        frame = "\n".join(actor.frame())
        assert "[@click=app.quit]x[/]" in frame
        for forbidden in "\x1b\x07\u202e\u2066":
            assert forbidden not in frame
        for y in range(2, 30):
            await actor.click_at(25, y)
        assert actor.stage.is_running
