"""Programs: added, changed, ended, retired; what each takes; how each stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.budgets import SERVED_BY_HOUSE, SERVED_BY_HOUSES
from db.glance import SERVED_IN_PERIOD
from db.pools import HELD_BY_PROGRAMS
from payforward.core.asks import Give, HandOut, Redeem
from payforward.core.errors import BadInput, PayforwardError, Refused
from payforward.core.ids import new_action_id
from payforward.core.model import Kind, PaidFrom, Place, ProgramKind, Tender
from payforward.core.programs import Period, Program, Running
from tests.db.counter import code_of, raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.answers import Given
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter

FIRST, TODAY = 1, date(2026, 11, 21)
GIVEAWAY, DRIVE = ProgramKind.GIVEAWAY, ProgramKind.DRIVE
FORWARD, CHARITY = ProgramKind.FORWARD, ProgramKind.CHARITY


def _refused(counter: Counter, act: Callable[[], object]) -> PayforwardError:
    """Return why something was refused, sure that nothing was changed."""
    before = counter.facts(), counter.ledger.programs(retired=True), counter.ledger.goods()
    with pytest.raises(PayforwardError) as no:
        act()
    after = counter.facts(), counter.ledger.programs(retired=True), counter.ledger.goods()
    assert after == before
    return no.value


def _give_to(counter: Counter, program: Program, name: str, units: int = 1) -> Given:
    ask = Give(action=new_action_id(), item=counter.item(name).id, units=units, program=program.id)
    return counter.ledger.give(ask)


def _put_in_jar(counter: Counter, jar: Program, amount_minor: int) -> Given:
    fund = counter.ledger.fund().id
    return counter.ledger.give(
        Give(action=new_action_id(), item=fund, units=amount_minor, program=jar.id)
    )


# -- what is kept -----------------------------------------------------------------------------


def test_a_program_is_kept_as_it_was_given(counter: Counter) -> None:
    ledger = counter.ledger
    draft = Program(
        name="  Free   soup ",
        kind=GIVEAWAY,
        items=(counter.item("Tea").id, counter.item("Latte").id),
        starts_on=date(2026, 11, 1),
        ends_on=date(2027, 2, 28),
        hours="Mon-Fri 14:00-17:00",
        budget_units=20,
        budget_period=Period.WEEK,
        order_limit=2,
        public_cap=50,
        hide_zero=True,
    )
    added = ledger.add_program(draft)
    # Its items stand in the menu's order.
    items = (counter.item("Latte").id, counter.item("Tea").id)
    assert added == replace(draft, id=2, name="Free soup", items=items)
    assert ledger.programs()[1] == added
    assert ledger.find_program("free soup") == added


def test_a_change_keeps_number_and_kind(counter: Counter) -> None:
    ledger = counter.ledger
    drive = ledger.add_program(Program(name="Coats", kind=DRIVE, target=40))
    changed = ledger.change_program(
        replace(drive, name="Winter coats", target=60, kind=DRIVE, ends_on=date(2026, 12, 24))
    )
    assert (changed.id, changed.name, changed.target) == (drive.id, "Winter coats", 60)
    assert ledger.programs()[1] == changed
    # What is no field of its kind is refused, whatever kind the caller claims.
    wrong = replace(changed, kind=GIVEAWAY, target=None, budget_units=5, budget_period=Period.DAY)
    assert _refused(counter, lambda: ledger.change_program(wrong)).reason == "bad-budget"


def test_what_another_till_changed_meanwhile_is_not_lost(counter: Counter) -> None:
    ledger = counter.ledger
    seen = ledger.add_program(Program(name="Winter", kind=DRIVE, target=40))
    ledger.add_goods(seen.id, "Coat")
    more = replace(seen, target=60)
    error = _refused(counter, lambda: ledger.change_program(more))
    assert (error.reason, error.message) == (
        "changed-meanwhile",
        "Winter was changed at another till meanwhile: look at it again, then change it.",
    )
    # One that was never read is as old as can be.
    unread = Program(id=seen.id, name="Winter", kind=DRIVE, target=60)
    assert _refused(counter, lambda: ledger.change_program(unread)).reason == "changed-meanwhile"
    again = ledger.change_program(replace(ledger.find_program("Winter"), target=60))
    assert (again.target, len(again.items)) == (60, 1)
    # Who asks twice for the same is told that it is so.
    twice = replace(again, change=seen.change)
    assert ledger.change_program(twice) == again


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (Program(name=" ", kind=FORWARD), "bad-name"),
        (Program(name="A", kind=DRIVE, budget_units=5, budget_period=Period.DAY), "bad-budget"),
        (Program(name="A", kind=GIVEAWAY, budget_units=5), "bad-budget"),
        (Program(name="A", kind=GIVEAWAY, budget_period=Period.DAY), "bad-budget"),
        (Program(name="A", kind=GIVEAWAY, budget_units=0, budget_period=Period.DAY), "bad-count"),
        (Program(name="A", kind=FORWARD, target=5), "bad-target"),
        (Program(name="A", kind=DRIVE, target=-5), "bad-count"),
        (Program(name="A", kind=FORWARD, order_limit=0), "bad-count"),
        (Program(name="A", kind=FORWARD, public_cap=10**6), "bad-count"),
        (Program(name="A", kind=FORWARD, hours="x" * 41), "bad-hours"),
        (Program(name="A", kind=CHARITY, items=(2,)), "bad-item"),
        (
            Program(name="A", kind=FORWARD, starts_on=date(2026, 2, 2), ends_on=date(2026, 2, 1)),
            "bad-dates",
        ),
    ],
)
def test_what_a_kind_cannot_have_is_refused(counter: Counter, draft: Program, reason: str) -> None:
    error = _refused(counter, lambda: counter.ledger.add_program(draft))
    assert isinstance(error, BadInput)
    assert error.reason == reason


@pytest.mark.parametrize("name", ["Free Soup", "FREE SOUP", " free  soup"])
def test_two_programs_of_one_name_are_refused(counter: Counter, name: str) -> None:
    ledger = counter.ledger
    ledger.add_program(Program(name="Free soup", kind=GIVEAWAY))
    twin = Program(name=name, kind=DRIVE)
    error = _refused(counter, lambda: ledger.add_program(twin))
    assert (error.reason, "Free soup" in error.message) == ("name-taken", True)
    other = ledger.add_program(Program(name="Other", kind=DRIVE))
    again = _refused(counter, lambda: ledger.change_program(replace(other, name=name)))
    assert again.reason == "name-taken"


def test_a_name_is_free_again_after_its_program(counter: Counter) -> None:
    ledger = counter.ledger
    first = ledger.add_program(Program(name="Coats", kind=DRIVE))
    ledger.retire_program(first.id)
    second = ledger.add_program(Program(name="Coats", kind=DRIVE))
    assert second.id != first.id
    assert ledger.find_program("coats", retired=True) == second
    assert ledger.program_state(first.id).running is Running.ENDED


@pytest.mark.parametrize(("kind", "item"), [(FORWARD, 1), (GIVEAWAY, 99), (DRIVE, 3)])
def test_an_item_that_is_none_for_its_kind_is_refused(
    counter: Counter, kind: ProgramKind, item: int
) -> None:
    draft = Program(name="A", kind=kind, items=(item,))
    error = _refused(counter, lambda: counter.ledger.add_program(draft))
    assert error.reason == "unknown-item"


def test_an_item_that_left_the_menu_may_stay_in_its_program(counter: Counter) -> None:
    ledger = counter.ledger
    tea = counter.item("Tea").id
    program = ledger.add_program(Program(name="Tea time", kind=FORWARD, items=(tea,)))
    ledger.retire_item(tea)
    assert ledger.change_program(replace(program, order_limit=2)).items == (tea,)
    draft = Program(name="More tea", kind=FORWARD, items=(tea,))
    assert _refused(counter, lambda: ledger.add_program(draft)).reason == "unknown-item"


def test_a_program_that_is_none_is_not_found(counter: Counter) -> None:
    ledger = counter.ledger
    ledger.add_program(Program(name="Free soup", kind=GIVEAWAY))
    with pytest.raises(Refused, match="did you mean Free soup") as near:
        ledger.find_program("free soop")
    assert near.value.reason == "unknown-program"
    with pytest.raises(Refused, match="no drive program"):
        ledger.find_program("Free soup", DRIVE)
    for act in (
        lambda: ledger.program_state(9),
        lambda: ledger.retire_program(9),
        lambda: ledger.change_program(Program(id=9, name="X", kind=FORWARD)),
        lambda: ledger.add_goods(9, "Coat"),
    ):
        assert _refused(counter, act).reason == "unknown-program"


# -- its time ---------------------------------------------------------------------------------


def test_a_program_takes_gifts_in_its_time_alone(counter: Counter, clock: FrozenClock) -> None:
    ledger = counter.ledger
    advent = ledger.add_program(
        Program(
            name="Advent", kind=FORWARD, starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 25)
        )
    )
    early = _refused(counter, lambda: _give_to(counter, advent, "Tea"))
    assert (early.reason, "23 Nov 2026" in early.message) == ("not-running", True)
    clock.forward(days=2)
    assert _give_to(counter, advent, "Tea", 2).program == advent
    clock.forward(days=3)
    late = _refused(counter, lambda: _give_to(counter, advent, "Tea"))
    assert (late.reason, "25 Nov 2026" in late.message) == ("not-running", True)
    # What it holds stays until it is dealt with.
    state = ledger.program_state(advent.id)
    assert (state.running, state.units) == (Running.ENDED, 2)
    assert state in ledger.board().programs
    assert counter.redeem("Tea", 2).lines[0].program == "Advent"
    assert [each.program.id for each in ledger.board().programs] == [FIRST]


def test_a_gift_without_a_program_goes_to_the_first_that_runs_and_takes_it(
    counter: Counter, clock: FrozenClock
) -> None:
    ledger = counter.ledger
    (first,) = ledger.programs()
    ledger.change_program(
        replace(first, items=(counter.item("Latte").id,), ends_on=date(2026, 11, 21))
    )
    teas = ledger.add_program(Program(name="Teas", kind=FORWARD, items=(counter.item("Tea").id,)))
    assert counter.give("Latte").program == ledger.programs()[0]
    assert counter.give("Tea").program == teas
    none = _refused(counter, lambda: counter.give("Cappuccino"))
    assert none.reason == "not-in-program"
    named = _refused(counter, lambda: _give_to(counter, teas, "Latte"))
    assert (named.reason, "Teas takes no gifts of Latte" in named.message) == (
        "not-in-program",
        True,
    )
    # Money may be given to whichever runs.
    assert counter.give_money(500).program == ledger.programs()[0]
    clock.forward(days=1)
    assert counter.give_money(500).program == teas
    assert _refused(counter, lambda: counter.give("Latte")).reason == "not-in-program"


# -- each apart -------------------------------------------------------------------------------


def test_programs_share_the_board_and_keep_their_pools(counter: Counter) -> None:
    ledger = counter.ledger
    students = ledger.add_program(Program(name="Students", kind=FORWARD))
    counter.give("Latte", 2)
    _give_to(counter, students, "Latte", 3)
    _give_to(counter, students, "Tea")
    assert counter.waiting("Latte") == 5
    first, second = ledger.board().programs
    latte = [each for each in second.waits if each.item.name == "Latte"]
    assert (first.units, [(w.units, w.amount_minor) for w in latte]) == (2, [(3, 1080)])
    ask = Redeem(
        action=new_action_id(), item=counter.item("Latte").id, units=2, program=students.id
    )
    served = ledger.redeem(ask)
    assert [(line.program, line.units) for line in served.lines] == [("Students", 2)]
    # Without a program the oldest gift pays, whosever it is.
    assert counter.redeem("Latte").lines[0].program != "Students"
    assert [state.units for state in ledger.board().programs] == [1, 2]
    counter.assert_sound()


def test_one_slip_holds_gifts_of_several_programs(counter: Counter) -> None:
    ledger = counter.ledger
    students = ledger.add_program(Program(name="Students", kind=FORWARD))
    counter.give("Latte", 2)
    _give_to(counter, students, "Latte", 3)
    issued = counter.hand_out("Latte", 1, 4)
    counter.assert_sound()
    assert [[w.on_slips for w in state.waits] for state in ledger.program_states()] == [[2], [2]]
    served = counter.redeem_slip(code_of(issued), 3)
    assert [(line.program, line.units) for line in served.lines] == [
        (ledger.programs()[0].name, 2),
        ("Students", 1),
    ]
    # What is left goes back to where it came from.
    counter.take_back(issued.slips[0].slip.slip)
    first, second = ledger.program_states()
    assert (first.units, second.units, second.waits[0].on_slips) == (0, 2, 0)
    counter.assert_sound()


def test_one_programs_gifts_do_not_pay_for_anothers(counter: Counter) -> None:
    ledger = counter.ledger
    students = ledger.add_program(Program(name="Students", kind=FORWARD))
    house = ledger.add_program(Program(name="House", kind=GIVEAWAY))
    counter.give("Latte", 2)
    counter.give_money(2000)
    for paid_from in (PaidFrom.BOARD, PaidFrom.GROUP, PaidFrom.FUND):
        ask = Redeem(
            action=new_action_id(),
            item=counter.item("Cappuccino" if paid_from is PaidFrom.GROUP else "Latte").id,
            paid_from=paid_from,
            program=students.id,
        )
        refused = _refused(counter, lambda ask=ask: ledger.redeem(ask))  # type: ignore[misc]
        assert refused.reason == "nothing-waiting"
        other = replace(ask, program=house.id)
        refused = _refused(counter, lambda ask=other: ledger.redeem(ask))  # type: ignore[misc]
        assert refused.reason == "unknown-program"


def test_offers_tell_programs_apart_where_several_have_it(counter: Counter) -> None:
    ledger = counter.ledger
    students = ledger.add_program(Program(name="Students", kind=FORWARD))
    counter.give("Latte", 1)
    latte = counter.item("Latte").id
    assert [offer.program for offer in ledger.offers(latte, 1)] == [None]
    _give_to(counter, students, "Latte", 3)
    found = [
        (None if o.program is None else o.program.name, o.units, o.waiting)
        for o in ledger.offers(latte, 2)
    ]
    first = ledger.programs()[0].name
    assert found == [(None, 2, 4), (first, 1, 1), ("Students", 2, 3)]


# -- jars -------------------------------------------------------------------------------------


def test_a_jars_money_is_apart_from_the_fund(counter: Counter) -> None:
    ledger = counter.ledger
    jar = ledger.add_program(Program(name="Red Cross", kind=CHARITY))
    counter.give_money(1000)
    first = _put_in_jar(counter, jar, 500)
    second = _put_in_jar(counter, jar, 250)
    assert (first.waiting, second.waiting, second.program) == (500, 750, jar)
    assert (counter.fund(), ledger.program_state(jar.id).units) == (1000, 750)
    with raw(ledger.path) as connection:
        rows = connection.execute(
            "SELECT kind, place, tax_kind, tender FROM entry WHERE program = ?", (jar.id,)
        ).fetchall()
    assert rows == [(Kind.GIVE, Place.HELD, None, Tender.CASH)] * 2
    # It pays for nothing.
    short = _refused(counter, lambda: counter.redeem("Latte", 3, PaidFrom.FUND))
    assert short.reason == "nothing-waiting"
    counter.undo(second.action)
    assert ledger.program_state(jar.id).units == 500
    counter.assert_sound()


def test_a_jar_takes_money_alone_and_no_slip(counter: Counter) -> None:
    ledger = counter.ledger
    jar = ledger.add_program(Program(name="Red Cross", kind=CHARITY))
    assert _refused(counter, lambda: _give_to(counter, jar, "Tea")).reason == "not-in-program"
    ask = Give(action=new_action_id(), item=ledger.fund().id, units=5, program=jar.id, voucher=True)
    assert _refused(counter, lambda: ledger.give(ask)).reason == "bad-slip"


# -- goods ------------------------------------------------------------------------------------


def test_goods_come_in_sizes_and_are_shared(counter: Counter) -> None:
    ledger = counter.ledger
    winter = ledger.add_program(Program(name="Winter", kind=DRIVE))
    shelter = ledger.add_program(Program(name="Shelter", kind=DRIVE))
    coats = ledger.add_goods(winter.id, " Coat ", ["S", "M", "L", "M"])
    tins = ledger.add_goods(winter.id, "Tin of soup")
    assert [(i.name, i.category, i.price_minor) for i in (*coats, *tins)] == [
        ("Coat S", "Coat", 0),
        ("Coat M", "Coat", 0),
        ("Coat L", "Coat", 0),
        ("Tin of soup", "Tin of soup", 0),
    ]
    assert ledger.add_goods(shelter.id, "coat", ["m"]) == (coats[1],)
    assert ledger.find_goods(winter.id, "coat l") == coats[2]
    assert ledger.find_goods(shelter.id, "Coat  M") == coats[1]
    with pytest.raises(Refused) as several:
        ledger.find_goods(winter.id, "coat")
    assert several.value.reason == "unknown-goods"
    left = ledger.drop_goods(winter.id, coats[0].id)
    assert left.items == (coats[1].id, coats[2].id, tins[0].id)
    assert ledger.goods() == [*coats, *tins]
    # Goods are nothing on the menu.
    assert [item.name for item in ledger.items()] == ["Flat white", "Cappuccino", "Latte", "Tea"]


def test_goods_that_cannot_be_are_refused(counter: Counter) -> None:
    ledger = counter.ledger
    drive = ledger.add_program(Program(name="Winter", kind=DRIVE))
    tea = counter.item("Tea").id
    house = ledger.add_program(Program(name="House", kind=GIVEAWAY, items=(tea,)))
    for act, reason in (
        (lambda: ledger.add_goods(house.id, "Coat"), "not-a-drive"),
        (lambda: ledger.drop_goods(house.id, tea), "not-a-drive"),
        (lambda: ledger.add_goods(drive.id, "Latte"), "name-taken"),
        (lambda: ledger.add_goods(drive.id, " "), "bad-name"),
        (lambda: ledger.add_goods(drive.id, "Coat", ["M", ""]), "bad-name"),
        (lambda: ledger.find_goods(drive.id, "coat"), "unknown-goods"),
    ):
        assert _refused(counter, act).reason == reason


def test_goods_are_neither_given_nor_served_at_the_board(counter: Counter) -> None:
    ledger = counter.ledger
    drive = ledger.add_program(Program(name="Winter", kind=DRIVE))
    (coat,) = ledger.add_goods(drive.id, "Coat")
    ask = Give(action=new_action_id(), item=coat.id, units=1)
    assert _refused(counter, lambda: ledger.give(ask)).reason == "not-giftable"
    serve = Redeem(action=new_action_id(), item=coat.id)
    assert _refused(counter, lambda: ledger.redeem(serve)).reason == "not-served"
    with pytest.raises(Refused, match="not served here"):
        ledger.offers(coat.id)


# -- its end ----------------------------------------------------------------------------------


def test_a_program_with_gifts_inside_is_not_retired(counter: Counter) -> None:
    ledger = counter.ledger
    students = ledger.add_program(Program(name="Students", kind=FORWARD))
    jar = ledger.add_program(Program(name="Jar", kind=CHARITY))
    _give_to(counter, students, "Latte", 3)
    _put_in_jar(counter, jar, 500)
    error = _refused(counter, lambda: ledger.retire_program(students.id))
    assert (error.reason, "3 Latte" in error.message) == ("program-holds-gifts", True)
    error = _refused(counter, lambda: ledger.retire_program(jar.id))
    assert (error.reason, "€5.00" in error.message) == ("program-holds-gifts", True)
    counter.redeem("Latte", 3)
    assert ledger.retire_program(students.id).retired
    assert [each.name for each in ledger.programs()][1:] == ["Jar"]
    gone = _refused(counter, lambda: _give_to(counter, students, "Latte"))
    assert gone.reason == "unknown-program"


def test_gifts_on_slips_are_inside_too(counter: Counter) -> None:
    ledger = counter.ledger
    students = ledger.add_program(Program(name="Students", kind=FORWARD))
    ask = Give(
        action=new_action_id(),
        item=counter.item("Tea").id,
        units=1,
        program=students.id,
        voucher=True,
    )
    ledger.give(ask)
    assert [each.on_slips for each in ledger.program_state(students.id).waits] == [1]
    error = _refused(counter, lambda: ledger.retire_program(students.id))
    assert error.reason == "program-holds-gifts"


def test_what_is_taken_back_after_the_end_is_told_and_can_be_dealt_with(counter: Counter) -> None:
    ledger = counter.ledger
    students = ledger.add_program(Program(name="Students", kind=FORWARD))
    jar = ledger.add_program(Program(name="Jar", kind=CHARITY))
    shelter = ledger.add_partner("Shelter").id
    _give_to(counter, students, "Latte", 2)
    _put_in_jar(counter, jar, 500)
    emptied = counter.redeem("Latte", 2).action, counter.deliver(jar.id, shelter).action
    for program in (students, jar):
        ledger.retire_program(program.id)
    # An empty one is out of use for all.
    none = _refused(counter, lambda: counter.deliver(jar.id, shelter))
    assert none.reason == "unknown-program"
    for action in emptied:
        counter.undo(action)
    told = [(state.running, state.units) for state in ledger.board().programs]
    assert told == [(Running.RUNNING, 0), (Running.ENDED, 2), (Running.ENDED, 500)]
    assert counter.pass_on("Latte", 2, shelter, program=students.id).left == 0
    assert counter.deliver(jar.id, shelter).amount_minor == 500
    assert len(ledger.board().programs) == 1
    counter.assert_sound()


def test_the_last_program_for_the_board_stays(counter: Counter) -> None:
    ledger = counter.ledger
    ledger.add_program(Program(name="House", kind=GIVEAWAY))
    assert _refused(counter, lambda: ledger.retire_program(FIRST)).reason == "last-program"
    ledger.add_program(Program(name="Second", kind=FORWARD))
    assert ledger.retire_program(FIRST).retired
    assert counter.give("Tea").program == ledger.find_program("Second")


def test_a_drive_is_added_and_changed_with_its_goods_or_not_at_all(counter: Counter) -> None:
    ledger = counter.ledger
    draft = Program(name="Winter", kind=DRIVE, target=40)
    menu = [("Coat", ("S", "M")), ("Latte", ())]
    wrong = _refused(counter, lambda: ledger.add_program(draft, menu))
    assert (wrong.reason, "Latte" in wrong.message) == ("name-taken", True)
    assert _refused(counter, lambda: ledger.add_program(draft, [("Hat", (" ",))])).reason == (
        "bad-name"
    )
    soup = Program(name="Soup", kind=GIVEAWAY)
    assert _refused(counter, lambda: ledger.add_program(soup, [("Hat", ())])).reason == (
        "not-a-drive"
    )
    winter = ledger.add_program(draft, [("Coat", ("S", "M")), ("Tins", ())])
    assert [item.name for item in ledger.goods()] == ["Coat S", "Coat M", "Tins"]
    assert winter.items == tuple(item.id for item in ledger.goods())
    more = replace(winter, target=60)
    wrong = _refused(counter, lambda: ledger.change_program(more, [("Hat", ()), ("Tea", ())]))
    assert wrong.reason == "name-taken"
    changed = ledger.change_program(more, [("Hat", ()), ("Tins", ())])
    assert (changed.target, len(changed.items)) == (60, 4)


def test_how_programs_stand_is_not_counted_gift_by_gift(counter: Counter) -> None:
    """A board with thousands of gifts, a drive with thousands of coats and a busy house."""
    house = counter.ledger.add_program(Program(name="House", kind=GIVEAWAY))
    facts = {"shop": 1, "program": house.id, "day": "2026-11-21", "first": "2026-11-01"}
    facts |= dict.fromkeys(("day_first", "week_first", "month_first"), "2026-11-01")
    plans: dict[str, str] = {}
    for name, query in (
        ("held", HELD_BY_PROGRAMS),
        ("served", SERVED_BY_HOUSE),
        ("all served", SERVED_BY_HOUSES),
        ("glance", SERVED_IN_PERIOD),
    ):
        with raw(counter.ledger.path) as connection:
            rows = connection.execute(f"EXPLAIN QUERY PLAN {query}", facts).fetchall()
        plans[name] = " | ".join(str(row[3]) for row in rows)
        assert "SCAN entry" not in plans[name], plans[name]
        assert "waiting" not in plans[name], plans[name]
    assert plans["held"].count("COVERING INDEX entry_pool") == 3, plans["held"]
    for name in ("served", "all served", "glance"):
        assert "INDEX entry_served (shop=? AND program=? AND day>? AND day<?)" in plans[name]


def test_what_each_program_holds_is_told_in_the_menus_order(counter: Counter) -> None:
    ledger = counter.ledger
    students = ledger.add_program(Program(name="Students", kind=FORWARD))
    counter.give_money(700)
    for name, units in (("Tea", 2), ("Latte", 3)):
        counter.give(name, units)
        _give_to(counter, students, name, units + 1)
    counter.redeem("Latte", 3)
    first, second = (
        [(each.item.name, each.units) for each in state.waits] for state in ledger.program_states()
    )
    assert (first[0], first[1][1]) == (("Tea", 2), 700)
    assert second == [("Latte", 4), ("Tea", 3)]
    one = ledger.program_state(students.id)
    assert one == ledger.program_states()[1]


def test_which_programs_take_a_gift_and_which_may_go_is_known_before(counter: Counter) -> None:
    ledger = counter.ledger
    tea, latte = counter.item("Tea").id, counter.item("Latte").id
    students = ledger.add_program(Program(name="Students", kind=FORWARD, items=(latte,)))
    ledger.add_program(Program(name="Later", kind=FORWARD, starts_on=date(2026, 12, 1)))
    ledger.add_program(Program(name="Jar", kind=CHARITY))
    first = ledger.find_program("Pay it forward")
    assert ledger.taking_programs(tea) == (first,)
    assert ledger.taking_programs(latte) == ledger.taking_programs() == (first, students)
    assert ledger.taking_programs(ledger.fund().id) == (first, students)
    _give_to(counter, students, "Latte")
    error = _refused(counter, lambda: ledger.check_retirable(students.id))
    assert (error.reason, "1 Latte" in error.message) == ("program-holds-gifts", True)
    ledger.check_retirable(first.id)
    assert not ledger.find_program("Pay it forward").retired
    ledger.change_program(replace(first, ends_on=date(2026, 11, 20)))
    assert ledger.taking_programs(tea) == ()


def test_one_program_pays_hands_out_and_refuses_by_its_own_gifts_alone(counter: Counter) -> None:
    ledger = counter.ledger
    latte, fund = counter.item("Latte").id, ledger.fund().id
    students = ledger.add_program(Program(name="Students", kind=FORWARD))
    jar = ledger.add_program(Program(name="Jar", kind=CHARITY))
    counter.give("Latte", 3)
    counter.give_money(9000)
    _give_to(counter, students, "Flat white", 1)

    def offered(units: int) -> list[tuple[str, int, int]]:
        found = ledger.offers(latte, units, students.id)
        return [(offer.paid_from, offer.units, offer.waiting) for offer in found]

    def hand_out(item: int, slips: int, program: Program = students) -> HandOut:
        return HandOut(action=new_action_id(), item=item, slips=slips, program=program.id)

    assert offered(2) == [("group", 1, 1)]
    no = _refused(
        counter,
        lambda: ledger.redeem(Redeem(action=new_action_id(), item=latte, program=students.id)),
    )
    assert no.message == "No Latte waiting in Students. Waiting there: 1 Flat white."
    none = _refused(counter, lambda: ledger.hand_out(hand_out(latte, 1)))
    assert none.message == (
        "Nothing of Latte of Students is on the board, so there is nothing to hand out."
    )
    _give_to(counter, students, "Latte", 2)
    few = _refused(counter, lambda: ledger.hand_out(hand_out(latte, 3)))
    assert few.message.startswith("2 Latte of Students on the board, and the slips need 3 Latte:")
    assert _refused(counter, lambda: ledger.hand_out(hand_out(fund, 1, jar))).reason == (
        "unknown-program"
    )
    ledger.hand_out(hand_out(latte, 2))
    assert offered(1) == [("group", 1, 1)]
    assert [each.on_slips for each in ledger.program_state(students.id).waits] == [0, 2]
    assert [each.units for each in ledger.program_state(FIRST).waits] == [3, 9000]
    counter.assert_sound()
