"""Exports by keys: what reads such files reads each, and none is there that is not whole."""

from __future__ import annotations

import csv
import json
import threading
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db import exporting as reading
from db.ledger import Ledger
from payforward.core.asks import Give
from payforward.core.errors import LedgerUnusable
from payforward.core.ids import new_action_id
from payforward.output.exports import writing
from screens import exporting
from screens.dialogs import export_form
from screens.dialogs.export_form import FORM_WORDS, ExportForm
from screens.dialogs.secret_form import AskSecret
from screens.dialogs.working import Working
from screens.month import MonthScreen
from screens.widgets.field import Field
from tests.db.counter import hurried
from tests.output.books import beancount_balances, hledger_balances
from tests.screens.stage import Actor, on_stage
from tests.screens.test_people import PHRASE, set_passphrase, type_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from payforward.core.export_answers import ExportEntry
    from payforward.core.model import Item
    from tests.conftest import FrozenClock

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
MANY = 2 * exporting.STEP


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder for files, empty."""
    folder = tmp_path / "books"
    folder.mkdir()
    return folder


@pytest.fixture
def long_path(ledger_path: Path, menu: dict[str, Item], clock: FrozenClock) -> Path:
    """Return the path of a ledger with many entries."""
    with Ledger.open(ledger_path, clock=clock) as ledger:
        hurried(ledger)
        for _ in range(MANY):
            ledger.give(Give(action=new_action_id(), item=menu["Latte"].id, units=1))
    return ledger_path


def names(folder: Path) -> list[str]:
    """Return what is in a folder, hidden files too."""
    return sorted(each.name for each in folder.iterdir())


async def opened(actor: Actor) -> None:
    await actor.press("e")
    await actor.until(lambda: actor.is_on(ExportForm), "no form")


def field(actor: Actor, name: str) -> Field:
    return actor.screen.query_one(f"#{name}", Field)


async def fill(actor: Actor, name: str, typed: str) -> None:
    """Go to a field by keys and write something else there."""
    while actor.stage.focused is not field(actor, name)._input:
        await actor.press("tab")
    await actor.clear()
    await actor.type(typed)


async def choose(actor: Actor, form: str) -> None:
    await actor.press(*["right"] * list(FORM_WORDS).index(form))


async def written(actor: Actor) -> None:
    await actor.press("enter")
    await actor.until(lambda: actor.is_on(MonthScreen), "not written")


def as_the_ledger_says(
    path: Path, clock: FrozenClock, form: str, *, first: date = FIRST, continues: bool = False
) -> bytes:
    with Ledger.open(path, clock=clock) as ledger:
        export = ledger.export_entries(first, LAST)
        return b"".join(writing.export_bytes(export, form, continues=continues))


def test_the_forms_are_those_that_can_be_written() -> None:
    assert tuple(FORM_WORDS) == writing.FORMS
    assert export_form._CONTINUED == writing.CONTINUED


def _read_csv(file: Path) -> int:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return len(list(csv.DictReader(lines)))


def _read_json(file: Path) -> int:
    document = json.loads(file.read_text())
    assert (document["from"], document["to"]) == (FIRST.isoformat(), LAST.isoformat())
    return len(document["entries"])


def _read_beancount(file: Path) -> int:
    return len(beancount_balances(file, LAST))


def _read_hledger(file: Path) -> int:
    return len(hledger_balances(file, LAST))


def _read_xero(file: Path) -> int:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert sum(Decimal(row["*Amount"]) for row in rows) == 0
    return len(rows)


def _read_quickbooks(file: Path) -> int:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    debits, credits_ = (
        sum(Decimal(row[side] or 0) for row in rows) for side in ("Debits", "Credits")
    )
    assert debits == credits_ > 0
    return len(rows)


@pytest.mark.parametrize(
    ("form", "name", "read"),
    [
        ("csv", "payforward-2026-11.csv", _read_csv),
        ("json", "payforward-2026-11.json", _read_json),
        ("beancount", "payforward-2026-11.beancount", _read_beancount),
        ("hledger", "payforward-2026-11.journal", _read_hledger),
        ("xero", "payforward-2026-11-xero.csv", _read_xero),
        ("quickbooks", "payforward-2026-11-quickbooks.csv", _read_quickbooks),
    ],
)
async def test_the_month_in_each_form(
    form: str, name: str, read: Callable[[Path], int], busy_path: Path, clock: FrozenClock
) -> None:
    documents = Path.home() / "Documents"
    documents.mkdir(parents=True)
    async with on_stage(busy_path, clock, MonthScreen) as actor:
        await opened(actor)
        await choose(actor, form)
        assert field(actor, "first").value == "1 Nov 2026"
        assert field(actor, "last").value == "30 Nov 2026"
        assert field(actor, "file").value == f"~/Documents/{name}"
        await written(actor)
        count = await actor.ask(lambda ledger: ledger.export_entries(FIRST, LAST).count)
        assert actor.status.startswith(f"{count} entries are in ")
    assert names(documents) == [name]
    file = documents / name
    assert file.read_bytes() == as_the_ledger_says(busy_path, clock, form)
    assert file.stat().st_mode & 0o077 == 0
    rows = read(file)
    assert rows == count if form in ("csv", "json") else rows


async def test_books_that_have_what_was_before(
    busy_path: Path, clock: FrozenClock, folder: Path
) -> None:
    clock.forward(days=1)
    first = clock.at.date()
    with Ledger.open(busy_path, clock=clock) as ledger:
        latte = ledger.find_item("Latte").id
        ledger.give(Give(action=new_action_id(), item=latte, units=1))
    async with on_stage(busy_path, clock, MonthScreen) as actor:
        await opened(actor)
        assert "Owed before" not in actor.text
        await choose(actor, "beancount")
        assert "Owed before" in actor.text
        await fill(actor, "first", "")
        assert "Owed before" not in actor.text
        await fill(actor, "first", str(first))
        await actor.press("tab", "tab", "right")
        await fill(actor, "file", str(folder / "on.beancount"))
        await written(actor)
    whole, on = (
        as_the_ledger_says(busy_path, clock, "beancount", first=first, continues=continues)
        for continues in (False, True)
    )
    assert whole != on == (folder / "on.beancount").read_bytes()


async def test_the_name_follows_the_days_until_somebody_writes_another(
    busy_path: Path, clock: FrozenClock, folder: Path
) -> None:
    async with on_stage(busy_path, clock, MonthScreen) as actor:
        await opened(actor)
        await fill(actor, "last", "2026-11-20")
        assert field(actor, "file").value == "~/payforward-2026-11-01-to-2026-11-20.csv"
        await fill(actor, "first", "")
        await fill(actor, "last", "")
        assert field(actor, "file").value == "~/payforward.csv"
        await fill(actor, "file", str(folder))
        await fill(actor, "last", "2026-11-30")
        assert field(actor, "file").value == str(folder)
        await written(actor)
    assert names(folder) == ["payforward-to-2026-11-30.csv"]


async def test_a_file_that_is_there_is_never_written_over(
    busy_path: Path, clock: FrozenClock, folder: Path
) -> None:
    file = folder / "mine.json"
    file.write_text("mine")
    async with on_stage(busy_path, clock, MonthScreen) as actor:
        await opened(actor)
        await choose(actor, "json")
        await fill(actor, "file", str(file))
        await actor.press("enter")
        await actor.until(lambda: "is there already: name another file." in actor.text, "?")
        assert file.read_text() == "mine"
        assert "‹ JSON ›" in actor.text
        assert field(actor, "file").value == str(file)
        await fill(actor, "file", str(folder / "other.json"))
        await written(actor)
    assert names(folder) == ["mine.json", "other.json"]


def at_home(name: str) -> None:
    (Path.home() / name).write_text("mine")


async def test_that_a_file_is_there_is_said_no_more_of_another_form_s_file(
    busy_path: Path, clock: FrozenClock, folder: Path
) -> None:
    async with on_stage(busy_path, clock, MonthScreen) as actor:
        await opened(actor)
        at_home("payforward-2026-11.csv")
        await actor.press("enter")
        await actor.until(lambda: "is there already: name another file." in actor.text, "?")
        await actor.press("tab")
        await choose(actor, "json")
        assert field(actor, "file").value == "~/payforward-2026-11.json"
        assert "is there already" not in actor.text


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("first", "Nov", "“Nov” is not a day: write it such as 21 Nov 2026 or 2026-11-21."),
        ("last", "2026-11-31", "“2026-11-31” is not a day:"),
        ("last", "31 oct", "31 Oct 2026 is before 1 Nov 2026: write the earlier day first."),
        ("first", "[b]\u202e", "“[b]"),
        ("file", " ", "Name a file, or the folder where it goes."),
        ("file", "/nowhere/at/all.csv", "There is no folder /nowhere/at: make it first"),
    ],
)
async def test_what_is_no_day_or_no_file(
    name: str, typed: str, says: str, busy_path: Path, clock: FrozenClock
) -> None:
    before = names(Path.home())
    async with on_stage(busy_path, clock, MonthScreen) as actor:
        await opened(actor)
        await fill(actor, name, typed)
        await actor.press("enter")
        await actor.until(lambda: says in actor.text, "no complaint")
        assert actor.is_on(ExportForm)
        await actor.press("escape")
        assert actor.is_on(MonthScreen)
    assert names(Path.home()) == before


def _held_up(
    monkeypatch: pytest.MonkeyPatch, then: Callable[[], object]
) -> tuple[threading.Event, threading.Event]:
    """Let the ledger's entries stop in their middle; return what says so and what lets them on."""
    there, on = threading.Event(), threading.Event()
    whole = reading._Entries.read

    def read(self: reading._Entries) -> Iterator[ExportEntry]:
        for at, entry in enumerate(whole(self)):
            if at == exporting.STEP:
                there.set()
                assert on.wait(20)
                then()
            yield entry

    monkeypatch.setattr(reading._Entries, "read", read)
    return there, on


