"""The owner's month by keys: step, look, open a number, ask what was owed, bring papers out."""

from __future__ import annotations

import threading
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.asks import Give, Undo
from payforward.core.clock import last_day_of
from payforward.core.days import day_text
from payforward.core.errors import LedgerUnusable
from payforward.core.ids import new_action_id
from payforward.core.report_answers import COLUMNS, Contribution
from screens.advice import AdviceScreen
from screens.dialogs.ask_line import AskLine
from screens.dialogs.choose_one import ChooseOne
from screens.dialogs.paper_form import PaperForm
from screens.entries import EntriesScreen
from screens.gift import GiftScreen
from screens.month import MonthScreen
from screens.month.moved import HEADINGS, column_pages
from screens.month.pool_entries import MOST, PoolEntriesScreen
from screens.month.view_line import ViewLine
from screens.month.views import NAMES
from screens.month.words import said_contribution
from screens.widgets.table import Table
from tests.db.counter import hurried
from tests.screens.owner_scenes import live_on, worked_out
from tests.screens.stage import Actor, on_stage

if TYPE_CHECKING:
    from payforward.core.model import Item
    from payforward.core.report_answers import MonthReport, OwnersMonth
    from tests.conftest import FrozenClock

DECEMBER = date(2026, 12, 1)


@pytest.fixture
def lived(busy_path: Path, clock: FrozenClock) -> Path:
    """Return a ledger with seven weeks in it; it is 8 January."""
    with Ledger.open(busy_path, till="till 1", cashier="Ana", clock=clock) as ledger:
        live_on(ledger, clock)
    return busy_path


def table(actor: Actor) -> Table:
    return actor.screen.query_one(Table)


def cells(actor: Actor) -> list[tuple[str, ...]]:
    return [row.cells for row in table(actor).rows]


def row(actor: Actor, name: str) -> tuple[str, ...]:
    return next(each for each in cells(actor) if each[0] == name)


async def mark(actor: Actor, name: str) -> None:
    """Go to a row by keys."""
    at = [each[0] for each in cells(actor)].index(name)
    await actor.press("home", *["down"] * at)


async def test_last_month_s_numbers_are_the_ledger_s(lived: Path, clock: FrozenClock) -> None:
    async with on_stage(lived, clock, MonthScreen, size=(200, 50)) as actor:
        await actor.press("left")
        assert "December 2026" in actor.text
        report = await actor.ask(lambda ledger: ledger.month(DECEMBER))
        whites = next(each for each in report.pools if each.item.name == "Flat white")
        shown = dict(zip(_titles(actor), row(actor, "· Flat white")[1:], strict=True))
        assert shown["Start"] == str(whites.moved.opening.units)
        assert shown["Given"] == str(whites.moved.given.units)
        assert shown["Served"] == str(whites.moved.redeemed.units)
        assert shown["End"] == str(whites.moved.closing.units)
        assert shown["Worth"] == actor.stage.desk.money(whites.moved.closing.amount_minor)
        whole = dict(zip(_titles(actor), cells(actor)[-1][1:], strict=True))
        money = actor.stage.desk.money
        assert whole["Given"] == money(report.totals.given.amount_minor)
        assert whole["End"] == money(report.totals.closing.amount_minor)


async def test_in_money_every_column_adds_up_before_one_s_eyes(
    lived: Path, clock: FrozenClock
) -> None:
    async with on_stage(lived, clock, MonthScreen, size=(200, 50)) as actor:
        await actor.press("left", "m")
        report = await actor.ask(lambda ledger: ledger.month(DECEMBER))
        money = actor.stage.desk.money
        titles = _titles(actor)
        for name in ("opening", "given", "redeemed", "closing"):
            at = titles.index(HEADINGS[name]) + 1
            minor = [getattr(each.moved, name).amount_minor for each in report.pools]
            seen = [each[at] for each in cells(actor) if each[0].startswith("·")]
            assert seen == [
                money(each) if each else "–"
                for each, pool in zip(minor, report.pools, strict=True)
                if any(getattr(pool.moved, column).amount_minor for column in COLUMNS)
            ]
            whole = getattr(report.totals, name).amount_minor
            assert row(actor, "Prepaid, in money")[at] == money(whole)
        await actor.press("m")
        assert "Worth" in actor.text


