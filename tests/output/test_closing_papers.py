"""The slip that ends a day, and the cards for the counter."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from payforward.core.asks import Give
from payforward.core.closing import (
    AtTheCounter,
    ClosedDay,
    Counted,
    DayReport,
    Taken,
    TillSays,
    TillWord,
)
from payforward.core.errors import BadInput, Refused
from payforward.core.ids import new_action_id
from payforward.core.model import Item, ItemKind, ProgramKind, Tender
from payforward.core.programs import Program
from payforward.core.report_answers import Amount, Liability, Owed
from payforward.core.text import cell_width
from payforward.output.blocks import Columns, Part, Sign, Small, Topic, Words
from payforward.output.card_papers import (
    MOST_ITEMS,
    Card,
    CardKind,
    card_of,
    card_paper,
    pointing_card,
    write_card,
)
from payforward.output.closing_papers import closing_paper, write_closing
from payforward.output.escpos import escpos_bytes
from payforward.output.plain import COLUMNS, plain_text
from payforward.output.press import Press
from payforward.output.statement_words import PROMISE
from tests.needs import needs
from tests.output.escpos_reader import Line, read_escpos, text_of
from tests.output.fake_printer import FakePrinter
from tests.output.reading import letters_of, overprinted, pdf_pages, pdf_text, pdf_words
from tests.output.shop import with_printer
from tests.output.slips import HOSTILE, SHOP

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.printers import PaperMm
    from payforward.output.blocks import Paper
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter

DAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 19, 4, tzinfo=UTC)
TAKEN = (
    Taken(Tender.CASH, given_minor=4_200, jars_minor=500, refunded_minor=350),
    Taken(Tender.CARD, given_minor=1_750, handed_over_minor=1_200),
    Taken(Tender.OTHER),
)
COUNTED = (
    Counted(Tender.CASH, 4_350, 4_330),
    Counted(Tender.CARD, 550, 550),
    Counted(Tender.OTHER, 0, None),
)
WORD = TillWord(COUNTED, "A coin rolled away", AT, "Ana")
CLOSED = ClosedDay(118, DAY, "118-1a2b3c4d", AT, "Ana", (WORD,))
ACTS = (
    AtTheCounter(None, served=2),
    AtTheCounter("Ana", gifts=7, served=12, served_from_slips=3, taken_back=1, refunds=1),
)
REPORT = DayReport(DAY, "EUR", TAKEN, ACTS, "119-99999999", CLOSED)
FORWARD = Program(id=1, name="Pay it forward", kind=ProgramKind.FORWARD)
STUDENTS = Program(id=2, name="Students", kind=ProgramKind.FORWARD)
JAR = Program(id=3, name="Red Cross jar", kind=ProgramKind.CHARITY)
LATTE = Item(1, "Latte", ItemKind.MENU, "Coffee", 360, 1)
FUND = Item(9, "Community fund", ItemKind.MONEY, None, 1, 9)
OWED = Liability(
    DAY,
    "EUR",
    (
        Owed(FORWARD, LATTE, Amount(11, 3_960)),
        Owed(FORWARD, FUND, Amount(2_340, 2_340)),
        Owed(STUDENTS, LATTE, Amount(1, 350)),
    ),
    (Owed(JAR, FUND, Amount(500, 500)),),
)
NOTHING = Liability(DAY, "EUR", (), ())
WIDE = "W" * 60


def paper(report: DayReport = REPORT, owed: Liability = OWED, currency: str = "EUR") -> Paper:
    return closing_paper(SHOP, report, owed, currency=currency)


# -- what the slip says -----------------------------------------------------------------------


def test_takings_stand_tender_by_tender_with_what_should_be_there() -> None:
    blocks = paper().blocks
    at = blocks.index(Topic("Cash"))
    assert blocks[at + 1 : at + 5] == (
        Part("For gifts", "€42.00"),
        Part("For charities' jars", "€5.00"),
        Part("Given back to givers", "−€3.50"),
        Columns("Should be there", "€43.50"),
    )
    at = blocks.index(Topic("Card"))
    assert blocks[at + 1 : at + 4] == (
        Part("For gifts", "€17.50"),
        Part("Given to partners", "−€12.00"),
        Columns("Should be there", "€5.50"),
    )
    assert Topic("Other ways") not in blocks
    assert Columns("All together", "€49.00") in blocks


def test_what_the_till_says_stands_beside_it_with_the_difference() -> None:
    blocks = paper().blocks
    at = blocks.index(Topic("The till's own gift line"))
    assert blocks[at + 1 : at + 6] == (
        Columns("Cash", "€43.30"),
        Part("That is less by", "€0.20"),
        Columns("Card", "€5.50"),
        Part("It agrees", ""),
        Words("Note: A coin rolled away"),
    )
    nobody = replace(CLOSED, words=(TillWord((Counted(Tender.CASH, 4_350),), None, AT, "Ana"),))
    assert Words("Nobody noted what it said.") in paper(replace(REPORT, closed=nobody)).blocks


def test_acts_stand_by_cashier_and_gifts_by_item() -> None:
    blocks = paper().blocks
    at = blocks.index(Topic("At the counter"))
    assert blocks[at + 1 : at + 9] == (
        Columns("No name", ""),
        Part("Served", "2"),
        Columns("Ana", ""),
        Part("Gifts taken", "7"),
        Part("Served", "12"),
        Part("of these, by slips", "3"),
        Part("Taken back", "1"),
        Part("Refunds", "1"),
    )
    at = blocks.index(Topic("Waiting at the end of the day"))
    assert blocks[at + 1 : at + 5] == (
        Columns("12 Latte", "€43.10"),
        Columns("Community fund", "€23.40"),
        Columns("Owed to whoever asks", "€66.50"),
        Columns("Held for others: Red Cross jar", "€5.00"),
    )
    assert Sign("Closed by Ana") in blocks
    # The head is the close's own, not the ledger's newest.
    assert blocks[-1] == Small("Entry 118, the ledger's head 118-1a2b3c4d")


def test_a_slip_says_whether_the_day_is_open_or_was_corrected() -> None:
    assert not [b for b in paper().blocks if isinstance(b, Words) and "orrected" in b.text]
    once = replace(REPORT, closed=replace(CLOSED, words=(replace(WORD, cashier="Rosa"), WORD)))
    assert Words("Corrected since it was closed, last by Rosa.") in paper(once).blocks
    more = replace(REPORT, closed=replace(CLOSED, words=(WORD,) * 4))
    assert Words("Corrected 3 times since it was closed, last by Ana.") in paper(more).blocks
    still = paper(replace(REPORT, closed=None)).blocks
    assert Words("This day is not closed.") in still
    assert Topic("The till's own gift line") not in still
    assert still[-1] == Small("The ledger's head 119-99999999")


def test_a_day_without_anything_says_so() -> None:
    none = DayReport(DAY, "EUR", tuple(map(Taken, (Tender.CASH, Tender.CARD))), (), "1-00000000")
    blocks = paper(none, NOTHING).blocks
    assert Words("No money came in for gifts, and none went out.") in blocks
    assert Words("No gift was waiting.") in blocks
    assert Topic("At the counter") not in blocks


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "¥4,350"), ("KWD", "KWD 4.350")])
def test_amounts_are_of_the_shops_currency(currency: str, amount: str) -> None:
    assert Columns("Should be there", amount) in paper(currency=currency).blocks


# -- read back --------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [32, 42])
@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_a_receipt_printer_prints_every_line(currency: str, columns: int) -> None:
    paper_mm: PaperMm = 58 if columns == 32 else 80
    slip = paper(currency=currency)
    printed = read_escpos(escpos_bytes(slip, paper_mm=paper_mm, code_page="CP858"))
    lines = [each for each in printed if isinstance(each, Line)]
    assert all(each.columns <= columns for each in lines)
    text = letters_of(text_of(printed))
    if currency == "EUR":
        for block in slip.blocks:
            if isinstance(block, Columns | Part):
                assert letters_of(block.left) in text
                assert letters_of(block.right).replace("−", "-") in text
    assert len([each for each in lines if set(each.text) == {"_"}]) == 2
    assert "118-1a2b3c4d" in text


@needs("pdftotext", "poppler-utils")
@pytest.mark.parametrize("words", [*HOSTILE.values(), WIDE], ids=[*HOSTILE, "wide"])
def test_words_of_people_are_words(words: str, tmp_path: Path) -> None:
    name = words[:60]
    pools = (Owed(FORWARD, replace(LATTE, name=name), Amount(10_000, 10**9)),)
    jars = (Owed(replace(JAR, name=name), FUND, Amount(1, 1)),)
    worst = replace(
        REPORT,
        counters=(AtTheCounter(name, gifts=1),),
        closed=replace(CLOSED, cashier=name, words=(replace(WORD, note=words),)),
    )
    slip = closing_paper(name, worst, Liability(DAY, "EUR", pools, jars), currency="EUR")
    for char in "\x1b\x1d\x10\x07\x9b\u202e\u2066\u200b":
        assert char not in slip.words()
    read_escpos(escpos_bytes(slip))
    assert all(cell_width(line) <= COLUMNS for line in plain_text(slip).split("\n"))
    file = write_closing(
        name, worst, Liability(DAY, "EUR", pools, jars), tmp_path / "c.pdf", currency="EUR"
    )
    found = pdf_words(file)
    assert overprinted(found) == []
    assert all(left > 0 and right < 80 / 25.4 * 72 for _, (left, _, right, _) in found)


@pytest.mark.parametrize("ending", [".pdf", ".png", ".svg", ".txt", ".escpos"])
def test_what_is_there_stays(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"slip{ending}"
    write_closing(SHOP, REPORT, OWED, path, currency="EUR")
    before = path.read_bytes()
    with pytest.raises(BadInput, match="is there already, and is not empty"):
        write_closing(SHOP, REPORT, NOTHING, path, currency="EUR")
    card = tmp_path / f"card{ending}"
    write_card(pointing_card(SHOP, [LATTE]), card)
    with pytest.raises(BadInput, match="is there already, and is not empty"):
        write_card(pointing_card(SHOP, []), card)
    assert path.read_bytes() == before


def test_a_day_comes_out_of_the_ledger(counter: Counter) -> None:
    ledger = counter.ledger
    counter.give("Latte", 2)
    counter.give("Tea", tender=Tender.CARD)
    counter.redeem("Latte")
    says = TillSays(minor={Tender.CASH: 700}, note="Two coins short")
    closed = ledger.close_day(says=says)
    report, owed = ledger.day_report(closed.day), ledger.liability(closed.day)
    blocks = paper(report, owed).blocks
    assert Columns("Should be there", "€7.20") in blocks
    assert Part("That is less by", "€0.20") in blocks
    assert Words("Note: Two coins short") in blocks
    (head,) = re.findall(r"head (\S+)$", plain_text(paper(report, owed)).strip())
    assert ledger.verify(printed_head=head).problems == ()
    press = Press(ledger)
    assert press.print_closing(report, owed).reason == "no-printer"
    with FakePrinter() as fake:
        with_printer(counter, fake.address)
        assert press.print_closing(report, owed).is_out
        (text,) = (text_of(read_escpos(each)) for each in fake.papers())
    assert head in text
    assert "Two coins short" in text
    assert ledger.paper_owed() == ()


# -- cards ------------------------------------------------------------------------------------


def test_a_card_to_point_at_needs_no_word_and_no_reason() -> None:
    card = pointing_card(SHOP, [LATTE, replace(LATTE, id=2, name="Art", giftable=False), FUND])
    assert card.big == "I would like what is waiting, please."
    assert card.items == ("Latte",)
    said = card_paper(card).words().casefold()
    for never in ("free", "charit", "poor", "need", "afford", "redeem", "giveaway", "€", "gift"):
        assert never not in said


def test_a_long_menu_names_what_waits_first_and_keeps_its_order() -> None:
    menu = [replace(LATTE, id=at, name=f"Thing {at}") for at in range(20)]
    card = pointing_card(SHOP, menu, [menu[19], menu[11]])
    assert card.items == (*(f"Thing {at}" for at in range(6)), "Thing 11", "Thing 19")
    assert len(card.items) == MOST_ITEMS


def test_a_card_says_where_the_gifts_go(counter: Counter, clock: FrozenClock) -> None:
    ledger = counter.ledger
    new = card_of(ledger)
    assert (new.big, new.words) == (PROMISE, ())
    counter.give("Latte", 2)
    # Of a new shop the month is the one that is on; later the last that is over.
    (words,) = card_of(ledger).words
    assert words.startswith(
        "November 2026, up to 21 Nov 2026. Customers gave €7.20. Nothing was enjoyed yet."
    )
    assert words.endswith("€7.20 is waiting for whoever asks.")
    clock.forward(days=5)
    counter.redeem("Latte")
    clock.forward(days=7)
    ledger.give(Give(action=new_action_id(), item=ledger.fund().id, units=500))
    (words,) = card_of(ledger).words
    assert words.startswith("November 2026. Customers gave €7.20. Gifts of €3.60 were enjoyed.")
    (words,) = card_of(ledger, month=date(2026, 12, 24)).words
    assert words.startswith("December 2026, up to 3 Dec 2026. Customers gave €5.00.")
    with pytest.raises(Refused, match="has not begun"):
        card_of(ledger, month=date(2027, 1, 1))
    assert card_of(ledger, CardKind.POINT).items == ("Flat white", "Cappuccino", "Latte", "Tea")


@needs("pdftotext", "poppler-utils")
@pytest.mark.parametrize(
    "name", ["Latte", "紅茶とケーキ", "شاي بالنعناع", WIDE, *(w[:60] for w in HOSTILE.values())]
)
def test_a_card_is_one_page_within_its_frame(name: str, tmp_path: Path) -> None:
    menu = [replace(LATTE, id=at, name=name) for at in range(12)]
    file = write_card(pointing_card(name, menu), tmp_path / "card.pdf")
    (page,) = pdf_pages(file, dpi=72)
    assert abs(page.width - 105 / 25.4 * 72) <= 1
    assert abs(page.height - 148 / 25.4 * 72) <= 1
    words = pdf_words(file)
    assert overprinted(words) == []
    edge, right_edge, foot = 6.2 / 25.4 * 72, (105 - 6.2) / 25.4 * 72, (148 - 6.2) / 25.4 * 72
    for word, (left, top, right, bottom) in words:
        assert edge < left < right < right_edge, word
        assert edge < top < bottom < foot, word
    assert "nothing to explain" in " ".join(pdf_text(file).split())
    read_escpos(escpos_bytes(card_paper(pointing_card(name, menu)), paper_mm=58))


def test_cards_are_printed(counter: Counter) -> None:
    press = Press(counter.ledger)
    assert press.print_card(card_of(counter.ledger)).reason == "no-printer"
    with FakePrinter() as fake:
        with_printer(counter, fake.address)
        for kind in CardKind:
            assert press.print_card(card_of(counter.ledger, kind)).is_out
        says, points = (text_of(read_escpos(each)) for each in fake.papers())
    assert letters_of(PROMISE) in letters_of(says)
    assert "Flat white" in points


@needs("pdftotext", "poppler-utils")
def test_no_line_of_a_card_ends_between_a_currency_and_its_amount(tmp_path: Path) -> None:
    # A word longer at each turn, so that at one of them the line's end falls there.
    for at in range(1, 12):
        said = f"{'m' * at} gave KWD 817.500. Gifts of KWD 8.950 were enjoyed."
        card = Card(kind=CardKind.SAYS, shop=SHOP, big=PROMISE, words=(said,))
        lines = pdf_text(write_card(card, tmp_path / f"{at}.pdf")).splitlines()
        assert not [line for line in lines if line.endswith("KWD")]
