"""The page of what waits: what somebody who asks can have, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from payforward.core.asks import Give, GiveAway
from payforward.core.ids import new_action_id
from payforward.core.model import Item, ItemKind, ProgramKind
from payforward.core.program_answers import BudgetState
from payforward.core.programs import Period, Program, Running
from payforward.core.text import cell_width
from payforward.output.escpos import escpos_bytes
from payforward.output.press import Press
from payforward.output.waiting_forms import (
    COLUMNS,
    waiting_paper,
    waiting_pdf,
    waiting_text,
    write_waiting_page,
)
from payforward.output.waiting_page import (
    NOTHING,
    PAID,
    TO_HAND_OUT,
    WaitingPage,
    waiting_page,
    waiting_page_of,
)
from tests.needs import needs
from tests.output.escpos_reader import read_escpos, text_of
from tests.output.fake_printer import FakePrinter
from tests.output.handovers import COATS, FUND, TINS, board, state
from tests.output.reading import letters_of, overprinted, pdf_text, pdf_words
from tests.output.shop import with_printer
from tests.output.slips import HOSTILE, SHOP

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.answers import Board
    from payforward.core.program_answers import ProgramState
    from tests.db.counter import Counter

WHITE = Item(1, "Flat white", ItemKind.MENU, "Coffee", 350, 1)
LATTE = Item(2, "Latte", ItemKind.MENU, "Coffee", 360, 2)
SOUP = Item(3, "Soup", ItemKind.MENU, None, 500, 3)
ITEMS = {item.id: item for item in (WHITE, LATTE, SOUP, FUND, *COATS, TINS)}
HEAD = "4712-1a2b3c4d"

FORWARD = Program(id=1, name="Pay it forward", kind=ProgramKind.FORWARD)
HOUSE = Program(id=3, name="Warm soup", kind=ProgramKind.GIVEAWAY, items=(SOUP.id,))
WEEKLY = replace(HOUSE, budget_units=20, budget_period=Period.WEEK)
GOODS = tuple(item.id for item in (*COATS, TINS))
DRIVE = Program(id=2, name="Winter coats", kind=ProgramKind.DRIVE, items=GOODS, target=40)
JAR = Program(id=4, name="Red Cross jar", kind=ProgramKind.CHARITY)


def page(*states: ProgramState, public: bool = False, of: Board | None = None) -> WaitingPage:
    return waiting_page(SHOP, of or board(*states), items=ITEMS, head=HEAD, public=public)


def budget(left: int, until: date = date(2026, 11, 22)) -> BudgetState:
    return BudgetState(20, 20 - left, left, until)


def usual() -> tuple[ProgramState, ...]:
    return (
        state(JAR, [(FUND, 5_000, 0)]),
        state(DRIVE, [(COATS[0], 3, 0), (COATS[2], 9, 0)], delivered=20),
        state(
            replace(FORWARD, hours="Mon-Fri 14:00-17:00", public_cap=20),
            [(WHITE, 32, 1), (LATTE, 2, 0), (FUND, 2_340, 0)],
        ),
        state(replace(WEEKLY, ends_on=date(2027, 2, 28)), budget=budget(14)),
    )


def test_what_waits_is_told_program_by_program() -> None:
    assert waiting_text(page(*usual())) == (
        """Rosa's Café
What is waiting, 21 Nov 2026

All of this is paid for and can be handed out. Send people to us, or ask
us for slips.


Pay it forward
--------------
Mon-Fri 14:00-17:00
   31  Flat white
    2  Latte
€23.40 in the fund pays for anything on the menu.
Besides, on slips that are out: 1 Flat white.


Warm soup
---------
until 28 Feb 2027
From the house: Soup.
14 left, until 22 Nov 2026.


Winter coats
------------
    3  Coat S
    9  Coat L
These are here and can be fetched.
32 of 40 collected, 8 to go.
Hoped for: Coat (S, M, L), Tin.