async def test_months_step_back_to_before_the_first_and_not_past_this_one(
    lived: Path, clock: FrozenClock
) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        assert "January 2027 · so far" in actor.text
        await actor.press("right")
        assert actor.status == "No later month yet."
        await actor.press("left", "left", "left")
        assert "October 2026" in actor.text
        assert cells(actor) == []
        assert "The first gift is of 21 November 2026: → goes there." in actor.text
        await actor.press("right")
        assert "November 2026" in actor.text
        assert cells(actor)
        await actor.press("right", "right", "right")
        assert "January 2027 · so far" in actor.text


async def test_a_shop_in_which_nothing_was_given_yet_says_so(
    ledger_path: Path, clock: FrozenClock
) -> None:
    async with on_stage(ledger_path, clock, MonthScreen) as actor:
        await worked_out(actor)
        assert "Nothing was given yet at all." in actor.text
        for key in "234567":
            await actor.press(key, "enter")
            assert actor.is_on(MonthScreen)


async def test_beside_last_month_and_the_year_before(
    ledger_path: Path, menu: dict[str, Item], clock: FrozenClock
) -> None:
    with Ledger.open(ledger_path, clock=clock) as ledger:
        hurried(ledger)
        for day in range(0, 366, 5):
            units = 2 if day == 0 else 1
            ask = Give(action=new_action_id(), item=menu["Latte"].id, units=units)
            action = ledger.give(ask).action
            if day not in (0, 335, 365):
                # Somebody is there each week: a shop that sleeps for longer is asked about it.
                ledger.undo(Undo(action=new_action_id(), undoes=action))
            clock.forward(days=5)
        clock.forward(days=-5)
    async with on_stage(ledger_path, clock, MonthScreen) as actor:
        await worked_out(actor)
        assert "November 2027 · so far" in actor.text
        assert "Given €3.60 so far, €3.60 in all of October." in actor.text
        await actor.press("left")
        await worked_out(actor)
        assert "Given €3.60, €0.00 in September." in actor.text


async def test_what_the_shop_added_is_said_apart_and_never_in_sum() -> None:
    money = "{} c".format
    added = Contribution(rises_minor=30, falls_minor=20, giveaways_minor=500, goods=1)
    assert said_contribution(added, money) == [
        "The shop added 30 c to what gifts had paid.",
        "Gifts had paid 20 c above the list price.",
        "The house gave 500 c at list price.",
        "1 thing brought to drives.",
    ]
    assert said_contribution(Contribution(), money) == []
    back = Contribution(rises_minor=-30, falls_minor=-5, giveaways_minor=-700, goods=-1)
    assert said_contribution(back, money) == [
        "Of what the shop added to gifts, 30 c was taken back.",
        "Of what gifts had paid above the list price, 5 c was taken back.",
        "Of what the house gave, 700 c at list price was taken back.",
        "1 thing brought to drives before, and taken back.",
    ]


async def test_a_number_opens_its_entries_and_they_make_it(lived: Path, clock: FrozenClock) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        await actor.press("left")
        given = row(actor, "· Soup of the day")[2]
        await mark(actor, "· Soup of the day")
        await actor.press("enter")
        assert actor.is_on(PoolEntriesScreen)
        assert "Pay it forward: Soup of the day" in actor.text
        assert "1 Dec – 31 Dec 2026" in actor.text
        rows = table(actor).rows
        assert sum(int(each.cells[3].split()[0]) for each in rows if each.cells[2] == "Given") == (
            int(given)
        )
        assert not [each for each in rows if "Flat white" in each.cells[3]]
        assert actor.status.startswith(f"In all: {given} given (")
        await actor.press("end", "enter")
        assert actor.is_on(GiftScreen)
        await actor.press("escape", "escape")
        assert actor.is_on(MonthScreen)
        assert "December 2026" in actor.text
        assert table(actor).rows[table(actor).cursor].cells[0] == "· Soup of the day"


async def test_a_line_that_is_no_item_opens_nothing(lived: Path, clock: FrozenClock) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        await actor.press("end", "enter")
        assert actor.is_on(MonthScreen)
        assert actor.status == "That line is no single item: mark one to see its entries."


