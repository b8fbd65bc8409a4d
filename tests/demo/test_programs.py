"""The year's programs: each tells its story, adds up, and leaves the gifts as they are."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from db.ledger import Ledger
from payforward.core.clock import parse_utc_text
from payforward.core.hours import is_outside
from payforward.core.model import ItemKind, Kind, Place, ProgramKind
from payforward.demo import make_demo
from payforward.demo.drives import COATS, TINS, last_season
from payforward.demo.house import HOURS, SERVES, SOUP
from payforward.demo.jar import BEDS
from payforward.demo.programs import Programs
from tests.demo.conftest import NOW, all_entries, at
from tests.demo.stories import assert_programs_add_up, handovers_of, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from payforward.core.answers import EntryView

ROME = ZoneInfo("Europe/Rome")


def of_program(ledger: Ledger, lived: list[EntryView], name: str) -> list[EntryView]:
    number = ledger.find_program(name).id
    return [view for view in lived if view.entry.program == number]


def gifts_alone(lived: list[EntryView], first: int) -> Iterator[tuple[object, ...]]:
    """Yield what customers gave and got, but for the numbers that all entries share."""
    given = {view.entry.no: view.entry.action for view in lived}
    for view in lived:
        e = view.entry
        if e.program == first and e.place == Place.BOARD and e.kind != Kind.PASS_ON:
            yield (
                *(e.action, e.line, e.kind, e.item, e.units, e.amount_minor, e.served_item),
                *(e.served, e.list_price_minor, e.till_receipt, e.tender, e.at, e.day),
                *(view.till, view.cashier, given[e.gift]),
            )


def test_each_tells_its_story(rosas: Ledger) -> None:
    assert_programs_add_up(rosas)
    assert [program.name for program in rosas.programs()] == [
        "Pay it forward",
        BEDS,
        SOUP,
        COATS,
        TINS,
    ]
    assert {partner.name for partner in rosas.partners()} == {
        "Night shelter",
        "Food bank",
        "Bar Centrale",
    }


def test_gifts_are_what_they_would_be_without_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In this year lattes and rolls wait on days on which some could go to partners.
    seed, paths = 4, [tmp_path / "whole.db", tmp_path / "plain.db"]
    make_demo(paths[0], seed=seed, clock=at(NOW))
    monkeypatch.setattr(Programs, "agenda", lambda *_: [])
    make_demo(paths[1], seed=seed, clock=at(NOW))
    whole, plain = (Ledger.open(path, clock=at(NOW)) for path in paths)
    with whole, plain:
        (first,) = plain.programs()
        alone = list(gifts_alone(all_entries(plain), first.id))
        theirs = {each[0] for each in alone}
        among = [each for each in gifts_alone(all_entries(whole), first.id) if each[0] in theirs]
        assert len(alone) > 2_500
        assert among == alone
        boards = [
            (each.money_minor, [(row.item, row.units, row.oldest_day) for row in each.rows])
            for each in (whole.board(), plain.board())
        ]
        assert boards[0] == boards[1]
        assert {row.item.kind for row in whole.board().rows} == {ItemKind.MENU}
        assert_programs_add_up(whole)


def test_a_week_of_soups_is_used_up_or_lapses(rosas: Ledger, lived: list[EntryView]) -> None:
    weeks: dict[str | None, Counter[Kind]] = {}
    views = of_program(rosas, lived, SOUP)
    for view in views:
        weeks.setdefault(view.entry.expires, Counter())[view.kind] += view.entry.units
    *over, now = weeks.values()
    assert 14 <= len(over) <= 17
    assert all(week[Kind.BUDGET] == 20 == -week[Kind.REDEEM] - week[Kind.LAPSE] for week in over)
    assert now[Kind.LAPSE] == 0
    used = [-week[Kind.REDEEM] for week in over]
    assert max(used) == 20
    assert min(used) < 15
    assert 3 <= sum(units == 20 for units in used) <= len(used) - 3
    served = [v for v in views if v.kind is Kind.REDEEM and v.entry.undoes is None]
    assert {v.served_item.name for v in served if v.served_item} == set(SERVES)
    assert {v.entry.served for v in served} == {1}, "one for each who asks"
    times = [parse_utc_text(v.entry.at).astimezone(ROME) for v in served]
    assert not any(is_outside(HOURS, time) for time in times)
    assert is_outside(HOURS, times[0].replace(hour=19)), "the hours are understood"
    settled = [v.entry for v in views if v.kind in (Kind.BUDGET, Kind.LAPSE)]
    opened = [parse_utc_text(e.at).astimezone(ROME) for e in settled]
    late = {at.date() for at in opened if at.hour not in (7, 8)}
    assert len(late) <= 1, "with the day, before anybody asks, but for a week after a holiday"


def test_coats_come_and_go(rosas: Ledger, lived: list[EntryView]) -> None:
    coats, views = state_of(rosas, COATS).program, of_program(rosas, lived, COATS)
    first, second = handovers_of(rosas, COATS)
    assert coats.starts_on is not None
    assert coats.ends_on is not None
    assert coats.target == 40
    days = [date.fromisoformat(v.entry.day) for v in views if v.kind is Kind.GIVE]
    assert coats.starts_on <= min(days) < first.day < second.day <= coats.ends_on
    assert max(days) <= second.day
    goods = Counter(v.item.name for v in views if v.kind is Kind.GIVE and v.item)
    assert set(goods) == {"Coat S", "Coat M", "Coat L", "Coat XL"}
    brought: Counter[str] = Counter()
    for view in views:
        assert view.item is not None
        brought[view.item.name] += view.entry.units
    assert set(brought.values()) == {0}, "each size that came has gone"


@pytest.mark.parametrize("year", range(2025, 2030))
def test_a_whole_cold_season_lies_in_every_year(year: int) -> None:
    for n in range(366):
        last = date(year, 1, 1) + timedelta(days=n)
        starts_on, ends_on = last_season(last - timedelta(days=365), last)
        assert last - timedelta(days=365) < starts_on
        assert timedelta(days=40) < ends_on - starts_on
        assert ends_on < last


def test_the_jar_is_emptied_every_month(rosas: Ledger, lived: list[EntryView]) -> None:
    inside = 0
    emptied = []
    for view in of_program(rosas, lived, BEDS):
        inside += view.entry.units
        if view.kind is Kind.DELIVER:
            emptied.append(inside)
    assert inside == state_of(rosas, BEDS).units
    # A hand-over is as many lines as gifts went into it; its last one leaves nothing.
    assert emptied.count(0) == len(handovers_of(rosas, BEDS))
    given = [v for v in of_program(rosas, lived, BEDS) if v.kind is Kind.GIVE]
    assert all(v.entry.till_receipt is None for v in given), "it does not go through the till"


def test_what_is_asked_for_in_vain_is_what_runs_out(rosas: Ledger, lived: list[EntryView]) -> None:
    asked = Counter(note.item.name for note in rosas.asked())
    board = [
        (v.entry.item, parse_utc_text(v.entry.at), v.entry.units)
        for v in lived
        if v.entry.place == Place.BOARD
    ]
    for note in rosas.asked():
        waited = sum(n for item, when, n in board if item == note.item.id and when <= note.at)
        assert waited == 0, "it was not there"
    assert asked["Latte"] >= 8
    assert asked["Orange juice"] >= 2
    assert asked["Cinnamon roll"] >= 2
    latest = max(note.at for note in rosas.asked())
    assert NOW - timedelta(days=21) <= latest <= NOW


def test_only_gifts_and_jars_are_owed_to_others(rosas: Ledger, lived: list[EntryView]) -> None:
    house = {p.id for p in rosas.programs() if p.kind is ProgramKind.GIVEAWAY}
    drives = {p.id for p in rosas.programs() if p.kind is ProgramKind.DRIVE}
    of_no_value = [v.entry for v in lived if v.entry.program in house | drives]
    assert len(of_no_value) > 300
    assert {entry.amount_minor for entry in of_no_value} == {0}
    assert all(
        (entry.list_price_minor or 0) != 0
        for entry in of_no_value
        if entry.program in house and entry.kind == Kind.REDEEM
    ), "the house's servings cost it their list price"