4712-1a2b3c4d
"""
    )


def test_a_coordinator_hears_what_can_be_handed_out_and_the_window_what_is_public() -> None:
    states = (
        state(replace(FORWARD, order_limit=2), [(WHITE, 32, 1), (FUND, 2_340, 500)]),
        state(DRIVE, [(COATS[0], 3, 0)]),
        state(JAR, [(FUND, 5_000, 0)]),
    )
    for_coordinator = waiting_text(page(*states))
    in_window = waiting_text(page(*states, public=True))
    for words in (
        "All of this is paid for and can be handed out.",
        "usually at most 2 for one order\n",
        "€18.40 in the fund pays",
        "Besides, on slips that are out: 1 Flat white, €5.00.",
        "    3  Coat S\nThese are here and can be fetched.",
    ):
        assert words in for_coordinator
        assert words not in in_window
    for words in (PAID, "\nMoney in the fund pays", "Red Cross jar", "We collect money"):
        assert words in in_window
        assert words not in for_coordinator
    for text in (for_coordinator, in_window):
        assert "   31  Flat white" in text


def test_in_public_counts_stop_at_the_cap() -> None:
    text = waiting_text(page(*usual(), public=True))
    assert "  20+  Flat white" in text
    assert "    2  Latte" in text
    assert "Money in the fund pays for anything on the menu." in text
    for never in ("31", "€", "23.40", "Coat S"):
        assert never not in text
    capped = replace(DRIVE, public_cap=5)
    drive = state(capped, [(COATS[0], 12, 0)])
    assert "5+ of 40 collected.\n" in waiting_text(page(drive, public=True))
    house = state(replace(WEEKLY, public_cap=5), budget=budget(14))
    assert "5+ left" in waiting_text(page(house, public=True))
    assert "14 left" in waiting_text(page(house))


@pytest.mark.parametrize("count", [19, 20, 21])
def test_a_cap_itself_is_shown_as_it_is(count: int) -> None:
    capped = state(replace(FORWARD, public_cap=20), [(WHITE, count, 0)])
    (section,) = page(capped, public=True).sections
    assert section.rows == ((str(count) if count <= 20 else "20+", "Flat white"),)
    uncapped = state(FORWARD, [(WHITE, count, 0), (FUND, 500, 0)])
    (section,) = page(uncapped, public=True).sections
    assert section.rows == ((str(count), "Flat white"),)


@pytest.mark.parametrize(
    "empty",
    [
        state(FORWARD),
        state(FORWARD, [(WHITE, 2, 2), (FUND, 500, 500)]),
        state(WEEKLY, budget=budget(0)),
        state(DRIVE),
    ],
    ids=["forward", "on slips", "house", "drive"],
)
def test_in_public_a_program_can_hide_while_nothing_waits(empty: ProgramState) -> None:
    hides = replace(empty, program=replace(empty.program, hide_zero=True))
    assert page(hides, public=True).sections == ()
    assert page(hides, public=True).intro == NOTHING
    for shown in (page(hides), page(empty), page(empty, public=True)):
        assert len(shown.sections) == 1
        assert shown.intro == ""


def test_what_is_on_slips_is_promised_to_others() -> None:
    (section,) = page(state(FORWARD, [(WHITE, 3, 1), (LATTE, 2, 2), (FUND, 700, 200)])).sections
    assert section.rows == (("2", "Flat white"),)
    assert section.words == (
        "€5.00 in the fund pays for anything on the menu.",
        "Besides, on slips that are out: 1 Flat white, 2 Latte, €2.00.",
    )


@pytest.mark.parametrize(("currency", "said"), [("JPY", "¥2,340"), ("KWD", "KWD 2.340")])
def test_the_fund_is_in_the_shops_money(currency: str, said: str) -> None:
    (section,) = page(of=board(state(FORWARD, [(FUND, 2_340, 0)]), currency=currency)).sections
    assert section.words == (f"{said} in the fund pays for anything on the menu.",)


def test_an_empty_shop_says_so_kindly() -> None:
    assert page().intro == NOTHING
    (section,) = page(state(FORWARD)).sections
    assert section.words == ("Nothing is waiting here just now.",)
    empty, house = (state(FORWARD), state(DRIVE)), (state(FORWARD), state(HOUSE))
    assert (page(*empty).intro, page(*empty, public=True).intro) == ("", "")
    assert (page(*house).intro, page(*house, public=True).intro) == (TO_HAND_OUT, PAID)


@pytest.mark.parametrize(
    ("facts", "left", "said"),
    [
        ({}, 14, "14 left, until 22 Nov 2026."),
        ({}, 0, "None left; there are more from 23 Nov 2026."),
        ({"ends_on": date(2026, 11, 22)}, 0, "None left."),
        ({"ends_on": date(2026, 11, 23)}, 0, "None left; there are more from 23 Nov 2026."),
    ],
)
def test_the_house_says_how_many_are_left_until_when(
    facts: dict[str, Any], left: int, said: str
) -> None:
    (section,) = page(state(replace(WEEKLY, **facts), budget=budget(left))).sections
    assert section.words == ("From the house: Soup.", said)


def test_the_house_without_a_budget_or_items_gives_anything() -> None:
    (section,) = page(state(replace(HOUSE, items=()))).sections
    assert section.words == ("From the house: anything on the menu.",)


def test_the_house_does_not_offer_what_is_off_the_menu() -> None:
    gone = {SOUP.id: replace(SOUP, retired=True)}
    of = waiting_page(SHOP, board(state(HOUSE)), items=ITEMS | gone)
    assert of.sections == ()


@pytest.mark.parametrize(
    ("collected", "target", "said"),
    [
        (39, 40, "39 of 40 collected, 1 to go."),
        (40, 40, "40 of 40 collected: thank you."),
        (41, 40, "41 of 40 collected: thank you."),
        (7, None, "7 collected so far."),
    ],
)
def test_a_drive_says_what_it_still_hopes_for(
    collected: int, target: int | None, said: str
) -> None:
    drive = state(replace(DRIVE, target=target), [(TINS, 5, 0)], delivered=collected - 5)
    (section,) = page(drive, public=True).sections
    assert section.words == (said, "Hoped for: Coat (S, M, L), Tin.")


def test_a_drive_that_is_over_tells_only_what_can_be_fetched() -> None:
    over = state(DRIVE, [(TINS, 5, 0)], running=Running.ENDED)
    (section,) = page(over).sections
    assert section.rows == (("5", "Tin"),)
    assert section.words == ("These are here and can be fetched.",)
    assert page(over, public=True).sections == ()


@pytest.mark.parametrize("running", [Running.ENDED, Running.NOT_YET])
def test_programs_that_do_not_run_are_left_out_but_for_gifts_that_wait(running: Running) -> None:
    idle = [state(each, running=running) for each in (FORWARD, HOUSE, DRIVE, JAR)]
    assert page(*idle).sections == ()
    gifts = state(FORWARD, [(WHITE, 2, 0)], running=running)
    assert len(page(gifts).sections) == 1
    assert page(state(JAR, [(FUND, 500, 0)], running=running)).sections == ()


def test_how_much_is_in_a_jar_is_nobodys_business() -> None:
    text = waiting_text(page(state(JAR, [(FUND, 12_345, 0)]), public=True))
    assert "Red Cross jar" in text
    assert "12" not in text.replace("4712", "")


def test_nothing_is_said_of_charity_or_of_who_asks() -> None:
    for public in (False, True):
        text = waiting_text(page(*usual(), public=public)).casefold()
        for never in ("free", "charity", "poor", "need", "giveaway", "donat", "redeem"):
            assert never not in text


# -- read back --------------------------------------------------------------------------------


def worst(words: str) -> WaitingPage:
    """Return a page on which every name is one that does its worst."""
    name = words[:60]
    items = {at: Item(at, name, ItemKind.MENU, None, 1, at) for at in (1, 2)}
    states = (
        state(replace(FORWARD, name=name, hours=words[:40]), [(items[1], 10_000, 0)]),
        state(replace(HOUSE, name=name, items=(1, 2))),
    )
    return waiting_page(name, board(*states), items=items, head=HEAD)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_words_of_people_are_words(words: str) -> None:
    text = waiting_text(worst(words))
    for char in "\x1b\x1d\x10\x07\x9b\u202e\u2066\u200b":
        assert char not in text
    assert all(cell_width(line) <= COLUMNS for line in text.split("\n"))
    read_escpos(escpos_bytes(waiting_paper(worst(words))))


@needs("pdftotext", "poppler-utils")
@pytest.mark.parametrize("words", [*HOSTILE.values(), "W" * 60], ids=[*HOSTILE, "wide"])
def test_on_a4_nothing_is_printed_over_anything_else(words: str, tmp_path: Path) -> None:
    file = write_waiting_page(worst(words), tmp_path / "page.pdf")
    found = pdf_words(file)
    assert overprinted(found) == []
    assert all(left > 0 and right < 595.3 for _, (left, _, right, _) in found)


@needs("pdftotext", "poppler-utils")
def test_a_usual_shop_takes_one_page_and_a_large_one_more(tmp_path: Path) -> None:
    file = write_waiting_page(page(*usual()), tmp_path / "page.pdf")
    one, _ = pdf_text(file).split("\f")
    for section in page(*usual()).sections:
        for words in (section.title, *section.hints, *section.words, *sum(section.rows, ())):
            assert letters_of(words) in letters_of(one)
    assert "1 of" not in one.replace("1 of 40", "")
    many = [
        state(
            replace(FORWARD, name=f"Program {at}"),
            [(replace(WHITE, name=f"Item {at}-{each}"), 1, 0) for each in range(14)],
        )
        for at in range(6)
    ]
    (tmp_path / "many.pdf").write_bytes(waiting_pdf(page(*many)))
    pages = pdf_text(tmp_path / "many.pdf").split("\f")[:-1]
    assert len(pages) == 3
    text = "".join(pages)
    assert all(f"Item {at}-{each}" in text for at in range(6) for each in range(14))


def test_each_ending_has_its_form(tmp_path: Path) -> None:
    text = write_waiting_page(page(*usual()), tmp_path / "page.TXT")
    assert text.read_text(encoding="utf-8") == waiting_text(page(*usual()))
    slip = write_waiting_page(page(*usual()), tmp_path / "page.escpos")
    printed = text_of(read_escpos(slip.read_bytes()))
    assert f"{'Flat white':40}31" in printed
    for ending, first in ((".pdf", b"%PDF-"), (".png", b"\x89PNG"), (".svg", b"<svg ")):
        file = write_waiting_page(page(*usual()), tmp_path / f"page{ending}")
        assert file.read_bytes().startswith(first)


# -- with a ledger ----------------------------------------------------------------------------


def test_the_page_comes_out_of_the_ledger_and_the_printer(counter: Counter) -> None:
    ledger = counter.ledger
    counter.give("Flat white", 5)
    counter.hand_out("Flat white", slips=2)
    counter.give_money(2_340)
    tea = counter.item("Tea").id
    house = ledger.add_program(
        Program(
            name="Warm tea",
            kind=ProgramKind.GIVEAWAY,
            items=(tea,),
            budget_units=20,
            budget_period=Period.DAY,
        )
    )
    ledger.give_away(GiveAway(action=new_action_id(), item=tea, program=house.id, units=6))
    drive = ledger.add_program(Program(name="Coats", kind=ProgramKind.DRIVE, target=10)).id
    small, _ = ledger.add_goods(drive, "Coat", ("S", "L"))
    counter.collect(drive, small.id, 4)
    jar = ledger.add_program(Program(name="Lifeboats", kind=ProgramKind.CHARITY)).id
    ledger.give(Give(action=new_action_id(), item=ledger.fund().id, units=500, program=jar))

    text = waiting_text(waiting_page_of(ledger))
    for line in (
        "    3  Flat white",
        "€23.40 in the fund pays for anything on the menu.",
        "From the house: Tea.",
        "14 left, until 21 Nov 2026.",
        "4 of 10 collected, 6 to go.",
        "Hoped for: Coat (S, L).",
        "Besides, on slips that are out: 2 Flat white.",
        ledger.verify().head,
    ):
        assert line in text.split("\n")
    press = Press(ledger)
    assert press.print_waiting_page(waiting_page_of(ledger)).reason == "no-printer"
    with FakePrinter() as fake:
        with_printer(counter, fake.address)
        assert press.print_waiting_page(waiting_page_of(ledger, public=True)).is_out
        (paper,) = fake.papers()
    assert "Warm tea" in text_of(read_escpos(paper))
    assert ledger.paper_owed() != (), "slips wait, the page does not"
    assert len(ledger.paper_owed()) == 2