async def test_more_entries_than_a_page_are_paged_and_all_are_there(
    ledger_path: Path, menu: dict[str, Item], clock: FrozenClock
) -> None:
    many = 2 * MOST + 5
    with Ledger.open(ledger_path, clock=clock) as ledger:
        hurried(ledger)
        for _ in range(many):
            ledger.give(Give(action=new_action_id(), item=menu["Latte"].id, units=1))
    async with on_stage(ledger_path, clock, MonthScreen) as actor:
        await actor.press("enter")
        seen = [each.key for each in table(actor).rows]
        assert actor.status == f"1 to {MOST}, the newest first."
        await actor.press("right")
        assert actor.status == "These are the newest of these days."
        for _ in range(2):
            await actor.press("left")
            seen += [each.key for each in table(actor).rows]
        assert seen == list(range(many, 0, -1))
        assert actor.status == f"{2 * MOST + 1} to {many}, the newest first."
        await actor.press("left")
        assert actor.status == "These are the oldest of these days."
        await actor.press("right", "right")
        assert actor.status == f"1 to {MOST}, the newest first."


async def test_views_go_round_by_v_by_number_and_by_mouse(lived: Path, clock: FrozenClock) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        for name in (*NAMES[1:], NAMES[0]):
            await actor.press("v")
            assert f"[{name}]" in actor.text
        await actor.press("5")
        assert "[Served]" in actor.text
        await actor.click("ViewLine", x=11)
        assert "[Days]" in actor.text
        assert not actor.screen.query_one(ViewLine).can_focus


async def test_days_and_the_year_have_bars_as_long_as_their_numbers(
    lived: Path, clock: FrozenClock
) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        await actor.press("left", "2")
        await worked_out(actor)
        month = await actor.ask(lambda ledger: ledger.owners_month(DECEMBER))
        money = actor.stage.desk.money
        for day, shown in zip(month.days, cells(actor), strict=False):
            minor = day.given.amount_minor
            assert shown[1] == (money(minor) if minor else "–")
            assert bool(shown[2]) == (minor > 0)
        longest = max(month.days, key=lambda day: day.given.amount_minor)
        assert max(cells(actor), key=lambda each: len(each[2]))[0].endswith(str(longest.day.day))
        await actor.press("3")
        assert [each[0] for each in cells(actor)][-1] == "Dec 2026"
        assert len(cells(actor)) == 12
        assert cells(actor)[-1][5] == money(month.months[-1].closing.amount_minor)


async def test_a_day_opens_that_day_and_a_month_that_month(lived: Path, clock: FrozenClock) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        await actor.press("left", "2")
        await worked_out(actor)
        await actor.press("home", "enter")
        assert actor.is_on(EntriesScreen)
        assert "Tuesday 1 December 2026" in actor.text
        await actor.press("escape", "3", "end", "up", "enter")
        assert "[Table]" in actor.text
        assert "November 2026" in actor.text


async def test_ages_are_of_now_whatever_the_month(lived: Path, clock: FrozenClock) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        await actor.press("left", "4")
        assert f"{day_text(clock.at.date())} · today" in actor.text
        ages = await actor.ask(lambda ledger: ledger.ages())
        for age, shown in zip(ages, cells(actor), strict=True):
            units = [int(each) if each.isdigit() else each for each in shown[1:5]]
            if age.item.name != "Community fund":
                assert units == [band.units or "–" for band in age.bands]
        assert "8–30 days" in actor.text
        assert "▄" in actor.text


async def test_what_was_missed_and_who_served(lived: Path, clock: FrozenClock) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        await actor.press("left", "6")
        await worked_out(actor)
        month = await actor.ask(lambda ledger: ledger.owners_month(DECEMBER))
        assert [each[:3] for each in cells(actor)] == [
            ("Latte", str(month.asked[0].times), str(month.asked[0].units))
        ]
        await actor.press("5")
        assert cells(actor)[0][:2] == ("Ana", str(month.served_by[0].served))
        by_hour = {each[0]: each[1] for each in cells(actor)[1:]}
        busy = max(range(24), key=lambda hour: month.served_at[hour])
        assert by_hour[f"{busy:02}–{busy + 1:02}"] == str(month.served_at[busy])
        assert f"had waited {month.median_wait_days} days or less" in actor.text