@pytest.mark.parametrize("form", ["csv", "beancount"])
async def test_what_is_stopped_leaves_nothing_and_holds_up_nobody(
    form: str, long_path: Path, clock: FrozenClock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, on = _held_up(monkeypatch, lambda: None)
    file = folder / "long"
    async with on_stage(long_path, clock, MonthScreen) as actor:
        await opened(actor)
        await choose(actor, form)
        await fill(actor, "file", str(file))
        await actor.press("enter")
        await actor.until(there.is_set, "not begun")
        assert actor.is_on(Working)
        assert f"0 of {MANY}" in actor.text
        assert [name[:12] for name in names(folder)] == [".payforward-"]
        # The counter's ledger answers meanwhile, and gifts go on.
        await actor.ask(
            lambda ledger: ledger.give(
                Give(action=new_action_id(), item=ledger.find_item("Latte").id, units=1)
            )
        )
        await actor.press("escape")
        on.set()
        await actor.until(lambda: "It was stopped: no file was written." in actor.text, "?")
        assert names(folder) == []
        assert field(actor, "file").value == str(file)
        await written(actor)
    assert file.stat().st_size > MANY


async def test_a_ledger_that_fails_on_the_way_leaves_nothing(
    long_path: Path, clock: FrozenClock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise LedgerUnusable("The disk is [b]gone[/b].", reason="gone")

    _, on = _held_up(monkeypatch, fail)
    on.set()
    async with on_stage(long_path, clock, MonthScreen) as actor:
        await opened(actor)
        await fill(actor, "file", str(folder / "long.csv"))
        await actor.press("enter")
        await actor.until(lambda: "The disk is [b]gone[/b]." in actor.text, "not told")
        assert actor.is_on(ExportForm)
    assert names(folder) == []


async def test_who_quits_meanwhile_leaves_nothing(
    long_path: Path, clock: FrozenClock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, on = _held_up(monkeypatch, lambda: None)
    async with on_stage(long_path, clock, MonthScreen) as actor:
        await opened(actor)
        await fill(actor, "file", str(folder / "long.csv"))
        await actor.press("enter")
        await actor.until(there.is_set, "not begun")
    on.set()
    for thread in threading.enumerate():
        if thread.name.startswith("asyncio_"):
            thread.join(0.5)
    assert names(folder) == []


async def test_the_owner_is_asked_first(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        await actor.ask(set_passphrase)
        await actor.stage.show(MonthScreen(actor.stage.desk))
        await actor.settle()
        await actor.press("e")
        await actor.until(lambda: actor.is_on(AskSecret), "not asked")
        assert "Exporting the books needs the owner's passphrase." in actor.text
        await actor.press("escape")
        assert actor.is_on(MonthScreen)
        await actor.press("e")
        await actor.until(lambda: actor.is_on(AskSecret), "not asked again")
        await type_secret(actor, PHRASE)
        await actor.until(lambda: actor.is_on(ExportForm), "not let in")


async def test_practice_is_called_so(busy_path: Path, clock: FrozenClock) -> None:
    async with on_stage(busy_path, clock, None) as actor:
        actor.stage.desk.practising = True
        await actor.stage.show(MonthScreen(actor.stage.desk))
        await actor.settle()
        await opened(actor)
        assert field(actor, "file").value == "~/practice-2026-11.csv"