async def test_what_was_owed_at_the_end_of_any_day(lived: Path, clock: FrozenClock) -> None:
    day = date(2026, 12, 17)
    async with on_stage(lived, clock, MonthScreen) as actor:
        await actor.press("d")
        assert actor.is_on(AskLine)
        for typed, said in (
            ("soon", "“soon” is not a day: write it such as"),
            ("2030-01-01", "still to come"),
        ):
            await actor.clear()
            await actor.type(typed)
            await actor.press("enter")
            assert said in actor.text
        await actor.clear()
        await actor.type("17 dec")
        await actor.press("enter")
        owed = await actor.ask(lambda ledger: ledger.liability(day))
        money = actor.stage.desk.money
        assert "end of 17 Dec 2026" in actor.text
        assert row(actor, "Owed together")[2] == money(owed.amount_minor)
        for each in owed.pools:
            assert row(actor, each.item.name)[2] == money(each.held.amount_minor)
        assert f"= {money(owed.amount_minor)}." in actor.text
        await actor.press("left")
        assert "end of 30 Nov 2026" in actor.text
        await actor.press("enter")
        assert actor.is_on(PoolEntriesScreen)


async def test_columns_that_have_no_room_are_one_key_away(lived: Path, clock: FrozenClock) -> None:
    async with on_stage(lived, clock, MonthScreen, size=(60, 20)) as actor:
        await actor.press("left")
        seen = set(_titles(actor))
        assert "C shows more columns (1 of" in actor.text
        await actor.press("c")
        assert not set(_titles(actor)) & seen
        seen |= set(_titles(actor))
        while "(1 of" not in actor.text:
            await actor.press("c")
            seen |= set(_titles(actor))
        report = await actor.ask(lambda ledger: ledger.month(DECEMBER))
        moved = {
            HEADINGS[name]
            for name in COLUMNS
            if any(getattr(each.moved, name).units for each in report.pools)
        }
        assert moved <= seen
        await actor.press("2", "c")
        assert actor.status == "Only the table has more columns."


def test_every_column_is_on_one_page() -> None:
    widths = dict.fromkeys(HEADINGS, 9)
    for room in range(8, 200):
        pages = column_pages(widths, room)
        assert sorted(name for page in pages for name in page) == sorted(widths)
        assert "closing" in pages[0]


async def test_the_table_comes_before_what_takes_longer_and_keys_go_on(
    lived: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, asked = threading.Event(), list[date]()
    whole = Ledger.owners_month

    def slowly(self: Ledger, day: date | None = None) -> OwnersMonth:
        assert day is not None
        asked.append(day)
        assert going.wait(20)
        return whole(self, day)

    monkeypatch.setattr(Ledger, "owners_month", slowly)
    async with on_stage(lived, clock, None) as actor:
        pushed = MonthScreen(actor.stage.desk)
        await actor.stage.push_screen(pushed)
        while not asked:
            await actor.pilot.pause(0.01)
        assert table(actor).rows, "the table waits for the charts"
        assert "Given €" not in actor.text
        await actor.pilot.press("2")
        end = time.monotonic() + 10
        while "[Days]" not in actor.text or "One moment." not in actor.text:
            assert time.monotonic() < end, actor.text
            await actor.pilot.pause(0.01)
        going.set()
        await worked_out(actor)
        assert cells(actor)


async def test_months_that_were_left_are_not_worked_out(
    lived: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[date]()
    whole = Ledger.owners_month

    def noted(self: Ledger, day: date | None = None) -> OwnersMonth:
        assert day is not None
        asked.append(day)
        return whole(self, day)

    async with on_stage(lived, clock, MonthScreen) as actor:
        await worked_out(actor)
        monkeypatch.setattr(Ledger, "owners_month", noted)
        first, going = Ledger.month, threading.Event()

        def late(self: Ledger, day: date) -> MonthReport:
            assert going.wait(20)
            return first(self, day)

        monkeypatch.setattr(Ledger, "month", late)
        for _ in range(3):
            await actor.pilot.press("left")
        going.set()
        await actor.until(lambda: "October 2026" in actor.text, "not there")
        await worked_out(actor)
        assert asked == [date(2026, 10, 1)]


async def test_another_till_s_gift_appears(
    lived: Path, menu_of_busy: dict[str, Item], clock: FrozenClock
) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        before = row(actor, "· Latte")[2] if "Latte" in actor.text else "–"
        with Ledger.open(lived, till="till 2", clock=clock) as other:
            other.give(Give(action=new_action_id(), item=menu_of_busy["Latte"].id, units=7))
        assert isinstance(actor.screen, MonthScreen)
        await actor.screen.look_again()
        assert row(actor, "· Latte")[2] == "7" != before


async def test_a_ledger_that_fails_is_told_in_its_own_words(
    lived: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Ledger, day: date | None = None) -> None:
        raise LedgerUnusable("The disk is [b]gone[/b].", reason="gone")

    async with on_stage(lived, clock, MonthScreen) as actor:
        await worked_out(actor)
        monkeypatch.setattr(Ledger, "owners_month", fail)
        await actor.press("left")
        assert actor.status == "The disk is [b]gone[/b]."
        assert cells(actor)


async def test_advice_is_named_where_it_is_now_and_one_key_away(
    lived: Path, clock: FrozenClock
) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        await worked_out(actor)
        count = len(await actor.ask(lambda ledger: ledger.advice()))
        assert f"{count} things to look at: A." in actor.text
        await actor.press("left")
        await worked_out(actor)
        assert "to look at" not in actor.text
        await actor.press("a")
        assert actor.is_on(AdviceScreen)


@pytest.mark.parametrize(
    ("downs", "name", "says"),
    [
        (0, "statement-2026-12.txt", "December 2026"),
        (1, "card-says.txt", "December 2026"),
        (2, "card-point.txt", "I would like what is waiting"),
    ],
)
async def test_papers_of_the_month_into_a_folder(
    downs: int, name: str, says: str, lived: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    # What is there already is somebody's: the paper takes another name.
    (folder / name).write_text("Shopping list")
    async with on_stage(lived, clock, MonthScreen) as actor:
        await actor.press("left", "s")
        assert actor.is_on(ChooseOne)
        await actor.press(*["down"] * downs, "enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no form")
        await actor.press("right", "tab")
        await actor.clear()
        await actor.type(str(folder))
        await actor.press("enter")
        await actor.until(lambda: actor.is_on(MonthScreen), "not written")
        other = name.replace(".txt", "-2.txt")
        assert other in actor.status or other in actor.text
        assert says in " ".join((folder / other).read_text().split())
        assert (folder / name).read_text() == "Shopping list"


async def test_the_statement_as_a_page_and_a_printer_that_is_not_there(
    lived: Path, clock: FrozenClock
) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        await actor.press("left", "s", "enter")
        await actor.until(lambda: actor.is_on(PaperForm), "no form")
        await actor.press("left", "enter")
        assert "This till has no printer" in actor.text
        await actor.press("right", "enter")
        await actor.until(lambda: actor.is_on(MonthScreen), "not written")
        assert (Path.home() / "statement-2026-12.pdf").read_bytes().startswith(b"%PDF")


async def test_a_month_as_old_as_no_ledger_is_not_gone_to(lived: Path, clock: FrozenClock) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        await actor.press("d")
        await actor.clear()
        await actor.type("0001-01-01")
        await actor.press("enter")
        assert "Write a day that the shop has seen." in actor.text
        await actor.clear()
        await actor.type("1970-01-15")
        await actor.press("enter", "1", "left")
        assert actor.status == "No ledger is as old as that."
        assert last_day_of("month", date(1970, 1, 1)) - timedelta(days=30) == date(1970, 1, 1)


def _titles(actor: Actor) -> list[str]:
    return [column.title for column in table(actor)._columns][1:]


async def test_a_month_is_gone_to_by_its_name(lived: Path, clock: FrozenClock) -> None:
    async with on_stage(lived, clock, MonthScreen) as actor:
        await actor.press("7", "d")
        for typed, said in (("2030-05", "May 2030 is still to come"), ("", "is not a day")):
            await actor.clear()
            await actor.type(typed)
            await actor.press("enter")
            assert said in actor.text
        await actor.clear()
        await actor.type("dec 2026")
        await actor.press("enter")
        assert "December 2026" in actor.text
        assert row(actor, "Prepaid, in money"), "the table, not what was owed"
